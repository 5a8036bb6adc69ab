package org.uatwin.simulation.detection;

/**
 * How a twin's residuals are watched. Steps are those of the follower; a block is what slow tests take a mean of.
 *
 * @param blockSteps steps of a block.
 * @param limitSigma innovations further out than this, {@value #RUN} in a row, are an anomaly.
 * @param tolerance of the sensor's standard deviation: slow deviations within it have no meaning.
 * @param slack of CUSUM and Page-Hinkley, in standard deviations of a block.
 * @param sumLimit of CUSUM and Page-Hinkley.
 * @param averageShare of a new block in the moving average.
 * @param averageLimit of the moving average, in its standard deviations.
 * @param noiseRatio of the variance from sample to sample to the usual one, at which a sensor is noisy.
 * @param stuckSteps equal values in a row at which a sensor that usually moves is stuck.
 * @param learnBlocks until what is usual at an operating point counts as known.
 * @param rebasePerDay by how much, in standard deviations of the sensor, what is usual may follow the asset in a day.
 */
public record DetectorSettings(
        int blockSteps,
        double limitSigma,
        double tolerance,
        double slack,
        double sumLimit,
        double averageShare,
        double averageLimit,
        double noiseRatio,
        int stuckSteps,
        int learnBlocks,
        double rebasePerDay) {
    static final int RUN = 3;

    public DetectorSettings {
        boolean isRight = blockSteps >= 2
                && limitSigma > 0
                && tolerance >= 0
                && slack >= 0
                && sumLimit > 0
                && averageShare > 0
                && averageShare <= 1
                && averageLimit > 0
                && noiseRatio > 1
                && stuckSteps >= 2
                && learnBlocks >= 2
                && rebasePerDay >= 0;
        if (!isRight) {
            throw new IllegalArgumentException("no such settings: blockSteps %d, limits %s, %s, %s, learnBlocks %d"
                    .formatted(blockSteps, limitSigma, sumLimit, averageLimit, learnBlocks));
        }
    }

    /** Blocks of a minute for steps of a second; at most one false alarm in a month of a twin. */
    public static DetectorSettings defaults() {
        return new DetectorSettings(60, 6, 1, 0.5, 12, 0.1, 6, 4, 120, 30, 0.25);
    }

    /** The same for a follower with steps of this length, whose model is this much slower than a machine. */
    public DetectorSettings forSteps(double stepSeconds, double pace) {
        int steps = (int) Math.max(6, Math.round(60 * pace / stepSeconds));
        int stuck = (int) Math.max(30, Math.round(120 * pace / stepSeconds));
        return new DetectorSettings(
                steps,
                limitSigma,
                tolerance,
                slack,
                sumLimit,
                averageShare,
                averageLimit,
                noiseRatio,
                stuck,
                learnBlocks,
                rebasePerDay);
    }
}
