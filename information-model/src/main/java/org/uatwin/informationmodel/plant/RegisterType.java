package org.uatwin.informationmodel.plant;

import java.util.Locale;
import org.uatwin.informationmodel.value.ValueType;

/** How a value lies in a Modbus table. */
public enum RegisterType {
    /** A coil, a discrete input, or one bit of a register. */
    BOOL(ValueType.BOOLEAN, 0),
    INT16(ValueType.INT16, 1),
    UINT16(ValueType.UINT16, 1),
    INT32(ValueType.INT32, 2),
    UINT32(ValueType.UINT32, 2),
    INT64(ValueType.INT64, 4),
    UINT64(ValueType.UINT64, 4),
    FLOAT32(ValueType.FLOAT, 2),
    FLOAT64(ValueType.DOUBLE, 4),
    /** Binary coded decimal, 4 digits a register. */
    BCD16(ValueType.UINT16, 1),
    BCD32(ValueType.UINT32, 2),
    BCD64(ValueType.UINT64, 4),
    /** Characters, two a register; ends at the first NUL. */
    STRING(ValueType.STRING, 0);

    private final ValueType natural;
    private final int registers;

    RegisterType(ValueType natural, int registers) {
        this.natural = natural;
        this.registers = registers;
    }

    /** The value type that takes every value of this register type without loss. */
    public ValueType natural() {
        return natural;
    }

    /** Registers of one value; 0 for BOOL (a bit) and STRING (by its length). */
    public int registers() {
        return registers;
    }

    public boolean isBcd() {
        return this == BCD16 || this == BCD32 || this == BCD64;
    }

    /** The type as the plant file writes it, with order and length, for example {@code float32 CDAB[8]}. */
    String label(RegisterFormat format) {
        StringBuilder label = new StringBuilder(name().toLowerCase(Locale.ROOT));
        if (this == STRING) {
            label.append('(').append(format.stringLength()).append(')');
        } else if (registers > 0 && !format.order().equals(WordOrder.BIG_ENDIAN)) {
            label.append(' ').append(format.order().letters(registers * 2));
        }
        if (format.count() > 1) {
            label.append('[').append(format.count()).append(']');
        }
        return label.toString();
    }
}
