package org.uatwin.simulation.estimation;

/** What an estimator makes of a StatusCode: Good counts, Uncertain counts with ten times the variance, Bad not at all. */
public enum SampleQuality {
    GOOD(1),
    UNCERTAIN(10),
    BAD(Double.POSITIVE_INFINITY);

    private final double inflation;

    SampleQuality(double inflation) {
        this.inflation = inflation;
    }

    /** Factor on the variance of a measurement. */
    double inflation() {
        return inflation;
    }
}
