package org.uatwin.informationmodel.plant;

/** The four Modbus tables (Modbus Application Protocol V1.1b3, 4.3) with their limits per request (section 6). */
public enum ModbusTable {
    COIL(1, 2000, 1968, true, true, 0),
    DISCRETE_INPUT(2, 2000, 0, true, false, 1),
    INPUT_REGISTER(4, 125, 0, false, false, 3),
    HOLDING_REGISTER(3, 125, 123, false, true, 4);

    private final int readFunction;
    private final int maxPerRead;
    private final int maxPerWrite;
    private final boolean isBits;
    private final boolean isWritable;
    private final int manualPrefix;

    ModbusTable(
            int readFunction, int maxPerRead, int maxPerWrite, boolean isBits, boolean isWritable, int manualPrefix) {
        this.readFunction = readFunction;
        this.maxPerRead = maxPerRead;
        this.maxPerWrite = maxPerWrite;
        this.isBits = isBits;
        this.isWritable = isWritable;
        this.manualPrefix = manualPrefix;
    }

    /** Function code that reads this table: 1, 2, 3 or 4. */
    public int readFunction() {
        return readFunction;
    }

    /** Largest quantity of one read request: 2000 bits or 125 registers. */
    public int maxPerRead() {
        return maxPerRead;
    }

    /** Largest quantity of one multiple write: 1968 coils or 123 registers; 0 if the table is read-only. */
    public int maxPerWrite() {
        return maxPerWrite;
    }

    /** Whether an element is a bit (coils, discrete inputs) and not a 16-bit register. */
    public boolean isBits() {
        return isBits;
    }

    public boolean isWritable() {
        return isWritable;
    }

    /** Leading digit of a manual address: 40001 is the first holding register. */
    public int manualPrefix() {
        return manualPrefix;
    }
}
