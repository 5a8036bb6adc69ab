package org.uatwin.plcadapters.payload;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.uatwin.informationmodel.value.UaTime;

/** How a device writes the time of a value. */
public enum TimeFormat {
    /** ISO 8601 if it is a text; else the unit that puts the number between 1973 and 5138. */
    AUTO(0),
    SECONDS(1),
    MILLISECONDS(1e3),
    MICROSECONDS(1e6),
    NANOSECONDS(1e9),
    /** ISO 8601, in UTC if it names no offset. */
    ISO(0);

    private static final double NANOS = 1e9;
    private static final double LARGEST_SECONDS = 1e11; // year 5138

    private final double perSecond;

    TimeFormat(double perSecond) {
        this.perSecond = perSecond;
    }

    /** UaTime ticks of {@code raw}; {@link UaTime#NONE} if it is no time. */
    public long ticks(RawValue raw) {
        return switch (raw.kind) {
            case NUMBER -> raw.isWhole ? ofWhole(raw.whole) : ofNumber(raw.number);
            case TEXT -> ticks(Objects.requireNonNullElse(raw.text, ""));
            default -> UaTime.NONE;
        };
    }

    /** As {@link #ticks(RawValue)}. */
    long ticks(String text) {
        String trimmed = text.strip();
        if (this == ISO || this == AUTO) {
            long iso = iso(trimmed);
            if (iso != UaTime.NONE) {
                return iso;
            }
        }
        RawValue number = new RawValue();
        number.setFromText(trimmed);
        return number.kind == RawValue.Kind.NUMBER ? ticks(number) : UaTime.NONE;
    }

    private static long iso(String text) {
        if (text.length() < 10 || text.length() > 40 || text.charAt(4) != '-') {
            return UaTime.NONE;
        }
        String full =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        try {
            return UaTime.ofInstant(
                    DateTimeFormatter.ISO_DATE_TIME
                                    .parse(full)
                                    .isSupported(java.time.temporal.ChronoField.OFFSET_SECONDS)
                            ? OffsetDateTime.parse(full).toInstant()
                            : LocalDateTime.parse(full).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException | ArithmeticException e) {
            return UaTime.NONE;
        }
    }

    private double unit(double value) {
        if (this != AUTO) {
            return perSecond;
        }
        double size = Math.abs(value);
        return size < LARGEST_SECONDS
                ? 1
                : size < LARGEST_SECONDS * 1e3 ? 1e3 : size < LARGEST_SECONDS * 1e6 ? 1e6 : 1e9;
    }

    private long ofWhole(long value) {
        long unit = (long) unit((double) value);
        if (unit == 0) {
            return UaTime.NONE;
        }
        long seconds = Math.floorDiv(value, unit);
        return ofEpoch(seconds, Math.floorMod(value, unit) * (1_000_000_000L / unit));
    }

    private long ofNumber(double value) {
        double unit = unit(value);
        if (unit == 0 || !Double.isFinite(value)) {
            return UaTime.NONE;
        }
        double seconds = Math.floor(value / unit);
        return ofEpoch((long) seconds, Math.round((value / unit - seconds) * NANOS));
    }

    private static long ofEpoch(long seconds, long nanos) {
        if (seconds <= 0 || seconds > LARGEST_SECONDS) {
            return UaTime.NONE; // a clock that was never set counts from 1970
        }
        return UaTime.ofInstant(Instant.ofEpochSecond(seconds, nanos));
    }
}
