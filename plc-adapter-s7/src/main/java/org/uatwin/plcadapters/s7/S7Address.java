package org.uatwin.plcadapters.s7;

import java.util.OptionalInt;
import org.uatwin.informationmodel.plant.PointAddress;

/**
 * Where a point lies in a CPU.
 *
 * @param db number of the data block, 0 for other areas.
 * @param offset first byte.
 * @param bit 0..7 for BOOL, else 0.
 * @param length characters of a STRING or WSTRING, else 0.
 * @param count elements, 1 for a scalar.
 */
record S7Address(S7Area area, int db, int offset, int bit, S7Type type, int length, int count) implements PointAddress {
    /** Bytes it takes, from {@code offset} on. */
    int bytes() {
        return type == S7Type.BOOL ? (bit + count + 7) / 8 : count * type.bytes(length);
    }

    S7Block block() {
        return new S7Block(area, db, offset, bytes());
    }

    @Override
    public OptionalInt longestText() {
        return length == 0 ? OptionalInt.empty() : OptionalInt.of(length);
    }

    @Override
    public String label() {
        String place = area == S7Area.DB ? "DB%d.DB".formatted(db) : area.letter();
        String size = type == S7Type.BOOL
                ? (area == S7Area.DB ? "X" : "") + offset + "." + bit
                : (switch (type.bytes(length)) {
                            case 2 -> "W";
                            case 4 -> "D";
                            default -> "B";
                        })
                        + offset;
        String text = type.name() + (length > 0 ? "(%d)".formatted(length) : "");
        return "%s%s:%s%s".formatted(place, size, text, count > 1 ? "[%d]".formatted(count) : "");
    }
}
