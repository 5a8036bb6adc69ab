package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders, compiled once and evaluated for every instance of a range or table.
 *
 * <p>{@code {expression}} or {@code {expression:03}} (zero-padded to 3 digits). An expression has whole numbers,
 * variables, {@code + - * / %} (division rounds down) and parentheses. A variable alone may be a text (a column of a
 * table, {@code id}). <code>{{</code> stands for one brace; {@code ${...}} is left alone, it names a secret.
 */
final class Template {
    /** The text is no template, or a variable is missing or no number; the message says which. */
    static final class TemplateException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TemplateException(String message) {
            super(message);
        }
    }

    private interface Part {
        void append(StringBuilder out, Scope scope);
    }

    private interface Expression {
        long value(Scope scope);
    }

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    static boolean mayHavePlaceholder(String text) {
        int brace = text.indexOf('{');
        return brace >= 0 && (brace == 0 || text.charAt(brace - 1) != '$' || text.indexOf('{', brace + 1) >= 0);
    }

    String evaluate(Scope scope) {
        StringBuilder out = new StringBuilder(32);
        for (Part part : parts) {
            part.append(out, scope);
        }
        return out.toString();
    }

    static Template compile(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '$' && text.startsWith("${", i)) {
                int end = text.indexOf('}', i);
                int stop = end < 0 ? text.length() : end + 1;
                literal.append(text, i, stop);
                i = stop;
            } else if (c == '{' && text.startsWith("{{", i)) {
                literal.append('{');
                i += 2;
            } else if (c == '}' && text.startsWith("}}", i)) {
                literal.append('}');
                i += 2;
            } else if (c == '{') {
                int end = text.indexOf('}', i);
                if (end < 0) {
                    throw new TemplateException("\"%s\" opens a { that is never closed".formatted(text));
                }
                flush(literal, parts);
                parts.add(placeholder(text.substring(i + 1, end)));
                i = end + 1;
            } else {
                literal.append(c);
                i++;
            }
        }
        flush(literal, parts);
        return new Template(parts);
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (literal.length() > 0) {
            String text = literal.toString();
            literal.setLength(0);
            parts.add((out, scope) -> out.append(text));
        }
    }

    private static Part placeholder(String source) {
        int colon = source.lastIndexOf(':');
        String expressionText = (colon < 0 ? source : source.substring(0, colon)).strip();
        int width = 0;
        if (colon >= 0) {
            String digits = source.substring(colon + 1).strip();
            if (!digits.matches("0?[0-9]{1,2}")) {
                throw new TemplateException(
                        "{%s}: after the colon stands the number of digits, as in {n:03}".formatted(source));
            }
            width = Integer.parseInt(digits);
        }
        if (width == 0 && isName(expressionText)) {
            return (out, scope) -> out.append(scope.text(expressionText));
        }
        Expression expression = new Parser(expressionText).parse();
        int digits = width;
        return (out, scope) -> {
            long value = evaluate(expression, source, scope);
            if (digits == 0 || value < 0) {
                out.append(value);
            } else {
                String number = Long.toString(value);
                out.append("0".repeat(Math.max(0, digits - number.length()))).append(number);
            }
        };
    }

    private static long evaluate(Expression expression, String source, Scope scope) {
        try {
            return expression.value(scope);
        } catch (ArithmeticException e) {
            throw new TemplateException("{%s}: %s".formatted(source, e.getMessage()));
        }
    }

    static boolean isName(String text) {
        if (text.isEmpty() || !isNameStart(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isNamePart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9');
    }

    /** Recursive descent over the text of one expression; at most 100 characters, so depth is bounded. */
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
            if (text.length() > 100) {
                throw new TemplateException("an expression has at most 100 characters: {" + text + "}");
            }
        }

        Expression parse() {
            Expression result = sum();
            if (peek() != 0) {
                throw new TemplateException(
                        "{%s}: \"%s\" is not understood; write whole numbers, variables, + - * / %% and parentheses"
                                .formatted(text, text.substring(at)));
            }
            return result;
        }

        private Expression sum() {
            Expression left = product();
            while (peek() == '+' || peek() == '-') {
                boolean isPlus = text.charAt(at++) == '+';
                Expression a = left;
                Expression b = product();
                left = isPlus
                        ? scope -> Math.addExact(a.value(scope), b.value(scope))
                        : scope -> Math.subtractExact(a.value(scope), b.value(scope));
            }
            return left;
        }

        private Expression product() {
            Expression left = factor();
            while (peek() == '*' || peek() == '/' || peek() == '%') {
                char operator = text.charAt(at++);
                Expression a = left;
                Expression b = factor();
                left = switch (operator) {
                    case '*' -> scope -> Math.multiplyExact(a.value(scope), b.value(scope));
                    case '/' -> scope -> Math.floorDiv(a.value(scope), b.value(scope));
                    default -> scope -> Math.floorMod(a.value(scope), b.value(scope));
                };
            }
            return left;
        }

        private Expression factor() {
            char c = peek();
            if (c == '(') {
                at++;
                Expression inner = sum();
                if (peek() != ')') {
                    throw new TemplateException("{%s}: a closing parenthesis is missing".formatted(text));
                }
                at++;
                return inner;
            }
            if (c == '-') {
                at++;
                Expression inner = factor();
                return scope -> Math.negateExact(inner.value(scope));
            }
            int start = at;
            while (at < text.length() && isNamePart(text.charAt(at))) {
                at++;
            }
            String word = text.substring(start, at);
            if (isName(word)) {
                return scope -> scope.number(word);
            }
            if (word.matches("[0-9]{1,15}")) {
                long number = Long.parseLong(word);
                return scope -> number;
            }
            throw new TemplateException("{%s}: a number or variable is missing%s"
                    .formatted(text, at < text.length() ? " before \"" + text.substring(at) + "\"" : " at the end"));
        }

        private char peek() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }
    }

    /** The variables of one instance: numbers of a range, columns of a table row. */
    static final class Scope {
        static final Scope NONE = new Scope(List.of(), new Object[0], null);

        private final List<String> names;
        private final Object[] values; // Long or String, by name
        private final Findings.@Nullable Spot row;

        /**
         * @param values Long or String per name; taken over.
         * @param row where the values come from, if from a table: findings point there.
         */
        Scope(List<String> names, Object[] values, Findings.@Nullable Spot row) {
            this.names = names;
            this.values = values;
            this.row = row;
        }

        Findings.@Nullable Spot row() {
            return row;
        }

        boolean isEmpty() {
            return names.isEmpty();
        }

        /** The variables of an inner range; those of this scope stay visible unless named again. */
        Scope inner(List<String> innerNames, Object[] innerValues) {
            if (names.isEmpty()) {
                return new Scope(innerNames, innerValues, row);
            }
            List<String> allNames = new ArrayList<>(innerNames);
            allNames.addAll(names);
            Object[] allValues = Arrays.copyOf(innerValues, innerValues.length + values.length);
            System.arraycopy(values, 0, allValues, innerValues.length, values.length);
            return new Scope(List.copyOf(allNames), allValues, row);
        }

        private Object value(String name) {
            for (int i = 0; i < values.length; i++) {
                if (names.get(i).equals(name)) {
                    return values[i];
                }
            }
            throw new TemplateException("{%s}: there is no variable %s here; known are %s"
                    .formatted(name, name, names.isEmpty() ? "none" : String.join(", ", names)));
        }

        String text(String name) {
            return value(name).toString();
        }

        long number(String name) {
            Object value = value(name);
            if (value instanceof Long number) {
                return number;
            }
            try {
                return Long.parseLong(value.toString().strip());
            } catch (NumberFormatException e) {
                throw new TemplateException("{%s}: \"%s\" is no whole number to calculate with".formatted(name, value));
            }
        }
    }
}
