package org.uatwin.historian.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that are being read, as {@link ByteSink} wrote them. Owned by one thread. */
final class ByteSource {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int at;
    private int bitAt; // bits of bytes[at] that are used up

    ByteSource(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length;
    }

    private ByteSource(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** Reads what {@link ByteSink#seal} gave. */
    static ByteSource sealed(byte[] bytes, long salt) {
        int end = bytes.length - Integer.BYTES;
        if (end < 0 || new ByteSource(bytes).at(end).getInt() != Checks.of(bytes, end, salt)) {
            throw new DamagedException("the check of %d bytes fails".formatted(bytes.length));
        }
        return new ByteSource(bytes, end);
    }

    private ByteSource at(int position) {
        at = position;
        return this;
    }

    int get() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    private void need(long count) {
        if (count < 0 || count > end - at) {
            throw new DamagedException("%d bytes are missing at %d of %d".formatted(count, at, end));
        }
    }

    byte[] get(int count) {
        need(count);
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    long getLong() {
        need(Long.BYTES);
        at += Long.BYTES;
        return (long) LONGS.get(bytes, at - Long.BYTES);
    }

    int getInt() {
        need(Integer.BYTES);
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value |= (bytes[at++] & 0xFF) << (8 * i);
        }
        return value;
    }

    long getVarint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = get();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new DamagedException("a number at %d does not end".formatted(at));
    }

    /** A number of things of which each takes at least one bit: one that cannot be there is damage, not an allocation. */
    int getCount() {
        long count = getVarint();
        if (count < 0 || count > 1 << 28) {
            throw new DamagedException("%d is no number of samples".formatted(count));
        }
        return (int) count;
    }

    long getSigned() {
        return unzigzag(getVarint());
    }

    static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    long getBits(int width) {
        if (width == 0) {
            return 0;
        }
        int last = bitAt + width;
        need((last + 7) >>> 3);
        long value;
        if (at + Long.BYTES <= bytes.length) {
            value = (long) LONGS.get(bytes, at) >>> bitAt;
        } else {
            value = 0;
            for (int i = 0; at + i < bytes.length; i++) {
                value |= (bytes[at + i] & 0xFFL) << (8 * i);
            }
            value >>>= bitAt;
        }
        if (last > 64) {
            value |= (bytes[at + 8] & 0xFFL) << (64 - bitAt);
        }
        at += last >>> 3;
        bitAt = last & 7;
        return width == 64 ? value : value & ((1L << width) - 1);
    }

    void endBits() {
        if (bitAt > 0) {
            at++;
            bitAt = 0;
        }
    }
}
