package org.uatwin.historian.store;

/**
 * Counters of a store at one moment. All but {@code tags}, {@code stored} and {@code bytes} only grow.
 *
 * @param tags registered tags.
 * @param stored samples a reader could get now.
 * @param bytes memory or disk they occupy, estimated for object values.
 * @param appended samples acknowledged.
 * @param late of these, those older than a sample already stored for their tag.
 * @param expired samples that left at the end of retention.
 * @param displaced samples that left before it because the store was full.
 * @param rejected samples not stored: unknown tag, or a value that does not fit the tag's type.
 * @param reads pages read.
 */
public record HistoryStatistics(
        int tags,
        long stored,
        long bytes,
        long appended,
        long late,
        long expired,
        long displaced,
        long rejected,
        long reads) {}
