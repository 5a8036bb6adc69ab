package org.uatwin.simulation.expression;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.expression.Expression.Node;

/** Recursive descent over one formula. */
final class Parser {
    private static final int MOST_CHARACTERS = 10_000;
    private static final int MOST_DEPTH = 200;

    private final String text;
    private final List<String> names;
    private int at;
    private int depth;

    Parser(String text, List<String> names) {
        this.text = text;
        this.names = names;
    }

    Node parse() throws ExpressionException {
        if (text.length() > MOST_CHARACTERS) {
            throw new ExpressionException("a formula of %d characters".formatted(text.length()), "split it.");
        }
        Node node = choice();
        skip();
        if (at < text.length()) {
            throw problem("\"%s\" is not expected here".formatted(rest()), "check operators and brackets.");
        }
        return node;
    }

    private Node choice() throws ExpressionException {
        if (++depth > MOST_DEPTH) {
            throw problem("nested too deep", "split the formula.");
        }
        Node condition = or();
        if (take("?")) {
            Node yes = choice();
            expect(":");
            Node no = choice();
            depth--;
            return v -> condition.value(v) != 0 ? yes.value(v) : no.value(v);
        }
        depth--;
        return condition;
    }

    private Node or() throws ExpressionException {
        Node left = and();
        while (take("||")) {
            Node a = left;
            Node b = and();
            left = v -> a.value(v) != 0 || b.value(v) != 0 ? 1 : 0;
        }
        return left;
    }

    private Node and() throws ExpressionException {
        Node left = comparison();
        while (take("&&")) {
            Node a = left;
            Node b = comparison();
            left = v -> a.value(v) != 0 && b.value(v) != 0 ? 1 : 0;
        }
        return left;
    }

    private Node comparison() throws ExpressionException {
        Node a = sum();
        if (take("<=")) {
            Node b = sum();
            return v -> a.value(v) <= b.value(v) ? 1 : 0;
        }
        if (take(">=")) {
            Node b = sum();
            return v -> a.value(v) >= b.value(v) ? 1 : 0;
        }
        if (take("==")) {
            Node b = sum();
            return v -> a.value(v) == b.value(v) ? 1 : 0;
        }
        if (take("!=")) {
            Node b = sum();
            return v -> a.value(v) != b.value(v) ? 1 : 0;
        }
        if (take("<")) {
            Node b = sum();
            return v -> a.value(v) < b.value(v) ? 1 : 0;
        }
        if (take(">")) {
            Node b = sum();
            return v -> a.value(v) > b.value(v) ? 1 : 0;
        }
        return a;
    }

    private Node sum() throws ExpressionException {
        Node left = product();
        while (true) {
            Node a = left;
            if (take("+")) {
                Node b = product();
                left = v -> a.value(v) + b.value(v);
            } else if (take("-")) {
                Node b = product();
                left = v -> a.value(v) - b.value(v);
            } else {
                return left;
            }
        }
    }

    private Node product() throws ExpressionException {
        Node left = unary();
        while (true) {
            Node a = left;
            if (take("*")) {
                Node b = unary();
                left = v -> a.value(v) * b.value(v);
            } else if (take("/")) {
                Node b = unary();
                left = v -> a.value(v) / b.value(v);
            } else if (take("%")) {
                Node b = unary();
                left = v -> a.value(v) - b.value(v) * Math.floor(a.value(v) / b.value(v));
            } else {
                return left;
            }
        }
    }

    private Node unary() throws ExpressionException {
        if (++depth > MOST_DEPTH) {
            throw problem("nested too deep", "split the formula.");
        }
        Node node;
        if (take("-")) {
            Node a = unary();
            node = v -> -a.value(v);
        } else if (take("+")) {
            node = unary();
        } else if (!text.startsWith("!=", at) && take("!")) {
            Node a = unary();
            node = v -> a.value(v) == 0 ? 1 : 0;
        } else {
            node = power();
        }
        depth--;
        return node;
    }

    private Node power() throws ExpressionException {
        Node a = atom();
        if (take("^")) {
            Node b = unary();
            return v -> Functions.power(a.value(v), b.value(v));
        }
        return a;
    }

    private Node atom() throws ExpressionException {
        skip();
        if (at >= text.length()) {
            throw problem("the formula ends too early", "complete it.");
        }
        if (take("(")) {
            Node inner = choice();
            expect(")");
            return inner;
        }
        char c = text.charAt(at);
        if (Character.isDigit(c) || c == '.') {
            return number();
        }
        if (Character.isLetter(c) || c == '_') {
            return name();
        }
        throw problem("\"%s\" is not expected here".formatted(rest()), "write a number, a name or a bracket.");
    }

    private Node number() throws ExpressionException {
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = at + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
                exponent++;
            }
            if (exponent < text.length() && Character.isDigit(text.charAt(exponent))) {
                at = exponent;
                while (at < text.length() && Character.isDigit(text.charAt(at))) {
                    at++;
                }
            }
        }
        try {
            double value = Double.parseDouble(text.substring(start, at));
            return v -> value;
        } catch (NumberFormatException e) {
            throw problem("\"%s\" is no number".formatted(text.substring(start, at)), "write it as 12.5 or 1.25e1.");
        }
    }

    private Node name() throws ExpressionException {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '.')) {
            at++;
        }
        String name = text.substring(start, at);
        int index = names.indexOf(name);
        if (index >= 0) {
            return v -> v[index];
        }
        skip();
        if (at < text.length() && text.charAt(at) == '(') {
            return call(name, start);
        }
        if (name.equals("pi")) {
            return v -> Math.PI;
        }
        if (name.equals("e")) {
            return v -> Math.E;
        }
        at = start;
        throw problem(
                "\"%s\" is not known here%s".formatted(name, NearestName.hint(name, names)),
                "use one of the names, or declare it.");
    }

    private Node call(String name, int start) throws ExpressionException {
        expect("(");
        List<Node> arguments = new ArrayList<>();
        if (!take(")")) {
            do {
                arguments.add(choice());
            } while (take(","));
            expect(")");
        }
        Node call = Functions.call(name, arguments);
        if (call == null) {
            at = start;
            throw problem(
                    "there is no function %s with %d arguments".formatted(name, arguments.size()),
                    "functions: " + Expression.FUNCTIONS + ".");
        }
        return call;
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean take(String token) {
        skip();
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    private void expect(String token) throws ExpressionException {
        if (!take(token)) {
            throw problem("\"%s\" is missing".formatted(token), "add it.");
        }
    }

    private String rest() {
        return text.substring(at, Math.min(text.length(), at + 20));
    }

    private ExpressionException problem(String cause, String fix) {
        return new ExpressionException("formula \"%s\", character %d: %s".formatted(text, at + 1, cause), fix);
    }
}
