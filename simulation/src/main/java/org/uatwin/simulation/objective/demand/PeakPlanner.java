package org.uatwin.simulation.objective.demand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.Play;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.objective.Stages;
import org.uatwin.simulation.objective.Sturdiness;
import org.uatwin.simulation.objective.Texts;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.NamedSeries;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.Setpoint;

/** One question about a peak: who is called when, and what a battery does meanwhile. */
final class PeakPlanner {
    private static final int SEARCH_DAYS = 4;
    private static final int REPORT_DAYS = 20;
    private static final int ROUNDS = 8;
    private static final double NOTHING = 1e-3; // of the peak: a smaller gain is none

    private final Question q;
    private final ObjectiveSpec spec;
    private final Problem problem;
    private final Effort effort;
    private final String output;
    private final List<String> groups; // inputs that call
    private final String injection; // input of the battery, or empty
    private final Stages parts;
    private final int n;
    private final double hours;
    private final Days search;
    private final Days report;
    private final List<String> outputs;

    /**
     * @param output whose peak is made small, in kW.
     * @param injection input that takes what a battery feeds in; empty without one.
     */
    PeakPlanner(
            Question q,
            ObjectiveSpec spec,
            Problem problem,
            String output,
            List<String> groups,
            String injection,
            List<String> outputs,
            Effort effort) {
        this.q = q;
        this.spec = spec;
        this.problem = problem;
        this.effort = effort;
        this.output = output;
        this.groups = List.copyOf(groups);
        this.injection = injection;
        this.outputs = List.copyOf(outputs);
        parts = Stages.of(q.horizonSeconds(), 60 * q.settings().number("IntervalMinutes"), 2);
        n = parts.count();
        hours = parts.seconds() / 3600;
        Play play = new Play(q, q.horizonSeconds(), Double.POSITIVE_INFINITY, outputs);
        search = new Days(play, q.seed(), SEARCH_DAYS, output, n);
        report = new Days(play, q.seed(), REPORT_DAYS, output, n);
    }

    Solution solution() {
        Settings s = q.settings();
        Days.Result unchanged = search.of(List.of());
        double[] base =
                search.of(actions(new double[groups.size()][n], new double[n])).profile();
        boolean[] mayCall = new boolean[n];
        for (int k = 0; k < n; k++) {
            mayCall[k] = isBetween(q.hourAt((k + 0.5) * hours * 3600), s.number("CallFrom"), s.number("CallUntil"));
        }
        List<PeakProgramme.Group> all = new ArrayList<>();
        for (int g = 0; g < groups.size() && effort.next(); g++) {
            all.add(group(g, base));
        }
        boolean isComplete = all.size() == groups.size();
        double[][] calls = new double[groups.size()][n];
        double[] battery = new double[n];
        double best = unchanged.peak();
        List<ScenarioAction> chosen = List.of();
        double[] correction = new double[n];
        for (int round = 0; round < ROUNDS && isComplete && effort.next(); round++) {
            double[] corrected = new double[n];
            Arrays.setAll(corrected, k -> base[k] + correction[k]);
            PeakProgramme.Plan plan = new PeakProgramme(corrected, hours, mayCall, all, battery()).solve();
            List<ScenarioAction> actions = actions(plan.calls, plan.battery);
            Days.Result result = search.of(actions);
            double[] answer = result.profile();
            for (int k = 0; k < n; k++) {
                correction[k] += 0.7 * (answer[k] - plan.profile[k]); // damped: calls move the rebound about
            }
            if (result.peak() < best) {
                best = result.peak();
                chosen = actions;
                calls = plan.calls;
                battery = plan.battery;
            }
        }
        boolean isWorth = best < (1 - NOTHING) * unchanged.peak();
        return laid(isWorth ? chosen : List.of(), isWorth ? calls : new double[groups.size()][n], battery);
    }

    private static boolean isBetween(double hourCounted, double from, double until) {
        double hour = hourCounted - 24 * Math.floor(hourCounted / 24);
        return from <= until ? hour >= from && hour < until : hour >= from || hour < until;
    }

