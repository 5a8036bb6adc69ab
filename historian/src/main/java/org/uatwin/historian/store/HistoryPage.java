package org.uatwin.historian.store;

import java.util.Optional;

/**
 * One page of an answer.
 *
 * @param samples at most {@link RawQuery#limit()} samples in reading order.
 * @param next the query of the following page; empty exactly on the last page.
 */
public record HistoryPage(HistorySamples samples, Optional<RawQuery> next) {
    public static final HistoryPage EMPTY = new HistoryPage(HistorySamples.EMPTY, Optional.empty());

    /** A page of {@code query} that ends with its last sample; {@code hasMore} if the interval holds further ones. */
    public static HistoryPage of(RawQuery query, HistorySamples samples, boolean hasMore) {
        if (!hasMore) {
            return new HistoryPage(samples, Optional.empty());
        }
        int last = samples.size() - 1;
        long time = samples.sourceTime(last);
        int given = 0;
        while (given <= last && samples.sourceTime(last - given) == time) {
            given++;
        }
        if (given > last && time == query.from()) {
            given += query.skip();
        }
        return new HistoryPage(samples, Optional.of(query.continuedAt(time, given)));
    }
}
