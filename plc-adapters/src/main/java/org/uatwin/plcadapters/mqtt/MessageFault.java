package org.uatwin.plcadapters.mqtt;

/**
 * What goes wrong with the messages of a virtual device.
 *
 * @param seconds how late they are; 0 for kinds that have no time.
 */
public record MessageFault(Kind kind, double seconds) {
    public static final MessageFault NONE = new MessageFault(Kind.NONE, 0);

    /** What happens to messages. */
    public enum Kind {
        NONE,
        /** None is sent; commands are obeyed and not confirmed. */
        SILENT,
        /** Each is sent later, with the time it had. */
        LATE,
        /** Every second one of a topic is sent after the one that follows it. */
        OUT_OF_ORDER,
        /** Each is sent twice, as a redelivery of QoS 1. */
        DUPLICATE,
        /** Bytes that mean nothing. */
        GARBAGE,
        /** The first half of each. */
        TRUNCATED,
        /** The last one of each topic is left with the broker as retained, and no other follows. */
        RETAINED_STALE,
        /** The session breaks without goodbye, the broker publishes the last will. */
        LAST_WILL
    }
}
