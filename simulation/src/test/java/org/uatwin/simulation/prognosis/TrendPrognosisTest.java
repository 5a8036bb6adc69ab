package org.uatwin.simulation.prognosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.solver.NoiseStream;

/** A maintenance engineer has a point that grows and a limit: when will it be there, and how sure is that? */
class TrendPrognosisTest {
    private static final double HORIZON = 10_000;

    private static double[] hours(int n, double step) {
        double[] t = new double[n];
        for (int i = 0; i < n; i++) {
            t[i] = step * i;
        }
        return t;
    }

    private static double[] values(double[] t, DoubleUnaryOperator law, double noise, long seed) {
        NoiseStream random = NoiseStream.ofSeed(seed);
        double[] v = new double[t.length];
        for (int i = 0; i < t.length; i++) {
            v[i] = law.applyAsDouble(t[i]) + noise * random.gaussian();
        }
        return v;
    }

    private static MethodForecast known(double[] t, double[] v, double limit) {
        TrendPrognosis.Outcome outcome = TrendPrognosis.forecast("Wear", t, v, limit, null, HORIZON);
        assertThat(outcome.forecast()).as(outcome.reason().toString()).isPresent();
        return outcome.forecast().orElseThrow();
    }

    @Test
    void straightGrowthReachesItsLimit() {
        double[] t = hours(400, 1);
        MethodForecast f = known(t, values(t, h -> 2 + 0.01 * h, 0.05, 1), 10);
        assertThat(f.life().quantile(0.5)).isCloseTo(401, within(20.0));
        assertThat(f.life().quantile(0.05)).isLessThan(401);
        assertThat(f.life().quantile(0.95)).isGreaterThan(401);
        assertThat(f.dominantMode()).isEqualTo("Wear");
    }

    /** The same towards a limit below: head of a pump, thickness of a lining. */
    @Test
    void whatShrinksReachesItsLimitAsWell() {
        double[] t = hours(400, 1);
        MethodForecast f = known(t, values(t, h -> 50 - 0.01 * h, 0.05, 2), 42);
        assertThat(f.life().quantile(0.5)).isCloseTo(401, within(20.0));
    }

    /** A bearing in its last phase: a straight line would promise twice as long. */
    @Test
    void exponentialGrowthIsSeen() {
        double[] t = hours(300, 1);
        MethodForecast f = known(t, values(t, h -> 0.8 * Math.exp(0.006 * h), 0.02, 3), 11.2);
        double truth = Math.log(11.2 / 0.8) / 0.006 - 299;
        assertThat(f.life().quantile(0.5)).isCloseTo(truth, within(0.1 * truth));
        assertThat(f.reason().byLocale().get("en")).contains("exponential");
    }

    /** Steps that never go back, as of a counter of damage. */
    @Test
    void gammaProcessIsSeen() {
        NoiseStream random = NoiseStream.ofSeed(4);
        double[] t = hours(100, 10);
        double[] v = new double[t.length];
        for (int i = 1; i < v.length; i++) {
            v[i] = v[i - 1] - 0.01 * Math.log(1 - random.uniform());
        }
        MethodForecast f = known(t, v, 2 * v[99]);
        assertThat(f.reason().byLocale().get("en")).contains("gamma");
        assertThat(f.life().quantile(0.5)).isCloseTo(990, within(120.0));
    }

    @Test
    void whatDoesNotGrowIsNotForetold() {
        double[] t = hours(400, 1);
        TrendPrognosis.Outcome outcome =
                TrendPrognosis.forecast("Wear", t, values(t, h -> 2, 0.05, 5), 10, null, HORIZON);
        assertThat(outcome.forecast()).isEmpty();
        assertThat(outcome.reason().byLocale().get("en")).contains("scatter");
    }

    @Test
    void tooFewValuesAreSaid() {
        double[] t = hours(6, 1);
        TrendPrognosis.Outcome outcome = TrendPrognosis.forecast("Wear", t, values(t, h -> h, 0, 1), 10, null, HORIZON);
        assertThat(outcome.forecast()).isEmpty();
        assertThat(outcome.reason().byLocale().get("en")).contains("6 values").contains("12");
    }

    @Test
    void pastTheLimitThereIsNoLifeLeft() {
        double[] t = hours(100, 1);
        assertThat(known(t, values(t, h -> 0.2 * h, 0.05, 6), 10).life().quantile(0.5))
                .isLessThan(1e-3);
    }

    /** A few values say little: the interval is not narrower than what the fleet spreads, over the root of their number. */
    @Test
    void fewValuesDoNotMakeOneSure() {
        double[] t = hours(12, 1);
        double[] v = values(t, h -> 0.01 * h, 1e-6, 7);
        RatePrior prior = RatePrior.of(0.01, 0.004);
        LifeDistribution life = TrendPrognosis.forecast("Wear", t, v, 1, prior, HORIZON)
                .forecast()
                .orElseThrow()
                .life();
        double width = life.quantile(0.95) - life.quantile(0.05);
        assertThat(life.quantile(0.5)).isCloseTo(89, within(9.0));
        assertThat(width / life.quantile(0.5)).isGreaterThan(0.9 * 2 * 1.6449 * 0.4 / Math.sqrt(12));
    }

    /** Wear with diffusion and noise, drawn a hundred times: intervals hold what they promise. */
    @Test
    void intervalsHoldNinetyPercent() {
        int inside = 0;
        int runs = 100;
        for (int seed = 1; seed <= runs; seed++) {
            NoiseStream random = NoiseStream.ofSeed(100 + seed);
            double rate = 0.01 * StrictMath.exp(0.3 * random.gaussian());
            double[] t = hours(4000, 1);
            double[] v = new double[t.length];
            double wear = 0;
            int end = -1;
            for (int i = 0; i < t.length && end < 0; i++) {
                v[i] = wear + 0.03 * random.gaussian();
                wear += rate + 0.02 * random.gaussian();
                end = wear >= 10 ? i + 1 : -1;
            }
            int now = end / 2;
            LifeDistribution life = TrendPrognosis.forecast(
                            "Wear", java.util.Arrays.copyOf(t, now), java.util.Arrays.copyOf(v, now), 10, null, HORIZON)
                    .forecast()
                    .orElseThrow()
                    .life();
            double truth = end - now;
            inside += truth >= life.quantile(0.05) && truth <= life.quantile(0.95) ? 1 : 0;
        }
        System.out.println("trend: " + inside + " of 100 truths inside the 90 % interval");
        assertThat(inside).isBetween(84, 97);
    }
}
