package org.uatwin.simulation.prognosis;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Whether intervals hold what they promise: each outcome is put against the interval that was given for it, and intervals that cover too
 * little are widened by as much as would have made them right (split conformal prediction; Vovk, Gammerman and Shafer 2005). Owned by one
 * thread.
 */
public final class CoverageTracker {
    private static final int KEPT = 200;
    private static final int FEWEST = 20; // outcomes before anything is widened
    private static final double MOST = 10; // times as wide

    private final double level;
    private final double[] scores = new double[KEPT]; // distance from the median over half the width on that side
    private int count;
    private double ranked;
    private double last = Double.NaN;

    /** @param level share of outcomes the intervals are to hold, 0..1. */
    public CoverageTracker(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level);
        }
        this.level = level;
    }

    /**
     * What came of a prediction.
     *
     * @param lower and upper: the interval that was given, before widening; median between them.
     */
    public void outcome(double lower, double median, double upper, double actual) {
        double half = actual >= median ? upper - median : median - lower;
        double away = Math.abs(actual - median);
        scores[count % KEPT] = half > 0 ? away / half : away > 0 ? Double.MAX_VALUE : 0;
        count++;
        last = actual;
    }

    /** Adds how far a prediction was off as a whole, {@link LifeDistribution#crps} over the truth. */
    public void score(double relativeCrps) {
        ranked += relativeCrps;
    }

    /** Outcomes so far. */
    public int outcomes() {
        return count;
    }

    /** Share of the last 200 outcomes inside their intervals; -1 = none yet. */
    public double coverage() {
        int kept = Math.min(count, KEPT);
        int inside = 0;
        for (int i = 0; i < kept; i++) {
            inside += scores[i] <= 1 ? 1 : 0;
        }
        return kept == 0 ? -1 : (double) inside / kept;
    }

    /** Mean of the scores; NaN before the first. */
    public double meanScore() {
        return count == 0 ? Double.NaN : ranked / count;
    }

    /** By how much intervals are to be widened; 1 = they are right, or nobody knows yet. Never narrower. */
    public double widening() {
        int kept = Math.min(count, KEPT);
        if (kept < FEWEST) {
            return 1;
        }
        double[] sorted = Arrays.copyOf(scores, kept);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil((kept + 1) * level);
        return Math.max(1, Math.min(MOST, sorted[Math.min(kept, rank) - 1]));
    }

    void save(DataOutputStream out) throws IOException {
        out.writeInt(count);
        out.writeDouble(ranked);
        for (double score : scores) {
            out.writeFloat((float) score);
        }
    }

    void restore(DataInputStream in) throws IOException {
        count = in.readInt();
        ranked = in.readDouble();
        for (int i = 0; i < KEPT; i++) {
            scores[i] = in.readFloat();
        }
    }

    @Override
    public String toString() {
        return "%d outcomes, %.0f %% inside, last %s".formatted(count, 100 * coverage(), last);
    }
}
