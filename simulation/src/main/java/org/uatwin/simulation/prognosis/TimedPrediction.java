package org.uatwin.simulation.prognosis;

import java.util.Arrays;

/**
 * A prediction that was made at a time: when the end will be, as draws.
 *
 * @param time of the prediction.
 * @param ends draws of the time of the end, in the same unit and from the same origin.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, not to be changed
public record TimedPrediction(double time, double[] ends) {
    public TimedPrediction {
        if (ends.length == 0) {
            throw new IllegalArgumentException("a prediction needs a draw");
        }
    }

    /** Mean of the draws. */
    public double mean() {
        return Arrays.stream(ends).average().orElseThrow();
    }
}
