package org.uatwin.simulation.contract;

/**
 * Collects how well a started model explains what is measured. Each residual r counts as 1 / (1 + (r / 3 s)^2) with s its
 * standard deviation: 1 for a perfect match, 0.5 at three standard deviations, towards 0 beyond; the score is their mean.
 */
public final class FitScore {
    /** The value that means "not tracked". */
    public static final double NOT_TRACKED = -1;

    private double sum;
    private int count;

    /** Adds a measurement (NaN is skipped) against the model's value. */
    public void residual(double measured, double modelled, double sigma) {
        if (Double.isFinite(measured) && Double.isFinite(modelled) && sigma > 0) {
            double z = (measured - modelled) / (3 * sigma);
            sum += 1 / (1 + z * z);
            count++;
        }
    }

    /** The score 0..1, or {@link #NOT_TRACKED} when nothing could be compared. */
    public double value() {
        return count == 0 ? NOT_TRACKED : sum / count;
    }
}
