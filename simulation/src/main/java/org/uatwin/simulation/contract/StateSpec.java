package org.uatwin.simulation.contract;

/**
 * One element of the state vector.
 *
 * @param name unique within the model.
 * @param unit symbol of the unit inside the model (SI).
 * @param lower physical lower limit the solver projects onto.
 * @param upper physical upper limit the solver projects onto.
 * @param kind whether it moves with the process or is slow, monotone damage.
 */
public record StateSpec(String name, String unit, double lower, double upper, Kind kind) {
    /** What a state stands for. */
    public enum Kind {
        /** Moves with the process: speed, flow, temperature. */
        DYNAMIC,
        /** Wear and ageing: only grows between maintenance events. */
        DAMAGE
    }

    public StateSpec {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("%s: %s > %s".formatted(name, lower, upper));
        }
    }

    /** A process state. */
    public static StateSpec dynamic(String name, String unit, double lower, double upper) {
        return new StateSpec(name, unit, lower, upper, Kind.DYNAMIC);
    }

    /** A damage state. */
    public static StateSpec damage(String name, String unit, double lower, double upper) {
        return new StateSpec(name, unit, lower, upper, Kind.DAMAGE);
    }
}
