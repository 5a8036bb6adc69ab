package org.uatwin.informationmodel.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PointTableTest {
    private final List<Throwable> failures = new ArrayList<>();
    private final PointTable table = new PointTable(Runnable::run, failures::add);

    private static SampleBatch one(int row, double value, StatusCode status, long time) {
        SampleBatch batch = new SampleBatch(1);
        batch.add(row, Double.doubleToRawLongBits(value), status, time, time);
        return batch;
    }

    /** Equal value and status is a refresh: stamped, but no history row (contracts section 2). */
    @Test
    void equalValueAndStatusIsARefreshThatAdvancesTheTime() {
        int shard = table.addShard();
        int row = table.allocate(1, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        List<Boolean> refreshes = new ArrayList<>();
        table.addListener((s, batch) -> refreshes.add(batch.isRefresh(0)));
        table.submit(shard, one(row, 1.5, StatusCode.GOOD, 10));
        table.submit(shard, one(row, 1.5, StatusCode.GOOD, 20));
        table.submit(shard, one(row, 1.5, StatusCode.UNCERTAIN_LAST_USABLE_VALUE, 30));
        table.submit(shard, one(row, 2.5, StatusCode.UNCERTAIN_LAST_USABLE_VALUE, 40));
        assertThat(refreshes).containsExactly(false, true, false, false);
        assertThat(table.read(row).sourceTime()).isEqualTo(40);
    }

    /** The first sample is never a refresh, even if it equals the empty row. */
    @Test
    void firstSampleIsAChange() {
        int shard = table.addShard();
        int row = table.allocate(1, StatusCode.GOOD);
        SampleBatch batch = one(row, 0, StatusCode.GOOD, 1);
        table.submit(shard, batch);
        assertThat(batch.isRefresh(0)).isFalse();
    }

    /** Bad keeps the last value inside (contracts section 2). */
    @Test
    void statusAloneKeepsTheValue() {
        int shard = table.addShard();
        int row = table.allocate(2, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        table.submit(shard, one(row, 7, StatusCode.GOOD, 1));
        SampleBatch text = new SampleBatch(1);
        text.addObject(row + 1, "steel", StatusCode.GOOD, 1, 1);
        table.submit(shard, text);
        SampleBatch lost = new SampleBatch(2);
        lost.addStatus(row, StatusCode.BAD_NO_COMMUNICATION, 2, 2);
        lost.addStatus(row + 1, StatusCode.BAD_NO_COMMUNICATION, 2, 2);
        table.submit(shard, lost);
        assertThat(Double.longBitsToDouble(table.read(row).bits())).isEqualTo(7);
        assertThat(table.read(row + 1).object()).isEqualTo("steel");
        assertThat(lost.object(1)).isEqualTo("steel");
        assertThat(table.read(row).status()).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
    }

    /** A reader must never see a value of one sample with the time or status of another. */
    @Test
    void readerNeverSeesATornSample() throws InterruptedException {
        int shard = table.addShard();
        int row = table.allocate(1, StatusCode.GOOD);
        AtomicBoolean isDone = new AtomicBoolean();
        AtomicLong torn = new AtomicLong();
        AtomicLong reads = new AtomicLong();
        CountDownLatch started = new CountDownLatch(1);
        Thread reader = new Thread(
                () -> {
                    PointValue value = new PointValue();
                    started.countDown();
                    while (!isDone.get()) {
                        table.read(row, value);
                        reads.incrementAndGet();
                        if (value.bits != value.sourceTime
                                || value.bits != value.receiveTime
                                || value.statusBits != (int) value.bits << 16) {
                            torn.incrementAndGet();
                        }
                    }
                },
                "reader");
        reader.start();
        started.await();
        for (int i = 1; i <= 200_000; i++) {
            SampleBatch batch = new SampleBatch(1);
            batch.add(row, i, StatusCode.of(i << 16), i, i);
            table.submit(shard, batch);
        }
        isDone.set(true);
        reader.join();
        assertThat(reads.get()).isPositive();
        assertThat(torn.get()).isZero();
    }

    /** A snapshot between two batches is consistent and says its epoch; within a batch it does not claim to be. */
    @Test
    void snapshotIsConsistentBetweenBatchesOnly() {
        int shard = table.addShard();
        int row = table.allocate(2, StatusCode.GOOD);
        int[] rows = {row, row + 1};
        SampleBatch both = new SampleBatch(2);
        both.add(row, 1, StatusCode.GOOD, 1, 1);
        both.add(row + 1, 1, StatusCode.GOOD, 1, 1);
        table.submit(shard, both);
        PointTable.Snapshot snapshot = table.snapshot(rows);
        assertThat(snapshot.isConsistent()).isTrue();
        assertThat(snapshot.epoch()).isEqualTo(1);
        assertThat(snapshot.samples()).extracting(Sample::bits).containsExactly(1L, 1L);
    }

    /** Tasks of a shard run one at a time in order, also when they submit more themselves. */
    @Test
    void shardRunsTasksInOrderAndOneAtATime() {
        int shard = table.addShard();
        List<String> order = new ArrayList<>();
        table.execute(shard, () -> {
            table.execute(shard, () -> order.add("inner"));
            order.add("outer");
        });
        assertThat(order).containsExactly("outer", "inner");
        assertThat(table.pending(shard)).isZero();
    }

    /** A listener's bug must not stop the values of the plant. */
    @Test
    void failingListenerIsReportedAndTheNextStillRuns() {
        int shard = table.addShard();
        int row = table.allocate(1, StatusCode.GOOD);
        List<SampleBatch> seen = new ArrayList<>();
        table.addListener((s, batch) -> {
            throw new IllegalStateException("listener bug");
        });
        table.addListener((s, batch) -> seen.add(batch));
        table.submit(shard, one(row, 1, StatusCode.GOOD, 1));
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(seen).hasSize(1);
    }
}
