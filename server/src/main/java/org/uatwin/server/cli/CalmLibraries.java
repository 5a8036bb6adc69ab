package org.uatwin.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Lets each sentence of the libraries through once a minute: Milo logs a stack trace for what a client did, and a client
 * can do it a thousand times a second. A sentence is its format, not its arguments. Our own lines are not touched.
 */
final class CalmLibraries extends TurboFilter {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int SENTENCES = 1_000; // formats are few; texts that are built are many

    private final LongSupplier nanoTime;
    private final Map<String, Long> lastNanos = new ConcurrentHashMap<>();

    CalmLibraries(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        boolean isQuestion = format == null; // isWarnEnabled() and the like
        if (isQuestion
                || !level.isGreaterOrEqual(Level.WARN)
                || logger.getName().startsWith("org.uatwin")) {
            return FilterReply.NEUTRAL;
        }
        if (lastNanos.size() >= SENTENCES) {
            lastNanos.clear();
        }
        long now = nanoTime.getAsLong();
        String key = logger.getName() + ' ' + format;
        boolean[] isDue = new boolean[1];
        lastNanos.compute(key, (k, last) -> {
            isDue[0] = last == null || now - last >= PAUSE_NANOS;
            return isDue[0] ? Long.valueOf(now) : last;
        });
        return isDue[0] ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
