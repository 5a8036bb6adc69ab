package org.uatwin.inference.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes small ONNX models by hand: protobuf messages of onnx.proto (ModelProto 7 graph, 8 opset; GraphProto 1 node, 2 name, 5
 * initializer, 11 input, 12 output), so that tests need no other program.
 */
final class OnnxFile {
    static final int FLOAT = 1;
    static final int INT64 = 7;
    static final int DOUBLE = 11;

    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message varint(int field, long value) {
            raw((long) field << 3);
            raw(value);
            return this;
        }

        Message bytes(int field, byte[] value) {
            raw((long) field << 3 | 2);
            raw(value.length);
            out.writeBytes(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        private void raw(long value) {
            long rest = value;
            while (rest > 0x7F) {
                out.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    private OnnxFile add(int field, Message message) {
        graph.writeBytes(new Message().bytes(field, message.bytes()).bytes());
        return this;
    }

    OnnxFile node(String operator, String output, String... inputs) {
        Message node = new Message();
        for (String input : inputs) {
            node.text(1, input);
        }
        return add(1, node.text(2, output).text(4, operator));
    }

    /** A constant of floats. */
    OnnxFile constant(String name, long[] shape, float... values) {
        Message tensor = new Message();
        for (long size : shape) {
            tensor.varint(1, size);
        }
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return add(5, tensor.varint(2, FLOAT).text(8, name).bytes(9, raw.array()));
    }

    OnnxFile input(String name, int type, long... shape) {
        return add(11, value(name, type, shape));
    }

    OnnxFile output(String name, int type, long... shape) {
        return add(12, value(name, type, shape));
    }

    /** A negative size is one of any length. */
    private static Message value(String name, int type, long... shape) {
        Message dimensions = new Message();
        for (long size : shape) {
            Message dimension = new Message();
            if (size < 0) {
                dimension.text(2, "n");
            } else {
                dimension.varint(1, size);
            }
            dimensions.bytes(1, dimension.bytes());
        }
        Message tensor = new Message().varint(1, type).bytes(2, dimensions.bytes());
        return new Message()
                .text(1, name)
                .bytes(2, new Message().bytes(1, tensor.bytes()).bytes());
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(new Message().text(2, "test").bytes());
        whole.writeBytes(graph.toByteArray());
        return new Message()
                .varint(1, 8)
                .bytes(7, whole.toByteArray())
                .bytes(8, new Message().varint(2, 13).bytes())
                .bytes();
    }
}
