package org.uatwin.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.synchronisation.LiveEstimators;
import org.uatwin.server.vibration.LiveVibration;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.solver.NoiseStream;

/** Mills of a type of one's own, without a model: their liners wear from 60 mm to the 12 mm at which they are through. */
class WearPointsTest {
    private static final long START = 134_401_000_000_000_000L;
    private static final long STEP = 300 * UaTime.TICKS_PER_SECOND;
    private static final double NEW = 60;
    private static final double LIMIT = 12;

    private record Kept(long time, double liner) {}

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final NoiseStream noise = NoiseStream.ofSeed(11);
    private final LivePlant live = plant();
    private final Map<String, Double> rates = new HashMap<>(); // mm/h, by mill
    private final Map<String, Double> liners = new HashMap<>();
    private final List<Kept> kept = new ArrayList<>(); // of mill-1
    private long now = START;
    private MaintenanceStore store;
    private LiveMaintenance maintenance;

    private static LivePlant plant() {
        return LivePlant.first(
                PlantFile.read(
                                """
                                uatwin: 1
                                siteId: test
                                server: {host: localhost, securityNone: true, anonymous: Observer}
                                connections:
                                  line: {protocol: modbus-tcp, host: 127.0.0.1, port: 15020, devices: {plc: {unit: 1}}}
                                types:
                                  Mill:
                                    version: 1.0.0
                                    points:
                                      State: {states: {0: Stopped, 1: Starting, 2: Running}}
                                      Liner:
                                        unit: mm
                                        euRange: [0, 80]
                                        wear: {limit: 12, failureMode: LinerWear}
                                twins:
                                  - {ids: "mill-{1..5}", type: Mill, device: line/plc, base: {holding: "{n * 10}"}, points: {State: holding 0 int16, Liner: holding 4 float32}}
                                """,
                                "test.yaml")
                        .plant()
                        .orElseThrow(),
                new RowPool(new PointTable(Runnable::run, e -> {})),
                START);
    }

    @BeforeEach
    void open() {
        store = new MaintenanceStore(directory.resolve("state.db"));
        maintenance = begun();
    }

    @AfterEach
    void close() {
        maintenance.close();
        store.close();
    }

    private LiveMaintenance begun() {
        LiveEstimators none = new LiveEstimators(
                live, instance -> Optional.empty(), Duration.ofSeconds(1), () -> UaTime.toInstant(now));
        return new LiveMaintenance(
                live,
                none,
                new LiveVibration(live, () -> UaTime.toInstant(now)),
                instance -> Optional.empty(),
                store,
                () -> UaTime.toInstant(now),
                MaintenanceListener.NOBODY);
    }

    private TwinInstance mill(String id) {
        return Objects.requireNonNull(live.instance(id));
    }

    private Sample sample(String mill, String point) {
        return live.table().read(mill(mill).row(point));
    }

    private double number(String mill, String point) {
        assertThat(sample(mill, point).status()).as(point).isEqualTo(StatusCode.GOOD);
        return Double.longBitsToDouble(sample(mill, point).bits());
    }

    private String text(String mill, String point) {
        return String.valueOf(sample(mill, point).object());
    }

    /** Runs mills that have a rate, five minutes at a time. */
    private void run(double hours) {
        for (long m = 0; m < Math.round(12 * hours); m++) {
            now += STEP;
            rates.forEach((id, rate) -> {
                double liner =
                        liners.merge(id, -rate / 12 * StrictMath.exp(0.3 * noise.gaussian() - 0.045), Double::sum);
                show(id, 2, liner + 0.2 * noise.gaussian());
            });
            maintenance.step();
        }
    }

    private void show(String id, int state, double liner) {
        TwinInstance mill = mill(id);
        SampleBatch batch = new SampleBatch(2);
        batch.add(mill.row("State"), state, StatusCode.GOOD, now, now);
        batch.add(mill.row("Liner"), Double.doubleToRawLongBits(liner), StatusCode.GOOD, now, now);
        live.table().submit(live.table().shardOf(mill.row("State")), batch);
        if (id.equals("mill-1")) {
            kept.add(new Kept(now, liner));
        }
    }

    private void wears(String id, double rate) {
        rates.put(id, rate);
        liners.put(id, NEW);
    }

