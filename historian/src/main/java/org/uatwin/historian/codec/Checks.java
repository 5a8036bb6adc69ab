package org.uatwin.historian.codec;

import java.util.zip.CRC32C;

/** The check behind every blob: CRC-32C (RFC 3720, appendix B.4) of its bytes and of what it belongs to. */
final class Checks {
    private Checks() {}

    /** @param salt what the bytes belong to, so that a blob in the wrong place is found as well. */
    static int of(byte[] bytes, int length, long salt) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            crc.update((int) (salt >>> shift) & 0xFF);
        }
        return (int) crc.getValue();
    }
}
