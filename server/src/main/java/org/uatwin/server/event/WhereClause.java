package org.uatwin.server.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElementResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ElementOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.LiteralOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.jspecify.annotations.Nullable;

/**
 * A where-clause (OPC UA Part 4, 7.7): checked once, evaluated per event in three-valued logic, where null is "unknown"
 * and an event is delivered only for TRUE. Elements may refer to later ones only, so there are no loops. InView and
 * RelatedTo are refused.
 */
final class WhereClause {
    private static final DiagnosticInfo[] NONE = new DiagnosticInfo[0];
    private static final int MAX_ELEMENTS = 256;

    /** What an operand stands for. */
    private sealed interface Operand {
        record Literal(@Nullable Object value) implements Operand {}

        record Field(SelectClause clause) implements Operand {}

        record Element(int index) implements Operand {}
    }

    private record Element(FilterOperator operator, List<Operand> operands) {}

    private final List<Element> elements;
    private final ContentFilterResult result;
    private final boolean isValid;

    private WhereClause(List<Element> elements, List<ContentFilterElementResult> results) {
        this.elements = List.copyOf(elements);
        this.result = new ContentFilterResult(results.toArray(new ContentFilterElementResult[0]), NONE);
        this.isValid = results.stream().allMatch(r -> r.getStatusCode().isGood());
    }

    static WhereClause of(EncodingContext encoding, EventTypes types, @Nullable ContentFilter filter) {
        ContentFilterElement[] given = filter == null ? null : filter.getElements();
        List<Element> elements = new ArrayList<>();
        List<ContentFilterElementResult> results = new ArrayList<>();
        int count = given == null ? 0 : given.length;
        for (int i = 0; given != null && i < count; i++) {
            if (count > MAX_ELEMENTS) {
                results.add(failed(StatusCodes.Bad_FilterElementInvalid));
            } else {
                check(encoding, types, given[i], i, count, elements, results);
            }
        }
        return new WhereClause(elements, results);
    }

    boolean isValid() {
        return isValid;
    }

    ContentFilterResult result() {
        return result;
    }

    /** Whether the event is delivered; the answer for an invalid clause is no. */
    boolean matches(EventRecord event, BiPredicate<NodeId, NodeId> isSubtype) {
        if (!isValid) {
            return false;
        }
        return elements.isEmpty()
                || Boolean.TRUE.equals(FilterValues.toBoolean(new Evaluation(event, isSubtype).element(0)));
    }

    private static void check(
            EncodingContext encoding,
            EventTypes types,
            ContentFilterElement element,
            int index,
            int count,
            List<Element> elements,
            List<ContentFilterElementResult> results) {
        FilterOperator operator = element.getFilterOperator();
        if (operator == null) {
            results.add(failed(StatusCodes.Bad_FilterOperatorInvalid));
            return;
        }
        if (operator == FilterOperator.InView || operator == FilterOperator.RelatedTo) {
            results.add(failed(StatusCodes.Bad_FilterOperatorUnsupported));
            return;
        }
        ExtensionObject[] encoded = element.getFilterOperands();
        int given = encoded == null ? 0 : encoded.length;
        if (encoded == null || !hasOperandCount(operator, given)) {
            results.add(failed(StatusCodes.Bad_FilterOperandCountMismatch));
            return;
        }
        List<Operand> operands = new ArrayList<>(given);
        StatusCode[] statuses = new StatusCode[given];
        boolean isGood = true;
        for (int i = 0; i < given; i++) {
            Object decoded = decode(encoding, encoded[i]);
            statuses[i] = operand(types, decoded, index, count, operands);
            isGood &= statuses[i].isGood();
        }
        if (isGood && (operator == FilterOperator.OfType || operator == FilterOperator.Cast)) {
            int typeAt = operator == FilterOperator.OfType ? 0 : 1;
            StatusCode type = typeOperand(types, operator, operands.get(typeAt));
            statuses[typeAt] = type;
            isGood = type.isGood();
        }
        elements.add(new Element(operator, List.copyOf(operands)));
        results.add(new ContentFilterElementResult(
                isGood ? StatusCode.GOOD : new StatusCode(StatusCodes.Bad_FilterOperandInvalid), statuses, NONE));
    }

    private static StatusCode typeOperand(EventTypes types, FilterOperator operator, Operand operand) {
        NodeId type = operand instanceof Operand.Literal literal ? FilterValues.toNodeId(literal.value()) : null;
        boolean isGood = type != null
                && (operator == FilterOperator.OfType ? types.isEventType(type) : FilterValues.isCastTarget(type));
        return isGood ? StatusCode.GOOD : new StatusCode(StatusCodes.Bad_FilterOperandInvalid);
    }

