package org.uatwin.historian.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.uatwin.historian.memory.MemoryHistoryStore;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

class HistoryFeedTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Throwable> failures = new ArrayList<>();
    private final PointTable table = new PointTable(Runnable::run, failures::add);
    private final MemoryHistoryStore store =
            new MemoryHistoryStore(Duration.ofHours(1), 1 << 22, InstantSource.fixed(START));
    private int row;
    private HistoryTag tag = new HistoryTag(0);

    @BeforeEach
    void onePoint() {
        table.addShard();
        row = table.allocate(8, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        tag = store.register(new TagDefinition("plant", "pump-01", "Flow", ValueType.INT32, 0));
    }

    @AfterEach
    void nothingFailed() {
        assertThat(failures).isEmpty();
    }

    private HistoryFeed feed(HistoryStore target, int capacity) {
        HistoryFeed feed = new HistoryFeed(table, target, capacity);
        table.addListener(feed);
        return feed;
    }

    private static long second(int s) {
        return UaTime.ofInstant(START) + s * UaTime.TICKS_PER_SECOND;
    }

    private void sample(long value, int second) {
        SampleBatch batch = new SampleBatch(1);
        batch.add(row, value, StatusCode.GOOD, second(second), second(second));
        table.submit(0, batch);
    }

    private List<Long> stored() {
        HistorySamples samples = store.read(RawQuery.of(tag)).samples();
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            values.add(samples.bits(i));
        }
        return values;
    }

    /** Contracts section 2: equal value and status is a refresh, stamped, no history row. */
    @Test
    void changesAreStoredAndRefreshesAreNot() {
        HistoryFeed feed = feed(store, 100);
        feed.track(row, tag);
        sample(1, 1);
        sample(1, 2);
        sample(2, 3);
        feed.step();
        assertThat(stored()).containsExactly(1L, 2L);
    }

    @Test
    void aChangeOfStatusAloneIsStoredWithTheValueInside() {
        HistoryFeed feed = feed(store, 100);
        feed.track(row, tag);
        sample(7, 1);
        SampleBatch bad = new SampleBatch(1);
        bad.addStatus(row, StatusCode.BAD_NO_COMMUNICATION, second(2), second(2));
        table.submit(0, bad);
        feed.step();
        HistorySamples samples = store.read(RawQuery.of(tag)).samples();
        assertThat(samples.size()).isEqualTo(2);
        assertThat(samples.status(1)).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(samples.bits(1)).isEqualTo(7);
    }

    @Test
    void rowsWithoutATagAreIgnored() {
        HistoryFeed feed = feed(store, 100);
        sample(1, 1);
        feed.track(row, tag);
        feed.untrack(row);
        sample(2, 2);
        feed.step();
        assertThat(stored()).isEmpty();
        assertThat(feed.tag(row)).isEmpty();
    }

    /** Otherwise a point that never changes again would have no history at all. */
    @Test
    void aPointTrackedLateBeginsWithItsPresentValue() {
        HistoryFeed feed = feed(store, 100);
        sample(5, 1);
        feed.track(row, tag);
        feed.step();
        feed.step();
        assertThat(stored()).containsExactly(5L);
        sample(6, 2);
        feed.step();
        assertThat(stored()).containsExactly(5L, 6L);
        assertThat(feed.statistics().recovered()).isEqualTo(1);
    }

    /** A full queue loses samples and counts them, but history does not end on a value that is no longer true. */
    @Test
    void afterAnOverflowThePresentValueIsStoredOnce() {
        HistoryFeed feed = feed(store, 4);
        feed.track(row, tag);
        feed.step();
        for (int i = 1; i <= 10; i++) {
            sample(i, i);
        }
        feed.step();
        feed.step();
        feed.step();
        assertThat(stored()).containsExactly(1L, 2L, 3L, 4L, 10L);
        assertThat(feed.statistics().refused()).isEqualTo(6);
        assertThat(feed.statistics().unacknowledged()).isZero();
    }

    @Test
    void anAcceptedChangeAfterAnOverflowIsNotStoredTwice() {
        List<CompletableFuture<Void>> pending = new ArrayList<>();
        HistoryFeed feed = feed(new SlowStore(pending), 2);
        feed.track(row, tag);
        feed.step();
        sample(1, 1);
        sample(2, 2);
        sample(3, 3);
        feed.step();
        assertThat(feed.statistics().unacknowledged()).isEqualTo(2);
        pending.forEach(p -> p.complete(null));
        sample(4, 4);
        feed.step();
        pending.forEach(p -> p.complete(null));
        feed.step();
        feed.step();
        assertThat(stored()).containsExactly(1L, 2L, 4L);
        assertThat(feed.statistics().refused()).isEqualTo(1);
    }

    /** A disk that was full for an hour must not leave a value in the history that is no longer true. */
    @Test
    void theLastValueAFailingStoreLostFollowsWhenItWorksAgain() {
        int other = table.allocate(8, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        HistoryTag otherTag = store.register(new TagDefinition("plant", "pump-02", "Flow", ValueType.INT32, 0));
        AtomicBoolean isFull = new AtomicBoolean();
        HistoryFeed feed = feed(new FullStore(isFull), 100);
        feed.track(row, tag);
        feed.track(other, otherTag);
        sample(1, 1);
        feed.step();
        isFull.set(true);
        sample(2, 2);
        feed.step();
        isFull.set(false);
        SampleBatch batch = new SampleBatch(1);
        batch.add(other, 5, StatusCode.GOOD, second(3), second(3));
        table.submit(0, batch); // the store is seen to work
        feed.step();
        feed.step();
        assertThat(stored()).containsExactly(1L, 2L);
        assertThat(store.read(RawQuery.of(otherTag)).samples().size()).isEqualTo(1);
        assertThat(feed.statistics().failed()).isEqualTo(1);
    }

    /** Fails to store while it is full. */
    private final class FullStore extends StoreAbove {
        private final AtomicBoolean isFull;

        FullStore(AtomicBoolean isFull) {
            this.isFull = isFull;
        }

        @Override
        public CompletionStage<Void> append(HistoryBatch batch) {
            return isFull.get()
                    ? CompletableFuture.failedFuture(new IllegalStateException("the disk is full"))
                    : store.append(batch);
        }
    }

    @Test
    void aFailingStoreIsCountedAndNothingStaysQueued() {
        List<CompletableFuture<Void>> pending = new ArrayList<>();
        HistoryFeed feed = feed(new SlowStore(pending), 10);
        feed.track(row, tag);
        sample(1, 1);
        feed.step();
        pending.forEach(p -> p.completeExceptionally(new IllegalStateException("disk full")));
        assertThat(feed.statistics().failed()).isEqualTo(1);
        assertThat(feed.statistics().unacknowledged()).isZero();
    }

    @Test
    void theThreadStoresWhatSeveralWritersSubmitAndCloseStoresTheRest() throws Exception {
        HistoryFeed feed = feed(store, 100_000);
        List<HistoryTag> tags = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int shard = i == 0 ? 0 : table.addShard();
            table.assign(row + i, shard, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
            tags.add(store.register(new TagDefinition("plant", "pump-0" + i, "Speed", ValueType.INT32, 0)));
            feed.track(row + i, tags.get(i));
        }
        feed.start();
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 4; i++) {
                int shard = i;
                writers.execute(() -> {
                    for (int n = 1; n <= 2_000; n++) {
                        SampleBatch batch = new SampleBatch(1);
                        batch.add(row + shard, n, StatusCode.GOOD, second(0) + n, second(0) + n);
                        table.submit(shard, batch);
                    }
                });
            }
            writers.shutdown();
            assertThat(writers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> feed.statistics().unacknowledged() == 0);
        } finally {
            writers.shutdownNow();
            feed.close();
            feed.close();
        }
        for (HistoryTag each : tags) {
            HistorySamples samples = store.read(RawQuery.of(each)).samples();
            assertThat(samples.size()).isEqualTo(2_000);
            assertThat(samples.bits(1_999)).isEqualTo(2_000);
        }
        sample(99_999, 99);
        assertThat(feed.statistics().unacknowledged()).isZero();
    }

    @Test
    void storedHistoryShowsSamplesByPointUntilTheVisitorHasEnough() {
        HistoryFeed feed = feed(store, 100);
        feed.track(row, tag);
        for (int i = 1; i <= 5; i++) {
            sample(i, i);
        }
        feed.step();
        StoredHistory history = new StoredHistory(store, feed::tag);
        List<Long> seen = new ArrayList<>();
        history.read(row, second(2), second(5), (time, bits, object, status) -> seen.add(bits));
        assertThat(seen).containsExactly(2L, 3L, 4L);
        seen.clear();
        history.read(row, second(0), second(9), (time, bits, object, status) -> seen.add(bits) && seen.size() < 2);
        assertThat(seen).containsExactly(1L, 2L);
        history.read(row + 1, second(0), second(9), (time, bits, object, status) -> {
            throw new AssertionError("no history");
        });
    }

    /** Stores at once but acknowledges only when told, as a store on a slow disk does. */
    private final class SlowStore extends StoreAbove {
        private final List<CompletableFuture<Void>> pending;

        SlowStore(List<CompletableFuture<Void>> pending) {
            this.pending = pending;
        }

        @Override
        public CompletionStage<Void> append(HistoryBatch batch) {
            store.append(batch);
            CompletableFuture<Void> done = new CompletableFuture<>();
            pending.add(done);
            return done;
        }
    }

    /** The store in memory, but for how it stores. */
    private abstract class StoreAbove implements HistoryStore {
        @Override
        public HistoryTag register(TagDefinition definition, List<TagDefinition> formerNames) {
            return store.register(definition, formerNames);
        }

        @Override
        public Optional<TagDefinition> definition(HistoryTag known) {
            return store.definition(known);
        }

        @Override
        public HistoryPage read(RawQuery query) {
            return store.read(query);
        }

        @Override
        public OptionalLong oldest(HistoryTag known) {
            return store.oldest(known);
        }

        @Override
        public OptionalLong newest(HistoryTag known) {
            return store.newest(known);
        }

        @Override
        public HistoryStatistics statistics() {
            return store.statistics();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
