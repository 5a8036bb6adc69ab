package org.uatwin.plcadapters.adapter;

import java.util.SplittableRandom;

/**
 * Waits between attempts to connect: doubled from the first to the largest, each drawn from 75..100 % of it so that
 * links that broke together do not come back together. Owned by the link's thread.
 */
public final class BackOff {
    private final long firstNs;
    private final long largestNs;
    private final SplittableRandom jitter;
    private long current;

    public BackOff(long firstNs, long largestNs, SplittableRandom jitter) {
        this.firstNs = Math.max(1, firstNs);
        this.largestNs = Math.max(this.firstNs, largestNs);
        this.jitter = jitter;
        current = this.firstNs;
    }

    /** The wait before the next attempt, nanoseconds. */
    public long next() {
        long base = current;
        current = current > largestNs / 2 ? largestNs : current * 2;
        return (long) (base * (0.75 + 0.25 * jitter.nextDouble()));
    }

    /** After an answer: begin small again. */
    public void reset() {
        current = firstNs;
    }
}
