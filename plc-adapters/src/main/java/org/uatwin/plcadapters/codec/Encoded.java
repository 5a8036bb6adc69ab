package org.uatwin.plcadapters.codec;

import org.uatwin.informationmodel.value.StatusCode;

/**
 * What is to be written, or why not.
 *
 * @param status Good, Bad_OutOfRange or Bad_TypeMismatch.
 * @param text why not; empty if Good.
 * @param skip elements of the table (registers or bits) before the first one written.
 * @param quantity registers or bits written.
 * @param data big-endian registers, or bits packed with the lowest bit first.
 * @param mask bits of each register that belong to the value: 0xFFFF except for bits and bit fields.
 */
@SuppressWarnings("ArrayRecordComponent") // built, read once and dropped by the link's thread
public record Encoded(StatusCode status, String text, int skip, int quantity, byte[] data, int mask) {
    static Encoded refused(StatusCode status, String text) {
        return new Encoded(status, text, 0, 0, new byte[0], 0);
    }

    public boolean isGood() {
        return status.isGood();
    }
}
