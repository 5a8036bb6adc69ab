package org.uatwin.historian.codec;

/**
 * A sequence of 64-bit integers in the shortest of four forms: a straight line; offsets from the smallest; differences; or
 * differences of differences. Before that everything is divided by the greatest common divisor of the distances from
 * the first, so that times in whole milliseconds or counts in tens cost what they should. Numbers are packed in groups
 * of 32 with the width of the widest of its group, so that one jump costs one group.
 *
 * <p>All arithmetic is modulo 2^64: every sequence comes back bit by bit.
 */
final class LongColumn {
    private static final int LINE = 0;
    private static final int OFFSETS = 1;
    private static final int DELTAS = 2;
    private static final int SECOND_DELTAS = 3;
    private static final int HAS_FACTOR = 4;
    private static final int GROUP = 32;

    private LongColumn() {}

    /** Writes {@code values[from..to)}; the reader must know how many there are. */
    static void encode(ByteSink sink, long[] values, int from, int to) {
        int count = to - from;
        if (count == 0) {
            return;
        }
        long first = values[from];
        long factor = factor(values, from, to);
        long[] q = new long[count];
        for (int i = 1; i < count; i++) {
            q[i] = (values[from + i] - first) / factor;
        }
        int form = shortest(q);
        sink.put(form | (factor == 1 ? 0 : HAS_FACTOR));
        sink.putSigned(first);
        if (factor != 1) {
            sink.putVarint(factor);
        }
        switch (form) {
            case LINE -> sink.putSigned(count > 1 ? q[1] : 0);
            case OFFSETS -> {
                long least = least(q);
                sink.putSigned(least);
                for (int i = 0; i < count; i++) {
                    q[i] -= least;
                }
                pack(sink, q, 0);
            }
            case DELTAS -> {
                toDeltas(q, 1);
                zigzag(q, 1);
                pack(sink, q, 1);
            }
            default -> {
                toDeltas(q, 1);
                toDeltas(q, 2);
                sink.putSigned(q[1]);
                zigzag(q, 2);
                pack(sink, q, 2);
            }
        }
    }

    private static long factor(long[] values, int from, int to) {
        long factor = 0;
        for (int i = from + 1; i < to && factor != 1; i++) {
            long a = Math.abs(values[i] - values[from]);
            if (a == Long.MIN_VALUE) {
                return 1;
            }
            while (a != 0) {
                long rest = factor % a;
                factor = a;
                a = rest;
            }
        }
        return factor == 0 ? 1 : factor;
    }

    /** The form that takes the fewest bits. */
    private static int shortest(long[] q) {
        boolean isLine = true;
        long step = q.length > 1 ? q[1] : 0;
        for (int i = 2; i < q.length && isLine; i++) {
            isLine = q[i] - q[i - 1] == step;
        }
        if (isLine) {
            return LINE;
        }
        long least = least(q);
        long[] bits = new long[4];
        long offsets = 0;
        long deltas = 0;
        long seconds = 0;
        for (int i = 0; i < q.length; i++) {
            offsets |= q[i] - least;
            if (i > 0) {
                deltas |= ByteSink.zigzag(q[i] - q[i - 1]);
            }
            if (i > 1) {
                seconds |= ByteSink.zigzag(q[i] - 2 * q[i - 1] + q[i - 2]);
            }
            if (i % GROUP == GROUP - 1 || i == q.length - 1) {
                int group = i % GROUP + 1;
                bits[OFFSETS] += (long) group * width(offsets);
                bits[DELTAS] += (long) group * width(deltas);
                bits[SECOND_DELTAS] += (long) group * width(seconds);
                offsets = 0;
                deltas = 0;
                seconds = 0;
            }
        }
        int best = OFFSETS;
        best = bits[DELTAS] < bits[best] ? DELTAS : best;
        return bits[SECOND_DELTAS] < bits[best] ? SECOND_DELTAS : best;
    }

    private static int width(long or) {
        return Long.SIZE - Long.numberOfLeadingZeros(or);
    }

    private static long least(long[] q) {
        long least = q[0];
        for (long each : q) {
            least = Math.min(least, each);
        }
        return least;
    }

    private static void toDeltas(long[] q, int from) {
        for (int i = q.length - 1; i >= from; i--) {
            q[i] -= q[i - 1];
        }
    }

    private static void zigzag(long[] q, int from) {
        for (int i = from; i < q.length; i++) {
            q[i] = ByteSink.zigzag(q[i]);
        }
    }

    private static void pack(ByteSink sink, long[] q, int from) {
        for (int start = from; start < q.length; start += GROUP) {
            int end = Math.min(q.length, start + GROUP);
            long or = 0;
            for (int i = start; i < end; i++) {
                or |= q[i];
            }
            int width = width(or);
            sink.put(width);
            for (int i = start; i < end; i++) {
                sink.putBits(q[i], width);
            }
            sink.endBits();
        }
    }

    /** Reads {@code count} values. */
    static long[] decode(ByteSource source, int count) {
        long[] q = new long[count];
        if (count == 0) {
            return q;
        }
        int head = source.get();
        long first = source.getSigned();
        long factor = (head & HAS_FACTOR) == 0 ? 1 : source.getVarint();
        switch (head & 3) {
            case LINE -> {
                long step = source.getSigned();
                for (int i = 0; i < count; i++) {
                    q[i] = step * i;
                }
            }
            case OFFSETS -> {
                long least = source.getSigned();
                unpack(source, q, 0);
                for (int i = 0; i < count; i++) {
                    q[i] += least;
                }
            }
            case DELTAS -> {
                unpack(source, q, 1);
                for (int i = 1; i < count; i++) {
                    q[i] = q[i - 1] + ByteSource.unzigzag(q[i]);
                }
            }
            default -> {
                long delta = source.getSigned();
                unpack(source, q, 2);
                q[1] = delta;
                for (int i = 2; i < count; i++) {
                    delta += ByteSource.unzigzag(q[i]);
                    q[i] = q[i - 1] + delta;
                }
            }
        }
        for (int i = 0; i < count; i++) {
            q[i] = first + factor * q[i];
        }
        return q;
    }

    private static void unpack(ByteSource source, long[] q, int from) {
        for (int start = from; start < q.length; start += GROUP) {
            int end = Math.min(q.length, start + GROUP);
            int width = source.get();
            if (width > Long.SIZE) {
                throw new DamagedException("a number of %d bits".formatted(width));
            }
            for (int i = start; i < end; i++) {
                q[i] = source.getBits(width);
            }
            source.endBits();
        }
    }
}
