package org.uatwin.historian.codec;

import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Samples of many tags in the order they arrived, as one blob with a check. Fast before small: a journal lives until
 * its samples are in blocks.
 */
public final class JournalCodec {
    private static final int VERSION = 1;
    private static final int NEXT_TAG = 1;
    private static final int SAME_TIME = 2;
    private static final int SAME_RECEIVE = 4;
    private static final int SAME_STATUS = 8;
    private static final int KIND_SHIFT = 4;
    private static final int INTEGER = 0;
    private static final int DECIMAL = 1; // as many places as the one before
    private static final int PLACES_AND_DECIMAL = 2;
    private static final int RAW = 3;
    private static final int OBJECT = 4;
    private static final int FLOAT = 5;

    private JournalCodec() {}

    /** Writes one blob; made new for each. */
    public static final class Writer {
        private final ByteSink sink;
        private int count;
        private int tag = -1;
        private long time;
        private int status;
        private int places;

        public Writer(int samples) {
            sink = new ByteSink(64 + 8 * samples);
            sink.put(VERSION);
        }

        public void add(
                int tagId,
                ValueType type,
                long sourceTime,
                long receiveTime,
                long bits,
                @Nullable Object object,
                int statusBits) {
            int kind = kind(type, bits, object);
            int decimals = places;
            if (kind == DECIMAL && !Decimals.is(Decimals.of(bits, places, false))) {
                kind = PLACES_AND_DECIMAL;
                decimals = Decimals.places(bits, 0, false);
            }
            boolean isNext = tagId == tag + 1;
            sink.put((isNext ? NEXT_TAG : 0)
                    | (sourceTime == time ? SAME_TIME : 0)
                    | (receiveTime == sourceTime ? SAME_RECEIVE : 0)
                    | (statusBits == status ? SAME_STATUS : 0)
                    | (kind << KIND_SHIFT));
            if (!isNext) {
                sink.putVarint(tagId);
            }
            if (sourceTime != time) {
                sink.putSigned(sourceTime - time);
            }
            if (receiveTime != sourceTime) {
                sink.putSigned(receiveTime - sourceTime);
            }
            if (statusBits != status) {
                sink.putInt(statusBits);
            }
            switch (kind) {
                case INTEGER -> sink.putSigned(bits);
                case PLACES_AND_DECIMAL, DECIMAL -> {
                    if (kind == PLACES_AND_DECIMAL) {
                        sink.put(decimals);
                    }
                    sink.putSigned(Decimals.of(bits, decimals, false));
                }
                case FLOAT -> sink.putInt(Float.floatToRawIntBits((float) Double.longBitsToDouble(bits)));
                case RAW -> sink.putLong(bits);
                default -> {
                    sink.putSigned(bits);
                    ObjectColumn.encode(sink, new @Nullable Object[] {object}, 0, 1);
                }
            }
            tag = tagId;
            time = sourceTime;
            status = statusBits;
            places = decimals;
            count++;
        }

        private int kind(ValueType type, long bits, @Nullable Object object) {
            if (object != null) {
                return OBJECT;
            }
            if (!type.isFloating()) {
                return INTEGER;
            }
            if (Decimals.is(Decimals.of(bits, places, false)) || Decimals.places(bits, 0, false) >= 0) {
                return DECIMAL;
            }
            double value = Double.longBitsToDouble(bits);
            return Double.doubleToRawLongBits((float) value) == bits ? FLOAT : RAW;
        }

        public int size() {
            return count;
        }

        /** @param day the blob belongs to. */
        public byte[] seal(long day) {
            return sink.seal(day);
        }
    }

    /** Takes what a blob holds, in order. */
    @FunctionalInterface
    public interface Visitor {
        void sample(int tag, long sourceTime, long receiveTime, long bits, @Nullable Object object, int statusBits);
    }

    /**
     * @param count samples that were written.
     * @param day the day given when it was written.
     */
    public static void decode(byte[] blob, int count, long day, Visitor visitor) {
        ByteSource source = ByteSource.sealed(blob, day);
        int version = source.get();
        if (version != VERSION) {
            throw new DamagedException("a journal of version %d, this program knows %d".formatted(version, VERSION));
        }
        int tag = -1;
        long time = 0;
        int status = 0;
        int places = 0;
        for (int i = 0; i < count; i++) {
            int head = source.get();
            tag = (head & NEXT_TAG) != 0 ? tag + 1 : (int) source.getVarint();
            time += (head & SAME_TIME) != 0 ? 0 : source.getSigned();
            long receive = time + ((head & SAME_RECEIVE) != 0 ? 0 : source.getSigned());
            status = (head & SAME_STATUS) != 0 ? status : source.getInt();
            int kind = head >> KIND_SHIFT;
            places = kind == PLACES_AND_DECIMAL ? source.get() : places;
            long bits =
                    switch (kind) {
                        case INTEGER, OBJECT -> source.getSigned();
                        case DECIMAL, PLACES_AND_DECIMAL -> Decimals.bits(source.getSigned(), places, false);
                        case FLOAT -> Double.doubleToRawLongBits(Float.intBitsToFloat(source.getInt()));
                        case RAW -> source.getLong();
                        default -> throw new DamagedException("a value of kind %d".formatted(kind));
                    };
            Object object = kind == OBJECT ? ObjectColumn.decode(source, 1)[0] : null;
            visitor.sample(tag, time, receive, bits, object, status);
        }
    }
}