    private double left(String id) {
        return (Objects.requireNonNull(liners.get(id)) - LIMIT) / Objects.requireNonNull(rates.get(id));
    }

    // 48 mm at 0.1 mm/h are 480 h.
    @Test
    void theIntervalHoldsTheTruthAllTheWay() {
        wears("mill-1", 0.1);
        maintenance.startStepped();
        run(0.25);
        assertThat(sample("mill-1", MaintenancePoints.REMAINING_LIFE).status())
                .isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        assertThat(text("mill-1", MaintenancePoints.PREDICTION_DETAIL))
                .contains("Liner")
                .contains("too few");
        assertThat(sample("mill-2", MaintenancePoints.REMAINING_LIFE).status())
                .as("a mill that shows nothing")
                .isNotEqualTo(StatusCode.GOOD);
        run(143.75);
        for (double share : new double[] {0.3, 0.5, 0.7}) {
            double truth = left("mill-1");
            assertThat(truth).isCloseTo((1 - share) * 480, within(3.0));
            assertThat(number("mill-1", MaintenancePoints.REMAINING_LIFE_LOWER)).isLessThan(truth);
            assertThat(number("mill-1", MaintenancePoints.REMAINING_LIFE_UPPER)).isGreaterThan(truth);
            assertThat(number("mill-1", MaintenancePoints.REMAINING_LIFE)).isCloseTo(truth, within(0.1 * truth));
            run(96);
        }
        assertThat(text("mill-1", MaintenancePoints.DOMINANT_MODE)).isEqualTo("LinerWear");
        assertThat(text("mill-1", MaintenancePoints.PREDICTION_DETAIL))
                .contains("trend 100 %")
                .contains("Liner: ");
        assertThat(number("mill-1", MaintenancePoints.FAILURE_PROBABILITY)).isGreaterThan(95);
        assertThat(number("mill-1", MaintenancePoints.HEALTH_SCORE)).isLessThan(40);
        assertThat(number("mill-1", MaintenancePoints.INTERVAL_COVERAGE))
                .as("what was said on the way was compared with what came")
                .isGreaterThanOrEqualTo(50);
        Prognosis asked =
                maintenance.predict(mill("mill-1"), 2).orElseThrow().prognosis().orElseThrow();
        assertThat(asked.medianHours()).as("twice the load").isCloseTo(left("mill-1") / 2, within(8.0));
    }

    @Test
    void aRestartAndItsHistoryTakeUpWhereItWas() {
        wears("mill-1", 0.1);
        maintenance.startStepped();
        run(120);
        double before = number("mill-1", MaintenancePoints.REMAINING_LIFE);
        Map<String, byte[]> saved = maintenance.save();
        maintenance.close();
        maintenance = begun();
        maintenance.restore(saved);
        maintenance.startStepped();
        run(0.25);
        assertThat(number("mill-1", MaintenancePoints.REMAINING_LIFE)).isCloseTo(before, within(3.0));

        maintenance.close();
        maintenance = begun().with(history()); // nothing was saved, but history is there
        maintenance.startStepped();
        run(0.25);
        assertThat(number("mill-1", MaintenancePoints.REMAINING_LIFE)).isCloseTo(left("mill-1"), within(40.0));
    }

    private PastValues history() {
        return new PastValues() {
            @Override
            public boolean read(int row, long from, long until, Sink sink) {
                boolean isState = row == mill("mill-1").row("State");
                if (row == mill("mill-1").row("Liner") || isState) {
                    kept.stream()
                            .filter(each -> each.time() >= from && each.time() < until)
                            .forEach(each -> sink.value(each.time(), isState ? 2 : each.liner(), true));
                }
                return true;
            }

            @Override
            public long oldest(int row) {
                return START;
            }
        };
    }

