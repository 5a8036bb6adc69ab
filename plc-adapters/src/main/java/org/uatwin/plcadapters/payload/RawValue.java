package org.uatwin.plcadapters.payload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value as a payload holds it. Reused by its owner thread. */
public final class RawValue {
    /** What it is. */
    public enum Kind {
        /** The message does not hold the field. */
        MISSING,
        /** The sender says that there is no value. */
        NULL,
        NUMBER,
        BOOLEAN,
        TEXT,
        LIST,
        /** There is something, but no value: an object, or a list of objects. */
        OTHER
    }

    public Kind kind = Kind.MISSING;
    /** Of a NUMBER. */
    public double number;
    /** Of a NUMBER with {@link #isWhole}: exact where {@code number} rounds; UInt64 above 2^63 as its raw bits. */
    public long whole;

    public boolean isWhole;
    /** Of a BOOLEAN. */
    public boolean truth;
    /** Of a TEXT or a NUMBER, as it was written; null for a NUMBER that never was text. */
    public @Nullable String text;
    /** Of a LIST. */
    public List<RawValue> items = List.of();

    /** Makes it MISSING again. */
    public void clear() {
        kind = Kind.MISSING;
        text = null;
        items = List.of();
    }

    public void setNull() {
        clear();
        kind = Kind.NULL;
    }

    public void setOther() {
        clear();
        kind = Kind.OTHER;
    }

    public void setBoolean(boolean value) {
        clear();
        kind = Kind.BOOLEAN;
        truth = value;
    }

    /** @param written the number as text; null if it never was. */
    public void setNumber(double value, @Nullable String written) {
        clear();
        kind = Kind.NUMBER;
        number = value;
        isWhole = false;
        text = written;
    }

    public void setWhole(long value, double asDouble, @Nullable String written) {
        setNumber(asDouble, written);
        whole = value;
        isWhole = true;
    }

    public void setText(String value) {
        clear();
        kind = Kind.TEXT;
        text = value;
    }

    public void setList(List<RawValue> values) {
        clear();
        kind = Kind.LIST;
        items = values;
    }

    /** What a text is: a number if it reads as one, else itself. Surrounding blanks do not count. */
    public void setFromText(String raw) {
        String trimmed = raw.strip();
        if (!trimmed.isEmpty() && mayBeginNumber(trimmed.charAt(0)) && trimmed.length() <= 40) {
            if (isWholeText(trimmed)) {
                long value = Long.parseLong(trimmed);
                setWhole(value, (double) value, trimmed);
                return;
            }
            try {
                double value = Double.parseDouble(trimmed);
                if (!trimmed.matches(".*[dDfFxX]")) { // Java's own suffixes are no numbers elsewhere
                    setNumber(value, trimmed);
                    return;
                }
            } catch (NumberFormatException e) {
                // no number, so it is the text it is
            }
        }
        setText(trimmed);
    }

    private static boolean mayBeginNumber(char c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'N' || c == 'I';
    }

    private static boolean isWholeText(String text) {
        int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        if (text.length() == start || text.length() - start > 18) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case MISSING -> "nothing";
            case NULL -> "null";
            case NUMBER -> text != null ? text : isWhole ? Long.toString(whole) : Double.toString(number);
            case BOOLEAN -> Boolean.toString(truth);
            case TEXT -> "\"" + text + "\"";
            case LIST -> items.toString();
            case OTHER -> "an object";
        };
    }
}
