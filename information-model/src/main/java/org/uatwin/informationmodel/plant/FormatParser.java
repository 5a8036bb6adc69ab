package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.plant.AddressParser.Format;
import org.uatwin.informationmodel.plant.AddressParser.FormatDefaults;

/** The part of an address after the offset: bits, type, order, number of elements. Equal formats are one object. */
final class FormatParser {
    /** What people write that is no name of ours, and what they mean by it. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("float", "float32"),
            Map.entry("real", "float32"),
            Map.entry("double", "float64"),
            Map.entry("lreal", "float64"),
            Map.entry("int", "int16"),
            Map.entry("short", "int16"),
            Map.entry("word", "uint16"),
            Map.entry("uint", "uint16"),
            Map.entry("dint", "int32"),
            Map.entry("dword", "uint32"),
            Map.entry("udint", "uint32"),
            Map.entry("long", "int32"),
            Map.entry("lint", "int64"),
            Map.entry("bcd", "bcd16"),
            Map.entry("bit", "bool"),
            Map.entry("boolean", "bool"));

    private final Map<RegisterFormat, RegisterFormat> interned = new HashMap<>();

    /** State of one parse. */
    private static final class Draft {
        RegisterType type = RegisterType.BOOL;
        boolean hasType;
        int stringLength;
        int firstBit;
        int bitCount;
        int count;
        String order = "";
    }

    static List<String> typeNames() {
        List<String> names = new ArrayList<>();
        for (RegisterType type : RegisterType.values()) {
            names.add(type.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** @throws AddressException if {@code rest} is no format for that table. */
    Format parse(String rest, ModbusTable table, int bit, FormatDefaults defaults, String whole) {
        Draft draft = new Draft();
        if (bit >= 0) {
            bits(draft, bit, bit, whole);
        }
        AddressParser.Words words = new AddressParser.Words(rest);
        for (String word = words.next(); !word.isEmpty(); word = words.next()) {
            word(draft, word, words, whole);
        }
        if (!draft.hasType && !defaults.type().isEmpty()) {
            AddressParser.Words typeWords = new AddressParser.Words(defaults.type());
            for (String word = typeWords.next(); !word.isEmpty(); word = typeWords.next()) {
                word(draft, word, typeWords, defaults.type());
            }
        }
        complete(draft, table, whole);
        boolean isCountGiven = draft.count > 0;
        int count = isCountGiven ? draft.count : Math.max(1, defaults.count());
        if (count > 1 && draft.bitCount > 1) {
            throw new AddressException(
                    "\"%s\": an array of bit fields is not possible".formatted(whole),
                    "",
                    "bind the whole registers, or single points.");
        }
        RegisterFormat format = new RegisterFormat(
                draft.type,
                order(draft, defaults, whole),
                count,
                draft.stringLength,
                draft.bitCount == 0 ? -1 : draft.firstBit,
                draft.bitCount,
                defaults.scale(),
                defaults.offset());
        return new Format(interned.computeIfAbsent(format, f -> f), isCountGiven);
    }

    private static void word(Draft draft, String word, AddressParser.Words words, String whole) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals("bit")) {
            int bit = AddressParser.number(words.next(), whole, "the bit");
            bits(draft, bit, bit, whole);
        } else if (lower.equals("bits")) {
            String[] ends = words.next().split("-", -1);
            if (ends.length != 2) {
                throw new AddressException(
                        "\"%s\": bits are written first-last".formatted(whole), "", "write for example bits 0-2.");
            }
            bits(
                    draft,
                    AddressParser.number(ends[0], whole, "the first bit"),
                    AddressParser.number(ends[1], whole, "the last bit"),
                    whole);
        } else if (lower.matches("x\\d+|\\[\\d+]")) {
            draft.count = AddressParser.number(lower.replaceAll("[x\\[\\]]", ""), whole, "the number of elements");
            if (draft.count < 1 || draft.count > 2000) {
                throw new AddressException(
                        "\"%s\": %s elements".formatted(whole, draft.count), "", "write x1 to x2000.");
            }
        } else if (word.matches("[A-H]{2,8}")) {
            draft.order = word;
        } else if (lower.startsWith("string")) {
            string(draft, lower, words, whole);
        } else {
            type(draft, lower, word, whole);
        }
    }

    private static void string(Draft draft, String lower, AddressParser.Words words, String whole) {
        setType(draft, RegisterType.STRING, whole);
        String length =
                lower.equals("string") ? words.next() : lower.substring(6).replaceAll("[()]", "");
        if (length.isEmpty()) {
            throw new AddressException(
                    "\"%s\": a string needs its length".formatted(whole),
                    "Two characters lie in a register.",
                    "write for example string 16.");
        }
        draft.stringLength = AddressParser.number(length, whole, "the length of the string");
        if (draft.stringLength < 1 || draft.stringLength > 246) {
            throw new AddressException(
                    "\"%s\": a string has 1..246 characters, not %d".formatted(whole, draft.stringLength),
                    "One write request carries 123 registers.",
                    "shorten it.");
        }
    }

    private static void type(Draft draft, String lower, String word, String whole) {
        for (RegisterType type : RegisterType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(lower)) {
                setType(draft, type, whole);
                return;
            }
        }
        Optional<String> meant = Optional.ofNullable(SYNONYMS.get(lower)).or(() -> Nearest.of(lower, typeNames()));
        throw new AddressException(
                "\"%s\": \"%s\" is no register type, order or number of elements".formatted(whole, word),
                "Types are %s; orders are letters such as CDAB; elements are x4."
                        .formatted(String.join(", ", typeNames())),
                meant.map("did you mean \"%s\"?"::formatted).orElse("use one of these."));
    }

