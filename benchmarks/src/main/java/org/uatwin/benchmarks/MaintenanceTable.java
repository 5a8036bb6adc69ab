package org.uatwin.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.maintenance.LiveMaintenance;
import org.uatwin.server.maintenance.MaintenanceListener;
import org.uatwin.server.maintenance.MaintenanceStore;
import org.uatwin.server.method.TwinModels;
import org.uatwin.server.synchronisation.LiveEstimators;
import org.uatwin.server.vibration.LiveVibration;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.virtual.VirtualConveyor;
import org.uatwin.simulation.virtual.VirtualMachine;
import org.uatwin.simulation.virtual.VirtualPump;

/**
 * The health of 1 000 live twins: half pumps, half conveyors, in the server's own engine over virtual time. Every second brings every twin
 * its samples through the table, a step of its estimator and of its detector; every minute it is looked at: diagnosis, health, remaining
 * life, rows. What counts is the work of a second, against the spin loop beside it; the machines are not part of it.
 */
final class MaintenanceTable {
    private static final int TWINS = 1_000;
    private static final int WARM_UP_S = 2_400; // calibrated, and some load is known
    private static final int MEASURED_S = 120;
    private static final int RECORDED_S = 600;
    private static final double SHARE = 0.05; // of a core
    /** Spin loop of a quiet core, ms (docs/reference/figures.md). */
    private static final double QUIET_SPIN_MS = 378;

    private final LivePlant live;
    private final LiveEstimators estimators;
    private final LiveMaintenance maintenance;
    private final List<TwinInstance> twins = new ArrayList<>();
    private final double[][][] recordings = new double[2][][]; // by kind: second, point; NaN if not measured
    private long now = UaTime.ofInstant(Instant.parse("2026-11-26T00:00:00Z"));

    static void run(Path directory) {
        MaintenanceTable table = new MaintenanceTable(directory.resolve("state.db"));
        table.work(WARM_UP_S);
        Report.line("%d twins, %d of them with a prediction".formatted(TWINS, table.predicted()));
        List<Double> times = new ArrayList<>();
        List<Double> spins = new ArrayList<>();
        for (int i = 0; i < Report.RUNS; i++) {
            spins.add(Report.spin());
            times.add(table.work(MEASURED_S) / MEASURED_S);
        }
        double a = Report.row("1 000 twins with detectors and RUL, work of a second", "ms", times);
        double b = Report.row("spin loop beside it", "ms", spins);
        double bar = SHARE * 1000 / QUIET_SPIN_MS;
        Report.verdict("1 000 twins, of the spin loop", a / b, "<= %.4f".formatted(bar), a / b <= bar);
        Report.line("that is %.2f %% of a quiet core".formatted(a / b * QUIET_SPIN_MS / 10));
    }

    private MaintenanceTable(Path state) {
        live = LivePlant.first(plant(), new RowPool(new PointTable(Runnable::run, e -> {})), now);
        for (int i = 0; i < TWINS; i++) {
            twins.add(Objects.requireNonNull(live.instance("twin-" + i)));
        }
        recordings[0] = recording(twins.get(0), new VirtualPump(1));
        recordings[1] = recording(twins.get(1), new VirtualConveyor(1));
        InstantSource clock = () -> UaTime.toInstant(now);
        TwinModels models = new TwinModels(ModelRegistry.builtIn(), live.table(), live::children);
        estimators = new LiveEstimators(live, models::followable, Duration.ofSeconds(1), clock);
        maintenance = new LiveMaintenance(
                live,
                estimators,
                new LiveVibration(live, clock),
                models::followable,
                new MaintenanceStore(state),
                clock,
                MaintenanceListener.NOBODY);
        estimators.startStepped();
        maintenance.startStepped();
    }

    private static Plant plant() {
        StringBuilder text = new StringBuilder(
                """
                uatwin: 1
                siteId: health
                server: {host: localhost, securityNone: true, anonymous: Observer, history: none}
                connections:
                  line: {protocol: modbus-tcp, host: 127.0.0.1, port: 15020, devices: {plc: {unit: 1}}}
                twins:
                """);
        for (int i = 0; i < TWINS; i++) {
            boolean isPump = i % 2 == 0;
            text.append(
                    "  - {id: twin-%d, type: %s, device: line/plc, ratings: {%s}, points: {"
                            .formatted(
                                    i,
                                    isPump ? "CentrifugalPump" : "Conveyor",
                                    isPump
                                            ? "RatedFlow: 100, RatedHead: 50, RatedSpeed: 2950, RatedPower: 22"
                                            : "BeltLength: 258, Lift: 17.9, RatedSpeed: 1.68, RatedMassFlow: 1000, RatedPower: 90"));
            int address = 40 * i;
            for (String point : isPump ? PUMP : CONVEYOR) {
                text.append("%s: holding %d float32, ".formatted(point, address));
                address += 2;
            }
            text.append("Running: coil %d, State: holding %d uint16}}%n".formatted(i, address));
        }
        return PlantFile.read(text.toString(), "health.yaml").plant().orElseThrow();
    }

    private static final List<String> PUMP = List.of(
            "SpeedSetpoint",
            "Speed",
            "Flow",
            "SuctionPressure",
            "DischargePressure",
            "MotorCurrent",
            "MotorPower",
            "BearingTemperature",
            "OilTemperature",
            "VibrationVelocityRms",
            "ValvePosition",
            "FluidTemperature");
    private static final List<String> CONVEYOR = List.of(
            "SpeedSetpoint",
            "BeltSpeed",
            "LoadMassFlow",
            "BeltLoad",
            "MotorCurrent",
            "MotorPower",
            "MotorTemperature",
            "BearingTemperature",
            "VibrationVelocityRms",
            "BeltTension");

    private static double[][] recording(TwinInstance twin, VirtualMachine machine) {
        List<Member.Point> points = twin.type().declaredPoints();
        for (int i = 0; i < 30; i++) {
            machine.step(60); // warm
        }
        double[][] all = new double[RECORDED_S][points.size()];
        for (double[] row : all) {
            machine.step(1);
            for (int p = 0; p < row.length; p++) {
                boolean isShown = !points.get(p).isArray()
                        && twin.binding(p) != null
                        && machine.points().contains(points.get(p).name());
                row[p] = isShown ? machine.value(points.get(p).name()) : Double.NaN;
            }
        }
        return all;
    }

    /** Lets so many seconds pass; answers the ms this took. */
    private double work(int seconds) {
        long start = System.nanoTime();
        int shard = live.table().shardOf(twins.get(0).row("SpeedSetpoint"));
        for (int s = 0; s < seconds; s++) {
            now += UaTime.TICKS_PER_SECOND;
            int at = (int) (now / UaTime.TICKS_PER_SECOND % RECORDED_S);
            SampleBatch batch = new SampleBatch(16 * TWINS);
            for (int i = 0; i < TWINS; i++) {
                TwinInstance twin = twins.get(i);
                double[] row = recordings[i % 2][(at + i) % RECORDED_S];
                for (int p = 0; p < row.length; p++) {
                    if (!Double.isNaN(row[p])) {
                        long bits =
                                twin.type().declaredPoints().get(p).dataType().fromDouble(row[p]);
                        batch.add(twin.firstRow() + p, bits, StatusCode.GOOD, now, now);
                    }
                }
            }
            live.table().submit(shard, batch);
            estimators.step();
            maintenance.step();
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private long predicted() {
        return twins.stream()
                .filter(twin -> live.table()
                        .read(twin.row(MaintenancePoints.REMAINING_LIFE))
                        .status()
                        .isGood())
                .count();
    }
}
