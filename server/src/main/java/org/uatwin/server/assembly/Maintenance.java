package org.uatwin.server.assembly;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.PlantSwap;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.maintenance.LiveMaintenance;
import org.uatwin.server.maintenance.MaintenanceListener;
import org.uatwin.server.maintenance.MaintenanceStore;
import org.uatwin.server.maintenance.PastValues;
import org.uatwin.server.method.MaintenanceCalls;
import org.uatwin.server.method.TwinModels;
import org.uatwin.simulation.scenario.RunManager;

/** The health of the twins of the plant as it is now: a reload puts another look-out in its place, which knows what the old one learned. */
final class Maintenance implements AutoCloseable {
    private final Estimators estimators;
    private final Vibration vibration;
    private final TwinModels models;
    private final MaintenanceStore store;
    private final MaintenanceListener listener;
    private final InstantSource clock;
    private volatile boolean isStepped;
    private volatile PastValues past = PastValues.NONE;
    private volatile LiveMaintenance maintenance; // replaced by the reloading thread

    /** @param file where models and records are kept. */
    Maintenance(
            LivePlant live,
            Estimators estimators,
            Vibration vibration,
            TwinModels models,
            Path file,
            MaintenanceListener listener,
            InstantSource clock) {
        this.estimators = estimators;
        this.vibration = vibration;
        this.models = models;
        this.listener = listener;
        this.clock = clock;
        store = new MaintenanceStore(file);
        maintenance = of(live);
    }

    private LiveMaintenance of(LivePlant live) {
        return new LiveMaintenance(
                        live, estimators.current(), vibration.current(), models::followable, store, clock, listener)
                .with(past);
    }

    /**
     * What answers the methods; before the start.
     *
     * @param history what points were before.
     */
    MaintenanceCalls calls(PastValues history, RunManager runs) {
        past = history;
        maintenance.with(history);
        return new MaintenanceCalls(() -> maintenance, store, history, runs, () -> UaTime.ofInstant(clock.instant()));
    }

    void restore(Map<String, byte[]> saved) {
        maintenance.restore(saved);
    }

    CompletionStage<Map<String, byte[]>> save() {
        return CompletableFuture.completedStage(maintenance.save());
    }

    void start() {
        maintenance.start();
    }

    /** Instead of {@link #start}: whoever owns time calls {@link #step}. */
    void startStepped() {
        isStepped = true;
        maintenance.startStepped();
    }

    void step() {
        maintenance.step();
    }

    /** Follows a reload; after the estimators and the vibration did. */
    void follow(PlantSwap swap) {
        LiveMaintenance before = maintenance;
        LiveMaintenance after = of(swap.after());
        before.close();
        maintenance = after.replacing(before);
        if (isStepped) {
            after.startStepped();
        } else {
            after.start();
        }
    }

    /** Hours a twin was expected to live when its life began; NaN while that is not known. */
    double startOfLife(TwinInstance instance) {
        return maintenance.startOfLife(instance);
    }

    @Override
    public void close() {
        maintenance.close();
        store.close();
    }
}
