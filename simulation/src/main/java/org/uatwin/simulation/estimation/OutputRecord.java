package org.uatwin.simulation.estimation;

/**
 * What was learnt about one measured output: how much its sensor scatters, how well it was predicted, how often it lay inside the
 * band. Averages forget exponentially. Owned with its estimator.
 */
final class OutputRecord {
    private static final double BAND = 1.6448536269514722; // 90 % of a normal distribution
    private static final double FIRST_NOISE = 0.25; // of the sensor's variance: the rest of its class is offset
    private static final double LEAST_NOISE = 0.0025;
    private static final double MOST_NOISE = 400;
    private static final double NOISE_MEMORY = 600; // measurements
    private static final int KEPT = 128;

    private final double memory; // measurements the averages remember
    private double scatter = FIRST_NOISE; // from one measurement to the next; both over the variance of the sensor
    private double excess; // what the innovations have beyond scatter and the model's own uncertainty
    private double before = Double.NaN;
    long count;
    double meanSquare;
    double bias;
    double mean;
    double square;
    double cross;
    double predictedMean;
    double predictedSquare;
    double covered = 0.9;
    double calibratedError = Double.NaN;
    double nis = 1;
    private double lagged; // product of an innovation and the one before it
    private double scaledSquare = 1;
    private double scaledBefore = Double.NaN;
    private final double[] innovations = new double[KEPT]; // in standard deviations
    private int kept;

    OutputRecord(double memory) {
        this.memory = memory;
    }

    /** Takes a step in that is final. */
    void add(double measured, double expected, double innovation, double variance, double own, double sensorVariance) {
        count++;
        double share = 1 / Math.min((double) count, memory);
        double error = measured - expected;
        meanSquare += share * (error * error - meanSquare);
        bias += share * (error - bias);
        mean += share * (measured - mean);
        square += share * (measured * measured - square);
        predictedMean += share * (expected - predictedMean);
        predictedSquare += share * (expected * expected - predictedSquare);
        cross += share * (measured * expected - cross);
        double sigma = Math.sqrt(variance);
        double scaled = sigma > 0 ? innovation / sigma : 0;
        // Over three windows at least: a share of few looks worse or better than it is.
        double slow = 1 / Math.min(count + 20.0, 3 * memory);
        covered += slow * ((Math.abs(scaled) <= BAND ? 1 : 0) - covered);
        nis += share * (Math.min(scaled * scaled, 25) - nis);
        double clipped = Math.max(-5, Math.min(5, scaled));
        if (!Double.isNaN(scaledBefore)) {
            lagged += slow * (clipped * scaledBefore - lagged);
            scaledSquare += slow * (clipped * clipped - scaledSquare);
        }
        scaledBefore = clipped;
        innovations[kept++ % KEPT] = scaled;
        if (sensorVariance > 0) {
            learnNoise(innovation, variance, own, sensorVariance);
        }
    }

    /**
     * How many measurements in a row tell as much as one: what a model misses stays for a while, and counted as new each time it would
     * be believed too much (effective sample size of a first-order autoregressive process; Zieba 2010).
     */
    double repetition() {
        double correlation = Math.max(0, Math.min(0.9, lagged / Math.max(0.1, scaledSquare)));
        return (1 + correlation) / (1 - correlation);
    }

    /**
     * What changes from one measurement to the next is the sensor's scatter, whatever slow error the model has. What innovations
     * have beyond that and the filter's own uncertainty is added to it (covariance matching; Mehra 1972).
     */
    private void learnNoise(double innovation, double variance, double own, double sensorVariance) {
        double rate = 1 / Math.min(count + 30.0, NOISE_MEMORY);
        if (!Double.isNaN(before)) {
            double step = innovation - before;
            double seen = Math.min(0.5 * step * step, 25 * variance) / sensorVariance;
            scatter += rate * (seen - scatter);
            scatter = Math.max(LEAST_NOISE, Math.min(MOST_NOISE, scatter));
        }
        before = innovation;
        double rest = (Math.min(innovation * innovation, 25 * variance) - own) / sensorVariance - scatter;
        excess += rate * (rest - excess);
        excess = Math.max(0, Math.min(MOST_NOISE, excess));
    }

    /** Variance of a measurement over the variance of its sensor. */
    double noise() {
        return scatter + excess;
    }

    double rootMeanSquare() {
        return Math.sqrt(Math.max(0, meanSquare));
    }

    /** Nash and Sutcliffe's efficiency: 1 perfect, 0 no better than the mean; 1 while nothing varies. */
    double efficiency(double sensorVariance) {
        double variance = square - mean * mean;
        return variance > 4 * sensorVariance ? 1 - meanSquare / variance : 1;
    }

    /** Correlation of measured and expected; 1 while nothing varies. */
    double correlation(double sensorVariance) {
        double a = square - mean * mean;
        double b = predictedSquare - predictedMean * predictedMean;
        double limit = 4 * sensorVariance;
        return a > limit && b > limit ? (cross - mean * predictedMean) / Math.sqrt(a * b) : 1;
    }

    /** Score 0..100: half at three standard deviations of the sensor, less the further the band is from covering 90 %. */
    double score(double sigma) {
        double z = rootMeanSquare() / (3 * sigma);
        double coverage = covered < 0.85 ? covered / 0.85 : 1;
        return 100 / (1 + z * z) * (0.5 + 0.5 * coverage);
    }

    /** Probability that white noise looks like the last innovations. */
    double whiteness() {
        return kept < KEPT ? 1 : Consistency.whiteness(ordered(), KEPT, 10);
    }

    private double[] ordered() {
        double[] values = new double[KEPT];
        for (int i = 0; i < KEPT; i++) {
            values[i] = innovations[(kept + i) % KEPT];
        }
        return values;
    }

    /** Writes what has to survive a restart; answers the next free place. */
    int save(double[] into, int at) {
        double[] all = {
            scatter,
            excess,
            count,
            meanSquare,
            bias,
            mean,
            square,
            cross,
            predictedMean,
            predictedSquare,
            covered,
            calibratedError,
            nis
        };
        System.arraycopy(all, 0, into, at, all.length);
        return at + all.length;
    }

    /** Numbers {@link #save} writes. */
    static final int SAVED = 13;

    int restore(double[] from, int at) {
        scatter = from[at];
        excess = from[at + 1];
        count = (long) from[at + 2];
        meanSquare = from[at + 3];
        bias = from[at + 4];
        mean = from[at + 5];
        square = from[at + 6];
        cross = from[at + 7];
        predictedMean = from[at + 8];
        predictedSquare = from[at + 9];
        covered = from[at + 10];
        calibratedError = from[at + 11];
        nis = from[at + 12];
        return at + SAVED;
    }
}
