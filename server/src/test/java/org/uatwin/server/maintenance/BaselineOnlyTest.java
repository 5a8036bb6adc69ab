package org.uatwin.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
import org.uatwin.simulation.scenario.RunControl;
import org.uatwin.simulation.solver.NoiseStream;

/** A type of one's own without a model: what its history taught is all there is to watch it by. */
class BaselineOnlyTest {
    private static final long START = 134_401_000_000_000_000L;

    private final NoiseStream noise = NoiseStream.ofSeed(7);
    private final LivePlant live = plant();
    private final TwinInstance press = Objects.requireNonNull(live.instance("press"));
    private final List<double[]> past = new ArrayList<>();
    private long now = START;

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
                                  Press:
                                    version: 1.0.0
                                    maintenance: true
                                    points:
                                      Force: {unit: kN, euRange: [0, 100]}
                                      Pressure: {unit: bar, euRange: [0, 200]}
                                twins:
                                  - {id: press, type: Press, device: line/plc, points: {Force: holding 0 float64, Pressure: holding 4 float64}}
                                """,
                                "test.yaml")
                        .plant()
                        .orElseThrow(),
                new RowPool(new PointTable(Runnable::run, e -> {})),
                START);
    }

    private void step(double leak) {
        now += UaTime.TICKS_PER_SECOND;
        double load = 50 + 20 * StrictMath.sin(now / 6e8);
        double force = load + 0.3 * noise.gaussian();
        double pressure = 2 * load - leak + 0.5 * noise.gaussian();
        past.add(new double[] {force, pressure});
        SampleBatch batch = new SampleBatch(2);
        batch.add(press.row("Force"), Double.doubleToRawLongBits(force), StatusCode.GOOD, now, now);
        batch.add(press.row("Pressure"), Double.doubleToRawLongBits(pressure), StatusCode.GOOD, now, now);
        live.table().submit(live.table().shardOf(press.row("Force")), batch);
    }

    private PastValues history() {
        return new PastValues() {
            @Override
            public boolean read(int row, long from, long until, Sink sink) {
                for (int i = 0; i < past.size(); i++) {
                    sink.value(START + (i + 1) * UaTime.TICKS_PER_SECOND, past.get(i)[row - press.firstRow()], true);
                }
                return true;
            }

            @Override
            public long oldest(int row) {
                return START + UaTime.TICKS_PER_SECOND;
            }
        };
    }

    private Sample sample(String point) {
        return live.table().read(press.row(point));
    }

    @Test
    void itIsWatchedByWhatItsHistoryTaught(@TempDir Path directory) {
        LiveEstimators none = new LiveEstimators(
                live, instance -> Optional.empty(), Duration.ofSeconds(1), () -> UaTime.toInstant(now));
        try (MaintenanceStore store = new MaintenanceStore(directory.resolve("state.db"));
                LiveMaintenance maintenance = new LiveMaintenance(
                        live,
                        none,
                        new LiveVibration(live, () -> UaTime.toInstant(now)),
                        instance -> Optional.empty(),
                        store,
                        () -> UaTime.toInstant(now),
                        MaintenanceListener.NOBODY)) {
            maintenance.startStepped();
            run(maintenance, 3_600, 0);
            assertThat(sample(MaintenancePoints.HEALTH_SCORE).status())
                    .as("nothing is known before a baseline was learned")
                    .isEqualTo(StatusCode.BAD_OUT_OF_SERVICE);
            assertThat(String.valueOf(sample(MaintenancePoints.ANOMALY_DETAIL).object()))
                    .contains("LearnBaseline");

            new BaselineLearning(press, START, now, now, history(), store, learned -> maintenance.use(press, learned))
                    .perform(RunControl.NONE);
            run(maintenance, 1_200, 0);
            assertThat(sample(MaintenancePoints.HEALTH_SCORE).status()).isEqualTo(StatusCode.GOOD);
            assertThat(Double.longBitsToDouble(
                            sample(MaintenancePoints.ANOMALY_SCORE).bits()))
                    .isLessThan(1);

            run(maintenance, 600, 25); // each point is in its range; together they are not as ever
            assertThat(Double.longBitsToDouble(
                            sample(MaintenancePoints.ANOMALY_SCORE).bits()))
                    .isGreaterThan(1);
            assertThat(String.valueOf(sample(MaintenancePoints.ANOMALY_DETAIL).object()))
                    .contains("compared with baseline/1");
            assertThat(sample(MaintenancePoints.REMAINING_LIFE).status())
                    .isEqualTo(StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        }
    }

    private void run(LiveMaintenance maintenance, int seconds, double leak) {
        for (int s = 0; s < seconds; s++) {
            step(leak);
            maintenance.step();
        }
    }
}
