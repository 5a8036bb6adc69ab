package org.uatwin.simulation.maintenance;

import org.uatwin.simulation.prognosis.FirstPassage;

/**
 * Replacement by condition: a part whose wear is a Wiener process is inspected at fixed intervals and replaced when its wear is found
 * beyond a limit, or when it has failed (van Noortwijk 2009, section 6). Cost an hour by the renewal reward theorem: cost of a cycle over its
 * length, both from the density of the wear carried from one inspection to the next.
 *
 * @param drift wear an hour; above 0.
 * @param diffusion wear per root hour; 0 and above.
 * @param failureLevel wear at which it fails.
 * @param interval hours between inspections.
 * @param inspection cost of one.
 * @param planned cost of a planned replacement.
 * @param failure cost of a failure.
 */
public record ConditionPolicy(
        double drift,
        double diffusion,
        double failureLevel,
        double interval,
        double inspection,
        double planned,
        double failure) {
    private static final int CELLS = 400;
    private static final int QUICK_CELLS = 120;
    private static final int MOST_INSPECTIONS = 20_000;
    private static final double GONE = 1e-10; // probability that a cycle still goes on

    public ConditionPolicy {
        if (!(drift > 0)
                || !(diffusion >= 0)
                || !(failureLevel > 0)
                || !(interval > 0)
                || !(inspection >= 0)
                || !(planned > 0)
                || !(failure > 0)) {
            throw new IllegalArgumentException(
                    "drift %s, failure level %s, interval %s and costs %s, %s must be above 0; diffusion %s, inspection %s not below"
                            .formatted(drift, failureLevel, interval, planned, failure, diffusion, inspection));
        }
    }

    /**
     * What a limit brings.
     *
     * @param limit wear beyond which it is replaced.
     * @param costRate cost an hour.
     * @param cycleHours mean time from one replacement to the next.
     * @param failureShare of cycles that end with a failure.
     */
    public record Outcome(double limit, double costRate, double cycleHours, double failureShare) {}

    /** Cost of running to failure, without inspections. */
    public double runToFailure() {
        return failure * drift / failureLevel;
    }

    /** What a limit brings. */
    public Outcome at(double limit) {
        return at(limit, CELLS);
    }

    private Outcome at(double limit, int cells) {
        double m = Math.max(0, Math.min(failureLevel, limit));
        return diffusion == 0 || diffusion * Math.sqrt(interval) < 2e-3 * failureLevel
                ? certain(m)
                : uncertain(m, cells);
    }

    private Outcome certain(double m) {
        double step = drift * interval;
        double found = Math.max(1, Math.ceil(m / step - 1e-9)); // inspection that finds it
        double life = failureLevel / drift;
        boolean isFailed = found * interval > life + 1e-9;
        double hours = isFailed ? life : found * interval;
        double inspections = isFailed ? Math.floor(life / interval + 1e-9) : found;
        double cost = inspection * inspections + (isFailed ? failure : planned);
        return new Outcome(m, cost / hours, hours, isFailed ? 1 : 0);
    }

    private Outcome uncertain(double m, int cells) {
        double sigma = diffusion * Math.sqrt(interval);
        double low = -6 * sigma;
        double width = (m - low) / cells;
        double[] density = new double[cells];
        double[] next = new double[cells];
        double[] centre = new double[cells];
        for (int i = 0; i < cells; i++) {
            centre[i] = low + (i + 0.5) * width;
        }
        double[] kernel = kernel(sigma, width, cells);
        double[] failing = new double[cells];
        double[] hoursLost = new double[cells];
        for (int i = 0; i < cells; i++) {
            failing[i] = FirstPassage.within(interval, failureLevel - centre[i], drift, diffusion);
            hoursLost[i] = lost(failureLevel - centre[i]);
        }
        double failed = 0;
        double hours = 0;
        double inspections = 0;
        double left = 1;
        boolean isFirst = true;
        for (int k = 0; k < MOST_INSPECTIONS && left > GONE; k++) {
            double failing0 = isFirst ? FirstPassage.within(interval, failureLevel, drift, diffusion) : 0;
            double newly = failing0;
            double gone = isFirst ? lost(failureLevel) : 0;
            for (int i = 0; i < cells && !isFirst; i++) {
                newly += density[i] * failing[i];
                gone += density[i] * hoursLost[i];
            }
            hours += left * interval - gone;
            inspections += left - newly;
            failed += newly;
            advance(density, next, centre, kernel, width, sigma, isFirst);
            isFirst = false;
            left = 0;
            for (double each : next) {
                left += each;
            }
            double[] swap = density;
            density = next;
            next = swap;
        }
        double cost = inspection * inspections + planned * (1 - failed) + failure * failed;
        return new Outcome(m, cost / hours, hours, failed);
    }

    /** Mean hours of an interval in which a part with this much way to go lies failed. */
    private double lost(double way) {
        int panels = 16;
        double sum = 0;
        for (int i = 0; i <= panels; i++) {
            double weight = i == 0 || i == panels ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * FirstPassage.within(interval * i / panels, way, drift, diffusion);
        }
        return sum * interval / panels / 3;
    }

    /** Probability of a step by so many cells, from -cells on. */
    private double[] kernel(double sigma, double width, int cells) {
        double[] kernel = new double[2 * cells + 1];
        for (int j = -cells; j <= cells; j++) {
            kernel[j + cells] = FirstPassage.normal(((j + 0.5) * width - drift * interval) / sigma)
                    - FirstPassage.normal(((j - 0.5) * width - drift * interval) / sigma);
        }
        return kernel;
    }

    /** Carries the wear of parts that go on to the next inspection: those that neither failed nor are found beyond the limit. */
    private void advance(
            double[] density,
            double[] next,
            double[] centre,
            double[] kernel,
            double width,
            double sigma,
            boolean isFirst) {
        double variance = sigma * sigma;
        int cells = density.length;
        for (int k = 0; k < cells; k++) {
            double sum = 0;
            if (isFirst) {
                double z = (centre[k] - drift * interval) / sigma;
                sum = width
                        * StrictMath.exp(-0.5 * z * z)
                        / (sigma * Math.sqrt(2 * Math.PI))
                        * stays(0, centre[k], variance);
            } else {
                for (int i = 0; i < cells; i++) {
                    double p = kernel[k - i + cells];
                    if (density[i] > 0 && p > 1e-14) {
                        sum += density[i] * p * stays(centre[i], centre[k], variance);
                    }
                }
            }
            next[k] = sum;
        }
    }

    /** Probability that a Brownian bridge from one wear to the other has not been at the failure level in between. */
    private double stays(double from, double to, double variance) {
        double a = failureLevel - from;
        double b = failureLevel - to;
        double exponent = 2 * a * b / variance;
        return exponent > 30 ? 1 : exponent <= 0 ? 0 : 1 - StrictMath.exp(-exponent);
    }

    /** The limit at least cost. Where running to failure is no dearer, the limit is the failure level. */
    public Outcome optimum() {
        return optimum(CELLS, 40, 25);
    }

    /** The same to about a percent, in some hundredths of a second. */
    Outcome quickOptimum() {
        return optimum(QUICK_CELLS, 12, 6);
    }

    private Outcome optimum(int cells, int coarse, int refinements) {
        Outcome best = at(failureLevel, cells);
        for (int i = 1; i < coarse; i++) {
            Outcome each = at(failureLevel * i / coarse, cells);
            best = each.costRate() < best.costRate() ? each : best;
        }
        double low = Math.max(0, best.limit() - failureLevel / coarse);
        double high = Math.min(failureLevel, best.limit() + failureLevel / coarse);
        double golden = 0.5 * (Math.sqrt(5) - 1);
        for (int i = 0; i < refinements; i++) {
            Outcome a = at(high - golden * (high - low), cells);
            Outcome b = at(low + golden * (high - low), cells);
            if (a.costRate() <= b.costRate()) {
                high = b.limit();
                best = a.costRate() < best.costRate() ? a : best;
            } else {
                low = a.limit();
                best = b.costRate() < best.costRate() ? b : best;
            }
        }
        return best;
    }
}
