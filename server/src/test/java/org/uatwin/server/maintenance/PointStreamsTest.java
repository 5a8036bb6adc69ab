package org.uatwin.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/** A meter without a model, whose consumption goes up and down with the day: compared with its own past alone. */
class PointStreamsTest {
    private static final long START = 134_401_000_000_000_000L;
    private static final long MINUTE = 60 * UaTime.TICKS_PER_SECOND;
    private static final int DAY = 1440;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final NoiseStream noise = NoiseStream.ofSeed(5);
    private final LivePlant live = plant();
    private final TwinInstance meter = Objects.requireNonNull(live.instance("meter"));
    private final List<Kept> kept = new ArrayList<>();
    private final List<TwinInstance> alarms = new ArrayList<>();
    private final MaintenanceListener listener = new MaintenanceListener() {
        @Override
        public void predictionUpdated(TwinInstance twin, Assessment found, Prognosis prognosis) {
            throw new AssertionError("nothing is predicted");
        }

        @Override
        public void anomalyDetected(TwinInstance twin, Assessment found) {
            alarms.add(twin);
        }

        @Override
        public void maintenanceRecommended(TwinInstance twin, Assessment found, String task, long latestStart) {
            // not looked at
        }

        @Override
        public void maintenanceRecorded(TwinInstance twin, MaintenanceRecord record) {
            // not looked at
        }
    };
    private long now = START;
    private MaintenanceStore store;
    private LiveMaintenance maintenance;

    private record Kept(long time, double value) {}

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
                                  Meter:
                                    version: 1.0.0
                                    points:
                                      Power: {unit: kW, euRange: [0, 100], detect: {every: 10 min, memory: 1500}}
                                twins:
                                  - {id: meter, type: Meter, device: line/plc, points: {Power: holding 0 float64}}
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
        maintenance.startStepped();
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
                listener);
    }

    private Sample sample(String point) {
        return live.table().read(meter.row(point));
    }

    private double score() {
        assertThat(sample(MaintenancePoints.ANOMALY_SCORE).status()).isEqualTo(StatusCode.GOOD);
        return Double.longBitsToDouble(sample(MaintenancePoints.ANOMALY_SCORE).bits());
    }

    private String detail() {
        return String.valueOf(sample(MaintenancePoints.ANOMALY_DETAIL).object());
    }

    /** So many minutes of ordinary days, and more of it. */
    private void run(int minutes, double more) {
        for (int m = 0; m < minutes; m++) {
            now += MINUTE;
            double ofDay = (double) (now / MINUTE % DAY) / DAY;
            double power = 40 + 25 * StrictMath.sin(2 * Math.PI * ofDay) + 2 * noise.gaussian() + more;
            SampleBatch batch = new SampleBatch(1);
            batch.add(meter.row("Power"), Double.doubleToRawLongBits(power), StatusCode.GOOD, now, now);
            live.table().submit(live.table().shardOf(meter.row("Power")), batch);
            kept.add(new Kept(now, power));
            maintenance.step();
        }
    }

    // At night the load of noon: each value is in its range, and was there every day.
    @Test
    void whatIsUnusualForTheTimeOfDayIsSeenAndAllElseIsQuiet() {
        run(10, 0);
        assertThat(sample(MaintenancePoints.ANOMALY_SCORE).status()).isNotEqualTo(StatusCode.GOOD);
        assertThat(detail()).contains("Power has").contains("100 values");
        run(20 * DAY, 0);
        assertThat(alarms).as("false alarms in twenty days").isEmpty();
        assertThat(score()).isLessThan(1);
        assertThat(detail()).contains("nothing unusual").contains("own past");

        long before = now;
        while (alarms.isEmpty() && now - before < 180 * MINUTE) {
            run(1, 40);
        }
        assertThat(alarms).hasSize(1);
        assertThat(score()).isGreaterThanOrEqualTo(1);
        assertThat(detail()).contains("Power is unlike its own past").contains("since");
        run(DAY, 0);
        assertThat(score()).as("it is over").isLessThan(1);
        assertThat(alarms).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void itsPastOutlivesARestart() {
        run(6 * DAY, 0);
        Map<String, byte[]> saved = maintenance.save();
        maintenance.close();
        maintenance = begun();
        maintenance.restore(saved);
        maintenance.startStepped();
        run(2, 0);
        assertThat(score()).as("known at once").isLessThan(1);
        run(30, 40);
        assertThat(score()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void whereNothingWasSavedHistoryTellsThePast() {
        run(6 * DAY, 0);
        maintenance.close();
        maintenance = begun().with(history());
        maintenance.startStepped();
        run(2, 0);
        assertThat(score()).as("known at once").isLessThan(1);
        run(30, 40);
        assertThat(score()).isGreaterThanOrEqualTo(1);
    }

    private PastValues history() {
        return new PastValues() {
            @Override
            public boolean read(int row, long from, long until, Sink sink) {
                kept.stream()
                        .filter(each -> each.time() >= from && each.time() < until)
                        .forEach(each -> sink.value(each.time(), each.value(), true));
                return true;
            }

            @Override
            public long oldest(int row) {
                return START;
            }
        };
    }
}