    private static StatusCode operand(
            EventTypes types, @Nullable Object decoded, int index, int count, List<Operand> operands) {
        if (decoded instanceof LiteralOperand literal) {
            operands.add(new Operand.Literal(
                    literal.getValue() == null ? null : literal.getValue().value()));
            return StatusCode.GOOD;
        }
        if (decoded instanceof SimpleAttributeOperand field) {
            operands.add(new Operand.Field(SelectClause.of(field)));
            return SelectClause.check(types, field);
        }
        if (decoded instanceof ElementOperand element) {
            long target = element.getIndex().longValue();
            operands.add(new Operand.Element((int) Math.min(target, Integer.MAX_VALUE)));
            return target > index && target < count
                    ? StatusCode.GOOD
                    : new StatusCode(StatusCodes.Bad_FilterElementInvalid);
        }
        return new StatusCode(StatusCodes.Bad_FilterOperandInvalid); // AttributeOperand is for Query only
    }

    private static @Nullable Object decode(EncodingContext encoding, @Nullable ExtensionObject operand) {
        try {
            return operand == null ? null : operand.decode(encoding);
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    private static boolean hasOperandCount(FilterOperator operator, int count) {
        return switch (operator) {
            case IsNull, Not, OfType, InView -> count == 1;
            case Between -> count == 3;
            case InList -> count >= 2 && count <= MAX_ELEMENTS;
            case RelatedTo -> count == 6;
            default -> count == 2;
        };
    }

    private static ContentFilterElementResult failed(long status) {
        return new ContentFilterElementResult(new StatusCode(status), new StatusCode[0], NONE);
    }

    /** One event put to the clause. */
    private final class Evaluation {
        private final EventRecord event;
        private final BiPredicate<NodeId, NodeId> isSubtype;

        Evaluation(EventRecord event, BiPredicate<NodeId, NodeId> isSubtype) {
            this.event = event;
            this.isSubtype = isSubtype;
        }

        private @Nullable Object value(Element element, int operand) {
            Operand given = element.operands().get(operand);
            if (given instanceof Operand.Literal literal) {
                return literal.value();
            }
            if (given instanceof Operand.Field field) {
                return field.clause().select(event, isSubtype).value();
            }
            if (given instanceof Operand.Element later) {
                return element(later.index());
            }
            throw new AssertionError(given);
        }

        private @Nullable Boolean truth(Element element, int operand) {
            return FilterValues.toBoolean(value(element, operand));
        }

        private @Nullable Object element(int index) {
            Element element = elements.get(index);
            return switch (element.operator()) {
                case Equals -> FilterValues.equal(value(element, 0), value(element, 1));
                case IsNull -> value(element, 0) == null;
                case GreaterThan -> ordered(element, 0, 1, sign -> sign > 0);
                case LessThan -> ordered(element, 0, 1, sign -> sign < 0);
                case GreaterThanOrEqual -> ordered(element, 0, 1, sign -> sign >= 0);
                case LessThanOrEqual -> ordered(element, 0, 1, sign -> sign <= 0);
                case Like -> FilterValues.like(value(element, 0), value(element, 1));
                case Not -> not(truth(element, 0));
                case Between ->
                    and(ordered(element, 0, 1, sign -> sign >= 0), ordered(element, 0, 2, sign -> sign <= 0));
                case InList -> inList(element);
                case And -> and(truth(element, 0), truth(element, 1));
                case Or -> or(truth(element, 0), truth(element, 1));
                case Cast -> FilterValues.cast(value(element, 0), FilterValues.toNodeId(value(element, 1)));
                case OfType -> {
                    NodeId type = FilterValues.toNodeId(value(element, 0));
                    yield type != null && isSubtype.test(event.eventType(), type);
                }
                case BitwiseAnd -> FilterValues.bitwise(value(element, 0), value(element, 1), true);
                case BitwiseOr -> FilterValues.bitwise(value(element, 0), value(element, 1), false);
                case InView, RelatedTo -> null;
            };
        }

        private @Nullable Boolean ordered(Element element, int left, int right, java.util.function.IntPredicate holds) {
            Integer sign = FilterValues.compare(value(element, left), value(element, right));
            return sign == null ? null : holds.test(sign);
        }

        private @Nullable Boolean inList(Element element) {
            Object wanted = value(element, 0);
            Boolean found = Boolean.FALSE;
            for (int i = 1; i < element.operands().size(); i++) {
                found = or(found, FilterValues.equal(wanted, value(element, i)));
            }
            return found;
        }
    }

    private static @Nullable Boolean not(@Nullable Boolean value) {
        return value == null ? null : !value;
    }

    private static @Nullable Boolean and(@Nullable Boolean left, @Nullable Boolean right) {
        if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
            return false;
        }
        return (left == null || right == null) ? null : true;
    }

    private static @Nullable Boolean or(@Nullable Boolean left, @Nullable Boolean right) {
        if (Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right)) {
            return true;
        }
        return (left == null || right == null) ? null : false;
    }
}
