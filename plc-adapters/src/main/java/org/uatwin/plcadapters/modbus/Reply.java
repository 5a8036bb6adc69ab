package org.uatwin.plcadapters.modbus;

/**
 * What came of one request.
 *
 * @param exceptionCode Modbus exception code if REFUSED, else 0.
 * @param data of a read: the bytes behind the byte count; empty otherwise.
 * @param text cause for a person; empty if ANSWERED.
 */
@SuppressWarnings("ArrayRecordComponent") // handed from the wire to the loop and dropped
record Reply(Kind kind, int exceptionCode, byte[] data, String text) {
    enum Kind {
        ANSWERED,
        /** A Modbus exception: the device is alive and said no. */
        REFUSED,
        /** Nothing came before the deadline. */
        SILENT,
        /** Something came that is no answer to the request. */
        GARBLED,
        /** The connection broke. */
        LOST
    }

    private static final byte[] NONE = new byte[0];

    static Reply answered(byte[] data) {
        return new Reply(Kind.ANSWERED, 0, data, "");
    }

    static Reply refused(int exceptionCode) {
        return new Reply(Kind.REFUSED, exceptionCode, NONE, "exception " + describe(exceptionCode));
    }

    static Reply failed(Kind kind, String text) {
        return new Reply(kind, 0, NONE, text);
    }

    boolean isAnswered() {
        return kind == Kind.ANSWERED;
    }

    /** Exception codes by Modbus V1.1b3, section 7. */
    private static String describe(int code) {
        return switch (code) {
            case 1 -> "01 illegal function";
            case 2 -> "02 illegal data address";
            case 3 -> "03 illegal data value";
            case 4 -> "04 server device failure";
            case 5 -> "05 acknowledge, not done yet";
            case 6 -> "06 server device busy";
            case 8 -> "08 memory parity error";
            case 10 -> "0A gateway path unavailable";
            case 11 -> "0B gateway target did not respond";
            default -> "%02X".formatted(code);
        };
    }
}
