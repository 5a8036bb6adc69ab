package org.uatwin.historian.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Past values of historized variables. Every method may be called from any thread.
 *
 * <p>Samples of a tag are ordered by source time; they may arrive late and out of order, and several of one time are
 * all kept, in the order they were appended. What leaves at the end of retention leaves oldest first; each tag keeps
 * its newest sample, and the one that was valid when the retained window began, so that a value which never changes
 * does not lose its history.
 */
public interface HistoryStore extends AutoCloseable {
    /**
     * The tag of a variable; a new one if the store does not know it. Calling it again gives the same tag.
     *
     * @param formerNames definitions the variable had before (aliases of its twin), in order of preference: a tag known
     *     by one of them, with the same type, is taken over and known by the new name from then on. A variable whose
     *     type or length changed gets a new tag.
     */
    HistoryTag register(TagDefinition definition, List<TagDefinition> formerNames);

    default HistoryTag register(TagDefinition definition) {
        return register(definition, List.of());
    }

    /** What a tag is now; empty for an id this store never gave. */
    Optional<TagDefinition> definition(HistoryTag tag);

    /**
     * Stores a batch. The store owns the batch from here on.
     *
     * @return completes when the batch is acknowledged: readers see it, and a store on disk has synced it (contracts
     *     section 6). Completes exceptionally, with the place and the cause, if it could not be stored. In between a
     *     reader may or may not see it.
     */
    CompletionStage<Void> append(HistoryBatch batch);

    /** Reads one page; an unknown tag is empty. May wait for a disk. */
    HistoryPage read(RawQuery query);

    /** Source time of the oldest sample; empty if there is none. */
    OptionalLong oldest(HistoryTag tag);

    /** Source time of the newest sample; empty if there is none. */
    OptionalLong newest(HistoryTag tag);

    HistoryStatistics statistics();

    /** Ends the store after what was appended is acknowledged; idempotent. Reads and appends fail afterwards. */
    @Override
    void close();
}
