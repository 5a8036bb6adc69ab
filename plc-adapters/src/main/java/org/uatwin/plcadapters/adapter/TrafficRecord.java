package org.uatwin.plcadapters.adapter;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * One piece of raw traffic of a connection.
 *
 * @param ns monotonic nanoseconds from an arbitrary origin.
 * @param ticks UaTime by the wall clock.
 * @param channel what the protocol tells its partners apart by: the unit id of Modbus, the QoS and flags of MQTT.
 * @param text what the protocol says beside the bytes: a topic, the cause of a failure.
 * @param data bytes as on the wire, without framing; not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // written or decoded once; equality is by content
public record TrafficRecord(Kind kind, long ns, long ticks, int channel, String text, byte[] data) {
    /** The ordinals are the values in files. */
    public enum Kind {
        /** Went to the field. */
        SENT,
        /** Came from the field. */
        RECEIVED,
        /** What was sent has no answer, or none that counts; text says why. */
        FAILED,
        /** The connection was made (text empty) or could not be made or was lost (text says why). */
        STATE,
        /** Pieces were lost here because the disk was too slow; channel says how many. */
        GAP
    }

    /** The bytes in hex. */
    public String hex() {
        return HexFormat.of().formatHex(data);
    }

    /** The same at another monotonic time. */
    public TrafficRecord at(long otherNs) {
        return new TrafficRecord(kind, otherNs, ticks, channel, text, data);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TrafficRecord other
                && kind == other.kind
                && ns == other.ns
                && ticks == other.ticks
                && channel == other.channel
                && text.equals(other.text)
                && Arrays.equals(data, other.data);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(ns) * 31 + Arrays.hashCode(data);
    }
}
