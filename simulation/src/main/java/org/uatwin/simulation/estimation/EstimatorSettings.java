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
 * @param pace real seconds in a second of the others: {@link org.uatwin.simulation.contract.TwinModel#pace}.
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
        int mostParameters,
        double pace) {
    /** What inputs drive all day is seen at another operating point each hour, where its sensors and its model are off otherwise. */
    private static final double SLOW_OFFSET_HOURS = 0.5;

    public EstimatorSettings {
        if (!(periodSeconds >= 0.05 && periodSeconds <= 60)
                || !(lateSeconds >= 0 && lateSeconds <= 20 * periodSeconds)
                || !(learnSeconds > 0 && calibrationSeconds > 0)
                || !(offsetHours > 0 && walkHours > 0)
                || !(averageSeconds >= 5 * periodSeconds)
                || !(driftShare > 0)
                || mostParameters < 0
                || !(pace >= 1)) {
            throw new IllegalArgumentException("these settings make no estimator");
        }
    }

    /** A step a second, 2 s for late samples, 2 min to choose parameters, 10 min to calibrate, drift from 3 %. */
    public static EstimatorSettings defaults() {
        return new EstimatorSettings(1, 2, 120, 600, 3, 4, 120, 0.03, 5, 1);
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
                mostParameters,
                pace);
    }

    /**
     * The same for a model of this pace, whose step is at least as many seconds long. A step that is longer already stays, and what was made longer
     * for its sake is so by as much less.
     */
    public EstimatorSettings atPace(double slower) {
        if (slower == 1) {
            return this;
        }
        EstimatorSettings usual = defaults();
        double paced = Math.max(1, periodSeconds / slower);
        double share = paced / periodSeconds;
        return new EstimatorSettings(
                paced,
                Math.max(2, 2 * paced),
                paced == 1 ? learnSeconds : Math.max(usual.learnSeconds, share * learnSeconds),
                paced == 1 ? calibrationSeconds : Math.max(usual.calibrationSeconds, share * calibrationSeconds),
                SLOW_OFFSET_HOURS,
                walkHours,
                paced == 1 ? averageSeconds : Math.max(usual.averageSeconds, share * averageSeconds),
                driftShare,
                mostParameters,
                slower);
    }

    /** Length of a step in real seconds. */
    public double stepSeconds() {
        return periodSeconds * pace;
    }
}
