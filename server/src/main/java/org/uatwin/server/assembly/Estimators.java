package org.uatwin.server.assembly;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.PlantSwap;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.method.TwinModels;
import org.uatwin.server.synchronisation.LiveEstimators;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.estimation.Synchronisation;

/** The estimators of the plant as it is now: a reload puts others in their place, which know what the old ones learnt. */
final class Estimators implements AutoCloseable {
    private final TwinModels models;
    private final Duration period;
    private final InstantSource clock;
    private volatile boolean isStepped;
    private volatile LiveEstimators estimators; // replaced by the reloading thread

    Estimators(LivePlant live, TwinModels models, Duration period, InstantSource clock) {
        this.models = models;
        this.period = period;
        this.clock = clock;
        estimators = of(live);
    }

    private LiveEstimators of(LivePlant live) {
        return new LiveEstimators(live, models::followable, period, clock);
    }

    /** Takes up what was saved before; before the start. */
    void restore(Map<String, byte[]> saved) {
        estimators.restore(saved);
    }

    /** What the twins have learnt. */
    CompletionStage<Map<String, byte[]>> save() {
        return CompletableFuture.completedStage(estimators.save());
    }

    void start() {
        estimators.start();
    }

    /** Instead of {@link #start}: whoever owns time calls {@link #step}. */
    void startStepped() {
        isStepped = true;
        estimators.startStepped();
    }

    /** Brings every twin to the present; after {@link #startStepped}. */
    void step() {
        estimators.step();
    }

    /** Follows a reload. */
    void follow(PlantSwap swap) {
        LiveEstimators before = estimators;
        LiveEstimators after = of(swap.after());
        if (before.isEmpty() && after.isEmpty()) {
            return;
        }
        before.close();
        estimators = after.replacing(before);
        if (isStepped) {
            after.startStepped();
        } else {
            after.start();
        }
    }

    /** Those of the plant as it is now. */
    LiveEstimators current() {
        return estimators;
    }

    /** How well a twin follows its asset; null if it is not followed. */
    @Nullable
    Synchronisation of(TwinInstance instance) {
        return estimators.of(instance);
    }

    /** The estimate a question to a twin can start from. */
    Optional<Estimate> estimate(TwinInstance instance) {
        return estimators.estimate(instance);
    }

    @Override
    public void close() {
        estimators.close();
    }
}
