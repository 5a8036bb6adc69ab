package org.uatwin.simulation.objective.building;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.objective.DayProfile;
import org.uatwin.simulation.objective.Effort;
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
import org.uatwin.simulation.search.StageProgramme;

/** One question about setpoints. */
final class ComfortPlan {
    /** K that the mass may end outside the span of start and baseline: heat taken from the building is not a gain. */
    static final double END_BAND = 0.25;

    private static final double GRID_KELVIN = 0.25;
    private static final double CHOICE_KELVIN = 0.5;
    private static final double PRE_KELVIN = 4; // beyond the comfort band that it is pre-heated or pre-cooled at most
    private static final int BISECTIONS = 16;
    private static final List<String> WEATHER = List.of("OutdoorTemperature", "SolarGains", "InternalGains");

    private final Question q;
    private final Settings s;
    private final Problem problem;
    private final Effort effort;
    private final Stages parts;
    private final int stages;
    private final double stageSeconds;
    private final DayProfile tariff;
    private final double low;
    private final double high;
    private final List<ZoneTable.Choice> choices;
    private final ZoneTable table;
    private final Play play;
    private final List<ScenarioAction> weather;
    private final List<Map<String, Double>> weathers = new ArrayList<>(); // by stage
    private final boolean hasWeatherTable;
    private @Nullable Effect[] onGrid = new Effect[0]; // stage, point, choice
    private double bottom;
    private int points;
    private double endLow;
    private double endHigh;
    private boolean isOutOfEffort;

    ComfortPlan(Question q, Problem problem, Effort effort) {
        this.q = q;
        this.s = q.settings();
        this.problem = problem;
        this.effort = effort;
        low = s.number("ComfortLow");
        high = s.number("ComfortHigh");
        parts = Stages.of(q.horizonSeconds(), 60 * s.number("IntervalMinutes"), 1);
        stages = parts.count();
        stageSeconds = parts.seconds();
        tariff = s.profile("Tariff");
        choices = choices();
        table = new ZoneTable(q, stageSeconds, choices, effort);
        for (int k = 0; k < stages; k++) {
            weathers.add(weatherOf(k));
        }
        play = new Play(
                q,
                q.horizonSeconds(),
                table.stepSeconds(),
                List.of("AirTemperature", "Electricity", "Heating", "Cooling", "MassTemperature"));
        hasWeatherTable = q.subject().tables().containsKey("weather");
        weather = weather();
    }

    /** Off, heating to each temperature, cooling to each. */
    private List<ZoneTable.Choice> choices() {
        double lowest = problem.variables().get(0).lower();
        double highest = problem.variables().get(1).upper();
        List<ZoneTable.Choice> all = new ArrayList<>(List.of(new ZoneTable.Choice(lowest, highest)));
        for (double t = Math.min(high, low + PRE_KELVIN); t > lowest; t -= CHOICE_KELVIN) {
            all.add(new ZoneTable.Choice(t, highest));
        }
        for (double t = Math.max(low, high - PRE_KELVIN); t < highest; t += CHOICE_KELVIN) {
            all.add(new ZoneTable.Choice(lowest, t));
        }
        return all;
    }

