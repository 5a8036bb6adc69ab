package org.uatwin.historian.store;

import java.time.Instant;
import java.util.Objects;
import org.uatwin.informationmodel.value.UaTime;

/**
 * Which samples of a tag to read, in which order and how many at once. {@code from} is where reading begins
 * (inclusive) and {@code until} where it ends (exclusive), in reading order: forward from is the earlier of the two,
 * in reverse the later. An empty or turned-round interval holds nothing.
 *
 * <pre>{@code
 * HistoryPage page = history.read(RawQuery.of(tag).from(shiftStart).until(shiftEnd).forward().limit(10_000));
 * }</pre>
 *
 * @param from {@link UaTime} ticks, inclusive.
 * @param until {@link UaTime} ticks, exclusive; {@link Long#MAX_VALUE} forward and {@link Long#MIN_VALUE} in reverse
 *     read to the end of what is stored.
 * @param isForward oldest first; otherwise newest first.
 * @param limit the most samples of one page, 1 or more.
 * @param skip samples at exactly {@code from} that earlier pages already gave; only {@link HistoryPage#next()} sets it.
 *     Samples that arrive late, or leave at the end of retention, at exactly this time between two pages can be given
 *     twice or left out; all others are given once.
 */
public record RawQuery(HistoryTag tag, long from, long until, boolean isForward, int limit, int skip) {
    /** Samples of a page when the query does not say. */
    public static final int DEFAULT_LIMIT = 10_000;

    public RawQuery {
        Objects.requireNonNull(tag, "tag");
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be 1 or more: " + limit);
        }
        if (skip < 0) {
            throw new IllegalArgumentException("skip must be 0 or more: " + skip);
        }
    }

    /** Everything that is stored, oldest first, {@value #DEFAULT_LIMIT} samples a page. */
    public static RawQuery of(HistoryTag tag) {
        return new RawQuery(tag, Long.MIN_VALUE, Long.MAX_VALUE, true, DEFAULT_LIMIT, 0);
    }

    public RawQuery from(long ticks) {
        return new RawQuery(tag, ticks, until, isForward, limit, 0);
    }

    public RawQuery from(Instant instant) {
        return from(UaTime.ofInstant(instant));
    }

    public RawQuery until(long ticks) {
        return new RawQuery(tag, from, ticks, isForward, limit, skip);
    }

    public RawQuery until(Instant instant) {
        return until(UaTime.ofInstant(instant));
    }

    /** Oldest first. An interval that is still "everything" stays everything. */
    public RawQuery forward() {
        return isForward ? this : turned();
    }

    /** Newest first. An interval that is still "everything" stays everything. */
    public RawQuery reverse() {
        return isForward ? turned() : this;
    }

    private RawQuery turned() {
        return new RawQuery(tag, openTurned(from), openTurned(until), !isForward, limit, 0);
    }

    private static long openTurned(long time) {
        return time == Long.MIN_VALUE ? Long.MAX_VALUE : time == Long.MAX_VALUE ? Long.MIN_VALUE : time;
    }

    public RawQuery limit(int samples) {
        return new RawQuery(tag, from, until, isForward, samples, skip);
    }

    /** The rest of this query after a page whose last sample was taken at {@code time}. */
    public RawQuery continuedAt(long time, int alreadyGivenAtTime) {
        return new RawQuery(tag, time, until, isForward, limit, alreadyGivenAtTime);
    }

    /** Whether a sample of that time is after {@code until} or at it, in reading order. */
    public boolean isBeyond(long time) {
        return isForward ? time >= until && until != Long.MAX_VALUE : time <= until && until != Long.MIN_VALUE;
    }
}
