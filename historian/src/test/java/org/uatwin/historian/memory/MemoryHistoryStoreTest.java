package org.uatwin.historian.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.uatwin.historian.store.HistoryBatch;
import org.uatwin.historian.store.HistoryPage;
import org.uatwin.historian.store.HistorySamples;
import org.uatwin.historian.store.HistoryTag;
import org.uatwin.historian.store.RawQuery;
import org.uatwin.historian.store.TagDefinition;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

class MemoryHistoryStoreTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant now = START;

    private MemoryHistoryStore store(long budgetBytes) {
        return new MemoryHistoryStore(HOUR, budgetBytes, () -> now);
    }

    private static TagDefinition definition(String member) {
        return new TagDefinition("plant", "pump-01", member, ValueType.DOUBLE, 0);
    }

    private static long second(long s) {
        return UaTime.ofInstant(START) + s * UaTime.TICKS_PER_SECOND;
    }

    private static HistoryBatch one(HistoryTag tag, long bits, long second) {
        return new HistoryBatch(1).add(tag, bits, StatusCode.GOOD, second(second));
    }

    private static List<Long> bits(HistorySamples samples) {
        List<Long> bits = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            bits.add(samples.bits(i));
        }
        return bits;
    }

    /** Late and equal source times included: readers see time order, and arrival order within one time. */
    @Property(tries = 200)
    void anyArrivalOrderReadsInTimeOrderBothWays(@ForAll @Size(max = 700) List<@IntRange(max = 300) Integer> seconds) {
        try (MemoryHistoryStore store = store(1 << 24)) {
            HistoryTag tag = store.register(definition("Flow"));
            record Stored(int second, long bits) {}
            List<Stored> expected = new ArrayList<>();
            for (int i = 0; i < seconds.size(); i++) {
                store.append(one(tag, i, seconds.get(i)));
                expected.add(new Stored(seconds.get(i), i));
            }
            expected.sort(Comparator.comparingInt(Stored::second));
            List<Long> forward = expected.stream().map(Stored::bits).toList();
            List<Long> reverse = new ArrayList<>(forward);
            java.util.Collections.reverse(reverse);
            assertThat(bits(store.read(RawQuery.of(tag)).samples())).isEqualTo(forward);
            assertThat(bits(store.read(RawQuery.of(tag).reverse()).samples())).isEqualTo(reverse);
            assertThat(paged(store, RawQuery.of(tag).limit(3))).isEqualTo(forward);
            assertThat(paged(store, RawQuery.of(tag).reverse().limit(7))).isEqualTo(reverse);
            List<Long> part = expected.stream()
                    .filter(s -> s.second >= 100 && s.second < 200)
                    .map(Stored::bits)
                    .toList();
            assertThat(paged(
                            store,
                            RawQuery.of(tag)
                                    .from(second(100))
                                    .until(second(200))
                                    .limit(5)))
                    .isEqualTo(part);
        }
    }

    private static List<Long> paged(MemoryHistoryStore store, RawQuery query) {
        List<Long> bits = new ArrayList<>();
        Optional<RawQuery> next = Optional.of(query);
        while (next.isPresent()) {
            HistoryPage page = store.read(next.get());
            assertThat(page.samples().size()).isLessThanOrEqualTo(query.limit());
            bits.addAll(bits(page.samples()));
            next = page.next();
        }
        return bits;
    }

    @Test
    void theLastPageHasNoNext() {
        MemoryHistoryStore store = store(1 << 20);
        HistoryTag tag = store.register(definition("Flow"));
        for (int i = 0; i < 4; i++) {
            store.append(one(tag, i, i));
        }
        assertThat(store.read(RawQuery.of(tag).limit(4)).next()).isEmpty();
        HistoryPage first = store.read(RawQuery.of(tag).limit(2));
        assertThat(store.read(first.next().orElseThrow()).next()).isEmpty();
    }

    /** A value that has not changed for two hours is still the value at the beginning of the trend. */
    @Test
    void theSampleValidAtTheEdgeOfRetentionStays() {
        MemoryHistoryStore store = store(1 << 20);
        HistoryTag tag = store.register(definition("Flow"));
        store.append(one(tag, 1, 0));
        store.append(one(tag, 2, 10));
        store.append(one(tag, 3, 20));
        now = START.plus(HOUR).plusSeconds(15);
        assertThat(bits(store.read(RawQuery.of(tag)).samples())).containsExactly(2L, 3L);
        now = START.plus(HOUR.multipliedBy(3));
        assertThat(bits(store.read(RawQuery.of(tag)).samples())).containsExactly(3L);
        assertThat(store.statistics().expired()).isEqualTo(2);
        assertThat(store.oldest(tag)).hasValue(second(20));
        assertThat(store.newest(tag)).hasValue(second(20));
    }

    @Test
    void allStatusesTimesAndBitPatternsSurvive() {
        MemoryHistoryStore store = store(1 << 20);
        HistoryTag tag = store.register(definition("Flow"));
        long nan = 0x7FF8_0000_0000_0042L;
        HistoryBatch batch = new HistoryBatch(4);
        batch.add(tag.id(), nan, null, StatusCode.BAD_NO_COMMUNICATION.bits(), second(1), second(1) + 3);
        batch.add(tag.id(), 7, null, 0x4094_0480, second(2), second(2));
        batch.add(tag.id(), 8, null, 0, second(3), second(3) - 4_000_000);
        batch.add(tag.id(), 9, null, 0, second(4), second(4) + 3600 * UaTime.TICKS_PER_SECOND + 1);
        store.append(batch);
        HistorySamples samples = store.read(RawQuery.of(tag)).samples();
        assertThat(samples.size()).isEqualTo(4);
        assertThat(samples.bits(0)).isEqualTo(nan);
        assertThat(samples.status(0)).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        assertThat(samples.receiveTime(0)).isEqualTo(second(1) + 3);
        assertThat(samples.statusBits(1)).isEqualTo(0x4094_0480);
        assertThat(samples.status(2)).isEqualTo(StatusCode.GOOD);
        assertThat(samples.receiveTime(2)).isEqualTo(second(3) - 4_000_000);
        assertThat(samples.receiveTime(3) - second(4)).isEqualTo(3600 * UaTime.TICKS_PER_SECOND); // to 1 ms beyond 53 s
    }

    @Test
    void stringsArraysAndTheirMissingValuesAreKept() {
        MemoryHistoryStore store = store(1 << 20);
        HistoryTag text = store.register(new TagDefinition("plant", "pump-01", "Batch", ValueType.STRING, 0));
        HistoryTag array = store.register(new TagDefinition("plant", "pump-01", "Curve", ValueType.FLOAT, 3));
        HistoryBatch batch = new HistoryBatch(3);
        batch.add(text.id(), 0, "A-17", 0, second(1), second(1));
        batch.add(text.id(), 0, null, StatusCode.BAD_NO_COMMUNICATION.bits(), second(2), second(2));
        batch.add(array.id(), 0, new double[] {1, 2, 3}, 0, second(1), second(1));
        store.append(batch);
        assertThat(store.read(RawQuery.of(text)).samples().object(0)).isEqualTo("A-17");
        assertThat(store.read(RawQuery.of(text)).samples().object(1)).isNull();
        assertThat(store.read(RawQuery.of(array)).samples().object(0)).isEqualTo(new double[] {1, 2, 3});
    }

    @Test
    void whatDoesNotFitIsRejectedAndCounted() {
        MemoryHistoryStore store = store(1 << 20);
        HistoryTag tag = store.register(definition("Flow"));
        HistoryBatch batch = new HistoryBatch(2);
        batch.add(tag.id(), 0, "text", 0, second(1), second(1));
        batch.add(999, 0, null, 0, second(1), second(1));
        store.append(batch);
        assertThat(store.statistics().rejected()).isEqualTo(2);
        assertThat(store.read(RawQuery.of(new HistoryTag(999))).samples().isEmpty())
                .isTrue();
    }

    /** A million samples into one megabyte: the newest of every tag remain, and the bound holds all the way. */
    @Test
    void theBudgetHoldsAndTheOldestLeave() {
        long budget = 1 << 20;
        MemoryHistoryStore store = store(budget);
        List<HistoryTag> tags = new ArrayList<>();
        for (int t = 0; t < 50; t++) {
            tags.add(store.register(definition("P" + t)));
        }
        for (int s = 0; s < 3000; s++) {
            HistoryBatch batch = new HistoryBatch(tags.size());
            for (int t = 0; t < tags.size(); t++) {
                if (t % 5 != 0 || s % 100 == 0) { // every fifth changes rarely
                    batch.add(tags.get(t), s, StatusCode.GOOD, second(s));
                }
            }
            store.append(batch);
            assertThat(store.statistics().bytes()).isLessThanOrEqualTo(budget);
        }
        assertThat(store.statistics().displaced()).isPositive();
        assertThat(store.statistics().stored() + store.statistics().displaced())
                .isEqualTo(store.statistics().appended());
        for (int t = 0; t < tags.size(); t++) {
            assertThat(store.newest(tags.get(t))).hasValue(second(t % 5 == 0 ? 2900 : 2999));
        }
        long oldestFast = store.oldest(tags.get(1)).orElseThrow();
        assertThat(oldestFast).isGreaterThan(second(100)).isLessThan(second(2900));
    }

    @Test
    void aScalarSampleTakesAtMost24BytesAndAGoodOne16() {
        MemoryHistoryStore good = store(1 << 26);
        MemoryHistoryStore all = store(1 << 26);
        HistoryTag goodTag = good.register(definition("Flow"));
        HistoryTag allTag = all.register(definition("Flow"));
        int n = 512 * 100;
        for (int i = 0; i < n; i++) {
            good.append(new HistoryBatch(1).add(goodTag, i, StatusCode.GOOD, second(0) + i));
            all.append(new HistoryBatch(1).add(allTag.id(), i, null, i, second(0) + i, second(1) + i));
        }
        assertThat(good.statistics().bytes() / (double) n).isBetween(16.0, 16.5);
        assertThat(all.statistics().bytes() / (double) n).isBetween(24.0, 24.5);
    }

    @Test
    void expiredHistoryGivesItsMemoryBack() {
        MemoryHistoryStore store = store(1 << 26);
        HistoryTag tag = store.register(definition("Flow"));
        for (int i = 0; i < 20_000; i++) {
            now = START.plusSeconds(i);
            store.append(one(tag, i, i));
        }
        assertThat(store.statistics().stored()).isEqualTo(3601);
        assertThat(store.statistics().bytes()).isLessThan(5 * 512 * 17 * 2);
        assertThat(store.statistics().displaced()).isZero();
    }

    @Test
    void registeringAgainGivesTheSameTagAndFollowsARename() {
        MemoryHistoryStore store = store(1 << 20);
        HistoryTag tag = store.register(definition("Flow"));
        store.append(one(tag, 5, 1));
        assertThat(store.register(definition("Flow"))).isEqualTo(tag);
        TagDefinition renamed = definition("Flow").withTwinId("pump-A");
        assertThat(store.register(renamed, List.of(definition("Flow")))).isEqualTo(tag);
        assertThat(store.definition(tag)).contains(renamed);
        assertThat(bits(store.read(RawQuery.of(tag)).samples())).containsExactly(5L);
        TagDefinition retyped = new TagDefinition("plant", "pump-A", "Flow", ValueType.INT16, 0);
        assertThat(store.register(retyped, List.of(renamed))).isNotEqualTo(tag);
    }

    @Test
    void closedStoreRefusesReadsAndAppends() {
        MemoryHistoryStore store = store(1 << 20);
        HistoryTag tag = store.register(definition("Flow"));
        store.close();
        store.close();
        assertThatThrownBy(() -> store.read(RawQuery.of(tag))).hasMessageContaining("closed");
        assertThat(store.append(one(tag, 1, 1)).toCompletableFuture()).isCompletedExceptionally();
    }

    /** Readers during appends, expiry and displacement see ordered values and every page complete. */
    @Test
    void readersSeeWholeOrderedPagesWhileWritersAppend() throws Exception {
        MemoryHistoryStore store = store(40_000);
        HistoryTag tag = store.register(definition("Flow"));
        HistoryTag other = store.register(definition("Pressure"));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        AtomicBoolean isDone = new AtomicBoolean();
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int r = 0; r < 2; r++) {
                boolean isForward = r == 0;
                readers.add(threads.submit(() -> {
                    while (!isDone.get()) {
                        RawQuery query = RawQuery.of(tag).limit(50);
                        Optional<RawQuery> next = Optional.of(isForward ? query : query.reverse());
                        long last = isForward ? Long.MIN_VALUE : Long.MAX_VALUE;
                        while (next.isPresent()) {
                            HistoryPage page = store.read(next.get());
                            for (int i = 0; i < page.samples().size(); i++) {
                                long time = page.samples().sourceTime(i);
                                assertThat(isForward ? time > last : time < last)
                                        .isTrue();
                                assertThat(page.samples().bits(i)).isEqualTo(time);
                                last = time;
                            }
                            next = page.next();
                        }
                    }
                }));
            }
            CompletableFuture<Void> writer = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 20_000; i++) {
                            long time = second(0) + (i % 10 == 9 ? i - 15 : i) * 10L + (i % 10 == 9 ? 5 : 0);
                            store.append(new HistoryBatch(2)
                                    .add(tag, time, StatusCode.GOOD, time)
                                    .add(other, time, StatusCode.GOOD, time));
                        }
                    },
                    threads);
            writer.get(60, TimeUnit.SECONDS);
            isDone.set(true);
            for (Future<?> reader : readers) {
                reader.get(60, TimeUnit.SECONDS);
            }
        } finally {
            isDone.set(true);
            threads.shutdownNow();
        }
        assertThat(store.statistics().bytes()).isLessThanOrEqualTo(40_000);
        assertThat(store.statistics().late()).isPositive();
    }
}
