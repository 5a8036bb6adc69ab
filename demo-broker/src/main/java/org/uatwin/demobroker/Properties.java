package org.uatwin.demobroker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Properties of a packet (MQTT 5, section 2.2.2): the few a broker must obey, and those that travel on with a message.
 *
 * @param receiveMaximum messages of QoS 1 and 2 the client takes unacknowledged.
 * @param largestPacket bytes the client takes in one packet.
 * @param sessionExpiry seconds the client wants its session kept.
 * @param hasAlias whether a topic alias or a subscription identifier is used, which this broker says it does not know.
 * @param travelling encoded properties of a message.
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared or changed
record Properties(int receiveMaximum, long largestPacket, long sessionExpiry, boolean hasAlias, byte[] travelling) {
    static final Properties NONE = new Properties(65_535, Long.MAX_VALUE, 0, false, Publication.NO_PROPERTIES);

    private static final int PAYLOAD_FORMAT = 0x01;
    private static final int CONTENT_TYPE = 0x03;
    private static final int RESPONSE_TOPIC = 0x08;
    private static final int CORRELATION = 0x09;
    private static final int SUBSCRIPTION_ID = 0x0B;
    private static final int SESSION_EXPIRY = 0x11;
    private static final int RECEIVE_MAXIMUM = 0x21;
    private static final int TOPIC_ALIAS = 0x23;
    private static final int USER = 0x26;
    private static final int LARGEST_PACKET = 0x27;

    static Properties read(Packet in) throws IOException {
        int receiveMaximum = NONE.receiveMaximum();
        long largestPacket = NONE.largestPacket();
        long sessionExpiry = 0;
        boolean hasAlias = false;
        ByteArrayOutputStream travelling = new ByteArrayOutputStream();
        while (in.hasMore()) {
            int id = in.readVariable();
            byte[] value = value(id, in);
            switch (id) {
                case RECEIVE_MAXIMUM -> receiveMaximum = (int) number(value);
                case LARGEST_PACKET -> largestPacket = number(value);
                case SESSION_EXPIRY -> sessionExpiry = number(value);
                case TOPIC_ALIAS, SUBSCRIPTION_ID -> hasAlias = true;
                case PAYLOAD_FORMAT, CONTENT_TYPE, RESPONSE_TOPIC, CORRELATION, USER -> {
                    travelling.write(id);
                    travelling.writeBytes(value);
                }
                default -> {
                    // of no consequence for a broker that keeps no sessions and expires no messages
                }
            }
        }
        if (receiveMaximum < 1) {
            throw new Packet.MalformedException("a receive maximum of 0");
        }
        return new Properties(receiveMaximum, largestPacket, sessionExpiry, hasAlias, travelling.toByteArray());
    }

    private static long number(byte[] value) {
        long number = 0;
        for (byte b : value) {
            number = number << 8 | (b & 0xFF);
        }
        return number;
    }

    /** The value of a property as it is encoded; its type says how long it is (table 2-4). */
    private static byte[] value(int id, Packet in) throws IOException {
        return switch (id) {
            case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A -> in.readBytes(1);
            case 0x13, 0x21, 0x22, 0x23 -> in.readBytes(2);
            case 0x02, 0x11, 0x18, 0x27 -> in.readBytes(4);
            case 0x0B -> {
                in.readVariable();
                yield Publication.NO_PROPERTIES;
            }
            case 0x03, 0x08, 0x09, 0x12, 0x15, 0x16, 0x1A, 0x1C, 0x1F -> withLength(in.readBinary());
            case 0x26 -> {
                ByteArrayOutputStream pair = new ByteArrayOutputStream();
                pair.writeBytes(withLength(in.readBinary()));
                pair.writeBytes(withLength(in.readBinary()));
                yield pair.toByteArray();
            }
            default -> throw new Packet.MalformedException("there is no property 0x%02X".formatted(id));
        };
    }

    private static byte[] withLength(byte[] value) {
        byte[] whole = new byte[2 + value.length];
        whole[0] = (byte) (value.length >> 8);
        whole[1] = (byte) value.length;
        System.arraycopy(value, 0, whole, 2, value.length);
        return whole;
    }
}
