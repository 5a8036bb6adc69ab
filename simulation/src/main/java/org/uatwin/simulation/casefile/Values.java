package org.uatwin.simulation.casefile;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.expression.Expression;
import org.uatwin.simulation.expression.ExpressionException;
import org.uatwin.simulation.system.Port;

/** Reads numbers of a case file and reports what is none. */
final class Values {
    /** A number, or a formula of numbers such as {@code pi/4}; a finding if it is neither. */
    OptionalDouble constant(Document.Node node, String name) {
        OptionalDouble number = node.number();
        if (number.isPresent()) {
            return number;
        }
        if (!node.isScalar()) {
            node.error("%s must be a number, this is %s".formatted(name, node.kind()), "write one number.");
            return OptionalDouble.empty();
        }
        try {
            double value = Expression.compile(node.text(), List.of()).value(new double[0]);
            if (Double.isFinite(value)) {
                return OptionalDouble.of(value);
            }
            node.error("%s = %s is no finite number".formatted(name, node.text()), "check the formula.");
        } catch (ExpressionException e) {
            node.error("%s must be a number: \"%s\"".formatted(name, node.text()), e.cause() + "; " + e.fix());
        }
        return OptionalDouble.empty();
    }

    /** A number within a range. */
    OptionalDouble range(Document.Node node, String name, double low, double high) {
        OptionalDouble value = constant(node, name);
        if (value.isPresent() && !(value.getAsDouble() >= low && value.getAsDouble() <= high)) {
            node.error(
                    "%s = %s is outside %s".formatted(name, Port.number(value.getAsDouble()), Port.range(low, high)),
                    "write a number in %s.".formatted(Port.range(low, high)));
            return OptionalDouble.empty();
        }
        return value;
    }

    /** What to write instead of a name that is not known. */
    static String advice(String typed, Collection<String> known) {
        if (known.isEmpty()) {
            return "remove it; there is none.";
        }
        return NearestName.of(typed, known)
                .map("did you mean \"%s\"?"::formatted)
                .orElseGet(() -> "there is "
                        + String.join(", ", known.stream().limit(30).toList())
                        + (known.size() > 30 ? " and %d more.".formatted(known.size() - 30) : "."));
    }
}
