package org.uatwin.plcadapters.device;

/**
 * What a virtual device does instead of answering properly.
 *
 * @param kind what it does.
 * @param code exception code for EXCEPTION.
 * @param delayMs delay for SLOW, and before each byte for DRIP.
 */
public record Fault(Kind kind, int code, int delayMs) {
    public enum Kind {
        NONE,
        /** Takes requests and never answers, as with the cable pulled behind the gateway. */
        SILENT,
        /** Answers after a delay, still as the answer to that request. */
        SLOW,
        /** Sends bytes that are no frame. */
        GARBAGE,
        /** Answers with another transaction id (TCP) or a wrong CRC (RTU). */
        WRONG_TRANSACTION_ID,
        /** Answers under another unit id. */
        WRONG_UNIT_ID,
        /** Answers with an exception code. */
        EXCEPTION,
        /** Sends the first half of the answer. */
        TRUNCATED,
        /** Sends the answer one byte at a time, with the delay before each. */
        DRIP,
        /** Cuts the connection instead of answering. */
        CUT,
        /** Sends the first half of the answer and resets the connection (TCP RST). */
        RESET,
        /** Sends the answer twice. */
        DUPLICATE,
        /** Keeps every second answer back and sends it after the next one. */
        OUT_OF_ORDER
    }

    public static final Fault NONE = new Fault(Kind.NONE, 0, 0);
    public static final Fault SILENT = new Fault(Kind.SILENT, 0, 0);
    public static final Fault GARBAGE = new Fault(Kind.GARBAGE, 0, 0);
    public static final Fault WRONG_TRANSACTION_ID = new Fault(Kind.WRONG_TRANSACTION_ID, 0, 0);
    public static final Fault WRONG_UNIT_ID = new Fault(Kind.WRONG_UNIT_ID, 0, 0);
    public static final Fault TRUNCATED = new Fault(Kind.TRUNCATED, 0, 0);
    public static final Fault CUT = new Fault(Kind.CUT, 0, 0);
    public static final Fault RESET = new Fault(Kind.RESET, 0, 0);
    public static final Fault DUPLICATE = new Fault(Kind.DUPLICATE, 0, 0);
    public static final Fault OUT_OF_ORDER = new Fault(Kind.OUT_OF_ORDER, 0, 0);

    public static Fault exception(int code) {
        return new Fault(Kind.EXCEPTION, code, 0);
    }

    public static Fault slow(int delayMs) {
        return new Fault(Kind.SLOW, 0, delayMs);
    }

    public static Fault drip(int delayMs) {
        return new Fault(Kind.DRIP, 0, delayMs);
    }
}
