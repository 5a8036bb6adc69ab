package org.uatwin.plcadapters.device;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.codec.Encoded;
import org.uatwin.plcadapters.codec.ValueCodec;

/**
 * The registers and bits of one unit id. All methods may be called from any thread; a value of several registers
 * changes at once, so a master never reads half of it.
 */
public final class VirtualModbusUnit {
    /** Told of every write of a master, after it was carried out, on the thread of that connection. */
    @FunctionalInterface
    public interface WriteListener {
        /**
         * @param offset first element written.
         * @param quantity registers or coils written.
         */
        void onWrite(ModbusTable table, int offset, int quantity);
    }

    private static final int SIZE = 65_536;

    private final short[] holding = new short[SIZE]; // all four guarded by this
    private final short[] input = new short[SIZE];
    private final boolean[] coils = new boolean[SIZE];
    private final boolean[] discrete = new boolean[SIZE];
    private final List<WriteListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Fault fault = Fault.NONE;
    private volatile Transit transit = Transit.CLEAR;
    private volatile boolean knowsMaskWrite = true;
    private volatile int size = SIZE;
    private volatile int mostPerRead = Integer.MAX_VALUE;
    private volatile int firstMissing = SIZE;
    private volatile int lastMissing = SIZE;

    VirtualModbusUnit() {}

    /** From now on the unit answers like this, until told otherwise. */
    public void fault(Fault next) {
        fault = next;
    }

    public Fault fault() {
        return fault;
    }

    /** From now on requests and answers take this way. */
    public void transit(Transit next) {
        transit = next;
    }

    public Transit transit() {
        return transit;
    }

    /** Whether function 22 is known; without it the unit answers exception 01. */
    public void knowsMaskWrite(boolean isKnown) {
        knowsMaskWrite = isKnown;
    }

    /** Elements of each table; requests beyond answer exception 02. */
    public void size(int elements) {
        size = elements;
    }

    /** Elements the unit answers for in one request; larger reads answer exception 03. */
    public void mostPerRead(int elements) {
        mostPerRead = elements;
    }

    /** Offsets that do not exist, in every table; reads that touch one answer exception 02. */
    public void missing(int first, int last) {
        firstMissing = first;
        lastMissing = last;
    }

    public void onWrite(WriteListener listener) {
        listeners.add(listener);
    }

    public synchronized void setHolding(int offset, int... registers) {
        for (int i = 0; i < registers.length; i++) {
            holding[offset + i] = (short) registers[i];
        }
    }

    public synchronized void setInput(int offset, int... registers) {
        for (int i = 0; i < registers.length; i++) {
            input[offset + i] = (short) registers[i];
        }
    }

    public synchronized void setCoils(int offset, boolean... values) {
        System.arraycopy(values, 0, coils, offset, values.length);
    }

    public synchronized void setDiscrete(int offset, boolean... values) {
        System.arraycopy(values, 0, discrete, offset, values.length);
    }

    /** Unsigned value of a holding register. */
    public synchronized int holding(int offset) {
        return holding[offset] & 0xFFFF;
    }

    public synchronized boolean coil(int offset) {
        return coils[offset];
    }

    /**
     * Puts a value where a binding with the same table, offset, format and type finds it.
     *
     * @param bits the scalar as {@code ValueType} defines, if {@code object} is null.
     * @param object String or array.
     * @throws IllegalArgumentException if the value does not fit the format.
     */
    public synchronized void set(
            ModbusTable table, int offset, RegisterFormat format, ValueType type, long bits, @Nullable Object object) {
        ValueCodec codec = codec(table, format, type, object != null && !(object instanceof String));
        Encoded encoded = codec.encode(bits, object, -1);
        if (!encoded.isGood()) {
            throw new IllegalArgumentException("%s %d: %s".formatted(table, offset, encoded.text()));
        }
        store(table, offset, encoded);
    }

    /** Puts what a codec made where it belongs, all at once; {@code encoded} must be good. */
    public synchronized void store(ModbusTable table, int offset, Encoded encoded) {
        int first = offset + encoded.skip();
        for (int i = 0; i < encoded.quantity(); i++) {
            if (table.isBits()) {
                bits(table)[first + i] = ((encoded.data()[i >> 3] >> (i & 7)) & 1) != 0;
            } else {
                int value = (encoded.data()[2 * i] & 0xFF) << 8 | (encoded.data()[2 * i + 1] & 0xFF);
                short[] registers = registers(table);
                int kept = registers[first + i] & ~encoded.mask();
                registers[first + i] = (short) (kept | (value & encoded.mask()));
            }
        }
    }

    /** Elements of a table as they go into an answer: registers big-endian, bits packed with the lowest first. */
    public synchronized byte[] elements(ModbusTable table, int offset, int quantity) {
        return copy(table, offset, quantity);
    }

    /** Sets a number, converted to the type as {@code ValueType.fromDouble} does. */
    public void set(ModbusTable table, int offset, RegisterFormat format, ValueType type, double value) {
        set(table, offset, format, type, type.fromDouble(value), null);
    }

    /** The value a binding would read; array says whether it is an array point. */
    public synchronized Decoded get(
            ModbusTable table, int offset, RegisterFormat format, ValueType type, boolean isArray) {
        ValueCodec codec = codec(table, format, type, isArray);
        Decoded decoded = new Decoded();
        codec.decode(copy(table, offset, codec.quantity()), 0, decoded);
        return decoded;
    }

