package org.uatwin.plcadapters.s7;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.AddressException;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.ValueType;

/** Reads addresses as STEP 7 and TIA Portal write them, with the type behind a colon. */
final class S7AddressParser {
    private static final Pattern FORM = Pattern.compile(
            "%?(?:DB(?<db>\\d{1,5})\\.DB(?<dbsize>[XBWD])|(?<area>[MIQEA])(?<size>[XBWD]?))(?<offset>\\d{1,5})(?:\\.(?<bit>\\d))?"
                    + "(?::(?<type>[A-Z]+)(?:\\((?<length>\\d{1,5})\\))?(?:\\[(?<count>\\d{1,5})])?)?",
            Pattern.CASE_INSENSITIVE);
    private static final int MAX_OFFSET = 65_535;
    private static final int MAX_STRING = 254;
    private static final int MAX_WSTRING = 16_382;
    private static final String EXAMPLES =
            "write for example DB1.DBD4:REAL, DB10.DBW2:INT, DB1.DBX0.1, M0.1, DB2.DBB0:STRING(20), DB1.DBW0:INT[4].";

    private S7AddressParser() {}

    /** @throws AddressException if the text is no address, or the point cannot take what lies there. */
    static S7Address parse(String text, Member.Point point) {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) {
            throw new AddressException("\"%s\" is no S7 address".formatted(text), "", EXAMPLES);
        }
        S7Area area = m.group("db") != null ? S7Area.DB : S7Area.of(m.group("area"));
        int db = m.group("db") == null ? 0 : number(m.group("db"));
        int offset = number(m.group("offset"));
        String size = Optional.ofNullable(m.group("dbsize"))
                .orElse(Optional.ofNullable(m.group("size")).orElse(""))
                .toUpperCase(Locale.ROOT);
        boolean isBit = m.group("bit") != null;
        S7Type type = type(text, m.group("type"), size, isBit, point);
        checkSize(text, type, size, isBit);
        int length = length(text, type, m.group("length"));
        int count = m.group("count") == null ? Math.max(1, point.arrayLength()) : number(m.group("count"));
        int bit = isBit ? number(m.group("bit")) : 0;
        if (bit > 7) {
            throw new AddressException("\"%s\": bit %d".formatted(text, bit), "A byte has the bits 0..7.", EXAMPLES);
        }
        if (area == S7Area.DB && db == 0) {
            throw new AddressException(
                    "\"%s\": there is no DB0".formatted(text), "Data blocks are 1..65535.", EXAMPLES);
        }
        if (db > MAX_OFFSET || count < 1) {
            throw new AddressException("\"%s\" is no S7 address".formatted(text), "", EXAMPLES);
        }
        S7Address address = new S7Address(area, db, offset, bit, type, length, count);
        if (offset > MAX_OFFSET || offset + address.bytes() - 1 > MAX_OFFSET) {
            throw new AddressException(
                    "\"%s\" runs past byte 65535".formatted(text), "No area is larger.", "check offset and length.");
        }
        checkPoint(text, address, point);
        return address;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static S7Type type(String text, @Nullable String named, String size, boolean isBit, Member.Point point) {
        if (named != null) {
            return S7Type.named(named)
                    .orElseThrow(() -> new AddressException(
                            "\"%s\": %s is no data type".formatted(text, named),
                            "Known are %s."
                                    .formatted(String.join(
                                            ", ",
                                            java.util.Arrays.stream(S7Type.values())
                                                    .map(Enum::name)
                                                    .toList())),
                            EXAMPLES));
        }
        ValueType wanted = point.dataType();
        if (isBit || size.equals("X")) {
            return S7Type.BOOL;
        }
        boolean isUnsigned = wanted.isUnsigned();
        S7Type guess =
                switch (size) {
                    case "B" -> wanted.isInteger() ? (isUnsigned ? S7Type.BYTE : S7Type.SINT) : null;
                    case "W" -> wanted.isInteger() ? (isUnsigned ? S7Type.WORD : S7Type.INT) : null;
                    case "D" ->
                        wanted.isFloating()
                                ? S7Type.REAL
                                : wanted.isInteger() ? (isUnsigned ? S7Type.DWORD : S7Type.DINT) : null;
                    default -> null;
                };
        if (guess == null) {
            throw new AddressException("\"%s\" does not say which type lies there".formatted(text), "", EXAMPLES);
        }
        return guess;
    }

