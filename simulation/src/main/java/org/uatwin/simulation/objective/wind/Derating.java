package org.uatwin.simulation.objective.wind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.OwnSystem;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.objective.Texts;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.Setpoint;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.system.DataTable;

/**
 * Limits the power of turbines where the life of their blades, at its price, is worth more than the energy: turbulence of wakes and of the
 * site wears blades by a high power of the load, so a little less power can spare a lot of life.
 */
public final class Derating implements Objective {
    private static final double HOURS_PER_YEAR = 8766;
    private static final double SMALLEST_STEP = 2e-4;
    private static final double PENALTY = 1e9; // of the life limit broken by once the limit
    private static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "fatigue-derating",
            "Limit the power of turbines where the life of blades it costs is worth more than the energy it yields.",
            false,
            "Energy sold less life of blades used",
            "EUR/h",
            List.of(
                    SettingSpec.number("EnergyPrice", "EUR/MWh", 60, 0, 1e5, "what a megawatt-hour is sold for"),
                    SettingSpec.number(
                            "BladeCost", "EUR", 250_000, 0, 1e9, "to replace one blade, standstill included"),
                    SettingSpec.number(
                            "LeastBladeLife", "a", 0, 0, 1000, "at present conditions, of every turbine; 0 = no limit"),
                    SettingSpec.number("SmallestLimit", "", 0.1, 0, 1, "of a turbine's rated power")),
            0,
            0,
            20_000,
            "Turbine by turbine on a grid, then by ever smaller steps; for the present wind and turbulence.");

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("WindFarm");
    }

    @Override
    public Problem problem(Subject subject, Settings settings) {
        List<Problem.Variable> variables = new ArrayList<>();
        DataTable turbines = subject.own().tables().get("turbines");
        for (int i = 0; turbines != null && i < turbines.rows(); i++) {
            variables.add(new Problem.Variable(
                    "Derating." + turbines.text(i, "turbine"),
                    "",
                    settings.number("SmallestLimit"),
                    1,
                    false,
                    "largest power over rated"));
        }
        double life = settings.number("LeastBladeLife");
        return new Problem(
                variables,
                life > 0
                        ? List.of(new Problem.Constraint("BladeLife", "a", life, false, "of the worst turbine"))
                        : List.of());
    }

    @Override
    public Solution optimise(Question question, Effort effort) {
        return new Search(question, effort).solution();
    }

    private static final class Search {
        private final Question question;
        private final Effort effort;
        private final OwnSystem system;
        private final FarmState farm;
        private final double price;
        private final double damageCost; // per unit of damage of a turbine's blades
        private final double leastLife;
        private final double smallest;
        private final double[] present;

        Search(Question question, Effort effort) {
            this.question = question;
            this.effort = effort;
            system = OwnSystem.of(FarmState.MODEL, question);
            farm = new FarmState(system);
            price = question.settings().number("EnergyPrice");
            damageCost = question.settings().number("BladeCost") * system.parameter("Blades");
            leastLife = question.settings().number("LeastBladeLife");
            smallest = question.settings().number("SmallestLimit");
            present = farm.present("Derating");
        }

        /** What the farm is worth in an hour as set last. */
        private double worth(FarmState of) {
            double damage = 0;
            for (int i = 0; i < of.size(); i++) {
                damage += of.output("BladeDamageRate", i);
            }
            return price * of.output("Power") / 1000 - damageCost * damage / HOURS_PER_YEAR;
        }

        /** Years the blades of the most worn turbine last at the present conditions. */
        private double life(FarmState of) {
            double worst = 0;
            for (int i = 0; i < of.size(); i++) {
                worst = Math.max(worst, of.output("BladeDamageRate", i));
            }
            return Math.min(1e6, 1 / Math.max(1e-12, worst));
        }

        private double value(double[] limits) {
            farm.set("Derating", limits);
            double broken = 0;
            for (int i = 0; i < farm.size() && leastLife > 0; i++) {
                broken += Math.max(0, farm.output("BladeDamageRate", i) * leastLife - 1);
            }
            return worth(farm) - PENALTY * broken;
        }

        Solution solution() {
            farm.set("Derating", present);
            double before = worth(farm);
            double beforePower = farm.output("Power");
            double beforeLife = life(farm);
            double[] open = new double[farm.size()];
            Arrays.fill(open, 1);
            farm.set("Derating", open);
            // A limit above what the best placed turbine makes is none: the search begins where limits bite.
            double rated = ratedShare();
            double[] lower = new double[farm.size()];
            double[] upper = new double[farm.size()];
            Arrays.fill(upper, Math.max(smallest, rated));
            Arrays.fill(lower, Math.min(smallest, rated));
            TurnByTurn search = new TurnByTurn(lower, upper, farm.downwind(system), SMALLEST_STEP, this::value, effort);
            double[] best = search.from(upper).x;
            double[] half = new double[farm.size()];
            for (int i = 0; i < half.length; i++) {
                half[i] = 0.5 * (lower[i] + upper[i]);
            }
            double[] spared = search.from(half).x; // sparing the first or the second turbine are two valleys
            best = value(spared) > value(best) ? spared : best;
            if (value(best) < value(present)) {
                best = present.clone();
            }
            double value = value(best);
            double power = farm.output("Power");
            double life = life(farm);
            if (leastLife > 0 && life < leastLife * (1 - 1e-6)) {
                return Solution.infeasible(
                        SPEC,
                        before,
                        List.of(new Optimum.Limit("BladeLife", "a", life, beforeLife, leastLife, false, true)),
                        effort.evaluations(),
                        String.format(
                                Locale.ROOT,
                                "with every turbine at its smallest limit the blades of the worst last %.3g a, less than %.3g a."
                                        + " Allow a smaller SmallestLimit, or stop the turbines in such wind.",
                                life,
                                leastLife));
            }
            double[] limits = shown(best, rated);
            return new Solution(
                    new Optimum(
                            SPEC.name(),
                            SPEC.quantity(),
                            SPEC.unit(),
                            false,
                            value,
                            before,
                            decisions(limits),
                            leastLife > 0
                                    ? List.of(new Optimum.Limit(
                                            "BladeLife",
                                            "a",
                                            life,
                                            beforeLife,
                                            leastLife,
                                            false,
                                            life < leastLife * 1.01))
                                    : List.of(),
                            value > before ? system.robustness(other -> gain(other, limits), effort) : List.of(),
                            setpoints(limits),
                            effort.stopReason(),
                            effort.evaluations(),
                            "The best of a neighbourhood, for the present wind; fatigue is for comparison, not for certification.",
                            message(limits, value - before, power - beforePower, life, beforeLife)),
                    List.of(),
                    List.of(
                            FarmState.kpi("Power", "kW", power, beforePower),
                            FarmState.kpi("BladeLife", "a", life, beforeLife),
                            FarmState.kpi("EnergyValue", "EUR/h", price * power / 1000, price * beforePower / 1000)));
        }

        /** Power of the best placed turbine over rated, at no limit. */
        private double ratedShare() {
            double most = 0;
            for (int i = 0; i < farm.size(); i++) {
                most = Math.max(most, farm.output("Power", i));
            }
            return Math.min(1, most / ratedPower());
        }

        private double ratedPower() {
            return Arrays.stream(system.table("curve").column("power_kW")).max().orElse(1);
        }

        /** A limit that a turbine does not reach is none; the present one stays if it is not reached either. */
        private double[] shown(double[] best, double rated) {
            double[] shown = best.clone();
            for (int i = 0; i < shown.length; i++) {
                boolean isReached = farm.output("Power", i) >= best[i] * ratedPower() * (1 - 1e-6);
                if (!isReached || best[i] >= rated * (1 - 1e-6)) {
                    boolean isPresentReached = farm.output("Power", i) >= present[i] * ratedPower() * (1 - 1e-6);
                    shown[i] = isPresentReached ? 1 : present[i];
                }
            }
            return shown;
        }

        private List<Optimum.Decision> decisions(double[] limits) {
            List<Optimum.Decision> decisions = new ArrayList<>();
            for (int i = 0; i < limits.length; i++) {
                decisions.add(new Optimum.Decision(
                        "Derating." + farm.turbine(i), "", limits[i], present[i], Math.min(smallest, limits[i]), 1));
            }
            return decisions;
        }

        private List<Setpoint> setpoints(double[] limits) {
            List<Setpoint> setpoints = new ArrayList<>();
            for (int i = 0; i < limits.length; i++) {
                if (Math.abs(limits[i] - present[i]) > SMALLEST_STEP) {
                    question.setpoint("Derating." + farm.turbine(i), limits[i]).ifPresent(setpoints::add);
                }
            }
            return setpoints;
        }

        private double gain(OwnSystem other, double[] limits) {
            FarmState there = new FarmState(other);
            there.set("Derating", limits);
            double with = worth(there);
            there.set("Derating", present);
            return with - worth(there);
        }

        private String message(double[] limits, double gain, double power, double life, double beforeLife) {
            List<String> limited = new ArrayList<>();
            for (int i = 0; i < limits.length; i++) {
                if (limits[i] < 1) {
                    limited.add(String.format(Locale.ROOT, "%s to %.1f %%", farm.turbine(i), 100 * limits[i]));
                }
            }
            if (!(gain > 0)) {
                return String.format(
                        Locale.ROOT,
                        "Nothing to gain: at %s EUR/MWh the energy is worth more than the life of blades it costs in this wind.",
                        Texts.of(price, ""));
            }
            return String.format(
                    Locale.ROOT,
                    "%s: %+.1f kW, and blades of the worst turbine last %.3g instead of %.3g a at these conditions.",
                    limited.isEmpty()
                            ? "No turbine is limited"
                            : "Limit " + String.join(", ", limited) + " of rated power",
                    power,
                    life,
                    beforeLife);
        }
    }
}
