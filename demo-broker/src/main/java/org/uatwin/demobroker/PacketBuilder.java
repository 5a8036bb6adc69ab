package org.uatwin.demobroker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A control packet to be sent. */
final class PacketBuilder {
    private final int head;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    PacketBuilder(int type, int flags) {
        head = type << 4 | flags;
    }

    PacketBuilder addByte(int value) {
        body.write(value);
        return this;
    }

    PacketBuilder addShort(int value) {
        body.write(value >> 8);
        body.write(value);
        return this;
    }

    PacketBuilder addInt(long value) {
        return addShort((int) (value >> 16)).addShort((int) value);
    }

    PacketBuilder addBytes(byte[] bytes) {
        body.writeBytes(bytes);
        return this;
    }

    PacketBuilder addText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return addShort(bytes.length).addBytes(bytes);
    }

    PacketBuilder addVariable(int value) {
        int rest = value;
        do {
            int digit = rest & 0x7F;
            rest >>= 7;
            body.write(rest > 0 ? digit | 0x80 : digit);
        } while (rest > 0);
        return this;
    }

    /** What was added so far. */
    byte[] content() {
        return body.toByteArray();
    }

    byte[] build() {
        byte[] content = body.toByteArray();
        PacketBuilder whole = new PacketBuilder(0, 0);
        whole.body.write(head);
        return whole.addVariable(content.length).addBytes(content).body.toByteArray();
    }
}
