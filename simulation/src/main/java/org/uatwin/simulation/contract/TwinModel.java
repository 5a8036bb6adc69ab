package org.uatwin.simulation.contract;

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
     * Starts the model from what is measured now: sets states and inputs from readings and infers by algebra the parameters the
     * readings determine. Never throws for bad data; {@link ModelStart#isUsable()} says whether an answer can stand on it.
     */
    ModelStart initialise(double[] parameters, LiveState live);
}
