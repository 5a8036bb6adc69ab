package org.uatwin.informationmodel.plant;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads addresses such as {@code holding 100 float32 CDAB x4}, {@code coil 3}, {@code input 40 string 16}, {@code
 * holding 11.3}, {@code holding 10 bits 0-2}, {@code manual 40001 uint16}. The grammar is on the reference page of the
 * plant file. Equal formats come out as one object.
 */
final class AddressParser {
    private static final Map<String, ModbusTable> TABLES = Map.of(
            "coil", ModbusTable.COIL,
            "coils", ModbusTable.COIL,
            "discrete", ModbusTable.DISCRETE_INPUT,
            "input", ModbusTable.INPUT_REGISTER,
            "holding", ModbusTable.HOLDING_REGISTER);

    private final FormatParser formats = new FormatParser();
    private final Map<FormatKey, Format> cache = new HashMap<>();

    private record FormatKey(String text, ModbusTable table, int bit, FormatDefaults defaults) {}

    /**
     * What an address leaves open.
     *
     * @param order order of numbers of 2 and 4 registers.
     * @param isManual whether bare numbers are manual addresses.
     * @param type register type given beside the address; empty text if none.
     * @param count elements if the address says none: the point's.
     */
    record FormatDefaults(
            WordOrder order,
            boolean hasOwnOrder,
            boolean isManual,
            String type,
            int count,
            double scale,
            double offset) {}

    /**
     * A format read from an address.
     *
     * @param isCountGiven whether the address itself says how many elements.
     */
    record Format(RegisterFormat format, boolean isCountGiven) {}

    /** @param isManual whether it was written as a manual address. */
    record Address(ModbusTable table, int offset, Format format, boolean isManual) {}

    /** @throws AddressException if it is none. */
    Address parse(String text, FormatDefaults defaults) {
        Words words = new Words(text);
        String word = words.next().toLowerCase(Locale.ROOT);
        boolean isManual = defaults.isManual();
        if (word.equals("manual")) {
            isManual = true;
            word = words.next();
        }
        ModbusTable table = null;
        if (!word.isEmpty() && !isDigit(word.charAt(0))) {
            table = table(word, text);
            word = words.next();
            if ((table == ModbusTable.DISCRETE_INPUT && word.equals("input"))
                    || (!table.isBits() && word.equals("register"))) {
                word = words.next();
            }
        }
        if (word.isEmpty()) {
            throw new AddressException(
                    "\"%s\": the offset is missing".formatted(text),
                    "",
                    "write table and offset, for example holding 100 float32.");
        }
        int bit = -1;
        int dot = word.indexOf('.');
        if (dot >= 0) {
            bit = number(word.substring(dot + 1), text, "the bit after the dot");
            word = word.substring(0, dot);
        }
        int written = number(word, text, "the offset");
        int offset;
        if (isManual) {
            ModbusTable implied = manualTable(word, written, text);
            if (table != null && table != implied) {
                throw new AddressException(
                        "\"%s\": the manual address %s is a %s, not a %s"
                                .formatted(text, word, label(implied), label(table)),
                        "",
                        "drop the table, the address names it.");
            }
            table = implied;
            offset = manualOffset(word, written);
        } else {
            if (table == null) {
                throw new AddressException(
                        "\"%s\" names no table".formatted(text),
                        "A number alone is a manual address, and this connection counts from zero.",
                        "write coil, discrete, input or holding before it, or manual %s.".formatted(word));
            }
            offset = written;
        }
        FormatKey key = new FormatKey(words.rest(), table, bit, defaults);
        Format format = cache.get(key);
        if (format == null) {
            format = formats.parse(key.text(), table, bit, defaults, text);
            cache.put(key, format);
        }
        return new Address(table, offset, format, isManual);
    }

    /** Refuses a run that leaves the table, saying the last possible offset. */
    static void checkEnd(ModbusTable table, int offset, RegisterFormat format, boolean isManual) {
        int quantity = format.quantity(table);
        int last = 65_536 - quantity;
        if (offset > last || offset < 0) {
            String type = format.type().name();
            throw new AddressException(
                    "%s at %s %d %s"
                            .formatted(
                                    format.count() > 1 ? type + " x" + format.count() : type,
                                    label(table),
                                    offset,
                                    offset > 65_535 || offset < 0 ? "is outside 0..65535" : "runs past 65535"),
                    "It takes %d %s, so the last possible offset is %d (%d%05d in manual notation)."
                            .formatted(
                                    quantity,
                                    table.isBits()
                                            ? quantity == 1 ? "bit" : "bits"
                                            : quantity == 1 ? "register" : "registers",
                                    last,
                                    table.manualPrefix(),
                                    last + 1),
                    isManual
                            ? "check the address in the device manual."
                            : "check the address in the device manual; offsets in this file are zero-based.");
        }
    }

    static String label(ModbusTable table) {
        return table.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static ModbusTable table(String word, String text) {
        ModbusTable table = TABLES.get(word.toLowerCase(Locale.ROOT));
        if (table == null) {
            throw new AddressException(
                    "\"%s\": \"%s\" is no Modbus table".formatted(text, word),
                    "",
                    Nearest.of(word, TABLES.keySet())
                            .map("did you mean \"%s\"?"::formatted)
                            .orElse("write coil, discrete, input or holding, then the offset."));
        }
        return table;
    }

    private static ModbusTable manualTable(String digits, int value, String text) {
        if (digits.length() == 5 || digits.length() == 6) {
            char prefix = digits.charAt(0);
            for (ModbusTable table : ModbusTable.values()) {
                if (prefix == '0' + table.manualPrefix() && manualOffset(digits, value) >= 0) {
                    return table;
                }
            }
        }
        throw new AddressException(
                "\"%s\": %s is no manual address".formatted(text, digits),
                "They have 5 or 6 digits, begin with 0 (coil), 1 (discrete input), 3 (input register) or 4 (holding"
                        + " register) and count from 1: 40001 and 400001 are the first holding register.",
                "write it as in the device manual, or with table and zero-based offset.");
    }

    private static int manualOffset(String digits, int value) {
        return value % (digits.length() == 5 ? 10_000 : 100_000) - 1;
    }

    static int number(String digits, String text, String what) {
        boolean isNumber = !digits.isEmpty() && digits.length() <= 9;
        int value = 0;
        for (int i = 0; i < digits.length() && isNumber; i++) {
            isNumber = isDigit(digits.charAt(i));
            value = value * 10 + digits.charAt(i) - '0';
        }
        if (!isNumber) {
            throw new AddressException(
                    "\"%s\": %s must be a whole number, not \"%s\"".formatted(text, what, digits),
                    "",
                    "write table, offset and type, for example holding 100 float32.");
        }
        return value;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The words of a text, one after the other; the rest is kept as it stands. */
    static final class Words {
        private final String text;
        private int at;

        Words(String text) {
            this.text = text;
            skip();
        }

        private void skip() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        /** The next word; empty at the end. */
        String next() {
            int start = at;
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            String word = text.substring(start, at);
            skip();
            return word;
        }

        String rest() {
            return text.substring(at);
        }
    }
}
