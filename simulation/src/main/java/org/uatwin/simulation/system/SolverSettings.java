package org.uatwin.simulation.system;

/**
 * How differential equations are integrated.
 *
 * @param method formula, or {@link Method#MODEL} for the model's own choice.
 * @param maxStepSeconds largest internal step; 0 = the model's own.
 * @param tolerance relative error per step of the methods that choose their step.
 */
public record SolverSettings(Method method, double maxStepSeconds, double tolerance) {
    /** Integration formula. */
    public enum Method {
        MODEL("model"),
        EULER("euler"),
        HEUN("heun"),
        RK4("rk4"),
        ADAPTIVE("adaptive"),
        IMPLICIT("implicit");

        private final String text;

        Method(String text) {
            this.text = text;
        }

        /** As it is written in a case file. */
        public String text() {
            return text;
        }
    }

    /** What holds when a case says nothing. */
    public static final SolverSettings DEFAULT = new SolverSettings(Method.MODEL, 0, 1e-8);
}
