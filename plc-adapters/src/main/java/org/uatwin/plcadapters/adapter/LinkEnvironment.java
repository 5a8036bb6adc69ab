package org.uatwin.plcadapters.adapter;

import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.uatwin.informationmodel.security.LinkSecurity;

/**
 * What a link gets from outside.
 *
 * @param clock wall clock for the time stamps of samples.
 * @param ticker monotonic nanoseconds for timeouts, periods and deadlines.
 * @param jitterSeed seed of the jitter of back-off; each link mixes its name into it.
 * @param threads makes the one thread of each link; the link names it.
 * @param answers runs the continuations of write results; must not be a link's thread.
 * @param security our certificate and whom we trust, for protocols that ask.
 */
public record LinkEnvironment(
        InstantSource clock,
        LongSupplier ticker,
        long jitterSeed,
        ThreadFactory threads,
        Executor answers,
        LinkSecurity security) {
    /** Without certificates. */
    public LinkEnvironment(
            InstantSource clock, LongSupplier ticker, long jitterSeed, ThreadFactory threads, Executor answers) {
        this(clock, ticker, jitterSeed, threads, answers, LinkSecurity.NONE);
    }

    /** Jitter of one link's own, the same at every start. */
    public SplittableRandom jitter(String link) {
        return new SplittableRandom(jitterSeed ^ link.hashCode() * 0x9E37_79B9_7F4A_7C15L);
    }
}
