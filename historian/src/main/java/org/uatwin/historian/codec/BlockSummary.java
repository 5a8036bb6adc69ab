package org.uatwin.historian.codec;

import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;

/**
 * What is known of a block without decoding it.
 *
 * @param count samples in all.
 * @param good of these, those whose status is Good.
 * @param uncertain those whose status is Uncertain; the others are Bad.
 * @param min smallest of the Good scalars as a number, NaN if there is none; NaN values are left out.
 * @param max the largest.
 * @param sum of all Good scalars; NaN if one of them is.
 * @param firstBits value of the first sample, 0 for Strings and arrays.
 * @param firstStatus its status.
 * @param lastBits value of the last sample.
 * @param lastStatus its status.
 */
public record BlockSummary(
        int count,
        int good,
        int uncertain,
        double min,
        double max,
        double sum,
        long firstBits,
        int firstStatus,
        long lastBits,
        int lastStatus) {
    private static final int RAW = 0xFF;

    /** Of the samples {@code from} to {@code to} of a sorted run, one at least. */
    public static BlockSummary of(SampleRun run, int from, int to, ValueType type) {
        int good = 0;
        int uncertain = 0;
        double min = Double.NaN;
        double max = Double.NaN;
        double sum = 0;
        for (int i = from; i < to; i++) {
            StatusCode status = StatusCode.of(run.statusBits(i));
            uncertain += status.isUncertain() ? 1 : 0;
            if (!status.isGood()) {
                continue;
            }
            good++;
            double value = run.object(i) == null && type.isPrimitive() ? type.toDouble(run.bits(i)) : Double.NaN;
            min = !(value >= min) && !Double.isNaN(value) ? value : min;
            max = !(value <= max) && !Double.isNaN(value) ? value : max;
            sum += value;
        }
        return new BlockSummary(
                to - from,
                good,
                uncertain,
                min,
                max,
                good == 0 ? 0 : sum,
                run.bits(from),
                run.statusBits(from),
                run.bits(to - 1),
                run.statusBits(to - 1));
    }

    public int bad() {
        return count - good - uncertain;
    }

    public byte[] toBytes() {
        ByteSink sink = new ByteSink(40);
        sink.putVarint(count);
        sink.putVarint(count - good);
        sink.putVarint(uncertain);
        put(sink, Double.doubleToRawLongBits(min));
        put(sink, Double.doubleToRawLongBits(max));
        put(sink, Double.doubleToRawLongBits(sum));
        put(sink, firstBits);
        sink.putVarint(firstStatus & 0xFFFF_FFFFL);
        put(sink, lastBits);
        sink.putVarint(lastStatus & 0xFFFF_FFFFL);
        return sink.toBytes();
    }

    public static BlockSummary parse(byte[] bytes) {
        ByteSource source = new ByteSource(bytes);
        int count = source.getCount();
        int good = count - source.getCount();
        int uncertain = source.getCount();
        double min = Double.longBitsToDouble(get(source));
        double max = Double.longBitsToDouble(get(source));
        double sum = Double.longBitsToDouble(get(source));
        long firstBits = get(source);
        int firstStatus = (int) source.getVarint();
        return new BlockSummary(
                count, good, uncertain, min, max, sum, firstBits, firstStatus, get(source), (int) source.getVarint());
    }

    /** A small integer, a decimal with few places or 64 bits, in that order. */
    private static void put(ByteSink sink, long bits) {
        int places = Decimals.places(bits, 0, false);
        if (bits != 0 && places >= 0) {
            sink.put(1 + places);
            sink.putSigned(Decimals.of(bits, places, false));
        } else if (bits > -(1L << 48) && bits < 1L << 48) {
            sink.put(0);
            sink.putSigned(bits);
        } else {
            sink.put(RAW);
            sink.putLong(bits);
        }
    }

    private static long get(ByteSource source) {
        int head = source.get();
        if (head == RAW) {
            return source.getLong();
        }
        if (head > 1 + Decimals.MOST_PLACES) {
            throw new DamagedException("a number of form %d".formatted(head));
        }
        return head == 0 ? source.getSigned() : Decimals.bits(source.getSigned(), head - 1, false);
    }
}