    private static void setType(Draft draft, RegisterType type, String whole) {
        if (draft.hasType) {
            throw new AddressException("\"%s\" names two types".formatted(whole), "", "keep one of them.");
        }
        draft.type = type;
        draft.hasType = true;
    }

    private static void bits(Draft draft, int first, int last, String whole) {
        if (first > 15 || last > 15 || last < first) {
            throw new AddressException(
                    "\"%s\": bits %d..%d do not lie in a register".formatted(whole, first, last),
                    "Bit 0 is the least significant one, bit 15 the most significant.",
                    "write bits 0..15, rising.");
        }
        draft.firstBit = first;
        draft.bitCount = last - first + 1;
    }

    private static void complete(Draft draft, ModbusTable table, String whole) {
        if (table.isBits()) {
            if (draft.bitCount > 0 || (draft.hasType && draft.type != RegisterType.BOOL)) {
                throw new AddressException(
                        "\"%s\": a %s is one bit, it holds no %s"
                                .formatted(
                                        whole,
                                        AddressParser.label(table),
                                        draft.bitCount > 0
                                                ? "bit field"
                                                : draft.type.name().toLowerCase(Locale.ROOT)),
                        "",
                        "use holding or input, or drop the type.");
            }
            draft.type = RegisterType.BOOL;
            return;
        }
        if (draft.bitCount > 0) {
            boolean fits = !draft.hasType
                    || draft.type == RegisterType.UINT16
                    || (draft.type == RegisterType.BOOL && draft.bitCount == 1);
            if (!fits) {
                throw new AddressException(
                        "\"%s\": bits are cut out of one register, not out of a %s"
                                .formatted(whole, draft.type.name().toLowerCase(Locale.ROOT)),
                        "",
                        "drop the type.");
            }
            draft.type = draft.bitCount == 1 ? RegisterType.BOOL : RegisterType.UINT16;
        } else if (!draft.hasType) {
            draft.type = RegisterType.UINT16;
        } else if (draft.type == RegisterType.BOOL) {
            throw new AddressException(
                    "\"%s\": which bit of the register?".formatted(whole), "", "write for example holding 11.3.");
        }
    }

    private static WordOrder order(Draft draft, FormatDefaults defaults, String whole) {
        int registers = draft.type.registers();
        if (draft.order.isEmpty()) {
            boolean isOneRegister = registers == 1 && draft.bitCount == 0;
            boolean concerns =
                    registers > 1 || (defaults.hasOwnOrder() && (isOneRegister || draft.type == RegisterType.STRING));
            if (!concerns) {
                return WordOrder.BIG_ENDIAN;
            }
            if (registers > 0 && !defaults.order().fits(registers * 2)) {
                throw new AddressException(
                        "\"%s\": the order %s does not fit a value of %d bytes"
                                .formatted(whole, defaults.order(), registers * 2),
                        "",
                        "give this point its own order with %d letters.".formatted(registers * 2));
            }
            return defaults.order();
        }
        int letters = draft.order.length();
        boolean fits = registers > 0 ? letters == registers * 2 : draft.type == RegisterType.STRING && letters == 2;
        if (!fits || draft.bitCount > 0) {
            throw new AddressException(
                    "\"%s\": the order %s does not fit %s"
                            .formatted(whole, draft.order, draft.type.name().toLowerCase(Locale.ROOT)),
                    "",
                    registers > 0
                            ? "write %d letters, for example %s."
                                    .formatted(registers * 2, "ABCDEFGH".substring(0, registers * 2))
                            : draft.type == RegisterType.STRING ? "write AB or BA." : "drop it.");
        }
        return order(draft.order, whole);
    }

    /**
     * The order of letters. The four usual ones apply to values of any size.
     *
     * @throws AddressException if the letters are no permutation.
     */
    static WordOrder order(String letters, String whole) {
        return switch (letters) {
            case "AB", "ABCD", "ABCDEFGH" -> WordOrder.BIG_ENDIAN;
            case "CDAB", "GHEFCDAB" -> WordOrder.of(true, false);
            case "BA", "BADC", "BADCFEHG" -> WordOrder.of(false, true);
            case "DCBA", "HGFEDCBA" -> WordOrder.of(true, true);
            default -> {
                try {
                    yield WordOrder.permutation(letters);
                } catch (IllegalArgumentException e) {
                    throw new AddressException(
                            "\"%s\": %s".formatted(whole, e.getMessage()),
                            "A is the most significant byte; letters stand in the order of the wire.",
                            "write for example CDAB or {words: reversed, bytes: as is}.");
                }
            }
        };
    }
}
