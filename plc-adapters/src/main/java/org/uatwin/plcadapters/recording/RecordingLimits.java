package org.uatwin.plcadapters.recording;

import java.time.Duration;

/**
 * What a recording may take.
 *
 * @param bytes of all segments together, 1 MB or more.
 * @param age of the youngest record of a segment, after which the segment is dropped.
 */
public record RecordingLimits(long bytes, Duration age) {
    public static final long SMALLEST_BYTES = 1_000_000;
    private static final long LARGEST_SEGMENT = 64_000_000;
    private static final int SEGMENTS = 8;

    public RecordingLimits {
        if (bytes < SMALLEST_BYTES) {
            throw new IllegalArgumentException("bytes must be %d or more: %d".formatted(SMALLEST_BYTES, bytes));
        }
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("age must be above 0: " + age);
        }
    }

    /** 1 GB and a week. */
    public static RecordingLimits defaults() {
        return new RecordingLimits(1_000_000_000, Duration.ofDays(7));
    }

    /** Size at which a segment ends: an eighth of all, so that dropping the oldest costs little history. */
    long segmentBytes() {
        return Math.min(LARGEST_SEGMENT, bytes / SEGMENTS);
    }
}
