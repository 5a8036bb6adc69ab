package org.uatwin.informationmodel.expression;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlInfo;
import org.apache.commons.jexl3.parser.ASTAddNode;
import org.apache.commons.jexl3.parser.ASTAndNode;
import org.apache.commons.jexl3.parser.ASTArguments;
import org.apache.commons.jexl3.parser.ASTDivNode;
import org.apache.commons.jexl3.parser.ASTEQNode;
import org.apache.commons.jexl3.parser.ASTFalseNode;
import org.apache.commons.jexl3.parser.ASTFunctionNode;
import org.apache.commons.jexl3.parser.ASTGENode;
import org.apache.commons.jexl3.parser.ASTGTNode;
import org.apache.commons.jexl3.parser.ASTIdentifier;
import org.apache.commons.jexl3.parser.ASTJexlScript;
import org.apache.commons.jexl3.parser.ASTLENode;
import org.apache.commons.jexl3.parser.ASTLTNode;
import org.apache.commons.jexl3.parser.ASTModNode;
import org.apache.commons.jexl3.parser.ASTMulNode;
import org.apache.commons.jexl3.parser.ASTNENode;
import org.apache.commons.jexl3.parser.ASTNotNode;
import org.apache.commons.jexl3.parser.ASTNumberLiteral;
import org.apache.commons.jexl3.parser.ASTOrNode;
import org.apache.commons.jexl3.parser.ASTReferenceExpression;
import org.apache.commons.jexl3.parser.ASTStringLiteral;
import org.apache.commons.jexl3.parser.ASTSubNode;
import org.apache.commons.jexl3.parser.ASTTernaryNode;
import org.apache.commons.jexl3.parser.ASTTrueNode;
import org.apache.commons.jexl3.parser.ASTUnaryMinusNode;
import org.apache.commons.jexl3.parser.ASTUnaryPlusNode;
import org.apache.commons.jexl3.parser.JexlNode;
import org.apache.commons.jexl3.parser.Parser;
import org.uatwin.informationmodel.type.MemberName;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;

/** Reads one formula: JEXL's grammar, and of its tree only what {@link #OPERATORS} and the functions name. */
final class FormulaParser {
    /** Deepest nesting of parentheses; JEXL's parser is recursive. */
    private static final int MAX_NESTING = 25;

