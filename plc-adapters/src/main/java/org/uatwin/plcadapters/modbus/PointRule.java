package org.uatwin.plcadapters.modbus;

import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.codec.ValueCodec;

/** What equal points share: codec and ranges. One object for all points that have the same. */
record PointRule(ValueCodec codec, @Nullable Range validity, @Nullable Range engineeringRange) {
    /** The situation of a value that was decoded. */
    Quality judge(Decoded decoded) {
        if (decoded.outcome == Decoded.Outcome.INVALID) {
            return Quality.GARBLED;
        }
        if (decoded.outcome == Decoded.Outcome.TOO_LARGE) {
            return Quality.REFUSED_ADDRESS;
        }
        if (validity != null && !isWithin(validity, decoded)) {
            return Quality.OUTSIDE_VALIDITY;
        }
        if (engineeringRange != null && !isWithin(engineeringRange, decoded)) {
            return Quality.OUTSIDE_ENGINEERING_RANGE;
        }
        return Quality.ANSWERED;
    }

    private boolean isWithin(Range range, Decoded decoded) {
        ValueType type = codec.type();
        if (decoded.object == null) {
            return range.contains(type.toDouble(decoded.bits));
        }
        if (decoded.object instanceof double[] values) {
            for (double value : values) {
                if (!range.contains(value)) {
                    return false;
                }
            }
        } else if (decoded.object instanceof long[] values) {
            for (long value : values) {
                if (!range.contains(type.toDouble(value))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What to say about a point in that situation; empty if there is nothing to say. */
    String explain(Quality quality) {
        return switch (quality) {
            case GARBLED -> "the registers hold no %s".formatted(codec.format().type());
            case REFUSED_ADDRESS ->
                "the value does not fit the point's type %s. Fix: a wider type in the twin type, or a scale"
                        .formatted(codec.type().uaName());
            case OUTSIDE_VALIDITY -> "value outside the validity range " + validity;
            case OUTSIDE_ENGINEERING_RANGE -> "value outside the engineering range " + engineeringRange;
            default -> "";
        };
    }
}
