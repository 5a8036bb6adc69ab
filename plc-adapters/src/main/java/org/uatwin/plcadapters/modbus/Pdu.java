package org.uatwin.plcadapters.modbus;

import java.util.Arrays;
import org.uatwin.informationmodel.plant.ModbusTable;

/**
 * A request: function code and what follows it (Modbus Application Protocol V1.1b3, section 6).
 *
 * @param data not to be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // identity is never asked for; wrapping each request would cost the hot path
record Pdu(int functionCode, byte[] data) {
    static final int WRITE_COIL = 5;
    static final int WRITE_REGISTER = 6;
    static final int WRITE_COILS = 15;
    static final int WRITE_REGISTERS = 16;
    static final int MASK_WRITE = 22;

    static Pdu read(ModbusTable table, int offset, int quantity) {
        if (quantity < 1 || quantity > table.maxPerRead()) {
            throw new IllegalArgumentException("quantity must be 1..%d: %d".formatted(table.maxPerRead(), quantity));
        }
        return new Pdu(table.readFunction(), words(offset, quantity));
    }

    static Pdu writeCoil(int offset, boolean value) {
        return new Pdu(WRITE_COIL, words(offset, value ? 0xFF00 : 0));
    }

    static Pdu writeRegister(int offset, int value) {
        return new Pdu(WRITE_REGISTER, words(offset, value));
    }

    /**
     * @param values registers big-endian, or coils packed lowest first, starting at index 0.
     */
    static Pdu writeMany(ModbusTable table, int offset, int quantity, byte[] values) {
        if (quantity < 1 || quantity > table.maxPerWrite()) {
            throw new IllegalArgumentException("quantity must be 1..%d: %d".formatted(table.maxPerWrite(), quantity));
        }
        byte[] data = new byte[5 + values.length];
        put(data, 0, offset);
        put(data, 2, quantity);
        data[4] = (byte) values.length;
        System.arraycopy(values, 0, data, 5, values.length);
        return new Pdu(table.isBits() ? WRITE_COILS : WRITE_REGISTERS, data);
    }

    /** The device computes {@code (register AND andMask) OR (orMask AND NOT andMask)}. */
    static Pdu maskWrite(int offset, int andMask, int orMask) {
        return new Pdu(MASK_WRITE, words(offset, andMask, orMask));
    }

    /** Whether an answer to the other, looked at alone, could be one to this. */
    boolean hasSameAnswerShape(Pdu other) {
        return functionCode == other.functionCode
                && (isRead() ? readBytes() == other.readBytes() : Arrays.equals(data, 0, 4, other.data, 0, 4));
    }

    /** Whether the other asks for the same. */
    boolean isSame(Pdu other) {
        return functionCode == other.functionCode && Arrays.equals(data, other.data);
    }

    boolean isRead() {
        return functionCode <= 4;
    }

    int offset() {
        return (data[0] & 0xFF) << 8 | (data[1] & 0xFF);
    }

    /** Quantity of a read or a multiple write. */
    int quantity() {
        return (data[2] & 0xFF) << 8 | (data[3] & 0xFF);
    }

    /** Data bytes a right answer to a read carries behind its byte count. */
    int readBytes() {
        return functionCode <= 2 ? (quantity() + 7) / 8 : 2 * quantity();
    }

    /** Offset and quantity or value, as {@code function 3 at 120+17}. */
    String label() {
        return "function %d at %d%s"
                .formatted(
                        functionCode,
                        offset(),
                        functionCode == WRITE_COIL || functionCode == WRITE_REGISTER || functionCode == MASK_WRITE
                                ? ""
                                : "+" + quantity());
    }

    private static byte[] words(int... values) {
        byte[] data = new byte[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            put(data, 2 * i, values[i]);
        }
        return data;
    }

    private static void put(byte[] data, int at, int value) {
        data[at] = (byte) (value >> 8);
        data[at + 1] = (byte) value;
    }
}
