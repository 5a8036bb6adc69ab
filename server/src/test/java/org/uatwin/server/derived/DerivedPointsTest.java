package org.uatwin.server.derived;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/** The queue and the thread around the graph, with a real table. */
class DerivedPointsTest {
    private final LivePlant live = Skids.live(
            """
            Sum: {unit: bar, euRange: [0, 32], expression: "In + Out"}
            Count: {unit: pc, expression: "count(Flow > 100)"}
            """,
            "");
    private final PointTable table = live.table();
    private final TwinInstance skid = Objects.requireNonNull(live.instance("skid-1"));
    private final DerivedPoints points = new DerivedPoints(
            live, (row, bits, deadline) -> CompletableFuture.completedStage(StatusCode.GOOD), InstantSource.system());

    private SampleBatch add(SampleBatch batch, String point, double value, int at) {
        batch.add(
                skid.row(point), Double.doubleToRawLongBits(value), StatusCode.GOOD, Skids.ticks(at), Skids.ticks(at));
        return batch;
    }

    private void submit(SampleBatch batch) {
        table.submit(table.shardOf(skid.row("Flow")), batch);
    }

    /** In + Out is 10 in every batch; a client that subscribes to Sum must never see anything else. */
    @Test
    void batchIsComputedAsAWhole() {
        List<Double> seen = new CopyOnWriteArrayList<>();
        table.addListener((shard, batch) -> {
            for (int i = 0; i < batch.size(); i++) {
                if (batch.row(i) == skid.row("Sum") && batch.status(i).isGood()) {
                    seen.add(Double.longBitsToDouble(batch.bits(i)));
                }
            }
        });
        try (points) {
            points.start();
            for (int i = 0; i < 5_000; i++) {
                submit(add(add(new SampleBatch(2), "In", i % 7, i), "Out", 10 - i % 7, i));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> table.read(skid.row("Sum")).sourceTime() == Skids.ticks(4_999));
        }
        assertThat(seen).isNotEmpty().containsOnly(10.0);
        assertThat(points.lostSamples()).isZero();
    }

    /** Every sample of a burst counts, also several of one point in one batch. */
    @Test
    void samplesOfOneBatchAreSeenOneByOne() {
        try (points) {
            points.start();
            SampleBatch burst = new SampleBatch(2_000);
            for (int i = 0; i < 2_000; i++) {
                add(burst, "Flow", i % 2 == 0 ? 0 : 150, i);
            }
            submit(burst);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> table.read(skid.row("Count")).bits() == 1_000);
        }
    }

    /** What was in the table before the start is not waited for. */
    @Test
    void valuesFromBeforeTheStartCount() {
        submit(add(add(new SampleBatch(2), "In", 4, 0), "Out", 5, 0));
        try (points) {
            points.start();
            assertThat(Double.longBitsToDouble(table.read(skid.row("Sum")).bits()))
                    .isEqualTo(9);
        }
    }

    @Test
    void closedOneNeitherListensNorRuns() {
        points.start();
        points.close();
        points.close();
        submit(add(add(new SampleBatch(2), "In", 4, 0), "Out", 5, 0));
        assertThat(table.read(skid.row("Sum")).status().isBad()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("uatwin-derived"));
    }

    /** Flooded: what is lost is counted, and the end is right. */
    @Test
    void floodEndsWithTheRightValue() {
        SampleQueue queue = new SampleQueue(4);
        Slots slots = new Slots(new int[] {3, 5}, new org.uatwin.informationmodel.value.ValueType[] {
            org.uatwin.informationmodel.value.ValueType.DOUBLE, org.uatwin.informationmodel.value.ValueType.DOUBLE
        });
        SampleBatch batch = new SampleBatch(6);
        for (int i = 0; i < 6; i++) {
            batch.add(i % 2 == 0 ? 3 : 9, i, StatusCode.GOOD, i, i);
            batch.add(5, i, StatusCode.GOOD, i, i);
        }
        queue.put(slots, batch);
        SampleQueue.Taken taken = new SampleQueue.Taken(3);
        take(queue, taken);
        assertThat(taken.size).isEqualTo(3);
        assertThat(taken.hasLost).isFalse(); // there is more to take before the table is read anew
        take(queue, taken);
        assertThat(taken.size).isEqualTo(1);
        assertThat(taken.isLast[0]).isTrue();
        assertThat(taken.hasLost).isTrue();
        assertThat(queue.lost()).isEqualTo(5);
    }

    private static void take(SampleQueue queue, SampleQueue.Taken taken) {
        try {
            queue.take(taken, 0);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
