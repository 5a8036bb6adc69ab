package org.uatwin.simulation.contract;

import java.util.List;

/**
 * A model a twin can be bound to. Implementations are stateless and shared by all twins of a type; the parameters of one asset
 * arrive as a vector in the order of {@link ModelDescription#parameters()}.
 */
public interface TwinModel {
    /** What the model is. */
    ModelDescription description();

    /** The equations with these parameters; the vector is read, not kept. */
    ModelDynamics bind(double[] parameters);

    /**
     * Largest value a caller may set this input to on an asset with these parameters; never above the specification's. Models
     * whose range follows the nameplate narrow it.
     */
    default double largestInput(int input, double[] parameters) {
        return description().inputs().get(input).upper();
    }

    /**
     * How many times slower than a machine it is to be followed: all times of the estimator are this much longer. A machine shows in
     * minutes what it is like, a building in days.
     */
    default double pace() {
        return 1;
    }

    /** Ways in which the asset fails. */
    default List<FailureMode> failureModes() {
        return List.of();
    }

    /** Inputs that a factor on the load scales in a prognosis; empty if none of them is a load. */
    default List<String> loadInputs() {
        return List.of();
    }

    /** Whether outputs follow inputs at once, so that the error of a measured input shows in them. */
    default boolean inputsActAtOnce() {
        return false;
    }

    /**
     * Starts the model from what is measured now: sets states and inputs from readings and infers by algebra the parameters the
     * readings determine. Never throws for bad data; {@link ModelStart#isUsable()} says whether an answer can stand on it.
     */
    ModelStart initialise(double[] parameters, LiveState live);
}
