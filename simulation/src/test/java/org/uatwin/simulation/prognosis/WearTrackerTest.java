package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.uatwin.simulation.solver.NoiseStream;

/** How fast a part wears is seen over weeks, by estimates whose errors stay for hours or for ever. */
class WearTrackerTest {
    private static final double SIGMA = 0.01; // of an estimate, where new is 0 and the limit 1
    private static final double STEP = 0.25; // h

    /** Estimates of a wear with an error that stays and one that comes and goes. */
    private static final class Estimates {
        private final NoiseStream noise;
        private final double staying;
        private double passing;
        double level;

        Estimates(long seed) {
            noise = NoiseStream.ofSeed(seed);
            staying = Math.sqrt(0.6) * SIGMA * noise.gaussian();
        }

        double next(double grown) {
            level += grown;
            double keep = StrictMath.exp(-STEP / 3);
            passing = keep * passing + Math.sqrt((1 - keep * keep) * 0.38) * SIGMA * noise.gaussian();
            return level + staying + passing + Math.sqrt(0.02) * SIGMA * noise.gaussian();
        }
    }

    private static void run(WearTracker tracker, Estimates estimates, double perHour, double factor, double hours) {
        for (double t = 0; t < hours; t += STEP) {
            tracker.observe(STEP, perHour * STEP, estimates.next(factor * perHour * STEP), SIGMA);
        }
    }

    @Test
    void factorAndLevelAreInsideTheirIntervals() {
        int factors = 0;
        int levels = 0;
        for (int seed = 1; seed <= 200; seed++) {
            NoiseStream noise = NoiseStream.ofSeed(seed);
            double factor = StrictMath.exp(0.4 * noise.gaussian());
            WearTracker tracker = new WearTracker(0.5, 3);
            Estimates estimates = new Estimates(1000 + seed);
            run(tracker, estimates, 1e-4, factor, 1000); // a tenth of its life
            WearState state = tracker.state("Wear");
            factors += Math.abs(state.factor() - factor) <= 1.6449 * state.factorSigma() ? 1 : 0;
            levels += Math.abs(state.level() - estimates.level) <= 1.6449 * state.levelSigma() ? 1 : 0;
            assertThat(state.factorSigma()).isLessThan(0.15); // it has learnt
        }
        assertThat(factors).isGreaterThan(166); // more, because a rate might change, which these do not
        assertThat(levels).isBetween(166, 195);
    }

    /** A thousand times as fast as ever: the factor follows within an hour or two, not within months. */
    @Test
    void aRunawayIsFollowed() {
        WearTracker tracker = new WearTracker(0.5, 3);
        Estimates estimates = new Estimates(7);
        run(tracker, estimates, 1e-5, 1, 100);
        for (int minute = 0; minute < 90; minute++) {
            double grown = 1e-5 / 60;
            estimates.level += 10_000 * grown;
            tracker.observe(1 / 60.0, grown, estimates.level, SIGMA);
        }
        assertThat(tracker.state("Wear").factor()).isCloseTo(10_000, within(3000.0));
    }

    /** A part that is replaced is new: its level is known better than any sensor tells, and its rate has to be learned. */
    @Test
    void aNewPartIsNew() {
        WearTracker tracker = new WearTracker(0.5, 3);
        run(tracker, new Estimates(3), 1e-4, 1.7, 2000);
        tracker.renew(0, 0.001, true);
        WearState state = tracker.state("Wear");
        assertThat(state.level()).isZero();
        assertThat(state.levelSigma()).isCloseTo(0.001, within(1e-9));
        assertThat(state.factor()).isEqualTo(1);
        assertThat(state.factorSigma()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void restoredItGoesOnAsBefore() {
        WearTracker tracker = new WearTracker(0.5, 3);
        run(tracker, new Estimates(3), 1e-4, 1.7, 500);
        double[] saved = new double[WearTracker.SAVED];
        assertThat(tracker.save(saved, 0)).isEqualTo(saved.length);
        WearTracker other = new WearTracker(1, 3);
        other.restore(saved, 0);
        assertThat(other.state("Wear")).isEqualTo(tracker.state("Wear"));
        assertThat(other.spread()).isEqualTo(0.5);
    }
}
