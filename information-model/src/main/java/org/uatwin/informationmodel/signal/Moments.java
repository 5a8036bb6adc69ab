package org.uatwin.informationmodel.signal;

/**
 * Running moments about the mean, updated sample by sample (P. Pebay, SAND2008-6212, equations 1.5 to 1.8). Owned by one
 * thread.
 */
public final class Moments {
    private long count;
    private double mean;
    private double m2;
    private double m3;
    private double m4;
    private double min;
    private double max;

    public Moments() {
        clear();
    }

    /** Of all these samples. */
    public static Moments of(double[] samples) {
        Moments moments = new Moments();
        for (double x : samples) {
            moments.add(x);
        }
        return moments;
    }

    public void clear() {
        count = 0;
        mean = 0;
        m2 = 0;
        m3 = 0;
        m4 = 0;
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
    }

    public void add(double x) {
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

    public long count() {
        return count;
    }

    public double mean() {
        return mean;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    public double std() {
        return Math.sqrt(m2 / count);
    }

    public double rms() {
        return Math.sqrt(mean * mean + m2 / count);
    }

    /** NaN of a constant. */
    public double crest() {
        return Math.max(max - mean, mean - min) / std();
    }

    /** 3 for Gaussian noise; NaN of a constant. */
    public double kurtosis() {
        return count * m4 / (m2 * m2);
    }
}
