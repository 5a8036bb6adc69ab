package org.uatwin.historian.sqlite;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.uatwin.historian.codec.SampleRun;
import org.uatwin.historian.store.HistoryPage;
import org.uatwin.historian.store.HistorySamples;
import org.uatwin.historian.store.RawQuery;

/** Fills one page from samples that are offered in reading order. Owned by the reading thread. */
final class PageReader {
    private static final int FIRST_CAPACITY = 1024;

    final RawQuery query;
    private final HistorySamples.Builder samples;
    private int skip;
    private boolean isDone;
    private boolean hasMore;

    PageReader(RawQuery query) {
        this.query = query;
        this.skip = query.skip();
        samples = new HistorySamples.Builder(Math.min(query.limit(), FIRST_CAPACITY));
    }

    boolean isDone() {
        return isDone;
    }

    /** @return whether further samples are wanted. */
    private boolean offer(SampleRun run, int i) {
        long time = run.time(i);
        if (skip > 0 && time == query.from()) {
            skip--;
        } else if (query.isBeyond(time)) {
            isDone = true;
        } else if (samples.size() == query.limit()) {
            isDone = true;
            hasMore = true;
        } else {
            run.addTo(samples, i);
        }
        return !isDone;
    }

    /** Offers what a run holds from the query's beginning on. */
    void offerAll(SampleRun run) {
        new Merge(run).rest();
    }

    HistoryPage page() {
        return HistoryPage.of(query, samples.build(), hasMore);
    }

    /**
     * Samples of blocks, one block after the other in reading order, together with samples that are in no block yet and
     * were appended later.
     */
    final class Merge {
        private final @Nullable SampleRun open;
        private int o;

        Merge(@Nullable SampleRun open) {
            this.open = open;
            o = open == null ? 0 : first(open);
        }

        private int first(SampleRun run) {
            return query.isForward() ? run.countBefore(query.from()) : run.countUntil(query.from()) - 1;
        }

        private boolean isOpenLeft() {
            return open != null && (query.isForward() ? o < open.size() : o >= 0);
        }

        /** @return whether further blocks are wanted. */
        boolean block(Supplier<SampleRun> decoded) {
            SampleRun block = decoded.get();
            int step = query.isForward() ? 1 : -1;
            for (int i = first(block); i >= 0 && i < block.size() && !isDone; i += step) {
                while (isOpenLeft() && isOpenBefore(block.time(i)) && offerOpen()) {
                    // offered
                }
                if (!isDone) {
                    offer(block, i);
                }
            }
            return !isDone;
        }

        /** Of one time, what was appended first is older. */
        private boolean isOpenBefore(long time) {
            long next = open == null ? time : open.time(o);
            return query.isForward() ? next < time : next >= time;
        }

        private boolean offerOpen() {
            boolean goesOn = open != null && offer(open, o);
            o += query.isForward() ? 1 : -1;
            return goesOn;
        }

        /** What is in no block and comes after the last of them. */
        void rest() {
            while (!isDone && isOpenLeft()) {
                offerOpen();
            }
        }
    }
}
