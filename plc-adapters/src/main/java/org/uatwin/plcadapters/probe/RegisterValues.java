package org.uatwin.plcadapters.probe;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;

/** Registers of a series read as values of a type and order. */
public final class RegisterValues {
    private RegisterValues() {}

    /** The bytes of a value, most significant first, as a number of up to 64 bits. */
    static long raw(RegisterSeries series, int poll, int at, int registers, WordOrder order) {
        long raw = 0;
        int bytes = 2 * registers;
        for (int i = 0; i < bytes; i++) {
            int wire = order.index(i, bytes);
            int register = series.register(poll, at + (wire >> 1));
            raw = raw << 8 | ((wire & 1) == 0 ? register >> 8 : register & 0xFF);
        }
        return raw;
    }

    /** A whole number of a type; -1 - nibble if a BCD digit is above 9. */
    static long whole(RegisterType type, long raw) {
        return switch (type) {
            case INT16 -> (short) raw;
            case INT32 -> (int) raw;
            case BCD16 -> bcd(raw, 4);
            case BCD32 -> bcd(raw, 8);
            case BCD64 -> bcd(raw, 16);
            case BOOL, UINT16, UINT32, INT64, UINT64, FLOAT32, FLOAT64, STRING -> raw;
        };
    }

    private static long bcd(long raw, int digits) {
        long value = 0;
        for (int i = digits - 1; i >= 0; i--) {
            long digit = raw >>> (4 * i) & 0xF;
            if (digit > 9) {
                return -1 - digit;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The number as a double; for texts NaN. */
    static double number(RegisterType type, long raw) {
        return switch (type) {
            case FLOAT32 -> Float.intBitsToFloat((int) raw);
            case FLOAT64 -> Double.longBitsToDouble(raw);
            case STRING -> Double.NaN;
            case UINT64 -> raw >= 0 ? raw : raw + 0x1p64;
            case BOOL, INT16, UINT16, INT32, UINT32, INT64, BCD16, BCD32, BCD64 -> whole(type, raw);
        };
    }

    /** For people: short, and never rounded so far that two values look the same for no reason. */
    public static String text(
            RegisterSeries series, int poll, RegisterType type, WordOrder order, int at, int registers) {
        if (type == RegisterType.STRING) {
            return '"' + characters(series, poll, at, registers, order) + '"';
        }
        long raw = raw(series, poll, at, registers, order);
        return switch (type) {
            case FLOAT32 -> decimal(Float.intBitsToFloat((int) raw), 7);
            case FLOAT64 -> decimal(Double.longBitsToDouble(raw), 10);
            case UINT64 -> Long.toUnsignedString(raw);
            case BCD16, BCD32, BCD64 -> whole(type, raw) < 0 ? "-" : Long.toString(whole(type, raw));
            case BOOL, INT16, UINT16, INT32, UINT32, INT64, STRING -> Long.toString(whole(type, raw));
        };
    }

    private static String decimal(double value, int digits) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : Double.toString(value);
        }
        double size = Math.abs(value);
        if (size >= 1e-4 && size < 1e9) {
            return new java.math.BigDecimal(value)
                    .round(new java.math.MathContext(digits))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        return String.format(Locale.ROOT, "%.3g", value);
    }

    /** Latin-1 up to the first NUL; what is not printable is a dot. */
    static String characters(RegisterSeries series, int poll, int at, int registers, WordOrder order) {
        byte[] text = new byte[2 * registers];
        int length = 0;
        for (int r = 0; r < registers; r++) {
            long raw = raw(series, poll, at + r, 1, order);
            for (int shift = 8; shift >= 0; shift -= 8) {
                int c = (int) (raw >> shift & 0xFF);
                if (c == 0) {
                    return new String(text, 0, length, StandardCharsets.ISO_8859_1);
                }
                text[length++] = (byte) (c >= 0x20 && c < 0x7F ? c : '.');
            }
        }
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }
}
