package org.uatwin.simulation.estimation;

import java.util.List;
import org.uatwin.simulation.contract.ModelDescription;

/** A model without memory, such as a power flow, whose outputs tell about some of its inputs and parameters. Immutable. */
public interface StaticModel {
    /** Names, units, points and accuracies. */
    ModelDescription description();

    /** A copy of the configured parameter values. */
    double[] parameters();

    /** What is estimated. */
    List<Unknown> unknowns();

    /** Equations to work with; one thread each. */
    Equations equations();

    /**
     * An input or parameter that is not measured.
     *
     * @param name in the description.
     * @param unit symbol.
     * @param prior what is expected before anything is measured: in network terms a pseudo-measurement.
     * @param sigma its standard deviation.
     */
    record Unknown(String name, String unit, double prior, double sigma, double lower, double upper) {}

    /** Outputs as a function of inputs and parameters. */
    @FunctionalInterface
    interface Equations {
        /** Writes the outputs; false if there are none, such as beyond voltage collapse. */
        boolean outputs(double[] parameters, double[] inputs, double[] y);
    }
}