    @Test
    void maintenanceBeginsAnew() {
        wears("mill-1", 0.1);
        maintenance.startStepped();
        run(100);
        assertThat(maintenance.tasks(mill("mill-1"))).contains("LinerWear", "Overhaul");
        MaintenanceRecord record =
                maintenance.record(mill("mill-1"), "LinerWear", now, 1, "", "somebody", MaintenanceRecord.NO_FAILURE);
        assertThat(record.resetNames()).contains("Liner", "RemainingUsefulLife");
        wears("mill-1", 0.1);
        run(0.25);
        assertThat(sample("mill-1", MaintenancePoints.REMAINING_LIFE).status())
                .isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        run(60);
        assertThat(number("mill-1", MaintenancePoints.REMAINING_LIFE)).isCloseTo(420, within(60.0));
    }

    // What stands still does not wear; what is shown then does not count.
    @Test
    void onlyWhatRunsCounts() {
        wears("mill-1", 0.1);
        maintenance.startStepped();
        run(50);
        double before = number("mill-1", MaintenancePoints.REMAINING_LIFE);
        rates.clear();
        for (int m = 0; m < 24; m++) {
            now += STEP;
            show("mill-1", 0, 1); // swung away
            maintenance.step();
        }
        assertThat(number("mill-1", MaintenancePoints.REMAINING_LIFE)).isCloseTo(before, within(5.0));
    }

    // Five liners worn through by day and night: the sixth is compared with them.
    @Test
    void failuresTeachTheWholeType() {
        for (int i = 1; i <= 5; i++) {
            wears("mill-" + i, 0.8 + 0.1 * i);
        }
        maintenance.startStepped();
        run(40);
        assertThat(text("mill-1", MaintenancePoints.PREDICTION_DETAIL)).doesNotContain("similarity");
        run(14);
        for (int i = 5; i >= 1; i--) {
            while (liners.getOrDefault("mill-" + i, 0.0) > LIMIT) {
                run(0.5);
            }
            maintenance.record(mill("mill-" + i), "LinerWear", now, 1, "", "somebody", MaintenanceRecord.NO_FAILURE);
            wears("mill-" + i, 0.9);
        }
        assertThat(store.runs("Mill", "Liner")).hasSize(5);
        run(0.5 * left("mill-1"));
        double truth = left("mill-1");
        assertThat(text("mill-1", MaintenancePoints.PREDICTION_DETAIL))
                .contains("similarity")
                .contains("5 histories");
        assertThat(number("mill-1", MaintenancePoints.REMAINING_LIFE)).isCloseTo(truth, within(0.2 * truth));
        assertThat(number("mill-1", MaintenancePoints.REMAINING_LIFE_LOWER)).isLessThan(truth);
        assertThat(number("mill-1", MaintenancePoints.REMAINING_LIFE_UPPER)).isGreaterThan(truth);

        maintenance.close();
        maintenance = begun(); // what failed is not forgotten
        maintenance.restore(Map.of());
        maintenance.startStepped();
        run(8);
        assertThat(text("mill-1", MaintenancePoints.PREDICTION_DETAIL)).contains("similarity");
    }

    // A failure of before the plant file said that anything wears: history knows how it came.
    @Test
    void aFailureThatIsRecordedLateIsReadFromHistory() {
        wears("mill-1", 1);
        maintenance.startStepped();
        run(48);
        long failed = now;
        wears("mill-1", 0.1);
        run(20);
        maintenance.close();
        maintenance = begun().with(history());
        maintenance.startStepped();
        maintenance.record(mill("mill-1"), "LinerWear", failed, 1, "", "somebody", failed);
        assertThat(store.runs("Mill", "Liner")).hasSize(1);
        assertThat(store.runs("Mill", "Liner").get(0).life()).isCloseTo(48, within(1.0));
    }

    @Test
    void siblingsTellWhatToExpect() {
        wears("mill-1", 0.1);
        wears("mill-2", 0.11);
        wears("mill-3", 0.09);
        maintenance.startStepped();
        run(60);
        wears("mill-4", 0.1);
        run(2); // alone it would not stand out from its scatter
        double alone = number("mill-4", MaintenancePoints.REMAINING_LIFE);
        assertThat(alone).isCloseTo(480, within(100.0));
        assertThat(text("mill-4", MaintenancePoints.PREDICTION_DETAIL)).contains("with the rates of its siblings");
        assertThat(text("mill-1", MaintenancePoints.PREDICTION_DETAIL))
                .as("mill-4 has no rate yet, so it has two siblings with one")
                .doesNotContain("siblings");
    }
}
