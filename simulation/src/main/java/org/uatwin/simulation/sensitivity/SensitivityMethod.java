package org.uatwin.simulation.sensitivity;

import java.util.List;

/** Where a model is evaluated and what follows from the values. */
interface SensitivityMethod {
    /** Points of the unit cube, one row each. */
    double[][] points();

    /**
     * What the values of one figure say about each factor.
     *
     * @param values at the points, in their order.
     */
    List<Index> indices(double[] values);

    /**
     * One index of one factor.
     *
     * @param factor its number.
     * @param lower lower end of the 90 % interval of the bootstrap.
     * @param upper its upper end.
     */
    record Index(String name, int factor, double value, double lower, double upper) {}
}
