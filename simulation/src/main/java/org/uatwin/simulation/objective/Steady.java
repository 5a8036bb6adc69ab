package org.uatwin.simulation.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.Setpoint;
import org.uatwin.simulation.search.Search;
import org.uatwin.simulation.solver.Trajectory;

/**
 * The best constant inputs of a machine: inputs are set at the start, the model runs until it has settled, and one of its outputs is made
 * small while others keep their limits. An objective says which inputs, which output, which limits. Owned by one thread.
 */
public final class Steady {
    private static final double NEAR = 2e-3; // of a bound: closer than any sensor tells
    private static final double NOTHING = 5e-4; // of the baseline: a smaller gain is none

    private final Question question;
    private final ObjectiveSpec spec;
    private final Problem problem;
    private final List<Limit> limits;
    private final List<ScenarioAction> always;
    private final String output;
    private final Play play;
    private final Search.Shape shape;

    /**
     * Something an output must keep.
     *
     * @param factor what the output is multiplied with before it is compared: a margin.
     */
    public record Limit(String name, String unit, String output, double factor, double bound, boolean isUpper) {
        private double violation(double value) {
            double over = isUpper ? value - bound : bound - value;
            return Math.max(0, over) / Math.max(1e-9, Math.abs(bound) > 0 ? Math.abs(bound) : 1);
        }
    }

    /**
     * @param output what is made small, in the unit of the objective.
     * @param always what is changed in every play, the baseline included: a feed other than the present one.
     * @param settleSeconds after which outputs stand.
     */
    public Steady(
            Question question,
            ObjectiveSpec spec,
            Problem problem,
            List<Limit> limits,
            List<ScenarioAction> always,
            String output,
            double settleSeconds,
            Search.Shape shape) {
        this.question = question;
        this.spec = spec;
        this.problem = problem;
        this.limits = List.copyOf(limits);
        this.always = List.copyOf(always);
        this.output = output;
        this.shape = shape;
        List<String> outputs = new ArrayList<>(List.of(output));
        limits.stream().map(Limit::output).filter(o -> !outputs.contains(o)).forEach(outputs::add);
        this.play = new Play(question, settleSeconds, Double.POSITIVE_INFINITY, outputs);
    }

    private Play.Played play(double[] x, List<ScenarioAction> more) {
        List<ScenarioAction> actions = new ArrayList<>(always);
        for (int i = 0; i < x.length; i++) {
            actions.add(ScenarioAction.set(problem.variables().get(i).name(), x[i], 0));
        }
        actions.addAll(more);
        return play.of(actions);
    }

    private double violation(Play.Played played) {
        double sum = 0;
        for (Limit limit : limits) {
            sum += limit.violation(limit.factor() * played.end(limit.output()));
        }
        return sum;
    }

    /** Looks for the best and lays it out. */
    public Solution solve(Effort effort) {
        int n = problem.variables().size();
        double[] lower = new double[n];
        double[] upper = new double[n];
        double[] present = new double[n];
        for (int i = 0; i < n; i++) {
            Problem.Variable v = problem.variables().get(i);
            lower[i] = v.lower();
            upper[i] = v.upper();
            present[i] = question.present(v.name());
        }
        Play.Played before = play(new double[0], List.of());
        if (!(before.end(output) > 0)) {
            throw new ObjectiveException(
                    "%s stands: its %s is %s"
                            .formatted(question.subject().twinId(), output, Texts.of(before.end(output), spec.unit())),
                    "start it and ask again.");
        }
        Search.Point best = Search.minimise(
                lower,
                upper,
                present,
                shape,
                x -> {
                    Play.Played p = play(x, List.of());
                    return p.isFinite()
                            ? new Search.Value(p.end(output), violation(p))
                            : new Search.Value(Double.NaN, Double.POSITIVE_INFINITY);
                },
                effort::next,
                question.seed());
        double baseline = before.end(output);
        double[] x = best.x();
        Play.Played after = play(x, List.of());
        if (!best.isFeasible()) {
            return Solution.infeasible(spec, baseline, limits(before, after), effort.evaluations(), because(x, after));
        }
        double gain = baseline - best.value();
        boolean isKept = violation(before) == 0;
        if (isKept && gain <= NOTHING * Math.abs(baseline)) {
            x = present;
            after = before;
        }
        return laid(x, present, before, after, isKept, effort);
    }

    private Solution laid(
            double[] x, double[] present, Play.Played before, Play.Played after, boolean isKept, Effort effort) {
        List<Optimum.Decision> decisions = new ArrayList<>();
        List<Setpoint> setpoints = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            Problem.Variable v = problem.variables().get(i);
            decisions.add(new Optimum.Decision(v.name(), v.unit(), x[i], present[i], v.lower(), v.upper()));
            if (x[i] != present[i]) {
                question.setpoint(v.name(), x[i]).ifPresent(setpoints::add);
            }
        }
        List<Optimum.Robustness> robustness = Sturdiness.of(
                Sturdiness.parameters(question),
                more -> play(new double[0], more).end(output) - play(x, more).end(output),
                effort);
        Optimum optimum = spec.optimum(
                after.end(output),
                before.end(output),
                decisions,
                limits(before, after),
                robustness,
                setpoints,
                effort,
                message(before, after, isKept));
        List<Trajectory.Occurrence> events = after.occurrences();
        List<org.uatwin.simulation.scenario.NamedSeries> series = new ArrayList<>(after.series(""));
        series.addAll(before.series(".Baseline"));
        return new Solution(optimum, series, List.of(), events);
    }

    private String message(Play.Played before, Play.Played after, boolean isKept) {
        String text = "";
        if (!isKept) {
            Optional<Limit> worst = limits.stream()
                    .filter(l -> l.violation(l.factor() * before.end(l.output())) > 0)
                    .findFirst();
            text = worst.map(l -> "Unchanged, %s would be %s, outside its limit %s."
                            .formatted(
                                    l.name(),
                                    Texts.of(l.factor() * before.end(l.output()), l.unit()),
                                    Texts.of(l.bound(), l.unit())))
                    .orElse("");
        } else if (after == before) {
            text = "Nothing is to be gained: what is set now is the best within the limits.";
        }
        return after.insideEnvelope() ? text : (text + " It leads outside the validated range of the model.").strip();
    }

    private List<Optimum.Limit> limits(Play.Played before, Play.Played after) {
        List<Optimum.Limit> all = new ArrayList<>();
        for (Limit l : limits) {
            double value = l.factor() * after.end(l.output());
            boolean isActive = Math.abs(value - l.bound()) <= NEAR * Math.max(1e-9, Math.abs(l.bound()));
            all.add(new Optimum.Limit(
                    l.name(), l.unit(), value, l.factor() * before.end(l.output()), l.bound(), l.isUpper(), isActive));
        }
        return all;
    }

    private String because(double[] x, Play.Played nearest) {
        List<String> texts = new ArrayList<>();
        for (Limit l : limits) {
            double value = l.factor() * nearest.end(l.output());
            if (l.violation(value) > 0) {
                texts.add("%s must be %s %s and comes to %s"
                        .formatted(
                                l.name(),
                                l.isUpper() ? "at most" : "at least",
                                Texts.of(l.bound(), l.unit()),
                                Texts.of(value, l.unit())));
            }
        }
        List<String> at = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            Problem.Variable v = problem.variables().get(i);
            at.add("%s = %s".formatted(v.name(), Texts.of(x[i], v.unit())));
        }
        return "%s even with %s.".formatted(String.join(", ", texts), String.join(", ", at));
    }
}