    private static final int MAX_DEPTH = 60;
    private static final long LONGEST_WINDOW_SECONDS = 31 * 86_400L;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?) ?(ms|s|min|h|d)");

    private static final JexlFeatures FEATURES = new JexlFeatures()
            .script(false)
            .loops(false)
            .lambda(false)
            .newInstance(false)
            .sideEffect(false)
            .sideEffectGlobal(false)
            .methodCall(false)
            .localVar(false)
            .pragma(false)
            .annotation(false)
            .structuredLiteral(false)
            .register(false)
            .arrayReferenceExpr(false)
            .importPragma(false)
            .namespacePragma(false);

    private static final Map<Class<? extends JexlNode>, Operator> OPERATORS = Map.ofEntries(
            Map.entry(ASTAddNode.class, Operator.ADD),
            Map.entry(ASTSubNode.class, Operator.SUBTRACT),
            Map.entry(ASTMulNode.class, Operator.MULTIPLY),
            Map.entry(ASTDivNode.class, Operator.DIVIDE),
            Map.entry(ASTModNode.class, Operator.REMAINDER),
            Map.entry(ASTLTNode.class, Operator.LESS),
            Map.entry(ASTLENode.class, Operator.LESS_OR_EQUAL),
            Map.entry(ASTGTNode.class, Operator.GREATER),
            Map.entry(ASTGENode.class, Operator.GREATER_OR_EQUAL),
            Map.entry(ASTEQNode.class, Operator.EQUAL),
            Map.entry(ASTNENode.class, Operator.NOT_EQUAL),
            Map.entry(ASTAndNode.class, Operator.AND),
            Map.entry(ASTOrNode.class, Operator.OR));

    private final String text;
    private final Map<PointRef, Integer> references = new LinkedHashMap<>();
    private int memories;
    private int nodes;

    FormulaParser(String text) {
        this.text = text.strip();
    }

    Formula parse() throws FormulaException {
        if (text.isEmpty()) {
            throw new FormulaException(0, "the expression is empty", "write for example Flow * 2.");
        }
        if (text.length() > Formula.MAX_LENGTH) {
            throw new FormulaException(
                    0,
                    "the expression has %d characters, more than %d".formatted(text.length(), Formula.MAX_LENGTH),
                    "compute a part of it in a point of its own.");
        }
        checkNesting();
        Expr root = translate(only(script(), 1), 1);
        return new Formula(text, root, List.copyOf(references.keySet()));
    }

    private void checkNesting() throws FormulaException {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
            if (depth > MAX_NESTING) {
                throw new FormulaException(
                        i + 1,
                        "more than %d parentheses deep".formatted(MAX_NESTING),
                        "compute a part of it in a point of its own.");
            }
        }
    }

    private ASTJexlScript script() throws FormulaException {
        try {
            return new Parser(";").parse(new JexlInfo("", 1, 1), FEATURES, text, null);
        } catch (JexlException.Feature e) {
            throw new FormulaException(
                    e.getInfo().getColumn(),
                    "\"%s\" is not allowed in an expression".formatted(e.getDetail()),
                    "use numbers, points, + - * / %, comparisons, && || !, c ? a : b and the functions "
                            + String.join(", ", functionNames()) + ".");
        } catch (JexlException.Parsing | JexlException.Tokenization e) {
            int at = position(e);
            throw new FormulaException(
                    at,
                    "the expression cannot be read at \"%s\"".formatted(near(at)),
                    "check operators, parentheses and quotes before that place.");
        } catch (JexlException | StackOverflowError e) {
            throw new FormulaException(0, "the expression cannot be read", "write it more simply.");
        }
    }

    private static int position(JexlException e) {
        return e.getInfo() == null ? 0 : e.getInfo().getColumn();
    }

    private String near(int position) {
        int from = Math.max(0, Math.min(text.length(), position) - 1);
        return text.substring(from, Math.min(text.length(), from + 12));
    }

    private static JexlNode only(JexlNode node, int count) throws FormulaException {
        if (node.jjtGetNumChildren() != count) {
            throw refused(node, "this form of expression");
        }
        return node.jjtGetChild(0);
    }

    private static FormulaException refused(JexlNode node, String what) {
        return new FormulaException(
                node.jexlInfo().getColumn(),
                "%s is not allowed in an expression".formatted(what),
                "use numbers, points, + - * / %, comparisons, && || !, c ? a : b and functions.");
    }

    private Expr translate(JexlNode node, int depth) throws FormulaException {
        if (++nodes > Formula.MAX_NODES || depth > MAX_DEPTH) {
            throw new FormulaException(
                    node.jexlInfo().getColumn(),
                    "the expression has more than %d parts, or is more than %d deep"
                            .formatted(Formula.MAX_NODES, MAX_DEPTH),
                    "compute a part of it in a point of its own.");
        }
        Operator operator = OPERATORS.get(node.getClass());
        if (operator != null) {
            return binary(node, operator, depth);
        }
        if (node instanceof ASTReferenceExpression) {
            return translate(only(node, 1), depth + 1);
        }
        if (node instanceof ASTNumberLiteral literal) {
            double value = literal.getLiteral().doubleValue();
            if (!Double.isFinite(value)) {
                throw new FormulaException(node.jexlInfo().getColumn(), "the number is too large", "check it.");
            }
            return new Expr.Constant(value, false);
        }
        if (node instanceof ASTTrueNode || node instanceof ASTFalseNode) {
            return new Expr.Constant(Expr.truth(node instanceof ASTTrueNode), true);
        }
        if (node instanceof ASTUnaryMinusNode) {
            Expr operand = translate(only(node, 1), depth + 1);
            return operand instanceof Expr.Constant c && !c.isBoolean()
                    ? new Expr.Constant(-c.value(), false)
                    : new Expr.Unary(Operator.NEGATE, operand);
        }
        if (node instanceof ASTUnaryPlusNode) {
            return translate(only(node, 1), depth + 1);
        }
        if (node instanceof ASTNotNode) {
            return new Expr.Unary(Operator.NOT, translate(only(node, 1), depth + 1));
        }
        if (node instanceof ASTTernaryNode && node.jjtGetNumChildren() == 3) {
            return new Expr.Choice(
                    translate(node.jjtGetChild(0), depth + 1),
                    translate(node.jjtGetChild(1), depth + 1),
                    translate(node.jjtGetChild(2), depth + 1));
        }
        if (node instanceof ASTStringLiteral literal) {
            return input(literal.getLiteral(), node);
        }
        if (node instanceof ASTFunctionNode) {
            return call(node, depth);
        }
        if (node.getClass() == ASTIdentifier.class) {
            return input(((ASTIdentifier) node).getName(), node);
        }
        throw refused(node, "\"%s\"".formatted(near(node.jexlInfo().getColumn())));
    }

    private Expr binary(JexlNode node, Operator operator, int depth) throws FormulaException {
        if (node.jjtGetNumChildren() < 2) {
            throw refused(node, operator.symbol + " with one operand");
        }
        Expr result = translate(node.jjtGetChild(0), depth + 1);
        for (int i = 1; i < node.jjtGetNumChildren(); i++) {
            result = new Expr.Binary(operator, result, translate(node.jjtGetChild(i), depth + 1));
        }
        return result;
    }

    private Expr input(String name, JexlNode node) throws FormulaException {
        PointRef reference = PointRef.of(name);
        if (!MemberName.isValid(reference.point()) || (name.indexOf('/') >= 0 && reference.isOwn())) {
            throw new FormulaException(
                    node.jexlInfo().getColumn(),
                    "\"%s\" names no point".formatted(name),
                    "write a point of this twin (Flow) or 'twin/Point' in single quotes.");
        }
        return new Expr.Input(references.computeIfAbsent(reference, r -> references.size()));
    }

    private Expr call(JexlNode node, int depth) throws FormulaException {
        if (node.jjtGetNumChildren() != 2
                || node.jjtGetChild(0).getClass() != ASTIdentifier.class
                || !(node.jjtGetChild(1) instanceof ASTArguments arguments)) {
            throw refused(node, "a function of another namespace");
        }
        String name = ((ASTIdentifier) node.jjtGetChild(0)).getName();
        int position = node.jjtGetChild(0).jexlInfo().getColumn();
        int count = arguments.jjtGetNumChildren();
        if (name.equals("to") || name.equals("unit")) {
            return withUnit(name, arguments, position, depth);
        }
        for (TimeFunction function : TimeFunction.values()) {
            if (function.text().equals(name)) {
                if (count != (function.hasWindow() ? 2 : 1)) {
                    throw arguments(position, name, function.signature());
                }
                long ticks = function.hasWindow() ? window(arguments.jjtGetChild(1), function) : 0;
                Expr operand = translate(arguments.jjtGetChild(0), depth + 1);
                return new Expr.Remembering(function, operand, ticks, memories++);
            }
        }
        for (MathFunction function : MathFunction.values()) {
            if (function.text().equals(name)) {
                if (!function.takes(count)) {
                    throw arguments(position, name, function.signature());
                }
                List<Expr> operands = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    operands.add(translate(arguments.jjtGetChild(i), depth + 1));
                }
                return new Expr.Call(function, operands);
            }
        }
        throw new FormulaException(
                position,
                "unknown function \"%s\"".formatted(name),
                "use one of %s.".formatted(String.join(", ", functionNames())));
    }

    private static FormulaException arguments(int position, String name, String signature) {
        return new FormulaException(
                position, "%s is called with the wrong arguments".formatted(name), "write %s.".formatted(signature));
    }

    private Expr withUnit(String name, ASTArguments arguments, int position, int depth) throws FormulaException {
        if (arguments.jjtGetNumChildren() != 2 || !(arguments.jjtGetChild(1) instanceof ASTStringLiteral unitText)) {
            throw arguments(position, name, name.equals("to") ? "to(x, 'kPa')" : "unit(9.81, 'm/s2')");
        }
        Optional<Unit> unit = Units.find(unitText.getLiteral());
        if (unit.isEmpty()) {
            throw new FormulaException(
                    unitText.jexlInfo().getColumn(),
                    "unknown unit \"%s\"".formatted(unitText.getLiteral()),
                    "write a symbol (m3/h) or a UNECE code (MQH).");
        }
        Expr operand = translate(arguments.jjtGetChild(0), depth + 1);
        if (name.equals("to")) {
            return new Expr.InUnit(operand, unit.get(), position, null);
        }
        if (operand instanceof Expr.Constant number && !number.isBoolean()) {
            return new Expr.Quantity(number.value(), unit.get());
        }
        throw arguments(position, name, "unit(9.81, 'm/s2') around a number");
    }

    private static long window(JexlNode node, TimeFunction function) throws FormulaException {
        double seconds = Double.NaN;
        if (node instanceof ASTNumberLiteral number) {
            seconds = number.getLiteral().doubleValue();
        } else if (node instanceof ASTStringLiteral duration) {
            seconds = seconds(duration.getLiteral());
        }
        if (!(seconds >= 0.1 && seconds <= LONGEST_WINDOW_SECONDS)) {
            throw new FormulaException(
                    node.jexlInfo().getColumn(),
                    "the window of %s must be 100 ms to 31 d".formatted(function.text()),
                    "write it as text, %s, or in seconds.".formatted(function.signature()));
        }
        return Duration.ofNanos(Math.round(seconds * 1e9)).toNanos() / 100;
    }

    private static double seconds(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            return Double.NaN;
        }
        double factor =
                switch (matcher.group(2)) {
                    case "ms" -> 1e-3;
                    case "s" -> 1;
                    case "min" -> 60;
                    case "h" -> 3600;
                    default -> 86_400;
                };
        return Double.parseDouble(matcher.group(1)) * factor;
    }

    static List<String> functionNames() {
        List<String> names = new ArrayList<>();
        for (MathFunction function : MathFunction.values()) {
            names.add(function.text());
        }
        for (TimeFunction function : TimeFunction.values()) {
            names.add(function.text());
        }
        names.add("to");
        names.add("unit");
        return names;
    }
}
