package org.uatwin.simulation.scenario;

import java.util.List;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.contract.ParameterSpec;

/** Checks what a caller wants to change: an input or a tunable parameter, within its range. */
final class Targets {
    private Targets() {}

    static void check(
            Subject subject,
            String name,
            double value,
            int nameArgument,
            int valueArgument,
            List<InvalidParameter> problems) {
        ModelDescription description = subject.description();
        int input = description.inputIndex(name);
        int parameter = description.parameterIndex(name);
        if (input < 0
                && (parameter < 0 || !description.parameters().get(parameter).tunable())) {
            problems.add(
                    new InvalidParameter(nameArgument, InvalidParameter.Kind.NO_MATCH, unknown(description, name)));
            return;
        }
        double lower;
        double upper;
        String unit;
        if (input >= 0) {
            InputSpec spec = description.inputs().get(input);
            lower = spec.lower();
            upper = subject.largestInput(input);
            unit = spec.unit();
        } else {
            ParameterSpec spec = description.parameters().get(parameter);
            lower = spec.lower();
            upper = spec.upper();
            unit = spec.unit();
        }
        if (!Double.isFinite(value)) {
            problems.add(new InvalidParameter(
                    valueArgument,
                    InvalidParameter.Kind.INVALID,
                    "%s must be a number, not %s".formatted(name, value)));
        } else if (value < lower || value > upper) {
            problems.add(new InvalidParameter(
                    valueArgument,
                    InvalidParameter.Kind.OUT_OF_RANGE,
                    "%s = %s is outside %s..%s"
                            .formatted(name, Figures.text(value), Figures.text(lower), Figures.text(upper, unit))));
        }
    }

    private static String unknown(ModelDescription description, String name) {
        List<String> names = WhatIfEngine.parameterNames(description);
        if (name.isEmpty()) {
            return "The name of what to change is empty; there is " + String.join(", ", names);
        }
        if (description.outputIndex(name) >= 0) {
            return "\"%s\" is a result of %s and cannot be set; what can be set is %s"
                    .formatted(name, description.name(), String.join(", ", names));
        }
        if (description.parameterIndex(name) >= 0) {
            return "\"%s\" is a nameplate value of %s and cannot be varied; what can be set is %s"
                    .formatted(name, description.name(), String.join(", ", names));
        }
        return "\"%s\" is neither an input nor a tunable parameter of %s%s"
                .formatted(name, description.name(), NearestName.hint(name, names));
    }
}
