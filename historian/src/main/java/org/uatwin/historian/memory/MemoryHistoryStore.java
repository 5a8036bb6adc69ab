package org.uatwin.historian.memory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.historian.store.HistoryBatch;
import org.uatwin.historian.store.HistoryPage;
import org.uatwin.historian.store.HistoryStatistics;
import org.uatwin.historian.store.HistoryStore;
import org.uatwin.historian.store.HistoryTag;
import org.uatwin.historian.store.RawQuery;
import org.uatwin.historian.store.TagDefinition;
import org.uatwin.historian.store.TagNames;
import org.uatwin.informationmodel.value.UaTime;

/**
 * A bounded {@link HistoryStore} in memory. Acknowledged means visible to readers; nothing survives the process.
 *
 * <p>Bounds: samples leave when they are older than the retention (each tag keeps the one valid at the edge), and
 * earlier, oldest chunk of all tags first, when the samples occupy more than the budget. Every tag that has samples
 * keeps one small chunk of up to 8, at most about 450 bytes for scalars, so a budget below that times the number of
 * tags is exceeded; a warning says so once.
 */
public final class MemoryHistoryStore implements HistoryStore {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryHistoryStore.class);

    private final long retentionTicks;
    private final long budgetBytes;
    private final InstantSource clock;
    private final Account account = new Account();

    private final TagNames names = new TagNames(this::named);
    private volatile @Nullable Series[] series = new Series[0]; // grown and published by named()

    private final Object appending = new Object();
    /** One entry per chunk ever made and not yet spent, oldest first. */
    private final ArrayDeque<Series> tickets = new ArrayDeque<>(); // guarded by appending

    private int chunksAtLastSweep; // guarded by appending
    private boolean isDisplacing; // guarded by appending
    private volatile boolean isClosed;

    /**
     * @param retention how long samples are kept by their source time, longer than zero.
     * @param budgetBytes most bytes of samples over all tags, 1 or more.
     * @param clock tells now, for the age of samples.
     */
    public MemoryHistoryStore(Duration retention, long budgetBytes, InstantSource clock) {
        if (retention.isZero() || retention.isNegative() || budgetBytes < 1) {
            throw new IllegalArgumentException(
                    "retention and budget must be above zero: %s, %d bytes".formatted(retention, budgetBytes));
        }
        this.retentionTicks = Math.multiplyExact(retention.toMillis(), UaTime.TICKS_PER_MILLISECOND);
        this.budgetBytes = budgetBytes;
        this.clock = clock;
    }

    @Override
    public HistoryTag register(TagDefinition definition, List<TagDefinition> formerNames) {
        return names.register(definition, formerNames);
    }

    /** A tag is new or has a new name; one call at a time. */
    private void named(int id) {
        @Nullable Series[] grown = series;
        if (id >= grown.length) {
            grown = Arrays.copyOf(grown, Math.max(64, Math.max(id + 1, grown.length * 2)));
        }
        if (grown[id] == null) {
            grown[id] = new Series(names.definition(id).orElseThrow().isScalar(), account);
        }
        series = grown;
    }

    @Override
    public Optional<TagDefinition> definition(HistoryTag tag) {
        return names.definition(tag.id());
    }

    @Override
    public CompletionStage<Void> append(HistoryBatch batch) {
        if (isClosed) {
            return CompletableFuture.failedFuture(closed());
        }
        long edge = edge();
        synchronized (appending) {
            for (int i = 0; i < batch.size(); i++) {
                append(batch, i, edge);
            }
            keepToBudget();
            sweep(edge);
        }
        return CompletableFuture.completedFuture(null);
    }

    private void append(HistoryBatch batch, int i, long edge) {
        Series target = series(batch.tagId(i));
        Object object = batch.object(i);
        if (target == null || !target.takes(object)) {
            account.rejected.increment();
            return;
        }
        int made = target.append(batch.sourceTime(i), batch.receiveTime(i), batch.bits(i), object, batch.statusBits(i));
        for (int k = 0; k < made; k++) {
            tickets.add(target);
        }
        target.expire(edge);
        account.appended.increment();
    }

    /** Oldest chunks leave until the samples fit the budget, or only one small chunk a tag is left. */
    private void keepToBudget() {
        if (account.bytes.get() <= budgetBytes) {
            return;
        }
        for (int tries = tickets.size(); tries > 0 && account.bytes.get() > budgetBytes; tries--) {
            Series oldest = tickets.remove();
            if (!oldest.spendTicket() && oldest.displace()) {
                tickets.add(oldest);
            }
        }
        if (!isDisplacing) {
            isDisplacing = true;
            LOG.warn(
                    "the history in memory is full: {} MB hold less than the {} s asked for, the oldest samples leave"
                            + " first. Historize fewer points, keep them shorter, or give the history more memory.",
                    budgetBytes >> 20,
                    retentionTicks / UaTime.TICKS_PER_SECOND);
        }
    }

    /** Every so many chunks: expire quiet tags too, and forget the tickets of chunks that have left. */
    private void sweep(long edge) {
        if (tickets.size() < 2 * chunksAtLastSweep + 1024) {
            return;
        }
        @Nullable Series[] now = series;
        for (Series each : now) {
            if (each != null) {
                each.expire(edge);
            }
        }
        tickets.removeIf(Series::spendTicket);
        chunksAtLastSweep = tickets.size();
    }

    @Override
    public HistoryPage read(RawQuery query) {
        if (isClosed) {
            throw closed();
        }
        account.reads.increment();
        Series source = series(query.tag().id());
        if (source == null) {
            return HistoryPage.EMPTY;
        }
        source.expire(edge());
        return source.read(query);
    }

    @Override
    public OptionalLong oldest(HistoryTag tag) {
        Series source = series(tag.id());
        if (source == null) {
            return OptionalLong.empty();
        }
        source.expire(edge());
        return source.oldest();
    }

    @Override
    public OptionalLong newest(HistoryTag tag) {
        Series source = series(tag.id());
        return source == null ? OptionalLong.empty() : source.newest();
    }

    @Override
    public HistoryStatistics statistics() {
        return new HistoryStatistics(
                names.size(),
                account.stored.sum(),
                account.bytes.get(),
                account.appended.sum(),
                account.late.sum(),
                account.expired.sum(),
                account.displaced.sum(),
                account.rejected.sum(),
                account.reads.sum());
    }

    /** Forgets all samples. */
    @Override
    public void close() {
        isClosed = true;
        series = new Series[0];
        synchronized (appending) {
            tickets.clear();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the history in memory is closed");
    }

    private @Nullable Series series(int tagId) {
        @Nullable Series[] now = series;
        return tagId < now.length ? now[tagId] : null;
    }

    private long edge() {
        return UaTime.ofInstant(clock.instant()) - retentionTicks;
    }
}
