package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.estimation.Estimate;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * Remaining life by the damage of the twin's model: states, parameters and rates of wear are drawn as they are known, each draw is moved
 * on under the future load until the first failure mode reaches its limit, and the times make the answer (Daigle and Goebel 2013, section
 * VI). Stateless but for buffers; one thread.
 */
public final class PhysicsPrognosis {
    private final DamageLimits limits;
    private final double[] configured;

    /**
     * How much is done.
     *
     * @param draws 1 and more; 200 give quantiles to 5 % of the spread.
     * @param horizonHours up to which it is looked.
     * @param seed of the draws: the same gives the same answer.
     */
    public record Effort(int draws, double horizonHours, long seed) {
        public Effort {
            if (draws < 1 || !(horizonHours > 0)) {
                throw new IllegalArgumentException("%d draws, horizon %s h".formatted(draws, horizonHours));
            }
        }
    }

    private PhysicsPrognosis(DamageLimits limits, double[] configured) {
        this.limits = limits;
        this.configured = configured;
    }

    /**
     * Of one asset; empty if its model has no failure mode that damage leads to.
     *
     * @param configured parameters of the asset.
     */
    public static Optional<PhysicsPrognosis> of(TwinModel model, double[] configured) {
        DamageLimits limits = DamageLimits.of(model, configured);
        return limits.isEmpty() ? Optional.empty() : Optional.of(new PhysicsPrognosis(limits, configured.clone()));
    }

    DamageLimits limits() {
        return limits;
    }

    /**
     * From an estimate.
     *
     * @param load future load.
     * @param wear what is known of damage beyond the estimate, by name of the state; states it does not hold are drawn from the estimate, with
     *     wear parameters as the estimate has them.
     */
    public MethodForecast forecast(Estimate estimate, LoadProfile load, List<WearState> wear, Effort effort) {
        return draw(estimate, load, wear, effort).forecast(estimate, effort.horizonHours());
    }

    /** Times of the first failure, and of each limit, of every draw; the draw of number -1 is the likeliest. */
    record Drawn(
            DamageLimits limits,
            List<double[]> passages,
            double[] first,
            double[] nominal,
            boolean isSettled,
            boolean isPrior) {
        MethodForecast forecast(Estimate estimate, double horizon) {
            LifeDistribution life = LifeDistribution.ofDraws(first, horizon);
            List<ModeShare> modes = modes();
            String what =
                    isPrior ? "rates of wear are those of the model, not learned yet" : "rates of wear are learned";
            String was = isPrior
                    ? "Verschleißraten sind die des Modells, noch nicht gelernt"
                    : "Verschleißraten sind gelernt";
            String rest = isSettled ? "" : "; the process does not come to rest under this load";
            String ruhe = isSettled ? "" : "; der Prozess kommt unter dieser Last nicht zur Ruhe";
            return new MethodForecast(
                    PrognosisMethod.PHYSICS,
                    life,
                    modes,
                    Math.max(0, Math.min(1, estimate.fit())),
                    estimate.isOutsideEnvelope() || !isSettled,
                    new Text(Map.of("en", what + rest, "de", was + ruhe)));
        }

        private List<ModeShare> modes() {
            int[] firsts = new int[limits.limits.size()];
            int failed = 0;
            for (double[] passage : passages) {
                int best = -1;
                for (int l = 0; l < passage.length; l++) {
                    if (passage[l] < Double.POSITIVE_INFINITY && (best < 0 || passage[l] < passage[best])) {
                        best = l;
                    }
                }
                if (best >= 0) {
                    firsts[best]++;
                    failed++;
                }
            }
            List<ModeShare> modes = new ArrayList<>();
            for (int l = 0; l < firsts.length; l++) {
                modes.add(new ModeShare(
                        limits.limits.get(l).mode(), failed == 0 ? 0 : (double) firsts[l] / failed, median(l)));
            }
            return modes;
        }

        private double median(int limit) {
            double[] all = passages.stream().mapToDouble(p -> p[limit]).sorted().toArray();
            return all[all.length / 2];
        }
    }

