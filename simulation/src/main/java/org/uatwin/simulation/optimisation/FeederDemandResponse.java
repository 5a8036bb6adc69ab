package org.uatwin.simulation.optimisation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.network.RadialFeeder;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Planning;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * Demand response on a feeder, from the plan to the voltages: {@link PeakPlan} for the sum of the buses, then days on which each household
 * answers or not, loads are noisy and what was shed partly comes back uncalled, each interval with its power flow. Every day is computed
 * with and without the plan from the same random numbers.
 */
public final class FeederDemandResponse implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "FeederDemandResponse",
                    ModelCard.Kind.PLANNING,
                    "Peak, losses and voltages of a feeder whose households answer calls, with rebound and batteries.")
            .valid("a radial feeder; energy is moved, not saved; households of a bus are alike; at most 48 intervals")
            .parameters(RadialFeeder.CARD.parameters())
            .parameter("IntervalHours", "h", 1, 0.25, 24, "length of one row of the profile", "of the profile")
            .parameter(
                    "FlexibleShare",
                    "",
                    0.25,
                    0,
                    1,
                    "of the load of a household that answers, which may move",
                    "survey")
            .parameter("WindowHours", "h", 4, 0, 24, "how far it may move, both ways", "contract")
            .parameter("Response", "", 0.8, 0, 1, "probability that a household answers on a day", "trial")
            .parameter(
                    "Rebound",
                    "",
                    0.3,
                    0,
                    1,
                    "share of what was shed that comes back uncalled",
                    "cold-load pickup, 0.2 to 0.5")
            .parameter("ReboundHours", "h", 1.5, 0.1, 24, "time constant of that", "cold-load pickup")
            .parameter(
                    "LoadNoise",
                    "",
                    0.5,
                    0,
                    5,
                    "of one household from one interval to the next, over its mean",
                    "meters")
            .parameter("ChargeEfficiency", "", 0.95, 0.1, 1, "of charging a battery, and again of discharging", "plate")
            .parameter("TargetCut", "", 0.15, 0, 1, "of the peak", "contract")
            .parameter("Days", "", 100, 2, 10_000, "with other random numbers each", "plan")
            .table(
                    "buses",
                    true,
                    "buses with their loads at factor 1 of the profile; the first is the source unless one is marked",
                    Column.text("bus", "name"),
                    Column.number("p_kW", "kW", -1e6, 1e6, "active load"),
                    Column.number("q_kvar", "kvar", -1e6, 1e6, "reactive load"),
                    Column.optional("generation_kW", "kW", 0, 0, 1e6, "not used here"),
                    Column.optional("source", "", 0, 0, 1, "1 marks the source"),
                    Column.optional("households", "", 0, 0, 1e6, "of the bus; 0 = a load that answers no call"),
                    Column.optional("battery_kW", "kW", 0, 0, 1e6, "largest charge and discharge"),
                    Column.optional("battery_kWh", "kWh", 0, 0, 1e9, "capacity"))
            .table(RadialFeeder.CARD.table("branches").orElseThrow())
            .table("profile", true, "load of one day", Column.number("load", "", 0, 1e3, "factor on the loads"))
            .output("PeakBefore", "kW", 0, ANY, "at the source, mean of the days")
            .output("PeakAfter", "kW", 0, ANY, "the same with the plan")
            .output("PeakCut", "%", "mean of the days")
            .output("TargetReached", "", 0, 1, "share of the days")
            .output("MinVoltageBefore", "", 0, 2, "pu, mean of the days' lowest")
            .output("MinVoltageAfter", "", 0, 2, "pu, mean of the days' lowest")
            .output("LossesBefore", "kWh", 0, ANY, "of a day")
            .output("LossesAfter", "kWh", 0, ANY, "of a day")
            .build();
    private static final int MOST_INTERVALS = 48;

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        double[] profile = setup.table("profile").column("load");
        if (profile.length > MOST_INTERVALS) {
            throw SetupException.ofTable(
                    "profile",
                    -1,
                    "",
                    "%d intervals are more than %d".formatted(profile.length, MOST_INTERVALS),
                    "use longer intervals.");
        }
        return new Study(setup, profile).answer();
    }

    /** Results of one day. */
    private static final class Day {
        double peak;
        double lowest = Double.POSITIVE_INFINITY;
        double losses;
    }

    private static final class Study {
        private final Setup s;
        private final double[] profile;
        private final DataTable buses;
        private final int n;
        private final double[] load;
        private final double[] households;
        private final double[] batteryShare;
        private final Simulation feeder;
        private final double[] u;
        private final double[] y;
        private final int switches;
        private final int sourcePower;
        private final int losses;
        private final int lowest;
        private final PeakPlan plan;
        private final double[] flexibleLoad;

        Study(Setup s, double[] profile) {
            this.s = s;
            this.profile = profile;
            buses = s.table("buses");
            n = buses.rows();
            load = buses.column("p_kW");
            households = buses.column("households");
            feeder = feeder(s);
            u = feeder.inputs().stream().mapToDouble(Port::defaultValue).toArray();
            u[1] = 0;
            y = new double[feeder.outputs().size()];
            switches = s.table("branches").rows();
            sourcePower = output("SourcePower");
            losses = output("Losses");
            lowest = output("MinVoltage");
            double power = sum(buses.column("battery_kW"));
            double energy = sum(buses.column("battery_kWh"));
            batteryShare = buses.column("battery_kW");
            for (int i = 0; i < n; i++) {
                batteryShare[i] = power > 0 ? batteryShare[i] / power : 0;
            }
            double answering = 0;
            for (int i = 0; i < n; i++) {
                answering += households[i] > 0 ? load[i] : 0;
            }
            double all = sum(load);
            double[] total = new double[profile.length];
            flexibleLoad = new double[profile.length];
            for (int t = 0; t < profile.length; t++) {
                total[t] = all * profile[t];
                flexibleLoad[t] = answering * profile[t];
            }
            plan = PeakPlan.solve(
                    new PeakPlan.Means(
                            s.parameter("IntervalHours"),
                            all > 0 ? s.parameter("FlexibleShare") * s.parameter("Response") * answering / all : 0,
                            s.parameter("WindowHours"),
                            power,
                            energy,
                            s.parameter("ChargeEfficiency"),
                            s.parameter("Rebound"),
                            s.parameter("ReboundHours")),
                    total);
        }

        private static Simulation feeder(Setup s) {
            java.util.Map<String, Double> parameters = new java.util.HashMap<>();
            RadialFeeder.CARD.parameters().forEach(p -> parameters.put(p.name(), s.parameter(p.name())));
            return new RadialFeeder()
                    .prepare(new Setup(
                            RadialFeeder.CARD,
                            parameters,
                            Map.of("buses", s.table("buses"), "branches", s.table("branches")),
                            Map.of(),
                            s.solver(),
                            s.seed()));
        }

        private int output(String name) {
            for (int i = 0; i < feeder.outputs().size(); i++) {
                if (feeder.outputs().get(i).name().equals(name)) {
                    return i;
                }
            }
            throw new IllegalStateException(name);
        }

        private static double sum(double[] values) {
            return Arrays.stream(values).sum();
        }

        Simulation answer() {
            int days = (int) s.parameter("Days");
            double[] cuts = new double[days];
            double[] after = new double[days];
            double[] sums = new double[6];
            double target = s.parameter("TargetCut");
            int reached = 0;
            NoiseStream root = s.stream();
            boolean hasBegun = false;
            for (int d = 0; d < days; d++) {
                double[][] base = noisy(root.split());
                double[] answer = answers(root.split());
                if (!hasBegun) {
                    feeder.begin(u);
                    hasBegun = true;
                }
                Day plain = day(base, new double[n]);
                Day called = day(base, answer);
                cuts[d] = 100 * (1 - called.peak / plain.peak);
                after[d] = called.peak;
                reached += called.peak <= (1 - target) * plain.peak ? 1 : 0;
                sums[0] += plain.peak / days;
                sums[1] += called.peak / days;
                sums[2] += plain.lowest / days;
                sums[3] += called.lowest / days;
                sums[4] += plain.losses / days;
                sums[5] += called.losses / days;
            }
            Arrays.sort(cuts);
            double cut = Arrays.stream(cuts).average().orElse(0);
            double share = reached / (double) days;
            double[] values = {sums[0], sums[1], cut, share, sums[2], sums[3], sums[4], sums[5]};
            double plannedCut =
                    100 * (1 - plan.peak / Arrays.stream(plan.load).max().orElse(1));
            List<Simulation.Figure> figures = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                Port port = CARD.outputs().get(i);
                figures.add(new Simulation.Figure(port.name(), port.unit(), values[i]));
            }
            figures.add(new Simulation.Figure("PlannedCut, all answer as planned", "%", plannedCut));
            figures.add(new Simulation.Figure("PeakCut, 5 % of days below", "%", cuts[(int) (0.05 * (days - 1))]));
            figures.add(
                    new Simulation.Figure("PeakCut, 5 % of days above", "%", cuts[(int) Math.ceil(0.95 * (days - 1))]));
            figures.add(new Simulation.Figure("MovedEnergy", "kWh", sum(plan.out) * plan.hours));
            return new Planning(CARD.outputs(), values, figures);
        }

        /** Load of each bus in each interval: the mean of many households is steadier than one. */
        private double[][] noisy(NoiseStream stream) {
            double[][] base = new double[profile.length][n];
            for (int t = 0; t < profile.length; t++) {
                for (int i = 0; i < n; i++) {
                    double sigma = households[i] > 0 ? s.parameter("LoadNoise") / Math.sqrt(households[i]) : 0;
                    base[t][i] = load[i] * profile[t] * Math.max(0, 1 + sigma * stream.gaussian());
                }
            }
            return base;
        }

        /** Share of the expected households of each bus that answer today. */
        private double[] answers(NoiseStream stream) {
            double response = s.parameter("Response");
            double[] shares = new double[n];
            for (int i = 0; i < n; i++) {
                int answering = 0;
                for (int h = 0; h < households[i]; h++) {
                    answering += stream.uniform() < response ? 1 : 0;
                }
                shares[i] = response > 0 && households[i] > 0 ? answering / (households[i] * response) : 0;
            }
            return shares;
        }

        /** @param answer per bus; all zero is a day without calls, batteries idle. */
        private Day day(double[][] base, double[] answer) {
            boolean isCalled = sum(answer) > 0;
            Day day = new Day();
            double[][] out = new double[n][profile.length];
            for (int i = 0; i < n; i++) {
                for (int t = 0; t < profile.length; t++) {
                    out[i][t] = flexibleLoad[t] > 0 ? answer[i] * base[t][i] * plan.out[t] / flexibleLoad[t] : 0;
                }
            }
            for (int t = 0; t < profile.length; t++) {
                for (int i = 0; i < n; i++) {
                    double in = flexibleLoad[t] > 0 ? answer[i] * base[t][i] * plan.in[t] / flexibleLoad[t] : 0;
                    double now = base[t][i] - out[i][t] + in + plan.returned(out[i], t);
                    u[2 + i] = load[i] != 0 ? now / load[i] : 1;
                    u[2 + n + switches + i] = isCalled ? -plan.battery[t] * batteryShare[i] : 0;
                }
                feeder.observe(u);
                feeder.read(y);
                day.peak = Math.max(day.peak, y[sourcePower]);
                day.lowest = Math.min(day.lowest, y[lowest]);
                day.losses += y[losses] * plan.hours;
            }
            return day;
        }
    }
}
