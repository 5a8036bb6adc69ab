package org.uatwin.simulation.maintenance;

import org.uatwin.simulation.prognosis.FirstPassage;

/**
 * What a twin believes of the wear of one part: level and rate by a Kalman filter on noisy measurements (Kalman 1960; the rate is a
 * constant of the part, known beforehand as the fleet has it). Owned by one thread.
 */
final class WearPredictor {
    private final double meanRate;
    private final double rateSpread;
    private final double diffusion;
    private final double noise;
    private double level;
    private double rate;
    private double p11;
    private double p12;
    private double p22;

    /**
     * @param meanRate of the fleet, limits an hour.
     * @param rateSpread standard deviation between parts.
     * @param diffusion of the wear, limits per root hour.
     * @param noise of a measurement.
     */
    WearPredictor(double meanRate, double rateSpread, double diffusion, double noise) {
        this.meanRate = meanRate;
        this.rateSpread = rateSpread;
        this.diffusion = diffusion;
        this.noise = Math.max(noise, 1e-6);
        renew();
    }

    /** A new part. */
    void renew() {
        level = 0;
        rate = meanRate;
        p11 = 0;
        p12 = 0;
        p22 = rateSpread * rateSpread;
    }

    void measured(double hours, double value) {
        level += rate * hours;
        p11 += 2 * hours * p12 + hours * hours * p22 + diffusion * diffusion * hours;
        p12 += hours * p22;
        double s = p11 + noise * noise;
        double k1 = p11 / s;
        double k2 = p12 / s;
        double innovation = value - level;
        level += k1 * innovation;
        rate += k2 * innovation;
        p22 -= k2 * p12;
        p12 -= k1 * p12;
        p11 -= k1 * p11;
    }

    /**
     * Probability that the limit 1 is reached within that time: first passage of a Brownian motion with drift (Chhikara and Folks
     * 1989), averaged over what level and rate may be by Gauss-Hermite points.
     */
    double failureWithin(double hours) {
        // Three points each in the direction of the level and of the rate given the level.
        double sd1 = Math.sqrt(Math.max(p11, 0));
        double slope = p11 > 0 ? p12 / p11 : 0;
        double sd2 = Math.sqrt(Math.max(p22 - slope * p12, 0));
        double sum = 0;
        for (int i = -1; i <= 1; i++) {
            double x = level + i * ROOT_3 * sd1;
            for (int j = -1; j <= 1; j++) {
                double mu = rate + slope * (x - level) + j * ROOT_3 * sd2;
                sum += weight(i) * weight(j) * FirstPassage.within(hours, 1 - x, mu, diffusion);
            }
        }
        return sum;
    }

    private static final double ROOT_3 = Math.sqrt(3);

    private static double weight(int i) {
        return i == 0 ? 2.0 / 3 : 1.0 / 6;
    }
}