    Drawn draw(Estimate estimate, LoadProfile load, List<WearState> wear, Effort effort) {
        ModelStart.Quality none = new ModelStart.Quality("", List.of(), List.of(), 0, -1, false);
        ModelStart likely = estimate.start(none);
        WearParameters rates = WearParameters.of(limits, configured, likely);
        int n = likely.state().length;
        WearState[] known = new WearState[n];
        for (WearState each : wear) {
            int state = limits.model.description().stateIndex(each.name());
            if (state >= 0) {
                known[state] = each;
            }
        }
        DamageCourse course = course(likely, load, rates, known);
        double[] nominal = nominal(course, likely, rates, known, effort.horizonHours());
        NoiseStream noise = NoiseStream.ofSeed(effort.seed());
        List<double[]> passages = new ArrayList<>();
        double[] first = new double[effort.draws()];
        double[] factors = new double[n];
        for (int k = 0; k < effort.draws(); k++) {
            NoiseStream own = noise.split();
            ModelStart start = estimate.draw(none, own);
            double[] x = start.state();
            Arrays.fill(factors, 1);
            for (int i : limits.damage) {
                draw(known[i], i, x, factors, own);
            }
            double[] passage = new double[limits.limits.size()];
            course.run(bind(start.parameters(), rates, wear.isEmpty()), x, factors, effort.horizonHours(), passage);
            passages.add(passage);
            first[k] = first(passage);
        }
        boolean isPrior = wear.stream().noneMatch(w -> w.isSeen() && w.factorSigma() < 0.3 * w.factor());
        return new Drawn(limits, passages, first, nominal, course.isSettled(), isPrior && !wear.isEmpty());
    }

    private DamageCourse course(ModelStart likely, LoadProfile load, WearParameters rates, WearState[] known) {
        DamageCourse course = new DamageCourse(limits, load, bind(likely.parameters(), rates, false));
        double[] x = likely.state();
        for (int i : limits.damage) {
            x[i] = known[i] == null ? x[i] : known[i].level();
        }
        course.rates(bind(likely.parameters(), rates, false), x); // slopes of the likeliest serve all draws
        return course;
    }

    /** Passages of the likeliest state under a load. */
    double[] nominal(Estimate estimate, LoadProfile load, List<WearState> wear, double horizonHours) {
        ModelStart.Quality none = new ModelStart.Quality("", List.of(), List.of(), 0, -1, false);
        ModelStart likely = estimate.start(none);
        WearParameters rates = WearParameters.of(limits, configured, likely);
        WearState[] known = new WearState[likely.state().length];
        for (WearState each : wear) {
            known[limits.model.description().stateIndex(each.name())] = each;
        }
        return nominal(course(likely, load, rates, known), likely, rates, known, horizonHours);
    }

    private double[] nominal(
            DamageCourse course, ModelStart likely, WearParameters rates, WearState[] known, double horizonHours) {
        double[] x = likely.state();
        double[] factors = new double[x.length];
        Arrays.fill(factors, 1);
        boolean isLearned = false;
        for (int i : limits.damage) {
            if (known[i] != null) {
                x[i] = known[i].level();
                factors[i] = known[i].factor();
                isLearned = true;
            }
        }
        double[] passage = new double[limits.limits.size()];
        course.run(bind(likely.parameters(), rates, !isLearned), x, factors, horizonHours, passage);
        return passage;
    }

    private ModelDynamics bind(double[] parameters, WearParameters rates, boolean isAsDrawn) {
        return limits.model.bind(isAsDrawn ? parameters : rates.nominal(parameters));
    }

    /** Level and rate of a damage state by what is known of it: the rate is log-normal, because no wear heals. */
    private void draw(WearState known, int state, double[] x, double[] factors, NoiseStream noise) {
        double a = noise.gaussian();
        double b = noise.gaussian();
        if (known == null) {
            return;
        }
        if (known.isSeen()) {
            var spec = limits.model.description().states().get(state);
            x[state] = Math.max(spec.lower(), Math.min(spec.upper(), known.level() + known.levelSigma() * a));
        }
        double relative = known.factorSigma() / known.factor();
        double variance = StrictMath.log(1 + relative * relative);
        double c = known.correlation();
        double z = c * a + Math.sqrt(Math.max(0, 1 - c * c)) * b;
        factors[state] = known.factor() * StrictMath.exp(Math.sqrt(variance) * z - 0.5 * variance);
    }

    private static double first(double[] passage) {
        double first = Double.POSITIVE_INFINITY;
        for (double each : passage) {
            first = Math.min(first, each);
        }
        return first;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s: %d limits", limits.model.description().versionText(), limits.limits.size());
    }
}
