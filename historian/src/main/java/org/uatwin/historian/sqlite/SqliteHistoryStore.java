package org.uatwin.historian.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.historian.store.HistoryBatch;
import org.uatwin.historian.store.HistoryPage;
import org.uatwin.historian.store.HistorySamples;
import org.uatwin.historian.store.HistoryStatistics;
import org.uatwin.historian.store.HistoryStore;
import org.uatwin.historian.store.HistoryTag;
import org.uatwin.historian.store.RawQuery;
import org.uatwin.historian.store.TagDefinition;

/**
 * A {@link HistoryStore} on disk: compressed blocks and a journal in SQLite, one file a UTC day of source time.
 * Acknowledged means synced: what was acknowledged survives the process and the power supply, once.
 *
 * <p>Batches are committed in groups; a batch waits for others no longer than {@link StoreSettings#commitWindow()}.
 * Samples leave by whole days, when the day is out of the retained window or, oldest first, when the files take more
 * than their size. A sample without a value, of status Bad_DataLost, stands where a damaged block begins; a damaged
 * file is set aside and the other days are served.
 */
public final class SqliteHistoryStore implements HistoryStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteHistoryStore.class);

    private final StoreSettings settings;
    private final TagFile tags;
    private final Days days;
    private final StoreWriter writer;
    private final LongAdder reads = new LongAdder();
    private volatile boolean isClosed;

    private SqliteHistoryStore(StoreSettings settings, TagFile tags, Days days, InstantSource clock) {
        this.settings = settings;
        this.tags = tags;
        this.days = days;
        writer = new StoreWriter(settings, tags, days, clock);
    }

    /**
     * Opens a history, making it on first use, and reads the journals that were not yet made blocks.
     *
     * @param clock tells now, for the age of days.
     * @throws HistoryException if the directory cannot be used, or a newer program has written in it.
     */
    public static SqliteHistoryStore open(StoreSettings settings, InstantSource clock) {
        try {
            Files.createDirectories(settings.directory());
        } catch (IOException e) {
            throw HistoryException.unusable(settings.directory(), e);
        }
        Path file = settings.directory().resolve(TagFile.NAME);
        TagFile tags;
        try {
            tags = new TagFile(file);
        } catch (HistoryException e) {
            if (!e.isDamage()) {
                throw e;
            }
            tags = withoutNames(file, e);
        }
        try {
            Days days = Days.open(settings, tags);
            SqliteHistoryStore store = new SqliteHistoryStore(settings, tags, days, clock);
            store.writer.start();
            HistoryStatistics found = store.statistics();
            LOG.info(
                    "history is kept in {}: {} samples of {} points, {} MB",
                    settings.directory(),
                    found.stored(),
                    found.tags(),
                    found.bytes() / 1_000_000);
            return store;
        } catch (HistoryException e) {
            tags.close();
            throw e;
        }
    }

    private static TagFile withoutNames(Path file, HistoryException cause) {
        Path aside = Days.setAside(file);
        LOG.error(
                "{} is damaged and was set aside as {}; the names of tags are taken from the files of the days. {}",
                file,
                aside.getFileName(),
                cause.getMessage());
        return new TagFile(file);
    }

    @Override
    public HistoryTag register(TagDefinition definition, List<TagDefinition> formerNames) {
        return tags.names().register(definition, formerNames);
    }

    @Override
    public Optional<TagDefinition> definition(HistoryTag tag) {
        return tags.names().definition(tag.id());
    }

    @Override
    public CompletionStage<Void> append(HistoryBatch batch) {
        return writer.append(batch);
    }

    @Override
    public HistoryPage read(RawQuery query) {
        reads.increment();
        return page(query);
    }

    private HistoryPage page(RawQuery query) {
        if (isClosed) {
            throw HistoryException.closed(settings.directory());
        }
        return days.read(query, (file, cause) -> writer.execute(() -> days.setAside(file, cause))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.error("{} is damaged and could not be set aside", file.file, failure);
                    }
                }));
    }

    @Override
    public OptionalLong oldest(HistoryTag tag) {
        return time(page(RawQuery.of(tag).limit(1)).samples());
    }

    @Override
    public OptionalLong newest(HistoryTag tag) {
        return time(page(RawQuery.of(tag).reverse().limit(1)).samples());
    }

    private static OptionalLong time(HistorySamples samples) {
        return samples.isEmpty() ? OptionalLong.empty() : OptionalLong.of(samples.sourceTime(0));
    }

    @Override
    public HistoryStatistics statistics() {
        return new HistoryStatistics(
                tags.names().size(),
                days.samples(),
                days.bytes(),
                writer.appended.sum(),
                writer.late.sum(),
                days.expired(),
                days.displaced(),
                writer.rejected.sum(),
                reads.sum());
    }

    /** Everything that writes and is due, now: blocks, ends of days, retention. Returns when it is done. */
    void maintain() {
        writer.maintainNow().toCompletableFuture().join();
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        writer.close();
        isClosed = true;
        days.close();
        tags.close();
    }
}
