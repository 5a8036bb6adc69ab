package org.uatwin.plcadapters.mqtt;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.payload.ValueConverter;

/** One bound point and what is known of it. Owned by the link's thread, but for the volatile fields. */
final class MqttPoint {
    /** How its last value is to be seen now. */
    enum Reach {
        /** Messages arrive, or none is due. */
        PRESENT,
        /** They do not, but the value is still usable. */
        HELD,
        LOST
    }

    static final long NEVER = Long.MIN_VALUE;

    final int row;
    final MqttAddress address;
    final ValueConverter converter;
    private final Optional<Range> validity;
    private final Optional<Range> engineeringRange;

    boolean hasValue;
    /** Whether a message that is no retained copy came since the broker was reached. */
    boolean isLive;
    /** Ticker of the last message that held the point. */
    long lastNs = NEVER;
    /** Since when messages are waited for, if that is later than the connection; NEVER for those there from the start. */
    long watchedNs = NEVER;
    /** Since when it counts as absent; NEVER while it does not. */
    long goneSinceNs = NEVER;

    Reach reach = Reach.PRESENT;

    MqttWriter.@Nullable Sent awaiting; // the write whose confirmation is awaited

    volatile String lastError = "";
    volatile long lastReceiveTicks = UaTime.NONE;

    MqttPoint(BoundPoint point, MqttAddress address, ValueConverter converter) {
        row = point.row();
        this.address = address;
        this.converter = converter;
        validity = point.validity();
        engineeringRange = point.engineeringRange();
    }

    /** Whether messages mean the same for a point so bound. */
    boolean isSame(BoundPoint other, MqttAddress otherAddress, ValueConverter otherConverter) {
        return row == other.row()
                && address.equals(otherAddress)
                && converter.equals(otherConverter)
                && validity.equals(other.validity())
                && engineeringRange.equals(other.engineeringRange());
    }

    /** Forgets what it knew: it begins at {@code now}. */
    void begin(long now) {
        hasValue = false;
        isLive = false;
        lastNs = NEVER;
        goneSinceNs = NEVER;
        watchedNs = now;
        reach = Reach.PRESENT;
        lastError = "";
        lastReceiveTicks = UaTime.NONE;
    }

    /** The situation of a value that was converted. */
    Quality judge(Decoded value) {
        if (value.outcome == Decoded.Outcome.INVALID) {
            return Quality.GARBLED;
        }
        if (value.outcome == Decoded.Outcome.TOO_LARGE) {
            return Quality.REFUSED_ADDRESS;
        }
        if (validity.isPresent() && !isWithin(validity.get(), value)) {
            return Quality.OUTSIDE_VALIDITY;
        }
        if (engineeringRange.isPresent() && !isWithin(engineeringRange.get(), value)) {
            return Quality.OUTSIDE_ENGINEERING_RANGE;
        }
        return Quality.ANSWERED;
    }

    private boolean isWithin(Range range, Decoded value) {
        ValueType type = converter.type();
        return value.object != null || !type.isNumeric() || range.contains(type.toDouble(value.bits));
    }

    /** What to say about a value in that situation. */
    String explain(Quality quality, Object raw) {
        return switch (quality) {
            case GARBLED -> "%s is no %s".formatted(raw, converter.type().uaName());
            case REFUSED_ADDRESS ->
                "%s does not fit %s. Fix: a wider type in the twin type, or a scale"
                        .formatted(raw, converter.type().uaName());
            case OUTSIDE_VALIDITY -> "%s is outside the validity range %s".formatted(raw, validity.orElse(null));
            case OUTSIDE_ENGINEERING_RANGE ->
                "%s is outside the engineering range %s".formatted(raw, engineeringRange.orElse(null));
            case REPORTED_BAD -> "the device says the value is bad";
            case REPORTED_UNCERTAIN -> "the device says the value is uncertain";
            case RETAINED -> "retained message: the broker kept it, nobody knows how long";
            default -> "";
        };
    }
}
