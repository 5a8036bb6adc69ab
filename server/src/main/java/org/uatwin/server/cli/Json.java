package org.uatwin.server.cli;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) of maps, iterables, arrays, records, numbers, booleans and texts; anything else as its text.
 * Numbers that JSON has not, NaN and the infinities, become texts. Order is kept, so output is stable.
 */
public final class Json {
    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /** Indented by two blanks, for a document of its own. */
    public static String pretty(@Nullable Object value) {
        Json json = new Json();
        json.write(value, "\n");
        return json.text.toString();
    }

    /** On one line, for a stream of documents. */
    public static String line(@Nullable Object value) {
        Json json = new Json();
        json.write(value, "");
        return json.text.toString();
    }

    private void write(@Nullable Object value, String newline) {
        if (value == null) {
            text.append("null");
        } else if (value instanceof Optional<?> optional) {
            write(optional.orElse(null), newline);
        } else if (value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                text.append(value);
            } else {
                quote(value.toString());
            }
        } else if (value instanceof Number) {
            text.append(value);
        } else if (value instanceof Map<?, ?> map) {
            object(map, newline);
        } else if (value instanceof Record record) {
            object(components(record), newline);
        } else if (value instanceof Iterable<?> items) {
            array(items, newline);
        } else if (value.getClass().isArray()) {
            array(elements(value), newline);
        } else {
            quote(value.toString());
        }
    }

    private void object(Map<?, ?> map, String newline) {
        String inner = newline.isEmpty() ? "" : newline + "  ";
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator).append(inner);
            quote(String.valueOf(entry.getKey()));
            text.append(newline.isEmpty() ? ":" : ": ");
            write(entry.getValue(), inner);
            separator = ",";
        }
        text.append(map.isEmpty() ? "" : newline).append('}');
    }

    private void array(Iterable<?> items, String newline) {
        String inner = newline.isEmpty() ? "" : newline + "  ";
        text.append('[');
        String separator = "";
        for (Object item : items) {
            text.append(separator).append(inner);
            write(item, inner);
            separator = ",";
        }
        text.append(separator.isEmpty() ? "" : newline).append(']');
    }

    private static Map<String, @Nullable Object> components(Record record) {
        Map<String, @Nullable Object> map = new java.util.LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true); // a command's records are its own
                map.put(component.getName(), accessor.invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
        return map;
    }

    private static Iterable<@Nullable Object> elements(Object array) {
        java.util.List<@Nullable Object> items = new java.util.ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            items.add(Array.get(array, i));
        }
        return items;
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7F) {
                        text.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
