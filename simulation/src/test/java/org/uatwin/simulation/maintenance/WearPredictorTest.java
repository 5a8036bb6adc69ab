package org.uatwin.simulation.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.uatwin.simulation.solver.NoiseStream;

class WearPredictorTest {
    private static final double RATE = 1e-3;
    private static final double DIFFUSION = 0.15 * Math.sqrt(RATE);

    /** What is said to happen with 30 % happens in 30 % of the cases: parts with rates of their own, seen through noise. */
    @Test
    void probabilitiesAreThoseOfWhatHappens() {
        NoiseStream stream = NoiseStream.ofSeed(3);
        double said = 0;
        double happened = 0;
        int cases = 0;
        for (int part = 0; part < 4_000; part++) {
            WearPredictor predictor = new WearPredictor(RATE, 0.2 * RATE, DIFFUSION, 0.05);
            double rate = RATE * (1 + 0.2 * stream.gaussian());
            double level = 0;
            for (int hour = 0; hour < 700 && level < 1; hour++) {
                level += rate + DIFFUSION * stream.gaussian();
                predictor.measured(1, level + 0.05 * stream.gaussian());
            }
            if (level >= 1) {
                continue;
            }
            said += predictor.failureWithin(250);
            cases++;
            for (int hour = 0; hour < 250 && level < 1; hour++) {
                level += rate + DIFFUSION * stream.gaussian();
            }
            happened += level >= 1 ? 1 : 0;
        }
        assertThat(said / cases).isBetween(0.2, 0.6); // or the test would say little
        assertThat(happened / cases).isEqualTo(said / cases, within(0.03));
    }

    @Test
    void withoutNoiseTheMomentIsKnown() {
        WearPredictor predictor = new WearPredictor(RATE, 0, 0, 0);
        for (int hour = 1; hour <= 900; hour++) {
            predictor.measured(1, RATE * hour);
        }
        assertThat(predictor.failureWithin(99)).isZero();
        assertThat(predictor.failureWithin(101)).isEqualTo(1, within(1e-12));
    }
}
