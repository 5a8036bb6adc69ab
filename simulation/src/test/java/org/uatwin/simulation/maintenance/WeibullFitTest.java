package org.uatwin.simulation.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.prognosis.LifeDistribution;
import org.uatwin.simulation.solver.NoiseStream;

/** A life that is learned too steep replaces parts too early, one learned without what still works far too early. */
class WeibullFitTest {
    private static WeibullFit.Life failed(double at) {
        return new WeibullFit.Life(0, at, true);
    }

    private static double draw(NoiseStream random, double shape, double scale) {
        return scale * StrictMath.pow(-StrictMath.log(random.uniform()), 1 / shape);
    }

    @Test
    void fewerThanThreeFailuresTellNothing() {
        assertThat(WeibullFit.of(List.of(failed(100), failed(200), new WeibullFit.Life(0, 300, false))))
                .isEmpty();
        assertThat(WeibullFit.of(List.of(failed(100), failed(200), failed(300))))
                .isPresent();
    }

    /** The power 3.5 of c4, the constant of control charts: 0.9213 for 4, 0.9727 for 10 (any table of them). */
    @Test
    void theShapeOfFewFailuresIsBroughtDown() {
        assertThat(WeibullFit.correction(4)).isCloseTo(Math.pow(0.9213, 3.5), within(1e-3));
        assertThat(WeibullFit.correction(10)).isCloseTo(Math.pow(0.9727, 3.5), within(1e-3));
        assertThat(WeibullFit.correction(200)).isCloseTo(1, within(0.01));
    }

    @Test
    void manyLivesGiveTheLifeTheyWereDrawnFrom() {
        NoiseStream random = NoiseStream.ofSeed(7);
        List<WeibullFit.Life> lives = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            lives.add(failed(draw(random, 2.5, 1000)));
        }
        WeibullFit fit = WeibullFit.of(lives).orElseThrow();
        assertThat(fit.shape()).isCloseTo(2.5, within(0.1));
        assertThat(fit.scale()).isCloseTo(1000, within(20.0));
        assertThat(fit.failures()).isEqualTo(4000);
    }

    /** Parts replaced at 600 h, and parts first seen at 300 h: both must not move the answer. */
    @Test
    void unfinishedLivesAndLateBeginningsCount() {
        NoiseStream random = NoiseStream.ofSeed(8);
        List<WeibullFit.Life> lives = new ArrayList<>();
        for (int i = 0; i < 8000; i++) {
            double life = draw(random, 2.5, 1000);
            double from = i % 2 == 0 ? 0 : 300;
            if (life > from) {
                lives.add(new WeibullFit.Life(from, Math.min(600, life), life < 600));
            }
        }
        WeibullFit fit = WeibullFit.of(lives).orElseThrow();
        assertThat(fit.shape()).isCloseTo(2.5, within(0.15));
        assertThat(fit.scale()).isCloseTo(1000, within(40.0));
        assertThat(fit.failures()).isLessThan(fit.lives());
    }

    /** With five failures each, half of the shapes come out too steep and half too flat. */
    @Test
    void theShapeIsRightInTheMedian() {
        NoiseStream random = NoiseStream.ofSeed(9);
        double[] shapes = new double[1001];
        for (int k = 0; k < shapes.length; k++) {
            List<WeibullFit.Life> lives = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                lives.add(failed(draw(random, 2, 1000)));
            }
            shapes[k] = WeibullFit.of(lives).orElseThrow().shape();
        }
        Arrays.sort(shapes);
        assertThat(shapes[500]).isCloseTo(2, within(0.15));
    }

    /** R(age + t) / R(age) of the Weibull distribution. */
    @Test
    void whatIsLeftOfALifeIsThatOfItsAge() {
        LifeDistribution left = WeibullLife.of(2.5, 1000, 600);
        double gone = Math.pow(0.6, 2.5);
        for (double t : new double[] {10, 100, 300, 800}) {
            double exact = 1 - Math.exp(gone - Math.pow((600 + t) / 1000, 2.5));
            assertThat(left.within(t)).as("%s h", t).isCloseTo(exact, within(2e-3));
        }
        assertThat(WeibullLife.of(1, 1000, 5000).within(1000)).isCloseTo(1 - Math.exp(-1), within(2e-3));
        assertThat(WeibullLife.of(3, 10, 1e9).within(1)).isEqualTo(1);
    }
}