    private PeakProgramme.Battery battery() {
        Settings s = q.settings();
        if (injection.isEmpty()) {
            return new PeakProgramme.Battery(0, 0, 1, 0);
        }
        double energy = s.number("BatteryEnergy");
        return new PeakProgramme.Battery(
                s.number("BatteryPower"),
                energy,
                s.number("ChargeEfficiency"),
                energy * s.number("BatteryLevel") / 100);
    }

    /** What calling a group takes off the peak's output, with the model's own rebound. */
    private PeakProgramme.Group group(int g, double[] base) {
        double[][] calls = new double[groups.size()][n];
        Arrays.fill(calls[g], 1);
        double[] called = search.of(actions(calls, new double[n])).profile();
        double[] shed = new double[n];
        for (int k = 0; k < n; k++) {
            shed[k] = Math.max(0, base[k] - called[k]);
        }
        return new PeakProgramme.Group(
                shed,
                parameter(groups.get(g), "Rebound"),
                Math.max(1e-3, parameter(groups.get(g), "ReboundTime") / 3600),
                q.settings().number("MaxCallHours"));
    }

    private double parameter(String call, String name) {
        ModelDescription d = q.subject().description();
        String own = call.substring(0, call.length() - "DemandResponse".length()) + name;
        return q.start().parameters()[d.parameterIndex(own)];
    }

