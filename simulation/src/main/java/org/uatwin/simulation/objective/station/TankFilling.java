package org.uatwin.simulation.objective.station;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.objective.DayProfile;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.Play;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.objective.Stages;
import org.uatwin.simulation.objective.Sturdiness;
import org.uatwin.simulation.objective.Texts;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.NamedSeries;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.Setpoint;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.search.StageProgramme;

/**
 * When the pumps of a station fill its tank, and how fast, so that electricity costs least under a tariff. Dynamic programming over the
 * level with the best mixes of pumps as choices; the plan is then played with the model of the station, and these figures are the answer.
 */
public final class TankFilling implements Objective {
    private static final String VALVE = ".OutletValvePosition";
    private static final int GRID = 161;
    private static final int MOST_CHOICES = 40;
    private static final double SUBSTEP_SECONDS = 300;
    private static final double MARGIN = 0.3; // % of level planned beyond the lower limits: the model is not the grid
    private static final double PLAYED_SLACK = 1; // % of level: what the played plan may differ from the grid
    private static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "cost",
            "When pumps fill the tank, and how fast, so that electricity costs least under a tariff.",
            true,
            "Cost of electricity",
            "",
            List.of(
                    SettingSpec.profile("Tariff", "1/kWh", 0.3, 0, 1000, "price over the day, any currency"),
                    SettingSpec.number("MinLevel", "%", 20, 0, 100, "of the tank"),
                    SettingSpec.number("MaxLevel", "%", 95, 0, 100, "of the tank"),
                    SettingSpec.number(
                            "EndLevel", "%", Double.NaN, 0, 100, "at least, at the end; else the present one"),
                    SettingSpec.profile(
                            "OutletValve",
                            "%",
                            Double.NaN,
                            0,
                            100,
                            "opening over the day: demand; else the present one"),
                    SettingSpec.number("IntervalMinutes", "min", 30, 10, 240, "between changes of the pumps")),
            24 * 3600,
            7 * 24 * 3600,
            500,
            "Dynamic programming on 161 levels with the best mixes of pumps: exact to the grid. Stored water counts at the"
                    + " mean price.");

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("PumpStation");
    }

    private static Optional<String> tank(Subject subject) {
        ModelDescription d = subject.description();
        return d.inputs().stream()
                .map(i -> i.name())
                .filter(name -> name.endsWith(VALVE))
                .map(name -> name.substring(0, name.length() - VALVE.length()))
                .filter(id -> d.outputIndex(id + ".Level") >= 0)
                .findFirst();
    }

    @Override
    public Optional<String> unfit(Subject subject) {
        if (Pumps.ids(subject).isEmpty()) {
            return Optional.of("it has no pumps");
        }
        return tank(subject).isEmpty() ? Optional.of("it has no tank") : Optional.empty();
    }

    @Override
    public Problem problem(Subject subject, Settings s) {
        return new Problem(
                Pumps.variables(subject, true),
                List.of(
                        new Problem.Constraint("MinLevel", "%", s.number("MinLevel"), false, "of the tank"),
                        new Problem.Constraint("MaxLevel", "%", s.number("MaxLevel"), true, "of the tank"),
                        new Problem.Constraint(
                                "EndLevel",
                                "%",
                                s.number("EndLevel", 0),
                                false,
                                "of the tank at the end; the present level if it is not set")));
    }

    @Override
    public Solution optimise(Question q, Effort effort) {
        return new Plan(q, effort).solution();
    }

    /** One question. */
    private static final class Plan {
        private final Question q;
        private final Effort effort;
        private final String tank;
        private final Stages parts;
        private final int stages;
        private final double stageSeconds;
        private final DayProfile tariff;
        private final double minLevel;
        private final double maxLevel;
        private final double endLevel;
        private final double capacity;
        private final double startLevel;
        private final double outletPerRoot; // m3/h at 1 % of valve and root of 1 % of level
        private final double presentValve;
        private final Play play;
        private final List<ScenarioAction> demand;

        Plan(Question q, Effort effort) {
            this.q = q;
            this.effort = effort;
            Settings s = q.settings();
            tank = tank(q.subject()).orElseThrow();
            parts = Stages.of(q.horizonSeconds(), 60 * s.number("IntervalMinutes"), 1);
            stages = parts.count();
            stageSeconds = parts.seconds();
            tariff = s.profile("Tariff");
            minLevel = s.number("MinLevel");
            maxLevel = s.number("MaxLevel");
            ModelDescription d = q.subject().description();
            capacity = q.subject().parameters()[d.parameterIndex(tank + ".RatedVolume")];
            presentValve = q.present(tank + VALVE);
            play = new Play(
                    q,
                    q.horizonSeconds(),
                    Double.POSITIVE_INFINITY,
                    List.of("Power", "Flow", tank + ".Level", tank + ".OutletFlow"));
            Play.Played probe = new Play(q, 1, 1, List.of(tank + ".Level", tank + ".OutletFlow"))
                    .of(List.of(ScenarioAction.set(tank + VALVE, 50, 0)));
            startLevel = probe.values(tank + ".Level")[0];
            double outlet = probe.end(tank + ".OutletFlow");
            outletPerRoot = startLevel > 0 ? outlet / 50 / Math.sqrt(startLevel) : 0;
            endLevel = s.number("EndLevel", Math.min(maxLevel, Math.max(minLevel, startLevel)));
            demand = demand();
        }

        /** Opening of the outlet at a time; the present one without a profile. */
        private double valve(double seconds) {
            return q.settings().isGiven("OutletValve")
                    ? q.settings().profile("OutletValve").at(q.hourAt(seconds))
                    : presentValve;
        }

        private List<ScenarioAction> demand() {
            List<ScenarioAction> actions = new ArrayList<>();
            for (int k = 0; k < stages && q.settings().isGiven("OutletValve"); k++) {
                actions.add(ScenarioAction.set(tank + VALVE, valve(k * stageSeconds), k * stageSeconds));
            }
            return actions;
        }

        Solution solution() {
            Pumps pumps = new Pumps(q, effort);
            Play.Played before = play.of(demand);
            List<Pumps.Mix> choices = thinned(pumps.frontier());
            StageProgramme.Way way = new StageProgramme(stages, 0, 100, GRID, new Filling(choices)).from(startLevel);
            double price = meanPrice(before);
            double baseline = cost(before, price);
            if (way.violation() > 0.01) {
                return Solution.infeasible(
                        SPEC, baseline, limits(before, before), effort.evaluations(), because(way, pumps));
            }
            List<ScenarioAction> actions = new ArrayList<>(demand);
            int[] chosen = way.choices();
            for (int k = 0; k < stages; k++) {
                if (k == 0 || chosen[k] != chosen[k - 1]) {
                    actions.addAll(pumps.actions(choices.get(chosen[k]), 1, k * stageSeconds));
                }
            }
            Play.Played after = play.of(actions);
            boolean isWorth = cost(after, price) < baseline || !keeps(before);
            return laid(before, isWorth ? after : before, isWorth ? actions : demand, price);
        }

        /** Few enough choices, evenly over the flow; off and all are among them. */
        private static List<Pumps.Mix> thinned(List<Pumps.Mix> all) {
            if (all.size() <= MOST_CHOICES) {
                return all;
            }
            List<Pumps.Mix> kept = new ArrayList<>();
            for (int i = 0; i < MOST_CHOICES; i++) {
                kept.add(all.get((int) Math.round((all.size() - 1.0) * i / (MOST_CHOICES - 1))));
            }
            return kept;
        }

        /** The tank over one stage. */
        private final class Filling implements StageProgramme.Model {
            private final List<Pumps.Mix> choices;

            Filling(List<Pumps.Mix> choices) {
                this.choices = choices;
            }

            @Override
            public int choices(int stage) {
                return choices.size();
            }

            @Override
            public void step(int stage, double state, int choice, StageProgramme.Step into) {
                Pumps.Mix mix = choices.get(choice);
                int steps = (int) Math.ceil(stageSeconds / SUBSTEP_SECONDS);
                double dt = stageSeconds / steps;
                double level = state;
                into.cost = 0;
                into.violation = 0;
                for (int i = 0; i < steps; i++) {
                    double t = stage * stageSeconds + i * dt;
                    double out = outletPerRoot * valve(t) * Math.sqrt(Math.max(0, level));
                    double next = level + (mix.flowM3PerH() - out) * dt / 3600 / capacity * 100;
                    into.violation += Math.max(0, next - Math.max(level, maxLevel)) / 100;
                    into.violation += Math.max(0, Math.min(level, minLevel + MARGIN) - next) / 100;
                    level = Math.max(0, Math.min(100, next));
                    into.cost += mix.powerKw() * tariff.at(q.hourAt(t)) * dt / 3600;
                }
                into.next = level;
            }

            @Override
            public void end(double state, StageProgramme.Step into) {
                into.cost = 0;
                into.violation = Math.max(0, Math.min(100, endLevel + MARGIN) - state) / 100;
            }
        }

        /** Cost of the energy, and of water taken from the tank and not put back. */
        private double cost(Play.Played played, double pricePerM3) {
            double[] power = played.values("Power");
            double sum = 0;
            for (int i = 1; i < power.length; i++) {
                double t = (i - 1) * play.stepSeconds();
                sum += power[i] * tariff.at(q.hourAt(t)) * play.stepSeconds() / 3600;
            }
            return sum - stored(played) * pricePerM3;
        }

        /** Money per m3 as the station runs now, at the mean tariff. */
        private double meanPrice(Play.Played played) {
            double tariffs = 0;
            for (int k = 0; k < stages; k++) {
                tariffs += tariff.at(q.hourAt((k + 0.5) * stageSeconds)) / stages;
            }
            double flow = played.mean("Flow");
            return flow > 0 ? tariffs * played.mean("Power") / flow : 0;
        }

        private boolean keeps(Play.Played p) {
            return p.min(tank + ".Level") >= Math.min(startLevel, minLevel) - PLAYED_SLACK
                    && p.max(tank + ".Level") <= Math.max(startLevel, maxLevel) + PLAYED_SLACK;
        }

        private List<Optimum.Limit> limits(Play.Played before, Play.Played after) {
            String level = tank + ".Level";
            return List.of(
                    limit("MinLevel", after.min(level), before.min(level), minLevel, false),
                    limit("MaxLevel", after.max(level), before.max(level), maxLevel, true),
                    limit("EndLevel", after.end(level), before.end(level), endLevel, false));
        }

        private static Optimum.Limit limit(String name, double value, double baseline, double bound, boolean isUpper) {
            return new Optimum.Limit(
                    name, "%", value, baseline, bound, isUpper, Math.abs(value - bound) <= PLAYED_SLACK);
        }

        private String because(StageProgramme.Way way, Pumps pumps) {
            double[] states = way.states();
            double least = 100;
            for (double state : states) {
                least = Math.min(least, state);
            }
            return least < minLevel - PLAYED_SLACK
                    ? "Level must be at least %s and falls to %s with all %d running pumps at their fastest (%s)."
                            .formatted(
                                    Texts.of(minLevel, "%"),
                                    Texts.of(least, "%"),
                                    pumps.running().size(),
                                    Texts.of(pumps.largestFlow(), "m3/h"))
                    : "Level must be at least %s at the end and comes to %s."
                            .formatted(Texts.of(endLevel, "%"), Texts.of(states[states.length - 1], "%"));
        }

        private Solution laid(Play.Played before, Play.Played after, List<ScenarioAction> actions, double price) {
            List<Optimum.Decision> decisions = new ArrayList<>();
            List<Setpoint> setpoints = new ArrayList<>();
            List<NamedSeries> series = new ArrayList<>(after.series(""));
            series.addAll(before.series(".Baseline"));
            for (Problem.Variable v : Pumps.variables(q.subject(), true)) {
                double present = q.present(v.name());
                double[] speeds = parts.values(v.name(), present, actions);
                decisions.add(new Optimum.Decision(v.name(), "r/min", speeds[0], present, v.lower(), v.upper()));
                if (speeds[0] != present) {
                    q.setpoint(v.name(), speeds[0]).ifPresent(setpoints::add);
                }
                series.add(parts.series(v.name(), "r/min", speeds));
            }
            series.add(parts.series("Tariff", "1/kWh", parts.values(tariff, q)));
            List<Optimum.Robustness> robustness = Sturdiness.of(
                    Pumps.uncertain(q),
                    more -> {
                        List<ScenarioAction> unchanged = new ArrayList<>(demand);
                        unchanged.addAll(more);
                        List<ScenarioAction> planned = new ArrayList<>(actions);
                        planned.addAll(more);
                        return cost(play.of(unchanged), price) - cost(play.of(planned), price);
                    },
                    effort);
            double energyBefore = before.hours("Power");
            double energyAfter = after.hours("Power");
            return new Solution(
                    SPEC.optimum(
                            cost(after, price),
                            cost(before, price),
                            decisions,
                            limits(before, after),
                            robustness,
                            setpoints,
                            effort,
                            message(before, after)),
                    series,
                    List.of(
                            new Kpi("Energy", "kWh", energyAfter, energyBefore, energyAfter, energyAfter),
                            new Kpi("StoredWater", "m3", stored(after), stored(before), stored(after), stored(after))),
                    after.occurrences());
        }

        /** More than at the start. */
        private double stored(Play.Played played) {
            return (played.end(tank + ".Level") - startLevel) / 100 * capacity;
        }

        private String message(Play.Played before, Play.Played after) {
            if (!keeps(before)) {
                return "Unchanged, the tank's level would go from %s to %s, outside its limits."
                        .formatted(
                                Texts.of(before.min(tank + ".Level"), "%"), Texts.of(before.max(tank + ".Level"), "%"));
            }
            if (after == before) {
                return "Nothing is to be gained: running on as now costs no more.";
            }
            return tariff.isConstant() ? "The tariff is the same all day: what is gained is energy." : "";
        }
    }
}
