package org.uatwin.informationmodel.plant;

import java.time.Duration;

/**
 * Where and how long past values are kept.
 *
 * @param place where; nowhere is one of them.
 * @param inMemory how long the ring in memory keeps values, above zero; of {@link Place#MEMORY}.
 * @param retention how long files are kept, a day or more; of {@link Place#DISK}.
 * @param gigabytes the most they may take, above zero; of {@link Place#DISK}. A gigabyte is 10^9 bytes.
 */
public record HistorySettings(Place place, Duration inMemory, Duration retention, double gigabytes) {
    /** Where past values are kept, as the plant file spells it. */
    public enum Place {
        DISK,
        MEMORY,
        NONE
    }

    /** On disk, a year and 20 GB. */
    public static final HistorySettings DEFAULT =
            new HistorySettings(Place.DISK, Duration.ofHours(1), Duration.ofDays(365), 20);

    public HistorySettings {
        if (inMemory.isZero() || inMemory.isNegative() || retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException(
                    "values are kept in memory for longer than nothing, files for a day or more: %s, %s"
                            .formatted(inMemory, retention));
        }
        if (!(gigabytes > 0)) {
            throw new IllegalArgumentException("gigabytes must be above zero: " + gigabytes);
        }
    }

    public boolean isKept() {
        return place != Place.NONE;
    }

    public long bytes() {
        return Math.max(1, Math.round(gigabytes * 1e9));
    }

    /** As it is told to people. */
    @Override
    public String toString() {
        return switch (place) {
            case DISK -> "on disk for %d days in at most %s GB".formatted(retention.toDays(), gigabytes);
            case MEMORY -> "in memory for %d s".formatted(inMemory.toSeconds());
            case NONE -> "nowhere";
        };
    }
}
