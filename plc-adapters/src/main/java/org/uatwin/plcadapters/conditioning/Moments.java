package org.uatwin.plcadapters.conditioning;

/** Running moments about the mean, updated sample by sample (P. Pebay, SAND2008-6212, equations 1.5 to 1.8). */
final class Moments {
    private long count;
    private double mean;
    private double m2;
    private double m3;
    private double m4;
    private double min;
    private double max;

    Moments() {
        clear();
    }

    void clear() {
        count = 0;
        mean = 0;
        m2 = 0;
        m3 = 0;
        m4 = 0;
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
    }

    void add(double x) {
        long before = count++;
        double delta = x - mean;
        double step = delta / count;
        double term = delta * step * before;
        mean += step;
        m4 += term * step * step * ((double) count * count - 3.0 * count + 3) + 6 * step * step * m2 - 4 * step * m3;
        m3 += term * step * (count - 2) - 3 * step * m2;
        m2 += term;
        min = Math.min(min, x);
        max = Math.max(max, x);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }

    double std() {
        return Math.sqrt(m2 / count);
    }

    double rms() {
        return Math.sqrt(mean * mean + m2 / count);
    }

    /** NaN of a constant. */
    double crest() {
        return Math.max(max - mean, mean - min) / std();
    }

    /** 3 for Gaussian noise; NaN of a constant. */
    double kurtosis() {
        return count * m4 / (m2 * m2);
    }
}
