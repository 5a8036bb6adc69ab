package org.uatwin.informationmodel.plant;

import java.util.Locale;

/** A Modbus binding written as an address that reads the same whatever the device's own byte order is. */
public final class AddressText {
    private AddressText() {}

    /** @param isManual whether bare numbers are manual addresses on that connection. */
    public static String of(Binding.Modbus binding, boolean isManual) {
        return of(binding.table(), binding.offset(), binding.format(), isManual);
    }

    static String of(ModbusTable table, int offset, RegisterFormat format, boolean isManual) {
        StringBuilder text = new StringBuilder();
        if (isManual) {
            text.append("manual %d%05d".formatted(table.manualPrefix(), offset + 1));
        } else {
            text.append(word(table)).append(' ').append(offset);
        }
        if (table.isBits()) {
            return text.append(elements(format)).toString();
        }
        if (format.bitCount() > 0) {
            return format.type() == RegisterType.BOOL
                    ? text.append('.').append(format.firstBit()).toString()
                    : text.append(" bits %d-%d".formatted(format.firstBit(), format.firstBit() + format.bitCount() - 1))
                            .toString();
        }
        text.append(' ').append(format.type().name().toLowerCase(Locale.ROOT));
        if (format.type() == RegisterType.STRING) {
            text.append(' ').append(format.stringLength());
        }
        int bytes = 2 * Math.max(1, format.type().registers());
        if (bytes > 2 || !format.order().equals(WordOrder.BIG_ENDIAN)) {
            text.append(' ').append(format.order().letters(bytes));
        }
        return text.append(elements(format)).toString();
    }

    private static String elements(RegisterFormat format) {
        return format.count() > 1 ? " x" + format.count() : "";
    }

    private static String word(ModbusTable table) {
        return switch (table) {
            case COIL -> "coil";
            case DISCRETE_INPUT -> "discrete";
            case INPUT_REGISTER -> "input";
            case HOLDING_REGISTER -> "holding";
        };
    }
}