    private Map<String, Double> weatherOf(int stage) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String name : WEATHER) {
            if (s.isGiven(name)) {
                values.put(name, s.profile(name).at(q.hourAt((stage + 0.5) * stageSeconds)));
            }
        }
        return values;
    }

    private List<ScenarioAction> weather() {
        List<ScenarioAction> actions = new ArrayList<>();
        for (int k = 0; k < stages; k++) {
            double at = k * stageSeconds;
            weathers.get(k).forEach((name, value) -> actions.add(ScenarioAction.set(name, value, at)));
        }
        return actions;
    }

    private boolean isOccupied(double seconds) {
        double hour = q.hourAt(seconds);
        hour -= 24 * Math.floor(hour / 24);
        double from = s.number("OccupiedFrom");
        double until = s.number("OccupiedUntil");
        return from <= until ? hour >= from && hour < until : hour >= from || hour < until;
    }

    private double discomfort(double air, double atSeconds, double seconds) {
        return isOccupied(atSeconds) ? Math.max(0, Math.max(low - air, air - high)) * seconds / 3600 : 0;
    }

    /** What a stage costs, feels like and leads to. */
    private record Effect(double cost, double discomfort, double next) {}

    /** Null when the effort is used up. */
    private @Nullable Effect effect(int stage, double state, int choice) {
        double begins = stage * stageSeconds;
        ZoneTable.Passage p = table.passage(weathers.get(stage), hasWeatherTable ? begins : 0, state, choice);
        if (p == null) {
            return null;
        }
        double dt = table.stepSeconds();
        double cost = 0;
        double unpleasant = 0;
        for (int i = 0; i < table.parts(); i++) {
            double t = begins + i * dt;
            cost += p.powerW[i] / 1000 * dt / 3600 * tariff.at(q.hourAt(t));
            unpleasant += discomfort(p.air[i], t, dt);
        }
        return new Effect(cost, unpleasant, p.next);
    }

    /** The building over one stage; comfort has a price. Effects from states of the grid are computed once for all prices. */
    private final class Stage implements StageProgramme.Model {
        private final double comfortPrice;

        Stage(double comfortPrice) {
            this.comfortPrice = comfortPrice;
        }

        @Override
        public int choices(int stage) {
            return choices.size();
        }

        @Override
        public void step(int stage, double state, int choice, StageProgramme.Step into) {
            int point = (int) Math.round((state - bottom) / GRID_KELVIN);
            boolean isOnGrid = point >= 0 && point < points && Math.abs(bottom + point * GRID_KELVIN - state) < 1e-9;
            int key = isOnGrid ? (stage * points + point) * choices.size() + choice : -1;
            Effect effect = isOnGrid ? onGrid[key] : null;
            if (effect == null) {
                effect = effect(stage, state, choice);
                if (effect != null && isOnGrid) {
                    onGrid[key] = effect;
                }
            }
            isOutOfEffort |= effect == null;
            into.violation = 0;
            into.next = effect == null ? state : effect.next();
            into.cost = effect == null ? 0 : effect.cost() + comfortPrice * effect.discomfort();
        }

        @Override
        public void end(double state, StageProgramme.Step into) {
            into.cost = 0;
            into.violation = Math.max(0, Math.max(endLow - state, state - endHigh));
        }
    }

    Solution solution() {
        double start = q.start().state()[q.subject().description().stateIndex("MassTemperature")];
        Play.Played before = play.of(weather);
        double startMass = Double.isNaN(start) ? before.values("MassTemperature")[0] : start;
        double end = before.end("MassTemperature");
        endLow = Math.min(startMass, end) - END_BAND;
        endHigh = Math.max(startMass, end) + END_BAND;
        bottom =
                Math.min(Math.min(startMass, endLow), problem.variables().get(0).lower()) - 1;
        double top = Math.max(
                        Math.max(startMass, endHigh), problem.variables().get(1).upper())
                + 1;
        points = (int) Math.ceil((top - bottom) / GRID_KELVIN) + 1;
        onGrid = new Effect[stages * points * choices.size()];
        double most = s.number("MaxDiscomfort");
        Candidate best = search(startMass, before, most);
        Candidate unchanged = new Candidate(weather, before);
        if (best == null) {
            Candidate nearest = candidate(startMass, 1e6);
            return Solution.infeasible(
                    SetpointCost.SPEC,
                    unchanged.cost(),
                    limits(unchanged, nearest),
                    effort.evaluations(),
                    "Discomfort must be at most %s and comes to %s at best: the building starts too far from the comfort"
                                    .formatted(Texts.of(most, "K.h"), Texts.of(nearest.discomfort(), "K.h"))
                            + " band, or heating and cooling are too weak.");
        }
        boolean isWorth = !isKept(unchanged, most) || best.cost() < unchanged.cost() * (1 - 1e-4);
        return laid(unchanged, isWorth ? best : unchanged);
    }

    /** The cheapest plan whose discomfort is small enough: the price of comfort is raised until it is. Null when none is. */
    private @Nullable Candidate search(double startMass, Play.Played before, double most) {
        Candidate best = null;
        double lower = 0;
        double upper = 0.01 * Math.max(1e-3, new Candidate(weather, before).cost());
        Candidate free = candidate(startMass, 0);
        if (isKept(free, most) || isOutOfEffort) {
            return isKept(free, most)
                    ? free
                    : isKept(new Candidate(weather, before), most) ? new Candidate(weather, before) : null;
        }
        for (int i = 0; i < 30 && best == null && !isOutOfEffort; i++) {
            Candidate next = candidate(startMass, upper);
            if (isKept(next, most)) {
                best = next;
            } else {
                lower = upper;
                upper *= 4;
            }
        }
        for (int i = 0; i < BISECTIONS && best != null && !isOutOfEffort; i++) {
            double middle = 0.5 * (lower + upper);
            Candidate next = candidate(startMass, middle);
            if (isKept(next, most)) {
                best = next.cost() < best.cost() ? next : best;
                upper = middle;
            } else {
                lower = middle;
            }
        }
        return best;
    }

    private boolean isKept(Candidate c, double most) {
        return c.discomfort() <= most + 1e-6;
    }

    private Candidate candidate(double startMass, double comfortPrice) {
        double top = bottom + (points - 1) * GRID_KELVIN;
        StageProgramme.Way way =
                new StageProgramme(stages, bottom, top, points, new Stage(comfortPrice)).from(startMass);
        List<ScenarioAction> actions = new ArrayList<>(weather);
        int[] chosen = way.choices();
        for (int k = 0; k < stages && !isOutOfEffort; k++) {
            actions.addAll(choices.get(chosen[k]).actions(k * stageSeconds));
        }
        return new Candidate(actions, play.of(actions));
    }

    /** Actions and what the model makes of them. */
    private final class Candidate {
        final List<ScenarioAction> actions;
        final Play.Played played;

        Candidate(List<ScenarioAction> actions, Play.Played played) {
            this.actions = List.copyOf(actions);
            this.played = played;
        }

        double cost() {
            return costOf(played);
        }

        double discomfort() {
            double[] air = played.values("AirTemperature");
            double sum = 0;
            for (int i = 1; i < air.length; i++) {
                sum += ComfortPlan.this.discomfort(air[i], (i - 1) * play.stepSeconds(), play.stepSeconds());
            }
            return sum < 1e-9 ? 0 : sum; // rounding of a temperature that is held is no discomfort
        }

        double end() {
            return played.end("MassTemperature");
        }
    }

    private double costOf(Play.Played played) {
        double[] power = played.values("Electricity");
        double sum = 0;
        for (int i = 1; i < power.length; i++) {
            double t = (i - 1) * play.stepSeconds();
            sum += power[i] / 1000 * play.stepSeconds() / 3600 * tariff.at(q.hourAt(t));
        }
        return sum;
    }

    private List<Optimum.Limit> limits(Candidate before, Candidate after) {
        double most = s.number("MaxDiscomfort");
        double spent = after.discomfort();
        return List.of(
                new Optimum.Limit("Discomfort", "K.h", spent, before.discomfort(), most, true, spent >= 0.9 * most),
                new Optimum.Limit(
                        "EndTemperature",
                        "K",
                        outside(after.end()),
                        outside(before.end()),
                        END_BAND,
                        true,
                        outside(after.end()) >= 0.8 * END_BAND));
    }

    /** K outside what start and baseline span. */
    private double outside(double end) {
        return Math.max(0, Math.max(endLow + END_BAND - end, end - endHigh + END_BAND));
    }

    private Solution laid(Candidate before, Candidate after) {
        List<NamedSeries> series = new ArrayList<>(after.played.series(""));
        series.addAll(before.played.series(".Baseline"));
        List<Optimum.Decision> decisions = new ArrayList<>();
        List<Setpoint> setpoints = new ArrayList<>();
        for (Problem.Variable v : problem.variables()) {
            double present = q.present(v.name());
            double[] values = parts.values(v.name(), present, after.actions);
            decisions.add(new Optimum.Decision(
                    v.name(),
                    v.unit(),
                    values[0],
                    present,
                    Math.min(v.lower(), present),
                    Math.max(v.upper(), present)));
            if (values[0] != present) {
                q.setpoint(v.name(), values[0]).ifPresent(setpoints::add);
            }
            series.add(parts.series(v.name(), v.unit(), values));
        }
        series.add(parts.series("Tariff", "1/kWh", parts.values(tariff, q)));
        List<Optimum.Robustness> robustness = Sturdiness.of(
                Sturdiness.parameters(q),
                more -> costOf(play.of(both(weather, more))) - costOf(play.of(both(after.actions, more))),
                effort);
        return new Solution(
                SetpointCost.SPEC.optimum(
                        after.cost(),
                        before.cost(),
                        decisions,
                        limits(before, after),
                        robustness,
                        setpoints,
                        effort,
                        message(before, after)),
                series,
                List.of(
                        energy("Electricity", before, after),
                        energy("Heating", before, after),
                        energy("Cooling", before, after)),
                after.played.occurrences());
    }

    private static List<ScenarioAction> both(List<ScenarioAction> a, List<ScenarioAction> b) {
        List<ScenarioAction> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private static Kpi energy(String output, Candidate before, Candidate after) {
        double value = after.played.hours(output) / 1000;
        return new Kpi("Energy." + output, "kWh", value, before.played.hours(output) / 1000, value, value);
    }

    private String message(Candidate before, Candidate after) {
        double most = s.number("MaxDiscomfort");
        if (!isKept(before, most)) {
            return "Unchanged, discomfort would be %s, more than allowed%s."
                    .formatted(
                            Texts.of(before.discomfort(), "K.h"),
                            after.cost() > before.cost() ? "; to keep comfort costs more than now" : "");
        }
        return after == before ? "Nothing is to be gained: the present setpoints cost no more." : "";
    }
}
