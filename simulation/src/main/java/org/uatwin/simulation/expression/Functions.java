package org.uatwin.simulation.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.expression.Expression.Node;

/** The functions of formulas; transcendental ones strict, so the same bits everywhere. */
final class Functions {
    private Functions() {}

    /** a to the power b; small whole exponents by multiplication. */
    static double power(double a, double b) {
        if (b == 2) {
            return a * a;
        }
        if (b == 3) {
            return a * a * a;
        }
        return StrictMath.pow(a, b);
    }

    /** The call, or null when there is no such function. */
    static @Nullable Node call(String name, List<Node> arguments) {
        return switch (arguments.size()) {
            case 1 -> one(name, arguments.get(0));
            case 2 -> two(name, arguments.get(0), arguments.get(1));
            case 3 -> three(name, arguments.get(0), arguments.get(1), arguments.get(2));
            default -> null;
        };
    }

    private static @Nullable Node one(String name, Node a) {
        return switch (name) {
            case "sin" -> v -> StrictMath.sin(a.value(v));
            case "cos" -> v -> StrictMath.cos(a.value(v));
            case "tan" -> v -> StrictMath.tan(a.value(v));
            case "asin" -> v -> StrictMath.asin(a.value(v));
            case "acos" -> v -> StrictMath.acos(a.value(v));
            case "atan" -> v -> StrictMath.atan(a.value(v));
            case "exp" -> v -> StrictMath.exp(a.value(v));
            case "log" -> v -> StrictMath.log(a.value(v));
            case "log10" -> v -> StrictMath.log10(a.value(v));
            case "sqrt" -> v -> Math.sqrt(a.value(v));
            case "abs" -> v -> Math.abs(a.value(v));
            case "floor" -> v -> Math.floor(a.value(v));
            case "ceil" -> v -> Math.ceil(a.value(v));
            case "round" -> v -> Math.rint(a.value(v));
            case "sign" -> v -> Math.signum(a.value(v));
            default -> null;
        };
    }

    private static @Nullable Node two(String name, Node a, Node b) {
        return switch (name) {
            case "min" -> v -> Math.min(a.value(v), b.value(v));
            case "max" -> v -> Math.max(a.value(v), b.value(v));
            case "pow" -> v -> power(a.value(v), b.value(v));
            case "atan2" -> v -> StrictMath.atan2(a.value(v), b.value(v));
            case "hypot" -> v -> StrictMath.hypot(a.value(v), b.value(v));
            default -> null;
        };
    }

    private static @Nullable Node three(String name, Node a, Node b, Node c) {
        if (!name.equals("clamp")) {
            return null;
        }
        return v -> Math.max(b.value(v), Math.min(c.value(v), a.value(v)));
    }
}
