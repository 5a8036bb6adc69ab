package org.uatwin.simulation.detection;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Text;

/**
 * What a detector says at one moment. Immutable.
 *
 * @param time {@link org.uatwin.informationmodel.value.UaTime} ticks of the last step seen; 0 if there was none.
 * @param score 1 at the limit of the test that is nearest to its own; 0 is usual; at most {@value #MOST}.
 * @param isAlarm whether something unusual stands: it begins at a score of 1 and ends some time after the score is below one half.
 * @param since ticks at which the alarm began; 0 without one.
 * @param contributors what says so, the largest first.
 * @param baseline what it was learned from; null while nothing is learned.
 * @param unavailable why there is no score; empty if there is one. What is only being learned is not unavailable: tests are wider then.
 */
public record Detection(
        long time,
        double score,
        boolean isAlarm,
        long since,
        List<Contributor> contributors,
        @Nullable Baseline baseline,
        Text unavailable) {
    /** Largest score. */
    public static final double MOST = 10;

    public Detection {
        contributors = List.copyOf(contributors);
    }

    /** Whether there is a score. */
    public boolean isAvailable() {
        return unavailable.isEmpty();
    }

    /**
     * A point that contributes.
     *
     * @param share of the whole, 0 to 1; shares of all contributors sum to 1.
     * @param test that says so.
     * @param value of the test.
     * @param limit of the test, in the same terms.
     */
    public record Contributor(String point, double share, ResidualTest test, double value, double limit) {}

    /**
     * What was learned of the usual.
     *
     * @param id name and version, or {@code residuals} for what a detector learns by itself.
     * @param learnedAt ticks at which learning ended; 0 while it goes on.
     * @param rows that were learned from.
     * @param rowsNeeded until it counts as learned.
     */
    public record Baseline(String id, long learnedAt, long rows, long rowsNeeded) {
        /** Whether it has been learned. */
        public boolean isReady() {
            return learnedAt > 0;
        }
    }
}
