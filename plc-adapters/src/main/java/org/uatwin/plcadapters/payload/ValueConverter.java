package org.uatwin.plcadapters.payload;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.Decoded;

/**
 * Makes the value of a point of what a payload holds, and back. Immutable; points of the same kind share one.
 *
 * @param arrayLength 0 for a scalar, else the number of elements every list must have.
 * @param states numbers of a multi-state point by text, in lower case; texts are taken as well as numbers.
 */
public record ValueConverter(ValueType type, int arrayLength, double scale, double offset, Map<String, Long> states) {
    private static final Set<String> TRUE = Set.of("true", "1", "on", "yes");
    private static final Set<String> FALSE = Set.of("false", "0", "off", "no");
    private static final double EXACT = 0x1p53;

    public ValueConverter {
        if (scale == 0 || !Double.isFinite(scale) || !Double.isFinite(offset)) {
            throw new IllegalArgumentException("scale must be a number other than 0, offset a number");
        }
        states = Map.copyOf(states);
    }

    private boolean isScaled() {
        return scale != 1 || offset != 0;
    }

    /** Converts {@code raw}, which holds something; what does not fit is INVALID or TOO_LARGE. */
    public void convert(RawValue raw, Decoded out) {
        out.outcome = Decoded.Outcome.VALUE;
        out.object = null;
        if (arrayLength == 0) {
            if (type == ValueType.STRING) {
                out.object = text(raw, out);
            } else {
                out.bits = scalar(raw, out);
            }
            return;
        }
        if (raw.kind != RawValue.Kind.LIST || raw.items.size() != arrayLength) {
            out.outcome = Decoded.Outcome.INVALID;
            return;
        }
        out.object = array(raw.items, out);
    }

    private static String text(RawValue raw, Decoded out) {
        return switch (raw.kind) {
            case TEXT -> Objects.requireNonNullElse(raw.text, "");
            case NUMBER, BOOLEAN -> raw.toString();
            default -> {
                out.outcome = Decoded.Outcome.INVALID;
                yield "";
            }
        };
    }

    private Object array(List<RawValue> items, Decoded out) {
        if (type == ValueType.STRING) {
            return items.stream().map(item -> text(item, out)).toArray(String[]::new);
        }
        if (type == ValueType.BOOLEAN) {
            boolean[] values = new boolean[arrayLength];
            for (int i = 0; i < arrayLength; i++) {
                values[i] = scalar(items.get(i), out) != 0;
            }
            return values;
        }
        if (type.isFloating()) {
            double[] values = new double[arrayLength];
            for (int i = 0; i < arrayLength; i++) {
                values[i] = Double.longBitsToDouble(scalar(items.get(i), out));
            }
            return values;
        }
        long[] values = new long[arrayLength];
        for (int i = 0; i < arrayLength; i++) {
            values[i] = scalar(items.get(i), out);
        }
        return values;
    }

    private long scalar(RawValue raw, Decoded out) {
        return switch (raw.kind) {
            case NUMBER -> number(raw, out);
            case BOOLEAN -> type == ValueType.DATE_TIME ? invalid(out) : fromDouble(raw.truth ? 1 : 0, out);
            case TEXT -> fromText(Objects.requireNonNullElse(raw.text, ""), out);
            default -> invalid(out);
        };
    }

    private long fromText(String text, Decoded out) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (type == ValueType.BOOLEAN) {
            return TRUE.contains(word) ? 1 : FALSE.contains(word) ? 0 : invalid(out);
        }
        if (type == ValueType.DATE_TIME) {
            long ticks = TimeFormat.AUTO.ticks(text);
            return ticks == UaTime.NONE ? invalid(out) : ticks;
        }
        Long state = states.get(word);
        if (state != null) {
            return state;
        }
        RawValue number = new RawValue();
        number.setFromText(text);
        return number.kind == RawValue.Kind.NUMBER ? number(number, out) : invalid(out);
    }

    private long number(RawValue raw, Decoded out) {
        if (type == ValueType.DATE_TIME) {
            long ticks = TimeFormat.AUTO.ticks(raw);
            return ticks == UaTime.NONE ? invalid(out) : ticks;
        }
        if (type == ValueType.BOOLEAN) {
            return raw.number == 0 ? 0 : raw.number == 1 ? 1 : invalid(out);
        }
        if (type.isInteger() && raw.isWhole && !isScaled() && Math.abs(raw.number) >= EXACT) {
            return exact(raw, out); // a double would round it
        }
        return fromDouble(raw.number * scale + offset, out);
    }

    private long exact(RawValue raw, Decoded out) {
        boolean isBeyondLong = raw.whole < 0 && raw.number > 0;
        boolean fits = isBeyondLong
                ? type == ValueType.UINT64
                : type.width() == 64 && (raw.whole >= 0 || type == ValueType.INT64);
        if (!fits) {
            out.outcome = Decoded.Outcome.TOO_LARGE;
        }
        return raw.whole;
    }

    private long fromDouble(double value, Decoded out) {
        try {
            return type.fromDouble(value);
        } catch (IllegalArgumentException e) {
            out.outcome = Decoded.Outcome.TOO_LARGE;
            return 0;
        }
    }

    private static long invalid(Decoded out) {
        out.outcome = Decoded.Outcome.INVALID;
        return 0;
    }

    /** A scalar as the device shall get it: number as text, {@code true} and {@code false}, or the text itself. */
    public String toText(long bits, @Nullable Object object) {
        if (object != null) {
            return String.valueOf(object);
        }
        return switch (type) {
            case BOOLEAN -> bits != 0 ? "true" : "false";
            case DATE_TIME -> UaTime.toInstant(bits).toString();
            case UINT64 -> isScaled() ? unscaled(bits) : Long.toUnsignedString(bits);
            case FLOAT -> isScaled() ? unscaled(bits) : plain(Float.toString((float) type.toDouble(bits)));
            default -> isScaled() || type.isFloating() ? unscaled(bits) : Long.toString(bits);
        };
    }

    /** The scalar of a numeric or Boolean point in the device's terms. */
    public double toDevice(long bits) {
        return (type.toDouble(bits) - offset) / scale;
    }

    private String unscaled(long bits) {
        return plain(Double.toString(isScaled() ? toDevice(bits) : type.toDouble(bits)));
    }

    private static String plain(String number) {
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    /** Whether a value that came back is the one that was sent: equal, numbers within a millionth for rounding. */
    public boolean isConfirmed(long sentBits, @Nullable Object sent, Decoded back) {
        if (back.outcome != Decoded.Outcome.VALUE) {
            return false;
        }
        if (sent != null || back.object != null) {
            return Objects.equals(sent, back.object);
        }
        double wanted = type.toDouble(sentBits);
        double found = type.toDouble(back.bits);
        return sentBits == back.bits
                || (!type.isInteger() && Math.abs(wanted - found) <= 1e-6 * Math.max(1e-6, Math.abs(wanted)));
    }
}
