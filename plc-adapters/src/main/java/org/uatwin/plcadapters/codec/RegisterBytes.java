package org.uatwin.plcadapters.codec;

import org.uatwin.informationmodel.plant.WordOrder;

/** Bytes of registers to 64-bit patterns and back, by an order. */
final class RegisterBytes {
    private RegisterBytes() {}

    static long read(byte[] data, int at, int bytes, WordOrder order) {
        long raw = 0;
        for (int i = 0; i < bytes; i++) {
            raw = raw << 8 | (data[at + order.index(i, bytes)] & 0xFF);
        }
        return raw;
    }

    static void write(byte[] data, int at, int bytes, WordOrder order, long raw) {
        for (int i = 0; i < bytes; i++) {
            data[at + order.index(i, bytes)] = (byte) (raw >>> (8 * (bytes - 1 - i)));
        }
    }

    static boolean bit(byte[] packed, int index) {
        return (packed[index >> 3] >> (index & 7) & 1) != 0;
    }

    static void setBit(byte[] packed, int index, boolean value) {
        if (value) {
            packed[index >> 3] |= (byte) (1 << (index & 7));
        } else {
            packed[index >> 3] &= (byte) ~(1 << (index & 7));
        }
    }

    /** The number in BCD digits; -1 if a digit is above 9. At most 16 digits. */
    static long fromBcd(long raw, int bytes) {
        long value = 0;
        for (int shift = 8 * bytes - 4; shift >= 0; shift -= 4) {
            int digit = (int) (raw >>> shift) & 0xF;
            if (digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    static long toBcd(long value) {
        long raw = 0;
        long rest = value;
        for (int shift = 0; rest != 0; shift += 4) {
            raw |= rest % 10 << shift;
            rest /= 10;
        }
        return raw;
    }

    /** Largest number of that many bytes of BCD. */
    static long bcdMaximum(int bytes) {
        long maximum = 1;
        for (int i = 0; i < 2 * bytes; i++) {
            maximum *= 10;
        }
        return maximum - 1;
    }

    /** Bits of the double with the value of a float, NaN payloads kept (a plain cast may quieten a signalling NaN). */
    static long widen(int floatBits) {
        float value = Float.intBitsToFloat(floatBits);
        if (!Float.isNaN(value)) {
            return Double.doubleToRawLongBits(value);
        }
        return (floatBits & 0x8000_0000L) << 32 | 0x7FF0_0000_0000_0000L | (floatBits & 0x007F_FFFFL) << 29;
    }

    /** Inverse of {@link #widen}; a payload that does not fit keeps at least the quiet bit, so it stays a NaN. */
    static int narrow(long doubleBits) {
        double value = Double.longBitsToDouble(doubleBits);
        if (!Double.isNaN(value)) {
            return Float.floatToRawIntBits((float) value);
        }
        int payload = (int) (doubleBits >>> 29) & 0x007F_FFFF;
        return ((int) (doubleBits >>> 32) & 0x8000_0000) | 0x7F80_0000 | (payload == 0 ? 0x0040_0000 : payload);
    }
}