    private static void checkSize(String text, S7Type type, String size, boolean isBit) {
        boolean needsBit = type == S7Type.BOOL;
        if (needsBit != isBit
                || (needsBit && !size.isEmpty() && !size.equals("X"))
                || (!needsBit && size.equals("X"))) {
            throw new AddressException(
                    needsBit
                            ? "\"%s\": a BOOL needs a bit".formatted(text)
                            : "\"%s\": a %s has no bit".formatted(text, type),
                    "",
                    needsBit ? "write for example DB1.DBX0.1 or M0.1." : "remove the bit, or write BOOL.");
        }
        int bytes = type == S7Type.STRING || type == S7Type.WSTRING ? 1 : type.bytes(0);
        String wanted =
                bytes == 2 ? "W" : bytes == 4 ? "D" : "B"; // what is neither two nor four bytes long is written B
        if (!needsBit && !size.isEmpty() && !size.equals(wanted)) {
            throw new AddressException(
                    "\"%s\": a %s is no %s".formatted(text, type, size),
                    "W is two bytes, D four, B everything else.",
                    "check the address; if the type is right, write %s for %s.".formatted(wanted, size));
        }
    }

    private static int length(String text, S7Type type, @Nullable String digits) {
        boolean isString = type == S7Type.STRING || type == S7Type.WSTRING;
        if (!isString) {
            if (digits != null) {
                throw new AddressException("\"%s\": a %s has no length".formatted(text, type), "", EXAMPLES);
            }
            return 0;
        }
        int greatest = type == S7Type.STRING ? MAX_STRING : MAX_WSTRING;
        int length = digits == null ? MAX_STRING : number(digits);
        if (length < 1 || length > greatest) {
            throw new AddressException(
                    "\"%s\": a length of %d".formatted(text, length),
                    "A %s has 1..%d characters.".formatted(type, greatest),
                    "write the length as declared in the block.");
        }
        return length;
    }

    private static void checkPoint(String text, S7Address address, Member.Point point) {
        ValueType wanted = point.dataType();
        S7Type type = address.type();
        boolean fits =
                switch (type.kind()) {
                    case BIT -> wanted == ValueType.BOOLEAN;
                    case TEXT -> wanted == ValueType.STRING;
                    case FLOATING -> wanted == ValueType.DOUBLE || (wanted == ValueType.FLOAT && type == S7Type.REAL);
                    case SIGNED, UNSIGNED -> wanted.isFloating() || holds(wanted, type);
                };
        if (!fits) {
            throw new AddressException(
                    "%s is a %s and cannot take every %s of \"%s\""
                            .formatted(point.name(), wanted.uaName(), type, text),
                    "",
                    "another type for the point or behind the colon.");
        }
        if (address.count() != Math.max(1, point.arrayLength())) {
            throw new AddressException(
                    "\"%s\" has %d elements, %s has %d"
                            .formatted(text, address.count(), point.name(), Math.max(1, point.arrayLength())),
                    "",
                    "the same number for both.");
        }
        if (point.isWritable() && address.area() == S7Area.INPUT) {
            throw new AddressException(
                    "%s is written, but \"%s\" is an input".formatted(point.name(), text),
                    "The CPU overwrites its inputs in every cycle.",
                    "write to a data block or marker that the program reads.");
        }
    }

    private static boolean holds(ValueType wanted, S7Type type) {
        if (!wanted.isInteger()) {
            return false;
        }
        int bits = 8 * type.bytes(0);
        return type.kind() == S7Type.Kind.SIGNED
                ? !wanted.isUnsigned() && wanted.width() >= bits
                : wanted.width() > bits || (wanted.isUnsigned() && wanted.width() == bits);
    }
}
