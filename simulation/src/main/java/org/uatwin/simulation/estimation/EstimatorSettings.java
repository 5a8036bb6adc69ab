package org.uatwin.simulation.estimation;

/**
 * How a twin follows its asset.
 *
 * @param periodSeconds length of a step.
 * @param lateSeconds samples up to this much older than the estimate are taken in by running the steps again; older ones are
 *     dropped and counted.
 * @param learnSeconds running time before parameters are chosen.
 * @param calibrationSeconds running time after that until the twin counts as calibrated.
 * @param offsetHours time over which a sensor's offset is thought to change.
 * @param walkHours time in which a parameter may change by its prior's standard deviation.
 * @param averageSeconds window of fidelity and of the search for causes.
 * @param driftShare change of a parameter that is reported.
 * @param mostParameters parameters estimated at the same time.
 */
public record EstimatorSettings(
        double periodSeconds,
        double lateSeconds,
        double learnSeconds,
        double calibrationSeconds,
        double offsetHours,
        double walkHours,
        double averageSeconds,
        double driftShare,
        int mostParameters) {
    public EstimatorSettings {
        if (!(periodSeconds >= 0.05 && periodSeconds <= 60)
                || !(lateSeconds >= 0 && lateSeconds <= 20 * periodSeconds)
                || !(learnSeconds > 0 && calibrationSeconds > 0)
                || !(offsetHours > 0 && walkHours > 0)
                || !(averageSeconds >= 5 * periodSeconds)
                || !(driftShare > 0)
                || mostParameters < 0) {
            throw new IllegalArgumentException("these settings make no estimator");
        }
    }

    /** A step a second, 2 s for late samples, 2 min to choose parameters, 10 min to calibrate, drift from 3 %. */
    public static EstimatorSettings defaults() {
        return new EstimatorSettings(1, 2, 120, 600, 3, 4, 120, 0.03, 5);
    }

    /** The same with another step; the window for late samples is two steps at least. */
    public EstimatorSettings withPeriod(double seconds) {
        return new EstimatorSettings(
                seconds,
                Math.max(2, 2 * seconds),
                Math.max(learnSeconds, 20 * seconds),
                Math.max(calibrationSeconds, 60 * seconds),
                offsetHours,
                walkHours,
                Math.max(averageSeconds, 20 * seconds),
                driftShare,
                mostParameters);
    }
}
