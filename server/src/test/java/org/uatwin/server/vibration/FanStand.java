package org.uatwin.server.vibration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.maintenance.Assessment;
import org.uatwin.server.maintenance.LiveMaintenance;
import org.uatwin.server.maintenance.MaintenanceListener;
import org.uatwin.server.maintenance.MaintenanceRecord;
import org.uatwin.server.maintenance.MaintenanceStore;
import org.uatwin.server.method.SimulationModels;
import org.uatwin.server.synchronisation.LiveEstimators;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.vibration.BearingFault;
import org.uatwin.simulation.vibration.BearingOrders;
import org.uatwin.simulation.virtual.VirtualBearing;

/** The fan of examples/vibration in virtual time, with a virtual bearing behind its accelerometer. */
final class FanStand implements MaintenanceListener, AutoCloseable {
    static final double RATE = 12_000;
    static final int SAMPLES = 12_000;

    final LivePlant live;
    final LiveVibration vibration;
    final LiveMaintenance maintenance;
    final List<String> events = new ArrayList<>();
    double rpm = 1482;
    StatusCode speedStatus = StatusCode.GOOD;
    StatusCode waveformStatus = StatusCode.GOOD;
    Map<BearingFault, Double> faults = Map.of();
    double unbalance;
    long now = UaTime.ofInstant(Instant.parse("2026-11-26T00:00:00Z"));

    private final VirtualBearing bearing;
    private final MaintenanceStore store;

    FanStand(Path folder, String plantText, long seed) throws IOException {
        Plant plant = PlantFile.read(
                        Files.writeString(folder.resolve("plant.yaml"), plantText),
                        SimulationModels.builtIn(),
                        Protocols.onClassPath())
                .plant()
                .orElseThrow();
        live = LivePlant.first(
                plant,
                new RowPool(new PointTable(Runnable::run, e -> {
                    throw new AssertionError(e);
                })),
                now);
        bearing = new VirtualBearing(BearingOrders.of(9, 7.94 / 39.04, 0), seed);
        vibration = new LiveVibration(live, () -> UaTime.toInstant(now));
        LiveEstimators none = new LiveEstimators(
                live, instance -> Optional.empty(), Duration.ofSeconds(1), () -> UaTime.toInstant(now));
        store = new MaintenanceStore(folder.resolve("state.db"));
        maintenance = new LiveMaintenance(
                live, none, vibration, instance -> Optional.empty(), store, () -> UaTime.toInstant(now), this);
        vibration.startStepped();
        maintenance.startStepped();
    }

    TwinInstance fan() {
        return Objects.requireNonNull(live.instance("fan-1"));
    }

    /** One waveform every so many seconds. */
    void run(int snapshots, int everySeconds) {
        for (int i = 0; i < snapshots; i++) {
            snapshot(SAMPLES);
            for (int s = 0; s < everySeconds; s++) {
                now += UaTime.TICKS_PER_SECOND;
                maintenance.step();
            }
        }
    }

    void snapshot(int samples) {
        offer(next(samples));
        vibration.step();
    }

    double[] next(int samples) {
        return bearing.next(samples, RATE, rpm, faults, unbalance);
    }

    void offer(double[] samples) {
        SampleBatch batch = new SampleBatch(2);
        batch.add(fan().row("Speed"), Double.doubleToRawLongBits(rpm), speedStatus, now, now);
        if (waveformStatus.isBad()) {
            batch.addStatus(fan().row("DriveEnd"), waveformStatus, now, now);
        } else {
            batch.addObject(fan().row("DriveEnd"), samples, waveformStatus, now, now);
        }
        live.table().submit(1, batch);
    }

    Sample sample(String point) {
        return live.table().read(fan().row(point));
    }

    double number(String point) {
        return Double.longBitsToDouble(sample(point).bits());
    }

    String text(String point) {
        @Nullable Object text = sample(point).object();
        return String.valueOf(text);
    }

    @Override
    public void predictionUpdated(TwinInstance twin, Assessment found, Prognosis prognosis) {
        events.add("prediction");
    }

    @Override
    public void anomalyDetected(TwinInstance twin, Assessment found) {
        events.add("anomaly");
    }

    @Override
    public void maintenanceRecommended(TwinInstance twin, Assessment found, String task, long latestStart) {
        events.add(task);
    }

    @Override
    public void maintenanceRecorded(TwinInstance twin, MaintenanceRecord record) {
        events.add("recorded " + record.task());
    }

    @Override
    public void close() {
        maintenance.close();
        vibration.close();
        store.close();
    }
}
