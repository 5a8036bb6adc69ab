package org.uatwin.server.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.method.TwinModels;
import org.uatwin.server.synchronisation.LiveEstimators;
import org.uatwin.server.vibration.LiveVibration;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.virtual.VirtualConveyor;
import org.uatwin.simulation.virtual.VirtualMachine;
import org.uatwin.simulation.virtual.VirtualPump;

/**
 * The demo plant over virtual time: its machines step a second at a time, what their sensors show goes through the lanes of the table
 * as a link's samples would, then followers and the look-out have their turn. What was announced is kept.
 */
final class DemoStand implements AutoCloseable, MaintenanceListener {
    /** What was announced about a twin. */
    record Announced(String kind, String twin, String text, long time) {}

    final LivePlant live;
    final Map<TwinInstance, VirtualMachine> machines = new LinkedHashMap<>();
    final List<Announced> announced = new ArrayList<>();
    final MaintenanceStore store;
    private final LiveEstimators estimators;
    private final LiveMaintenance maintenance;
    private long now = UaTime.ofInstant(Instant.parse("2026-11-26T00:00:00Z"));

    /** @param state file for what is kept. */
    DemoStand(Path state, long seed) {
        Plant plant = PlantFile.read(text(), "demo.yaml").plant().orElseThrow();
        live = LivePlant.first(plant, new RowPool(new PointTable(Runnable::run, e -> {})), now);
        machines.put(twin("pump-01"), new VirtualPump(seed));
        machines.put(twin("conveyor-01"), new VirtualConveyor(seed + 1));
        TwinModels models = new TwinModels(ModelRegistry.builtIn(), live.table(), live::children);
        estimators = new LiveEstimators(live, models::followable, Duration.ofSeconds(1), () -> UaTime.toInstant(now));
        store = new MaintenanceStore(state);
        maintenance = new LiveMaintenance(
                live,
                estimators,
                new LiveVibration(live, () -> UaTime.toInstant(now)),
                models::followable,
                store,
                () -> UaTime.toInstant(now),
                this);
        estimators.startStepped();
        maintenance.startStepped();
    }

    private static String text() {
        try (InputStream in = DemoStand.class.getResourceAsStream("/org/uatwin/demo/plant.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("@[A-Z_]+@", "15020");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TwinInstance twin(String id) {
        return Objects.requireNonNull(live.instance(id), id);
    }

    VirtualMachine machine(String id) {
        return Objects.requireNonNull(machines.get(twin(id)), id);
    }

    LiveMaintenance maintenance() {
        return maintenance;
    }

    LiveEstimators estimators() {
        return estimators;
    }

    long now() {
        return now;
    }

    /** Lets so many seconds pass. */
    void run(long seconds) {
        for (long s = 0; s < seconds; s++) {
            now += UaTime.TICKS_PER_SECOND;
            machines.forEach(this::step);
            estimators.step();
            maintenance.step();
        }
    }

    private void step(TwinInstance twin, VirtualMachine machine) {
        machine.step(1);
        if (!machine.isAnswering()) {
            return;
        }
        SampleBatch batch = new SampleBatch(20);
        List<Member.Point> points = twin.type().declaredPoints();
        int shard = LivePlant.OWN_SHARD;
        for (int i = 0; i < points.size(); i++) {
            Binding binding = twin.binding(i);
            Member.Point point = points.get(i);
            if (binding != null && !point.isArray() && machine.points().contains(point.name())) {
                int row = twin.firstRow() + i;
                shard = live.table().shardOf(row);
                batch.add(row, point.dataType().fromDouble(machine.value(point.name())), StatusCode.GOOD, now, now);
            }
        }
        live.table().submit(shard, batch);
    }

    /** A point as it is now. */
    Sample sample(String twin, String point) {
        return live.table().read(twin(twin).row(point));
    }

    double number(String twin, String point) {
        return Double.longBitsToDouble(sample(twin, point).bits());
    }

    @Override
    public void predictionUpdated(TwinInstance twin, Assessment found, Prognosis prognosis) {
        announced.add(new Announced("prediction", twin.id(), Texts.prognosis(prognosis), found.time()));
    }

    @Override
    public void anomalyDetected(TwinInstance twin, Assessment found) {
        announced.add(new Announced("anomaly", twin.id(), Texts.anomaly(found.detection()), found.time()));
    }

    @Override
    public void maintenanceRecommended(TwinInstance twin, Assessment found, String task, long latestStart) {
        announced.add(new Announced("recommendation", twin.id(), task, found.time()));
    }

    @Override
    public void maintenanceRecorded(TwinInstance twin, MaintenanceRecord record) {
        announced.add(new Announced("record", twin.id(), record.task(), record.recordedAt()));
    }

    @Override
    public void close() {
        maintenance.close();
        estimators.close();
        store.close();
    }
}