    /** Calls and battery as actions, where they change. */
    private List<ScenarioAction> actions(double[][] calls, double[] battery) {
        List<ScenarioAction> actions = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            for (int k = 0; k < n; k++) {
                if (k == 0 || calls[g][k] != calls[g][k - 1]) {
                    actions.add(ScenarioAction.set(groups.get(g), calls[g][k], k * hours * 3600));
                }
            }
        }
        for (int k = 0; k < n && !injection.isEmpty(); k++) {
            if (k == 0 || battery[k] != battery[k - 1]) {
                actions.add(ScenarioAction.set(injection, -battery[k], k * hours * 3600));
            }
        }
        return actions;
    }

    private Solution laid(List<ScenarioAction> actions, double[][] calls, double[] battery) {
        Days.Result before = report.of(List.of());
        Days.Result after = actions.isEmpty() ? before : report.of(actions);
        double target = q.settings().number("TargetCut") / 100;
        double[] cuts = new double[before.days.size()];
        int kept = 0;
        for (int d = 0; d < cuts.length; d++) {
            cuts[d] = 100 * (1 - after.peak(after.days.get(d)) / before.peak(before.days.get(d)));
            kept += cuts[d] >= 100 * target - 1e-9 ? 1 : 0;
        }
        double reached = (double) kept / cuts.length;
        Arrays.sort(cuts);
        List<Kpi> kpis = new ArrayList<>(List.of(
                new Kpi("PeakCut", "%", Arrays.stream(cuts).average().orElse(0), 0, cuts[0], cuts[cuts.length - 1]),
                new Kpi("TargetReached", "", reached, 0, reached, reached)));
        for (String name : outputs) {
            kpis.add(mean(name, before, after));
        }
        List<Optimum.Robustness> robustness = actions.isEmpty()
                ? List.of()
                : Sturdiness.of(
                        Sturdiness.parameters(q),
                        more -> {
                            List<ScenarioAction> both = new ArrayList<>(actions);
                            both.addAll(more);
                            return search.of(more).peak() - search.of(both).peak();
                        },
                        effort);
        List<Optimum.Decision> decisions = new ArrayList<>();
        List<Setpoint> setpoints = new ArrayList<>();
        List<NamedSeries> series = new ArrayList<>(after.days.get(0).series(""));
        series.addAll(before.days.get(0).series(".Baseline"));
        series.add(parts.series("Profile", "kW", after.profile()));
        series.add(parts.series("Profile.Baseline", "kW", before.profile()));
        for (int g = 0; g < groups.size(); g++) {
            double present = q.present(groups.get(g));
            double now = actions.isEmpty() ? present : calls[g][0];
            decisions.add(new Optimum.Decision(groups.get(g), "", now, present, 0, 1));
            if (now != present) {
                q.setpoint(groups.get(g), now).ifPresent(setpoints::add);
            }
            series.add(parts.series(groups.get(g), "", calls[g]));
        }
        if (!injection.isEmpty()) {
            double power = q.settings().number("BatteryPower");
            double now = actions.isEmpty() ? 0 : -battery[0];
            decisions.add(new Optimum.Decision(injection, "kW", now, q.present(injection), -power, power));
            double[] fed = new double[n];
            Arrays.setAll(fed, k -> actions.isEmpty() ? 0 : -battery[k]);
            series.add(parts.series(injection, "kW", fed));
        }
        return new Solution(
                spec.optimum(
                        after.peak(),
                        before.peak(),
                        decisions,
                        limits(actions.isEmpty() ? present() : calls, before, after),
                        robustness,
                        setpoints,
                        effort,
                        message(actions, calls, reached, target, before, after)),
                series,
                kpis,
                after.days.get(0).occurrences());
    }

    /** What is called now, held. */
    private double[][] present() {
        double[][] calls = new double[groups.size()][n];
        for (int g = 0; g < calls.length; g++) {
            Arrays.fill(calls[g], q.present(groups.get(g)));
        }
        return calls;
    }

    private static Kpi mean(String name, Days.Result before, Days.Result after) {
        boolean isLowest = name.equals("MinVoltage");
        double b = before.days.stream()
                .mapToDouble(d -> isLowest ? d.min(name) : d.hours(name))
                .average()
                .orElse(0);
        double a = after.days.stream()
                .mapToDouble(d -> isLowest ? d.min(name) : d.hours(name))
                .average()
                .orElse(0);
        return isLowest ? new Kpi("MinVoltage.Min", "", a, b, a, a) : new Kpi("Energy." + name, "kWh", a, b, a, a);
    }

    private List<Optimum.Limit> limits(double[][] calls, Days.Result before, Days.Result after) {
        List<Optimum.Limit> limits = new ArrayList<>();
        for (Problem.Constraint c : problem.constraints()) {
            if (c.name().equals("MinVoltage")) {
                double b = mean("MinVoltage", before, before).value();
                double a = mean("MinVoltage", before, after).value();
                limits.add(new Optimum.Limit(c.name(), "", a, b, c.bound(), false, Math.abs(a - c.bound()) < 0.001));
            }
        }
        for (int g = 0; g < groups.size(); g++) {
            double called = Arrays.stream(calls[g]).sum() * hours;
            double most = q.settings().number("MaxCallHours");
            String name = groups.size() == 1 ? "CallHours" : "CallHours." + groups.get(g);
            double now = q.present(groups.get(g)) * n * hours;
            limits.add(new Optimum.Limit(name, "h", called, now, most, true, called > most - 0.01));
        }
        return limits;
    }

    private String message(
            List<ScenarioAction> actions,
            double[][] calls,
            double reached,
            double target,
            Days.Result before,
            Days.Result after) {
        if (actions.isEmpty()) {
            return "Nothing is to be gained: no call lowers the peak once its rebound is counted.";
        }
        List<String> texts = new ArrayList<>();
        double first = Double.POSITIVE_INFINITY;
        for (double[] group : calls) {
            for (int k = 0; k < n; k++) {
                first = group[k] > 1e-6 ? Math.min(first, k * hours * 3600) : first;
            }
        }
        if (Double.isFinite(first) && first > 0) {
            double hour = q.hourAt(first) - 24 * Math.floor(q.hourAt(first) / 24);
            texts.add(String.format(
                    Locale.ROOT, "The first call is at %d:%02d.", (int) hour, (int) Math.round((hour % 1) * 60) % 60));
        }
        double saved = mean(output, before, before).value()
                - mean(output, before, after).value();
        texts.add("A cut of %s is reached on %s of the days; %s are not used at all, the rest moves."
                .formatted(Texts.of(100 * target, "%"), Texts.of(100 * reached, "%"), Texts.of(saved, "kWh")));
        return String.join(" ", texts);
    }
}
