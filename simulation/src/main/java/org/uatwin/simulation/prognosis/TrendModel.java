package org.uatwin.simulation.prognosis;

/** One law of growth fitted to a series: how well it foretold it, and what it says of the end. */
interface TrendModel {
    /** Logarithm of the likelihood of the later half of the series, each value as foretold from those before it. */
    double logLikelihood();

    /** Probability that the limit is reached within so many hours after the last value. */
    double within(double hours);

    /** Rate over its standard deviation: below 2 nothing grows that stands out. */
    double certainty();

    /** Share of values inside their 90 % predictions, 0..1. */
    double coverage();

    /** Name of the law. */
    String law();
}
