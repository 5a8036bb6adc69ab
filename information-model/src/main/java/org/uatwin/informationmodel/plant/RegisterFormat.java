package org.uatwin.informationmodel.plant;

/**
 * Format of a bound value; equal formats are one shared object, so that a million points cost a reference each.
 *
 * @param type how one value lies in the table.
 * @param order byte order of values of a register or more.
 * @param count 1 for a scalar, else the number of elements of an array.
 * @param stringLength characters of a STRING, 1..246; 0 otherwise.
 * @param firstBit lowest bit of a bit or bit field in a register, 0 (least significant) .. 15; -1 if the whole register
 *     counts.
 * @param bitCount 1..16 for a bit field; 0 if the whole register counts.
 * @param scale raw values are multiplied by it on reading; finite, not 0.
 * @param offset added after scaling; finite.
 */
public record RegisterFormat(
        RegisterType type,
        WordOrder order,
        int count,
        int stringLength,
        int firstBit,
        int bitCount,
        double scale,
        double offset) {
    public RegisterFormat {
        if (count < 1) {
            throw new IllegalArgumentException("count must be 1 or more: " + count);
        }
        if ((type == RegisterType.STRING) != (stringLength > 0) || stringLength > 246) {
            throw new IllegalArgumentException("a STRING has 1..246 characters, other types none: " + stringLength);
        }
        if (bitCount == 0 ? firstBit != -1 : firstBit < 0 || bitCount < 0 || firstBit + bitCount > 16) {
            throw new IllegalArgumentException(
                    "a bit field lies within bits 0..15: first %d, count %d".formatted(firstBit, bitCount));
        }
        if (bitCount > 0 && type != RegisterType.BOOL && type != RegisterType.UINT16) {
            throw new IllegalArgumentException("a bit field is BOOL (one bit) or UINT16: " + type);
        }
        if (!Double.isFinite(scale) || scale == 0 || !Double.isFinite(offset)) {
            throw new IllegalArgumentException(
                    "scale must be finite and not 0, offset finite: " + scale + ", " + offset);
        }
    }

    public static RegisterFormat of(RegisterType type) {
        return new RegisterFormat(type, WordOrder.BIG_ENDIAN, 1, 0, -1, 0, 1, 0);
    }

    /** Elements of the table the value takes: bits in a bit table, registers otherwise. */
    public int quantity(ModbusTable table) {
        if (table.isBits()) {
            return count;
        }
        if (type == RegisterType.STRING) {
            return count * ((stringLength + 1) / 2);
        }
        return count * Math.max(1, type.registers());
    }

    public boolean isScaled() {
        return scale != 1 || offset != 0;
    }
}