    /** A scalar number as a double. */
    public double getNumber(ModbusTable table, int offset, RegisterFormat format, ValueType type) {
        return type.toDouble(get(table, offset, format, type, false).bits);
    }

    private static ValueCodec codec(ModbusTable table, RegisterFormat format, ValueType type, boolean isArray) {
        return new ValueCodec(format, table, type, isArray);
    }

    private short[] registers(ModbusTable table) {
        return table == ModbusTable.HOLDING_REGISTER ? holding : input;
    }

    private boolean[] bits(ModbusTable table) {
        return table == ModbusTable.COIL ? coils : discrete;
    }

    /** Elements as they go into an answer. */
    private byte[] copy(ModbusTable table, int offset, int quantity) {
        if (table.isBits()) {
            byte[] packed = new byte[(quantity + 7) / 8];
            for (int i = 0; i < quantity; i++) {
                if (bits(table)[offset + i]) {
                    packed[i >> 3] |= (byte) (1 << (i & 7));
                }
            }
            return packed;
        }
        byte[] data = new byte[2 * quantity];
        for (int i = 0; i < quantity; i++) {
            short register = registers(table)[offset + i];
            data[2 * i] = (byte) (register >> 8);
            data[2 * i + 1] = (byte) register;
        }
        return data;
    }

    /** The answer PDU to a request PDU. */
    byte[] serve(byte[] pdu) {
        int function = pdu[0] & 0xFF;
        int offset = word(pdu, 1);
        int second = word(pdu, 3);
        return switch (function) {
            case 1 -> read(function, ModbusTable.COIL, offset, second);
            case 2 -> read(function, ModbusTable.DISCRETE_INPUT, offset, second);
            case 3 -> read(function, ModbusTable.HOLDING_REGISTER, offset, second);
            case 4 -> read(function, ModbusTable.INPUT_REGISTER, offset, second);
            case 5 ->
                second != 0 && second != 0xFF00
                        ? refuse(function, 3)
                        : write(pdu, ModbusTable.COIL, offset, 1, new byte[] {(byte) (second == 0 ? 0 : 1)});
            case 6 -> write(pdu, ModbusTable.HOLDING_REGISTER, offset, 1, new byte[] {pdu[3], pdu[4]});
            case 15 -> writeMany(pdu, ModbusTable.COIL, offset, second);
            case 16 -> writeMany(pdu, ModbusTable.HOLDING_REGISTER, offset, second);
            case 22 -> maskWrite(pdu, offset);
            default -> refuse(function, 1);
        };
    }

    private byte[] read(int function, ModbusTable table, int offset, int quantity) {
        if (quantity < 1 || quantity > Math.min(mostPerRead, table.maxPerRead())) {
            return refuse(function, 3);
        }
        if (offset + quantity > size || (offset <= lastMissing && offset + quantity > firstMissing)) {
            return refuse(function, 2);
        }
        byte[] data;
        synchronized (this) {
            data = copy(table, offset, quantity);
        }
        byte[] answer = new byte[2 + data.length];
        answer[0] = (byte) function;
        answer[1] = (byte) data.length;
        System.arraycopy(data, 0, answer, 2, data.length);
        return answer;
    }

    private byte[] writeMany(byte[] pdu, ModbusTable table, int offset, int quantity) {
        int bytes = table.isBits() ? (quantity + 7) / 8 : 2 * quantity;
        if (quantity < 1 || quantity > table.maxPerWrite() || pdu.length != 6 + bytes || (pdu[5] & 0xFF) != bytes) {
            return refuse(pdu[0] & 0xFF, 3);
        }
        return write(pdu, table, offset, quantity, java.util.Arrays.copyOfRange(pdu, 6, pdu.length));
    }

    private byte[] write(byte[] pdu, ModbusTable table, int offset, int quantity, byte[] data) {
        if (offset + quantity > size) {
            return refuse(pdu[0] & 0xFF, 2);
        }
        synchronized (this) {
            for (int i = 0; i < quantity; i++) {
                if (table.isBits()) {
                    coils[offset + i] = ((data[i >> 3] >> (i & 7)) & 1) != 0;
                } else {
                    holding[offset + i] = (short) word(data, 2 * i);
                }
            }
        }
        tell(table, offset, quantity);
        return java.util.Arrays.copyOf(pdu, 5);
    }

    private byte[] maskWrite(byte[] pdu, int offset) {
        if (!knowsMaskWrite) {
            return refuse(22, 1);
        }
        if (offset >= size) {
            return refuse(22, 2);
        }
        synchronized (this) {
            int and = word(pdu, 3);
            int or = word(pdu, 5);
            holding[offset] = (short) ((holding[offset] & and) | (or & ~and));
        }
        tell(ModbusTable.HOLDING_REGISTER, offset, 1);
        return pdu.clone();
    }

    private void tell(ModbusTable table, int offset, int quantity) {
        for (WriteListener listener : listeners) {
            listener.onWrite(table, offset, quantity);
        }
    }

    static byte[] refuse(int function, int code) {
        return new byte[] {(byte) (function | 0x80), (byte) code};
    }

    static int word(byte[] data, int at) {
        return at + 1 < data.length ? (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF) : 0;
    }
}
