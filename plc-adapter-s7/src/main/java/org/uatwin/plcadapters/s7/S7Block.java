package org.uatwin.plcadapters.s7;

/** Bytes that lie side by side and are read as one item. */
record S7Block(S7Area area, int db, int offset, int length) {
    S7Block {
        if (length < 1 || offset < 0) {
            throw new IllegalArgumentException("bytes %d+%d".formatted(offset, length));
        }
    }

    int end() {
        return offset + length;
    }

    boolean isBeside(S7Block other) {
        return area == other.area && db == other.db;
    }

    @Override
    public String toString() {
        return "%s%s %d..%d".formatted(area.letter(), area == S7Area.DB ? Integer.toString(db) : "", offset, end() - 1);
    }
}
