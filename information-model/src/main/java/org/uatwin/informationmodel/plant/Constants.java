package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.ValueType;

/** Reads the constant of a point in its data type. */
final class Constants {
    private Constants() {}

    static @Nullable Binding read(Member.Point point, Section s) {
        List<String> texts = s.texts("value");
        int wanted = Math.max(1, point.arrayLength());
        if (point.isWritable()) {
            s.error("value", "%s is writable, a constant is not".formatted(point.name()))
                    .fix("bind it to a coil or holding register.");
            return null;
        }
        if (texts.size() != wanted) {
            s.error("value", "%d values for %d elements".formatted(texts.size(), wanted))
                    .fix(point.isArray() ? "write a list of %d values.".formatted(wanted) : "write one value.");
            return null;
        }
        long[] bits = new long[wanted];
        for (int i = 0; i < wanted && point.dataType() != ValueType.STRING; i++) {
            Optional<Long> value = bits(point.dataType(), texts.get(i).strip());
            if (value.isEmpty()) {
                s.error(
                                "value",
                                "\"%s\" is no %s"
                                        .formatted(
                                                texts.get(i), point.dataType().uaName()))
                        .fix(
                                point.dataType() == ValueType.BOOLEAN
                                        ? "write true or false."
                                        : "write a value of that type and range.");
                return null;
            }
            bits[i] = value.get();
        }
        if (!point.isArray()) {
            return point.dataType() == ValueType.STRING
                    ? new Binding.Constant(0, texts.get(0))
                    : new Binding.Constant(bits[0], null);
        }
        return new Binding.Constant(0, array(point.dataType(), bits, texts));
    }

    private static Object array(ValueType type, long[] bits, List<String> texts) {
        if (type == ValueType.STRING) {
            return new ArrayList<>(texts).toArray(new String[0]);
        }
        if (type == ValueType.BOOLEAN) {
            boolean[] values = new boolean[bits.length];
            for (int i = 0; i < bits.length; i++) {
                values[i] = bits[i] != 0;
            }
            return values;
        }
        if (type.isFloating()) {
            double[] values = new double[bits.length];
            for (int i = 0; i < bits.length; i++) {
                values[i] = Double.longBitsToDouble(bits[i]);
            }
            return values;
        }
        return bits;
    }

    private static Optional<Long> bits(ValueType type, String text) {
        try {
            if (type == ValueType.BOOLEAN) {
                return text.equals("true")
                        ? Optional.of(1L)
                        : text.equals("false") ? Optional.of(0L) : Optional.empty();
            }
            if (type == ValueType.UINT64) {
                return Optional.of(Long.parseUnsignedLong(text));
            }
            if (type.isInteger()) {
                long value = Long.parseLong(text);
                return value >= type.minimum() && (type == ValueType.INT64 || value <= type.maximum())
                        ? Optional.of(value)
                        : Optional.empty();
            }
            if (type == ValueType.DATE_TIME) {
                return Optional.of(org.uatwin.informationmodel.value.UaTime.ofInstant(java.time.Instant.parse(text)));
            }
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? Optional.of(type.fromDouble(value)) : Optional.empty();
        } catch (NumberFormatException | java.time.format.DateTimeParseException e) {
            return Optional.empty(); // the caller reports the text and the type
        }
    }
}
