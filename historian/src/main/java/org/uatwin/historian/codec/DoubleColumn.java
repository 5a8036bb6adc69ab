package org.uatwin.historian.codec;

/**
 * A sequence of doubles: decimals as integers ({@link Decimals}, {@link LongColumn}), all others by XOR with the one
 * before, of which only the bits between the first and the last that differ are stored (Pelkonen et al., "Gorilla",
 * VLDB 2015, 4.1.2).
 */
final class DoubleColumn {
    private static final int XOR = 0x20;
    private static final int FLOAT = 0x10;

    private DoubleColumn() {}

    static void encode(ByteSink sink, long[] bits, int from, int to, boolean isFloat) {
        int places = 0;
        for (int i = from; i < to && places >= 0; i++) {
            places = Decimals.places(bits[i], places, isFloat);
        }
        if (places >= 0) {
            long[] integers = new long[to - from];
            boolean areDecimals = true;
            for (int i = from; i < to && areDecimals; i++) {
                integers[i - from] = Decimals.of(bits[i], places, isFloat);
                areDecimals = Decimals.is(integers[i - from]);
            }
            if (areDecimals) {
                sink.put(places | (isFloat ? FLOAT : 0));
                LongColumn.encode(sink, integers, 0, integers.length);
                return;
            }
        }
        sink.put(XOR);
        encodeXor(sink, bits, from, to);
    }

    private static void encodeXor(ByteSink sink, long[] bits, int from, int to) {
        long before = 0;
        int leading = 0;
        int length = 0; // of the window of differing bits, 0: none yet
        for (int i = from; i < to; i++) {
            long xor = bits[i] ^ before;
            before = bits[i];
            if (xor == 0) {
                sink.putBits(0, 1);
                continue;
            }
            int zerosBefore = Long.numberOfLeadingZeros(xor);
            int zerosAfter = Long.numberOfTrailingZeros(xor);
            int needed = 64 - zerosBefore - zerosAfter;
            boolean fits = length > 0 && zerosBefore >= leading && zerosAfter >= 64 - leading - length;
            if (fits && length <= needed + 12) { // a new window costs 12 bits
                sink.putBits(0b01, 2);
            } else {
                leading = zerosBefore;
                length = needed;
                sink.putBits(0b11, 2);
                sink.putBits(leading, 6);
                sink.putBits(length - 1, 6);
            }
            sink.putBits(xor >>> (64 - leading - length), length);
        }
        sink.endBits();
    }

    static long[] decode(ByteSource source, int count) {
        int head = source.get();
        if (head == XOR) {
            return decodeXor(source, count);
        }
        int places = head & 0xF;
        if (places > Decimals.MOST_PLACES) {
            throw new DamagedException("numbers of form %d".formatted(head));
        }
        boolean isFloat = (head & FLOAT) != 0;
        long[] values = LongColumn.decode(source, count);
        for (int i = 0; i < count; i++) {
            values[i] = Decimals.bits(values[i], places, isFloat);
        }
        return values;
    }

    private static long[] decodeXor(ByteSource source, int count) {
        long[] values = new long[count];
        long before = 0;
        int leading = 0;
        int length = 0;
        for (int i = 0; i < count; i++) {
            if (source.getBits(1) != 0) {
                if (source.getBits(1) != 0) {
                    leading = (int) source.getBits(6);
                    length = (int) source.getBits(6) + 1;
                }
                if (length == 0 || leading + length > 64) {
                    throw new DamagedException("a window of %d bits behind %d".formatted(length, leading));
                }
                before ^= source.getBits(length) << (64 - leading - length);
            }
            values[i] = before;
        }
        source.endBits();
        return values;
    }
}
