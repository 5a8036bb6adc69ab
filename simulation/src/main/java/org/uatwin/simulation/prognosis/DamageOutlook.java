package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.solver.NoiseStream;

/** One asset under one load: the likeliest way to its limits, and ways drawn from what is known. Slopes are those of its first use. One thread. */
final class DamageOutlook {
    static final ModelStart.Quality NONE = new ModelStart.Quality("", List.of(), List.of(), 0, -1, false);
    private static final double LEARNED = 0.3; // relative: a factor known that well is no longer the model's

    private final DamageLimits limits;
    private final WearParameters rates;
    private final DamageCourse course;
    private final double[] asRun; // by state: factor on rates that makes the load's mean what the asset really saw

    DamageOutlook(DamageLimits limits, WearParameters rates, LoadProfile load, long fullSteps) {
        this.limits = limits;
        this.rates = rates;
        course = new DamageCourse(limits, load, fullSteps);
        asRun = new double[limits.model.description().states().size()];
        Arrays.fill(asRun, 1);
    }

    /** Rates of damage by the model with its configured wear parameters, 1/h of the load, by state. */
    double[] rates(Estimate estimate) {
        ModelStart at = estimate.start(NONE);
        return course.rates(bind(at.parameters(), false), at.state());
    }

    /** From now on rates of a state are this many times as high as those of the load's stretches. */
    void asRun(int state, double factor) {
        asRun[state] = factor;
    }

    /** The same factors as another. */
    DamageOutlook asRun(DamageOutlook other) {
        System.arraycopy(other.asRun, 0, asRun, 0, asRun.length);
        return this;
    }

    /** Hours to each limit of the likeliest asset. */
    double[] likeliest(Estimate estimate, List<WearState> wear, double horizonHours) {
        ModelStart likely = estimate.start(NONE);
        double[] x = likely.state();
        double[] factors = asRun.clone();
        for (WearState known : wear) {
            int i = limits.model.description().stateIndex(known.name());
            x[i] = known.level();
            factors[i] *= known.factor();
        }
        double[] passage = new double[limits.limits.size()];
        course.run(bind(likely.parameters(), wear.isEmpty()), x, factors, horizonHours, passage);
        return passage;
    }

    DrawnLives draw(Estimate estimate, List<WearState> wear, PhysicsPrognosis.Effort effort) {
        likeliest(estimate, wear, effort.horizonHours()); // its slopes serve all draws
        NoiseStream noise = NoiseStream.ofSeed(effort.seed());
        List<double[]> passages = new ArrayList<>();
        double[] first = new double[effort.draws()];
        for (int k = 0; k < first.length; k++) {
            NoiseStream own = noise.split();
            ModelStart start = estimate.draw(NONE, own);
            double[] x = start.state();
            double[] factors = asRun.clone();
            for (WearState known : wear) {
                draw(known, limits.model.description().stateIndex(known.name()), x, factors, own);
            }
            double[] passage = new double[limits.limits.size()];
            course.run(bind(start.parameters(), wear.isEmpty()), x, factors, effort.horizonHours(), passage);
            passages.add(passage);
            first[k] = first(passage);
        }
        boolean isLearned = wear.stream().anyMatch(w -> w.isSeen() && w.factorSigma() < LEARNED * w.factor());
        return new DrawnLives(limits, passages, first, course.isSettled(), !wear.isEmpty() && !isLearned);
    }

    private ModelDynamics bind(double[] parameters, boolean isAsDrawn) {
        return limits.model.bind(isAsDrawn ? parameters : rates.nominal(parameters));
    }

    /** Level and rate of a damage state by what is known of it: the rate is log-normal, because no wear heals. */
    private void draw(WearState known, int state, double[] x, double[] factors, NoiseStream noise) {
        double a = noise.gaussian();
        double b = noise.gaussian();
        if (known.isSeen()) {
            StateSpec spec = limits.model.description().states().get(state);
            x[state] = Math.max(spec.lower(), Math.min(spec.upper(), known.level() + known.levelSigma() * a));
        }
        double relative = known.factorSigma() / known.factor();
        double variance = StrictMath.log(1 + relative * relative);
        double c = known.correlation();
        double z = c * a + Math.sqrt(Math.max(0, 1 - c * c)) * b;
        factors[state] *= known.factor() * StrictMath.exp(Math.sqrt(variance) * z - 0.5 * variance);
    }

    /** The first of the limits. */
    static double first(double[] passage) {
        double first = Double.POSITIVE_INFINITY;
        for (double each : passage) {
            first = Math.min(first, each);
        }
        return first;
    }
}
