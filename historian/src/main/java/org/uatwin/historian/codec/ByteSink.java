package org.uatwin.historian.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that are being written; grows. Numbers are little-endian. Owned by one thread. */
final class ByteSink {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;
    private long bitBuffer;
    private int bitCount;

    ByteSink(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    private void room(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(size + count, bytes.length * 2));
        }
    }

    int size() {
        return size;
    }

    void put(int b) {
        room(1);
        bytes[size++] = (byte) b;
    }

    void putAll(byte[] other) {
        room(other.length);
        System.arraycopy(other, 0, bytes, size, other.length);
        size += other.length;
    }

    void putLong(long value) {
        room(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
    }

    void putInt(int value) {
        putLong(value & 0xFFFF_FFFFL);
        size -= Integer.BYTES;
    }

    /** An unsigned number, 7 bits a byte. */
    void putVarint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A signed number; small ones of both signs are short. */
    void putSigned(long value) {
        putVarint(zigzag(value));
    }

    static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    /** The lowest {@code width} bits, 0..64; {@link #endBits()} ends a sequence of them. */
    void putBits(long value, int width) {
        if (width == 0) {
            return;
        }
        long masked = width == 64 ? value : value & ((1L << width) - 1);
        bitBuffer |= masked << bitCount;
        int total = bitCount + width;
        if (total < 64) {
            bitCount = total;
            return;
        }
        putLong(bitBuffer);
        bitCount = total - 64;
        bitBuffer = bitCount == 0 ? 0 : masked >>> (width - bitCount);
    }

    void endBits() {
        for (; bitCount > 0; bitCount -= 8) {
            put((int) bitBuffer);
            bitBuffer >>>= 8;
        }
        bitCount = 0;
        bitBuffer = 0;
    }

    /** Puts a check over everything behind it and gives the bytes. */
    byte[] seal(long salt) {
        putInt(Checks.of(bytes, size, salt));
        return Arrays.copyOf(bytes, size);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
