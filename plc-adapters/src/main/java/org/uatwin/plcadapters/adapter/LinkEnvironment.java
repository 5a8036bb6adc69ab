package org.uatwin.plcadapters.adapter;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/**
 * What a link gets from outside.
 *
 * @param clock wall clock for the time stamps of samples.
 * @param ticker monotonic nanoseconds for timeouts, periods and deadlines.
 * @param jitterSeed seed of the jitter of back-off; each link mixes its name into it.
 * @param threads makes the one thread of each link; the link names it.
 * @param answers runs the continuations of write results; must not be a link's thread.
 */
public record LinkEnvironment(
        InstantSource clock, LongSupplier ticker, long jitterSeed, ThreadFactory threads, Executor answers) {}
