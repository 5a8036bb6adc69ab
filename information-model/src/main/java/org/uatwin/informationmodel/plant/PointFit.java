package org.uatwin.informationmodel.plant;

import java.util.Locale;
import java.util.Optional;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.ValueType;

/** Whether a point can take what a register format delivers: table, shape and data type. */
final class PointFit {
    private static final double EXACT_IN_FLOAT = 0x1p24;

    private PointFit() {}

    /**
     * @param isConverted whether a chain of steps makes other numbers of what is read; then the type need not fit.
     * @throws AddressException if the point cannot be bound like that.
     */
    static void check(Member.Point point, RegisterFormat format, ModbusTable table, String text, boolean isConverted) {
        if (point.isWritable() && !table.isWritable()) {
            throw new AddressException(
                    "\"%s\": %s is writable, but a %s is read only"
                            .formatted(text, point.name(), AddressParser.label(table)),
                    "Only coils and holding registers can be written.",
                    "bind it to a %s.".formatted(table.isBits() ? "coil" : "holding register"));
        }
        int wanted = Math.max(1, point.arrayLength());
        if (format.count() != wanted) {
            throw new AddressException(
                    "\"%s\": %d elements, but %s has %d".formatted(text, format.count(), point.name(), wanted),
                    "",
                    wanted == 1 ? "drop x%d.".formatted(format.count()) : "write x%d.".formatted(wanted));
        }
        boolean isNumber = format.type() != RegisterType.STRING && format.type() != RegisterType.BOOL;
        if (!(isConverted && isNumber)) {
            checkType(point, format, text);
        }
    }

    private static void checkType(Member.Point point, RegisterFormat format, String text) {
        ValueType to = point.dataType();
        RegisterType from = format.type();
        String label = from.name().toLowerCase(Locale.ROOT);
        if (to == ValueType.DATE_TIME) {
            throw mismatch(text, label, point, "a DateTime cannot be read from registers.");
        }
        if ((from == RegisterType.STRING) != (to == ValueType.STRING)) {
            throw mismatch(
                    text,
                    label,
                    point,
                    to == ValueType.STRING ? "write for example string 16." : "write a number type.");
        }
        if (from == RegisterType.STRING) {
            return;
        }
        if (to == ValueType.BOOLEAN) {
            if (from != RegisterType.BOOL || format.isScaled()) {
                throw mismatch(text, label, point, "bind a coil, a discrete input or one bit: holding 11.3.");
            }
            return;
        }
        if (to.isFloating()) {
            if (to == ValueType.FLOAT && from == RegisterType.FLOAT64) {
                throw mismatch(text, label, point, "make the point a Double.");
            }
            if (to == ValueType.FLOAT && from != RegisterType.FLOAT32 && high(format) > EXACT_IN_FLOAT) {
                throw mismatch(text, label, point, "a Float is exact to 16777216 only; make the point a Double.");
            }
            return;
        }
        boolean isWhole = !from.natural().isFloating()
                && format.scale() == Math.rint(format.scale())
                && format.offset() == Math.rint(format.offset());
        if (!isWhole) {
            throw mismatch(text, format.isScaled() ? "scaled " + label : label, point, "make the point a Double.");
        }
        double low = Math.min(scaled(format, low(format)), scaled(format, high(format)));
        double high = Math.max(scaled(format, low(format)), scaled(format, high(format)));
        boolean isSameWidth = from.natural() == to && !format.isScaled();
        if (!isSameWidth && (low < to.minimum() || high > to.maximum())) {
            throw mismatch(
                    text,
                    "%s (%s..%s)".formatted(label, Section.plain(low), Section.plain(high)),
                    point,
                    "use a type within %s..%s.".formatted(Section.plain(to.minimum()), Section.plain(to.maximum())));
        }
    }

    private static AddressException mismatch(String text, String from, Member.Point point, String fix) {
        return new AddressException(
                "\"%s\": a %s does not fit %s, which is %s"
                        .formatted(text, from, point.name(), point.dataType().uaName()),
                "Values would be lost or changed.",
                fix);
    }

    /** What is odd about the values this format can deliver, compared with the point's EURange. */
    static Optional<String> rangeAdvice(Member.Point point, RegisterFormat format) {
        if (point.euRange().isEmpty()
                || format.type() == RegisterType.STRING
                || format.type().natural().isFloating()) {
            return Optional.empty();
        }
        double a = scaled(format, low(format));
        double b = scaled(format, high(format));
        double low = Math.min(a, b);
        double high = Math.max(a, b);
        Range range = point.euRange().get();
        if (low <= range.low() && high >= range.high()) {
            return Optional.empty();
        }
        return Optional.of("%s%s can only show %s..%s"
                .formatted(
                        format.type().name(),
                        format.isScaled()
                                ? " x %s + %s".formatted(Section.plain(format.scale()), Section.plain(format.offset()))
                                : "",
                        Section.plain(low),
                        Section.plain(high)));
    }

    private static double scaled(RegisterFormat format, double raw) {
        return raw * format.scale() + format.offset();
    }

    private static double low(RegisterFormat format) {
        return format.type().isBcd() || format.bitCount() > 0
                ? 0
                : format.type().natural().minimum();
    }

    private static double high(RegisterFormat format) {
        if (format.bitCount() > 0) {
            return (1 << format.bitCount()) - 1;
        }
        return switch (format.type()) {
            case BCD16 -> 9_999;
            case BCD32 -> 99_999_999;
            case BCD64 -> 1e16;
            default -> format.type().natural().maximum();
        };
    }
}
