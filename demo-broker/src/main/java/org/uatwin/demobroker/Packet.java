package org.uatwin.demobroker;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A control packet as it came, read field by field (MQTT 5, chapter 2; the fields are those of 3.1.1 as well). */
final class Packet {
    static final int CONNECT = 1;
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBSCRIBE = 8;
    static final int SUBACK = 9;
    static final int UNSUBSCRIBE = 10;
    static final int UNSUBACK = 11;
    static final int PINGREQ = 12;
    static final int PINGRESP = 13;
    static final int DISCONNECT = 14;

    static final int LARGEST = 4 << 20;

    /** The other side does not keep to the protocol: its connection ends. */
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedException(String what) {
            super(what);
        }
    }

    private final int head;
    private final byte[] body;
    private int at;

    private Packet(int head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /** Waits for the next packet. */
    static Packet read(DataInputStream in) throws IOException {
        int head = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int digit;
        do {
            if (shift > 21) {
                throw new MalformedException("the length has more than four bytes");
            }
            digit = in.readUnsignedByte();
            length |= (digit & 0x7F) << shift;
            shift += 7;
        } while ((digit & 0x80) != 0);
        if (length > LARGEST) {
            throw new MalformedException("a packet of %d bytes; %d are taken".formatted(length, LARGEST));
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return new Packet(head, body);
    }

    int type() {
        return head >> 4;
    }

    int flags() {
        return head & 0x0F;
    }

    boolean hasMore() {
        return at < body.length;
    }

    private void need(int bytes) throws EOFException {
        if (bytes < 0 || at + bytes > body.length) {
            throw new EOFException("the packet ends in the middle of a field");
        }
    }

    int readByte() throws IOException {
        need(1);
        return body[at++] & 0xFF;
    }

    int readShort() throws IOException {
        need(2);
        int value = (body[at] & 0xFF) << 8 | (body[at + 1] & 0xFF);
        at += 2;
        return value;
    }

    byte[] readBytes(int length) throws IOException {
        need(length);
        byte[] bytes = java.util.Arrays.copyOfRange(body, at, at + length);
        at += length;
        return bytes;
    }

    byte[] readBinary() throws IOException {
        return readBytes(readShort());
    }

    byte[] readRest() throws IOException {
        return readBytes(body.length - at);
    }

    String readText() throws IOException {
        byte[] bytes = readBinary();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("a text is no UTF-8");
        }
    }

    int readVariable() throws IOException {
        int value = 0;
        for (int shift = 0; shift <= 21; shift += 7) {
            int digit = readByte();
            value |= (digit & 0x7F) << shift;
            if ((digit & 0x80) == 0) {
                return value;
            }
        }
        throw new MalformedException("a number has more than four bytes");
    }

    /** The properties of MQTT 5 that stand here; the packet goes on behind them. */
    Properties readProperties() throws IOException {
        return Properties.read(new Packet(0, readBytes(readVariable())));
    }
}
