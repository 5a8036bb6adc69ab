package org.uatwin.historian.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.ValueType;

/** Samples of one tag in time order as one blob with a check, and back. */
public final class BlockCodec {
    private static final int VERSION = 1;
    private static final int HAS_RECEIVE = 1;
    private static final int HAS_STATUS = 2;
    private static final int HAS_OBJECTS = 4;
    private static final int IS_FLOATING = 8;

    private BlockCodec() {}

    /** Whether an object can be the value of a sample: none, a String or an array of the forms of {@link ValueType}. */
    public static boolean takes(@Nullable Object object) {
        return ObjectColumn.takes(object);
    }

    /**
     * @param run sorted; its samples {@code from} (inclusive) to {@code to} (exclusive) are coded, one at least.
     * @param type of the tag: says how scalars are coded, not how they are decoded.
     */
    public static byte[] encode(SampleRun run, int from, int to, ValueType type) {
        ByteSink sink = new ByteSink(64 + 4 * (to - from));
        long first = run.time(from);
        boolean hasReceive = false;
        boolean hasStatus = false;
        boolean hasObjects = false;
        for (int i = from; i < to; i++) {
            hasReceive |= run.receiveTime(i) != run.time(i);
            hasStatus |= run.statusBits(i) != 0;
            hasObjects |= run.object(i) != null;
        }
        sink.put(VERSION);
        sink.put((hasReceive ? HAS_RECEIVE : 0)
                | (hasStatus ? HAS_STATUS : 0)
                | (hasObjects ? HAS_OBJECTS : 0)
                | (type.isFloating() ? IS_FLOATING : 0));
        sink.putVarint(to - from);
        long[] column = new long[to - from];
        for (int i = from; i < to; i++) {
            column[i - from] = run.time(i) - first;
        }
        LongColumn.encode(sink, column, 0, column.length);
        if (hasReceive) {
            for (int i = from; i < to; i++) {
                column[i - from] = run.receiveTime(i) - run.time(i);
            }
            LongColumn.encode(sink, column, 0, column.length);
        }
        if (hasStatus) {
            encodeStatus(sink, run, from, to);
        }
        if (type.isFloating()) {
            DoubleColumn.encode(sink, run.bits(), from, to, type == ValueType.FLOAT);
        } else {
            LongColumn.encode(sink, run.bits(), from, to);
        }
        @Nullable Object[] objects = run.objects();
        if (hasObjects && objects != null) {
            ObjectColumn.encode(sink, objects, from, to);
        }
        return sink.seal(first);
    }

    /** Runs of equal status: how many codes, the codes, then pairs of index and length. */
    private static void encodeStatus(ByteSink sink, SampleRun run, int from, int to) {
        List<Integer> codes = new ArrayList<>();
        List<int[]> runs = new ArrayList<>();
        for (int i = from; i < to; ) {
            int code = run.statusBits(i);
            int end = i;
            while (end < to && run.statusBits(end) == code) {
                end++;
            }
            if (!codes.contains(code)) {
                codes.add(code);
            }
            runs.add(new int[] {codes.indexOf(code), end - i});
            i = end;
        }
        sink.putVarint(codes.size());
        codes.forEach(sink::putInt);
        sink.putVarint(runs.size());
        long[] indexes = runs.stream().mapToLong(each -> each[0]).toArray();
        long[] lengths = runs.stream().mapToLong(each -> each[1]).toArray();
        LongColumn.encode(sink, indexes, 0, indexes.length);
        LongColumn.encode(sink, lengths, 0, lengths.length);
    }

    /**
     * @param first time of the first sample.
     * @throws DamagedException if the bytes are not those that were written with that time.
     */
    public static SampleRun decode(byte[] block, long first) {
        ByteSource source = ByteSource.sealed(block, first);
        try {
            return decode(source, first);
        } catch (IndexOutOfBoundsException e) { // right check, wrong content: never expected
            throw new DamagedException("a block holds less than it says", e);
        }
    }

    private static SampleRun decode(ByteSource source, long first) {
        int version = source.get();
        if (version != VERSION) {
            throw new DamagedException("a block of version %d, this program knows %d".formatted(version, VERSION));
        }
        int flags = source.get();
        int count = source.getCount();
        long[] times = LongColumn.decode(source, count);
        for (int i = 0; i < count; i++) {
            times[i] += first;
        }
        long[] receive = null;
        if ((flags & HAS_RECEIVE) != 0) {
            receive = LongColumn.decode(source, count);
            for (int i = 0; i < count; i++) {
                receive[i] += times[i];
            }
        }
        int[] status = (flags & HAS_STATUS) == 0 ? null : decodeStatus(source, count);
        long[] bits =
                (flags & IS_FLOATING) == 0 ? LongColumn.decode(source, count) : DoubleColumn.decode(source, count);
        @Nullable Object[] objects = (flags & HAS_OBJECTS) == 0 ? null : ObjectColumn.decode(source, count);
        return new SampleRun(times, bits, receive, status, objects);
    }

    private static int[] decodeStatus(ByteSource source, int count) {
        int[] codes = new int[source.getCount()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = source.getInt();
        }
        int runs = source.getCount();
        long[] indexes = LongColumn.decode(source, runs);
        long[] lengths = LongColumn.decode(source, runs);
        int[] status = new int[count];
        int at = 0;
        for (int r = 0; r < runs; r++) {
            for (long k = 0; k < lengths[r]; k++) {
                status[at++] = codes[(int) indexes[r]];
            }
        }
        return status;
    }
}
