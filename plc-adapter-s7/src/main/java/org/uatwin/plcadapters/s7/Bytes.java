package org.uatwin.plcadapters.s7;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes of a CPU, never changed after they were handed over. */
final class Bytes {
    static final Bytes NONE = new Bytes(new byte[0]);

    private final byte[] bytes;

    Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, to be read only. */
    byte[] array() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    /** These bytes and others behind them. */
    Bytes and(byte[] more) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, joined, bytes.length, more.length);
        return new Bytes(joined);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
