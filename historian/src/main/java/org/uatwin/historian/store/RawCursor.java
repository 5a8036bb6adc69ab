package org.uatwin.historian.store;

import java.util.Optional;
import org.uatwin.informationmodel.value.UaTime;

/**
 * How far a {@link ReadRaw} has been answered. Immutable: reading from the same cursor twice gives the same page, as
 * long as the store holds the same samples.
 *
 * @param request what was asked.
 * @param stage what comes next.
 * @param inside the rest of the interval.
 * @param remaining values still to give; {@link Long#MAX_VALUE} for no limit.
 * @param lastTime time of the last sample inside the interval, or where reading began.
 */
public record RawCursor(ReadRaw request, Stage stage, RawQuery inside, long remaining, long lastTime) {
    /** The parts of an answer in reading order. */
    enum Stage {
        START_BOUND,
        INSIDE,
        END_BOUND
    }

    /**
     * One page.
     *
     * @param samples in reading order; bounds that are not stored carry {@link ReadRaw#BAD_BOUND_NOT_FOUND}.
     * @param next the cursor of the following page; empty exactly on the last page.
     */
    public record Page(HistorySamples samples, Optional<RawCursor> next) {}

    /**
     * Reads the next page.
     *
     * @param maxValues most values of a page the server gives, 1 or more; the request may ask for fewer.
     */
    public Page read(HistoryStore store, int maxValues) {
        if (maxValues < 1) {
            throw new IllegalArgumentException("maxValues must be 1 or more: " + maxValues);
        }
        long perPage = request.numValues() == 0 ? maxValues : Math.min(maxValues, request.numValues());
        int room = (int) Math.min(perPage, remaining);
        HistorySamples.Builder samples = new HistorySamples.Builder(Math.min(room, 256));
        if (stage == Stage.START_BOUND) {
            addStartBound(store, samples);
        }
        RawQuery rest = inside;
        long last = lastTime;
        if (stage != Stage.END_BOUND) {
            if (samples.size() == room) {
                return page(samples, Stage.INSIDE, rest, last);
            }
            HistoryPage page = store.read(rest.limit(room - samples.size()));
            samples.addAll(page.samples());
            if (!page.samples().isEmpty()) {
                last = page.samples().sourceTime(page.samples().size() - 1);
            }
            if (page.next().isPresent()) {
                rest = page.next().get();
                return page(samples, Stage.INSIDE, rest, last);
            }
        }
        if (!request.returnBounds()) {
            return new Page(samples.build(), Optional.empty());
        }
        if (samples.size() == room) {
            return page(samples, Stage.END_BOUND, rest, last);
        }
        addEndBound(store, samples, last);
        return new Page(samples.build(), Optional.empty());
    }

    private Page page(HistorySamples.Builder samples, Stage next, RawQuery rest, long last) {
        long left = remaining == Long.MAX_VALUE ? remaining : remaining - samples.size();
        return new Page(
                samples.build(),
                left == 0 ? Optional.empty() : Optional.of(new RawCursor(request, next, rest, left, last)));
    }

    /** A sample exactly at the first time belongs to the interval itself. */
    private void addStartBound(HistoryStore store, HistorySamples.Builder samples) {
        HistorySamples found = store.read(request.startBound()).samples();
        if (found.isEmpty()) {
            addMissing(samples, request.first());
        } else if (found.sourceTime(0) != request.first()) {
            samples.addAll(found);
        }
    }

    private void addEndBound(HistoryStore store, HistorySamples.Builder samples, long last) {
        if (request.isOpen()) {
            addMissing(samples, last + (request.isForward() ? UaTime.TICKS_PER_SECOND : -UaTime.TICKS_PER_SECOND));
            return;
        }
        HistorySamples found = store.read(request.endBound()).samples();
        if (found.isEmpty()) {
            addMissing(samples, request.endTime());
        } else {
            samples.addAll(found);
        }
    }

    private static void addMissing(HistorySamples.Builder samples, long time) {
        samples.add(time, time, 0, null, ReadRaw.BAD_BOUND_NOT_FOUND.bits());
    }
}
