package org.uatwin.simulation.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunControl;
import org.uatwin.simulation.scenario.RunFacts;
import org.uatwin.simulation.scenario.RunTask;
import org.uatwin.simulation.scenario.Setpoint;

/** Carries out one question and lays the answer out as a run's result. */
final class OptimiseTask implements RunTask {
    private static final double ANY = Double.MAX_VALUE;

    private final Objective objective;
    private final Question question;
    private final List<RunFacts.Input> inputs;
    private final long evaluations;
    private final double seconds;
    private final LongSupplier ticker;

    OptimiseTask(
            Objective objective,
            Question question,
            List<RunFacts.Input> inputs,
            long evaluations,
            double seconds,
            LongSupplier ticker) {
        this.objective = objective;
        this.question = question;
        this.inputs = inputs;
        this.evaluations = evaluations;
        this.seconds = seconds;
        this.ticker = ticker;
    }

    @Override
    public String title() {
        return objective.spec().name();
    }

    @Override
    public long seed() {
        return question.seed();
    }

    @Override
    public List<RunFacts.Input> inputs() {
        return inputs;
    }

    @Override
    public Result perform(RunControl control) {
        Solution solution = solve(new Effort(evaluations, seconds, ticker, control));
        Optimum optimum = solution.optimum();
        List<Kpi> kpis = new ArrayList<>(rows(optimum));
        kpis.addAll(solution.kpis());
        return new Result(optimum.text(), solution.series(), kpis, solution.occurrences(), Optional.of(optimum));
    }

    /** A setting that does not fit the twin is an answer without a solution. */
    private Solution solve(Effort effort) {
        try {
            return objective.optimise(question, effort);
        } catch (ObjectiveException e) {
            return Solution.infeasible(objective.spec(), 0, List.of(), effort.evaluations(), e.text());
        }
    }

    /** The optimum as rows of a table: clients that only know GetRunResult see all of it. */
    static List<Kpi> rows(Optimum o) {
        List<Kpi> rows = new ArrayList<>();
        rows.add(new Kpi("Objective", o.unit(), o.value(), o.baseline(), o.value(), o.value()));
        rows.add(plain("Gain", o.unit(), o.gain()));
        rows.add(plain("GainPercent", "%", o.gainPercent()));
        rows.add(plain("Evaluations", "", (double) o.evaluations()));
        for (Optimum.Decision d : o.decisions()) {
            rows.add(new Kpi("Decision." + d.name(), d.unit(), d.value(), d.present(), d.lower(), d.upper()));
        }
        for (Setpoint s : o.setpoints()) {
            rows.add(new Kpi("Setpoint." + s.place(), s.unit(), s.value(), s.present(), s.value(), s.value()));
        }
        for (Optimum.Limit l : o.limits()) {
            rows.add(new Kpi(
                    "Limit." + l.name(),
                    l.unit(),
                    l.value(),
                    l.baseline(),
                    l.isUpper() ? -ANY : l.bound(),
                    l.isUpper() ? l.bound() : ANY));
        }
        for (Optimum.Robustness r : o.robustness()) {
            rows.add(new Kpi(
                    "Robustness." + r.parameter(),
                    o.unit(),
                    o.gain(),
                    0,
                    Math.min(r.gainBelow(), r.gainAbove()),
                    Math.max(r.gainBelow(), r.gainAbove())));
        }
        return rows;
    }

    private static Kpi plain(String name, String unit, double value) {
        return new Kpi(name, unit, value, 0, value, value);
    }
}
