package org.uatwin.plcadapters.s7;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Elementary data types of S7 that points can have; numbers are big-endian (Siemens, STEP 7 Programming, data types). */
enum S7Type {
    BOOL(0, Kind.BIT),
    BYTE(1, Kind.UNSIGNED),
    CHAR(1, Kind.TEXT),
    WORD(2, Kind.UNSIGNED),
    DWORD(4, Kind.UNSIGNED),
    LWORD(8, Kind.UNSIGNED),
    SINT(1, Kind.SIGNED),
    USINT(1, Kind.UNSIGNED),
    INT(2, Kind.SIGNED),
    UINT(2, Kind.UNSIGNED),
    DINT(4, Kind.SIGNED),
    UDINT(4, Kind.UNSIGNED),
    LINT(8, Kind.SIGNED),
    ULINT(8, Kind.UNSIGNED),
    /** Milliseconds. */
    TIME(4, Kind.SIGNED),
    REAL(4, Kind.FLOATING),
    LREAL(8, Kind.FLOATING),
    /** One byte a character, after a byte each for the greatest and the present length. */
    STRING(0, Kind.TEXT),
    /** Two bytes a character, after two bytes each for the greatest and the present length. */
    WSTRING(0, Kind.TEXT);

    /** What a type holds. */
    enum Kind {
        BIT,
        SIGNED,
        UNSIGNED,
        FLOATING,
        TEXT
    }

    private final int bytes;
    private final Kind kind;

    S7Type(int bytes, Kind kind) {
        this.bytes = bytes;
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /**
     * Bytes of one element.
     *
     * @param length characters of a STRING or WSTRING.
     */
    int bytes(int length) {
        return switch (this) {
            case STRING -> 2 + length;
            case WSTRING -> 4 + 2 * length;
            default -> bytes;
        };
    }

    static Optional<S7Type> named(String name) {
        return Arrays.stream(values())
                .filter(t -> t.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
