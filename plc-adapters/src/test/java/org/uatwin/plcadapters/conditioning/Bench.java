package org.uatwin.plcadapters.conditioning;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;

/**
 * One twin of a plant file before a real stage and a real table: samples go in as a link delivers them, what the table
 * fans out is kept. Time is an argument, in seconds.
 */
final class Bench {
    static final long T0 = UaTime.ofInstant(java.time.Instant.parse("2026-03-01T00:00:00Z"));

    final PointTable table = new PointTable(Runnable::run, Bench::fail);
    final ConditioningStage stage;
    final Twin twin;
    final List<Sample> out = new ArrayList<>();
    final List<Boolean> refreshes = new ArrayList<>();
    private final int first;
    private final int shard;

    /**
     * @param points lines below {@code points:} of the type, indented by six.
     * @param bindings lines below {@code points:} of the twin, indented by six.
     */
    Bench(String points, String bindings) {
        String text =
                """
                uatwin: 1
                siteId: demo
                connections:
                  line-1: {host: 127.0.0.1, devices: {plc: {unit: 3}}}
                types:
                  Skid:
                    version: 1.0.0
                    points:
                """
                        + points.indent(6)
                        + """
                        twins:
                          - id: skid
                            type: Skid
                            points:
                        """
                        + bindings.indent(6);
        PlantReading reading = PlantFile.read(text, "plant.yaml");
        twin = reading.plant()
                .orElseThrow(() -> new AssertionError(reading.findings().toString()))
                .twins()
                .get(0);
        shard = table.addShard();
        first = table.allocate(twin.pointCount(), Quality.NOT_YET_READ.status(false, false));
        List<TreatedPoint> treated = new ArrayList<>();
        for (int i = 0; i < twin.pointCount(); i++) {
            if (twin.treatment(i).isAtLink()) {
                treated.add(TreatedPoint.of(twin, first, i));
            }
        }
        stage = new ConditioningStage(treated, table, shard);
        table.addListener((s, batch) -> {
            for (int i = 0; i < batch.size(); i++) {
                out.add(batch.sample(i));
                refreshes.add(batch.isRefresh(i));
            }
        });
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }

    static long ticks(double seconds) {
        return T0 + Math.round(seconds * UaTime.TICKS_PER_SECOND);
    }

    int row(String point) {
        return first + twin.type().pointOrdinal(point);
    }

    /** A signal as the link decodes it. */
    Bench signal(String point, double seconds, double signal) {
        return signal(point, seconds, signal, StatusCode.GOOD);
    }

    Bench signal(String point, double seconds, double signal, StatusCode status) {
        return bits(point, seconds, Double.doubleToRawLongBits(signal), status);
    }

    Bench bits(String point, double seconds, long bits, StatusCode status) {
        SampleBatch batch = new SampleBatch(1);
        batch.add(row(point), bits, status, ticks(seconds), ticks(seconds));
        stage.submit(batch);
        return this;
    }

    Bench status(String point, double seconds, StatusCode status) {
        SampleBatch batch = new SampleBatch(1);
        batch.addStatus(row(point), status, ticks(seconds), ticks(seconds));
        stage.submit(batch);
        return this;
    }

    Bench tick(double seconds) {
        stage.tick(ticks(seconds));
        return this;
    }

    Sample now(String point) {
        return table.read(row(point));
    }

    /** The value of a Double point as it stands. */
    double value(String point) {
        return Double.longBitsToDouble(now(point).bits());
    }

    StatusCode statusOf(String point) {
        return now(point).status();
    }

    /** Samples of a point that were no refresh. */
    List<Sample> changes(String point) {
        List<Sample> changes = new ArrayList<>();
        for (int i = 0; i < out.size(); i++) {
            if (out.get(i).point() == row(point) && !refreshes.get(i)) {
                changes.add(out.get(i));
            }
        }
        return changes;
    }
}
