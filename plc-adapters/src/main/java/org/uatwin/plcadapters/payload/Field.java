package org.uatwin.plcadapters.payload;

import java.util.ArrayList;
import java.util.List;

/** Where in a payload a value stands. */
public sealed interface Field {
    /** The address text after the topic, empty for the whole payload. */
    String fragment();

    /** The whole payload is one value, written as text. */
    record Whole() implements Field {
        @Override
        public String fragment() {
            return "";
        }
    }

    /**
     * A value of a JSON document.
     *
     * @param tokens reference tokens of a JSON Pointer, unescaped; none for the whole document.
     */
    record Json(List<String> tokens) implements Field {
        public Json {
            tokens = List.copyOf(tokens);
        }

        @Override
        public String fragment() {
            StringBuilder text = new StringBuilder("#");
            tokens.forEach(
                    token -> text.append('/').append(token.replace("~", "~0").replace("/", "~1")));
            return text.toString();
        }
    }

    /**
     * A column of a line of separated values.
     *
     * @param column counted from 1.
     */
    record Column(int column) implements Field {
        public Column {
            if (column < 1 || column > 10_000) {
                throw new IllegalArgumentException("column must be 1..10000: " + column);
            }
        }

        @Override
        public String fragment() {
            return "#" + column;
        }
    }

    Field WHOLE = new Whole();

    /**
     * A field as written behind a topic's {@code #}: a JSON Pointer (RFC 6901; the empty text is the whole document) or
     * the number of a column.
     *
     * @throws IllegalArgumentException if it is neither; the message says why.
     */
    static Field parse(String text) {
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            if (text.length() > 5) {
                throw new IllegalArgumentException("column must be 1..10000: " + text);
            }
            return new Column(Integer.parseInt(text));
        }
        if (text.isEmpty()) {
            return new Json(List.of());
        }
        if (text.charAt(0) != '/') {
            throw new IllegalArgumentException("\"%s\" is no JSON Pointer and no column".formatted(text));
        }
        List<String> tokens = new ArrayList<>();
        for (String token : text.substring(1).split("/", -1)) {
            if (token.matches("(?s).*~([^01].*|$)")) {
                throw new IllegalArgumentException(
                        "\"%s\": ~ is written ~0 in a JSON Pointer, / within a name ~1".formatted(text));
            }
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return new Json(tokens);
    }
}
