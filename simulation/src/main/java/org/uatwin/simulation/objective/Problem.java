package org.uatwin.simulation.objective;

import java.util.List;

/**
 * What is decided and what must hold.
 *
 * @param variables what is decided, in a fixed order.
 * @param constraints what must hold beside the bounds of the variables.
 */
public record Problem(List<Variable> variables, List<Constraint> constraints) {
    public Problem {
        variables = List.copyOf(variables);
        constraints = List.copyOf(constraints);
    }

    /**
     * Something that is decided.
     *
     * @param name an input of the model, or what it is called otherwise.
     * @param isSchedule whether it is decided for every interval of the horizon.
     * @param meaning one phrase.
     */
    public record Variable(String name, String unit, double lower, double upper, boolean isSchedule, String meaning) {
        public Variable {
            if (!(lower <= upper)) {
                throw new IllegalArgumentException("%s: %s..%s".formatted(name, lower, upper));
            }
        }
    }

    /**
     * Something that must hold.
     *
     * @param bound largest or smallest allowed value.
     * @param isUpper whether the bound is the largest allowed.
     * @param meaning one phrase.
     */
    public record Constraint(String name, String unit, double bound, boolean isUpper, String meaning) {}
}
