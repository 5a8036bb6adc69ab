package org.uatwin.historian.store;

import java.util.Optional;
import java.util.function.IntFunction;
import org.uatwin.informationmodel.value.HistoryReader;

/** Past values by point: a {@link HistoryReader} over a store, read page by page. */
public final class StoredHistory implements HistoryReader {
    private final HistoryStore store;
    private final IntFunction<Optional<HistoryTag>> tagOfPoint;

    /** @param tagOfPoint the tag of a row, for example {@link HistoryFeed#tag}. */
    public StoredHistory(HistoryStore store, IntFunction<Optional<HistoryTag>> tagOfPoint) {
        this.store = store;
        this.tagOfPoint = tagOfPoint;
    }

    @Override
    public void read(int point, long from, long until, Visitor visitor) {
        Optional<RawQuery> next =
                tagOfPoint.apply(point).map(tag -> RawQuery.of(tag).from(from).until(until));
        while (next.isPresent()) {
            HistoryPage page = store.read(next.get());
            HistorySamples samples = page.samples();
            for (int i = 0; i < samples.size(); i++) {
                if (!visitor.sample(samples.sourceTime(i), samples.bits(i), samples.object(i), samples.status(i))) {
                    return;
                }
            }
            next = page.next();
        }
    }
}
