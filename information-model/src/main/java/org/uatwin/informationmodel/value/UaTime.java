package org.uatwin.informationmodel.value;

import java.time.Instant;

/**
 * OPC UA DateTime as a {@code long}: 100 ns ticks since 1601-01-01T00:00:00Z (OPC UA Part 6, 5.2.2.5). Conversions to
 * and from {@link Instant} are exact down to 100 ns; nanoseconds below a tick are cut off.
 */
public final class UaTime {
    /** Seconds from 1601-01-01 to 1970-01-01: 369 years with 89 leap days. */
    private static final long EPOCH_OFFSET_SECONDS = 11_644_473_600L;

    public static final long TICKS_PER_SECOND = 10_000_000L;
    public static final long TICKS_PER_MILLISECOND = 10_000L;

    /** "No time known": the DateTime minimum of OPC UA. */
    public static final long NONE = 0L;

    private UaTime() {}

    public static long ofInstant(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(Math.addExact(instant.getEpochSecond(), EPOCH_OFFSET_SECONDS), TICKS_PER_SECOND),
                instant.getNano() / 100);
    }

    public static long ofEpochMillis(long epochMillis) {
        return epochMillis * TICKS_PER_MILLISECOND + EPOCH_OFFSET_SECONDS * TICKS_PER_SECOND;
    }

    public static long toEpochMillis(long ticks) {
        return Math.floorDiv(ticks, TICKS_PER_MILLISECOND) - EPOCH_OFFSET_SECONDS * 1000;
    }

    public static Instant toInstant(long ticks) {
        long seconds = Math.floorDiv(ticks, TICKS_PER_SECOND) - EPOCH_OFFSET_SECONDS;
        return Instant.ofEpochSecond(seconds, Math.floorMod(ticks, TICKS_PER_SECOND) * 100);
    }

    /** Seconds from {@code from} to {@code to}; negative when {@code to} is earlier. */
    public static double secondsBetween(long from, long to) {
        return (to - from) / (double) TICKS_PER_SECOND;
    }
}
