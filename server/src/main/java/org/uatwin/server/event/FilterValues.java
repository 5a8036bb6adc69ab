package org.uatwin.server.event;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.jspecify.annotations.Nullable;

/**
 * Comparison and conversion of operands (OPC UA Part 4, 7.7.3 and its tables of precedence and conversion). Numbers
 * compare by value whatever their types; texts become strings; a string meets a number as a number. What cannot be
 * converted is null, "unknown".
 */
final class FilterValues {
    private static final int BOOLEAN = 1;
    private static final int STRING = 12;
    private static final int DATE_TIME = 13;
    private static final int GUID = 14;

    private static final NamespaceTable NO_NAMESPACES = new NamespaceTable(); // for ids that carry an index anyway

    private FilterValues() {}

    static @Nullable Boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        if (left.getClass().isArray() || right.getClass().isArray()) {
            return Arrays.deepEquals(new Object[] {left}, new Object[] {right});
        }
        Integer sign = compare(left, right);
        if (sign != null) {
            return sign == 0;
        }
        NodeId leftId = toNodeId(left);
        NodeId rightId = toNodeId(right);
        if (leftId != null && rightId != null) {
            return leftId.equals(rightId);
        }
        if (left.getClass() == right.getClass()) {
            return Objects.equals(left, right);
        }
        String leftText = toText(left);
        String rightText = toText(right);
        return (leftText == null || rightText == null) ? null : leftText.equals(rightText);
    }

    /** The sign of left - right, or null when there is no order between them. */
    static @Nullable Integer compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        if (left instanceof DateTime a && right instanceof DateTime b) {
            return Long.compare(a.getUtcTime(), b.getUtcTime());
        }
        String leftText = (left instanceof NodeId || left instanceof ExpandedNodeId) ? null : toText(left);
        String rightText = (right instanceof NodeId || right instanceof ExpandedNodeId) ? null : toText(right);
        if (leftText != null && rightText != null) {
            return Integer.signum(leftText.compareTo(rightText));
        }
        if (isNumeric(left) || isNumeric(right)) {
            BigDecimal a = toNumber(left);
            BigDecimal b = toNumber(right);
            return (a == null || b == null) ? specialNumbers(left, right) : Integer.valueOf(a.compareTo(b));
        }
        return null;
    }

    /** Infinities and NaN, which have no BigDecimal; comparison with NaN is unknown. */
    private static @Nullable Integer specialNumbers(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            double x = a.doubleValue();
            double y = b.doubleValue();
            return (Double.isNaN(x) || Double.isNaN(y)) ? null : Integer.valueOf(Double.compare(x, y));
        }
        return null;
    }

    /** Like: % any text, _ one character, \ escapes, [abc] one of, [^abc] none of (Part 4, 7.7.3). */
    static @Nullable Boolean like(@Nullable Object value, @Nullable Object pattern) {
        String text = toText(value);
        String like = toText(pattern);
        if (text == null || like == null) {
            return null;
        }
        try {
            return Pattern.compile(regex(like), Pattern.DOTALL).matcher(text).matches();
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private static String regex(String like) {
        StringBuilder regex = new StringBuilder();
        boolean inSet = false;
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            if (c == '\\' && i + 1 < like.length()) {
                i++;
                regex.append('\\').append(like.charAt(i));
                if (Character.isLetterOrDigit(like.charAt(i))) {
                    regex.deleteCharAt(regex.length() - 2); // an escaped letter is the letter, not a regex class
                }
            } else if (inSet) {
                inSet = c != ']';
                regex.append((c == '[' || c == '&') ? "\\" + c : String.valueOf(c));
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else if (c == '[') {
                inSet = true;
                regex.append(c);
            } else {
                regex.append(Character.isLetterOrDigit(c) ? String.valueOf(c) : Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    static @Nullable Object bitwise(@Nullable Object left, @Nullable Object right, boolean and) {
        if (!isInteger(left) || !isInteger(right)) {
            return null;
        }
        long a = ((Number) Objects.requireNonNull(left)).longValue();
        long b = ((Number) Objects.requireNonNull(right)).longValue();
        return and ? a & b : a | b;
    }

    private static boolean isInteger(@Nullable Object value) {
        return value instanceof Number && !(value instanceof Double) && !(value instanceof Float);
    }

    static @Nullable Boolean toBoolean(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof String text) {
            if ("true".equalsIgnoreCase(text) || "1".equals(text)) {
                return true;
            }
            return ("false".equalsIgnoreCase(text) || "0".equals(text)) ? Boolean.FALSE : null;
        }
        return null;
    }

    static @Nullable NodeId toNodeId(@Nullable Object value) {
        if (value instanceof NodeId nodeId) {
            return nodeId;
        }
        if (value instanceof ExpandedNodeId expanded && expanded.getNamespaceUri() == null) {
            return expanded.toNodeId(NO_NAMESPACES).orElse(null);
        }
        if (value instanceof String text) {
            return NodeId.parseOrNull(text);
        }
        return null;
    }

    static boolean isCastTarget(NodeId type) {
        return builtIn(type) >= BOOLEAN && builtIn(type) <= 21;
    }

    private static int builtIn(@Nullable NodeId type) {
        return type != null
                        && type.getNamespaceIndex().intValue() == 0
                        && type.getIdentifier() instanceof UInteger id
                        && id.longValue() <= 21
                ? id.intValue()
                : -1;
    }

    /** An explicit conversion to a built-in type by its id (Part 6, 5.1.2), null when the value has none. */
    static @Nullable Object cast(@Nullable Object value, @Nullable NodeId type) {
        int target = builtIn(type);
        if (value == null || target < 0) {
            return null;
        }
        if (target == BOOLEAN) {
            return toBoolean(value);
        }
        if (target <= 11) {
            return castNumber(toNumber(value), target);
        }
        NodeId nodeId = toNodeId(value);
        String text = toText(value);
        return switch (target) {
            case STRING -> textOf(value);
            case DATE_TIME -> onlyIf(value instanceof DateTime, value);
            case GUID -> guid(value);
            case 17 -> nodeId;
            case 18 -> nodeId == null ? null : (Object) nodeId.expanded();
            case 19 -> statusCode(value);
            case 20 -> onlyIf(value instanceof QualifiedName, value);
            case 21 -> text == null ? null : (Object) new LocalizedText(text);
            default -> null;
        };
    }

    private static @Nullable Object onlyIf(boolean isSo, Object value) {
        return isSo ? value : null;
    }

    private static @Nullable String textOf(Object value) {
        if (value instanceof DateTime time) {
            return time.getJavaInstant().toString();
        }
        String text = toText(value);
        return text != null || value.getClass().isArray() ? text : String.valueOf(value);
    }

    private static @Nullable Object statusCode(Object value) {
        if (value instanceof StatusCode) {
            return value;
        }
        return value instanceof Number number ? new StatusCode(number.longValue()) : null;
    }

    private static @Nullable Object guid(Object value) {
        if (value instanceof UUID) {
            return value;
        }
        try {
            return value instanceof String text ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Ids 2..11: SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64, Float, Double; out of range is null. */
    private static @Nullable Object castNumber(@Nullable BigDecimal number, int target) {
        if (number == null) {
            return null;
        }
        if (target == 10) {
            return number.floatValue();
        }
        if (target == 11) {
            return number.doubleValue();
        }
        int bits = 8 << ((target - 2) / 2);
        boolean isSigned = target % 2 == 0;
        BigDecimal rounded = number.setScale(0, java.math.RoundingMode.HALF_UP);
        BigDecimal span = BigDecimal.valueOf(2).pow(isSigned ? bits - 1 : bits);
        boolean fits =
                rounded.compareTo(span) < 0 && rounded.compareTo(isSigned ? span.negate() : BigDecimal.ZERO) >= 0;
        return !fits
                ? null
                : (bits == 64 && !isSigned) ? (Object) rounded.toBigInteger() : (Object) rounded.longValue();
    }

    private static boolean isNumeric(Object value) {
        return value instanceof Number || value instanceof Boolean || value instanceof StatusCode;
    }

    private static @Nullable BigDecimal toNumber(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof StatusCode status) {
            return BigDecimal.valueOf(status.getValue());
        }
        try {
            if (value instanceof Number number) {
                return new BigDecimal(number.toString());
            }
            String text = toText(value);
            return (text == null || text.length() > 64) ? null : new BigDecimal(text.trim());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String toText(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof LocalizedText text) {
            return text.text();
        }
        if (value instanceof QualifiedName name) {
            return name.getName();
        }
        if (value instanceof UUID guid) {
            return guid.toString();
        }
        if (value instanceof NodeId nodeId) {
            return nodeId.toParseableString();
        }
        if (value instanceof ExpandedNodeId nodeId) {
            return nodeId.toParseableString();
        }
        return null;
    }
}
