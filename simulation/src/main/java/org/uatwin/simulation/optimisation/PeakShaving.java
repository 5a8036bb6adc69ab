package org.uatwin.simulation.optimisation;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * The lowest peak of a daily load that shifting and a battery reach together, by linear programming. A share of each interval's load
 * may move to intervals at most a window away, round the clock; the battery ends as full as it began. Many schedules share the
 * optimum: the peak is the answer, the schedule is one of them.
 */
public final class PeakShaving implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final int MOST_INTERVALS = 96;
    private static final int MOST_ITERATIONS = 200_000;
    private static final ModelCard CARD = ModelCard.named(
                    "PeakShaving",
                    ModelCard.Kind.PLANNING,
                    "Demand response: the lowest peak that shifted load and a battery reach.")
            .valid("energy is shifted, not curtailed; every flexible household answers; at most 96 intervals")
            .parameter("IntervalHours", "h", 1, 0.05, 24, "length of one row of the profile", "of the profile")
            .parameter("FlexibleShare", "", 0, 0, 1, "share of each interval's load that may move", "survey")
            .parameter("WindowHours", "h", 0, 0, 24, "how far it may move, both ways", "contract")
            .parameter("BatteryPower", "", 0, 0, 1e9, "largest charge and discharge, unit of the load", "plate")
            .parameter("BatteryEnergy", "", 0, 0, 1e12, "capacity, unit of the load times hours", "plate")
            .parameter("ChargeEfficiency", "", 1, 0.1, 1, "of charging, and again of discharging", "plate")
            .table("profile", true, "load of one day", Column.number("load", "", 0, 1e12, "mean of the interval"))
            .output("Load", "", 0, ANY, "before")
            .output("ShapedLoad", "", 0, ANY, "after")
            .output("Shifted", "", "load moved in (+) or out (-)")
            .output("BatteryPower", "", "charging (+), discharging (-)")
            .output("BatteryEnergy", "", 0, ANY, "stored at the end of the interval")
            .time(23 * 3600, 3600)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable profile = setup.table("profile");
        if (profile.rows() > MOST_INTERVALS) {
            throw SetupException.ofTable(
                    "profile",
                    -1,
                    "",
                    "%d intervals are more than %d".formatted(profile.rows(), MOST_INTERVALS),
                    "use longer intervals.");
        }
        return new Run(new Problem(setup, profile.column("load")));
    }

    /** Variables: peak, moves i to j, charge, discharge and energy of each interval. */
    private static final class Problem {
        final double[] load;
        final double hours;
        private final double flexible;
        private final int window;
        private final double power;
        private final double energy;
        private final double efficiency;
        private final int[][] move;
        private final int charge;
        private final int variables;
        final double[] shaped;
        final double[] shifted;
        final double[] battery;
        final double[] stored;
        double peak;

        Problem(Setup s, double[] load) {
            this.load = load;
            hours = s.parameter("IntervalHours");
            flexible = s.parameter("FlexibleShare");
            window = (int) Math.floor(s.parameter("WindowHours") / hours + 1e-9);
            power = s.parameter("BatteryPower");
            energy = s.parameter("BatteryEnergy");
            efficiency = s.parameter("ChargeEfficiency");
            int n = load.length;
            move = new int[n][n];
            int next = 1;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    int apart = Math.min(Math.floorMod(i - j, n), Math.floorMod(j - i, n));
                    move[i][j] = flexible > 0 && i != j && apart <= window ? next++ : 0;
                }
            }
            charge = next;
            variables = next + (hasBattery() ? 3 * n : 0);
            shaped = load.clone();
            shifted = new double[n];
            battery = new double[n];
            stored = new double[n];
            solve();
        }

        private boolean hasBattery() {
            return power > 0 && energy > 0;
        }

        private void solve() {
            int n = load.length;
            List<LinearConstraint> constraints = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                double[] row = new double[variables];
                double[] out = new double[variables];
                row[0] = -1;
                for (int j = 0; j < n; j++) {
                    if (move[i][j] > 0) {
                        row[move[i][j]] -= 1;
                        out[move[i][j]] = 1;
                    }
                    if (move[j][i] > 0) {
                        row[move[j][i]] += 1;
                    }
                }
                if (hasBattery()) {
                    battery(constraints, row, i);
                }
                constraints.add(new LinearConstraint(row, Relationship.LEQ, -load[i]));
                if (flexible > 0 && window > 0) {
                    constraints.add(new LinearConstraint(out, Relationship.LEQ, flexible * load[i]));
                }
            }
            double[] objective = new double[variables];
            objective[0] = 1;
            try {
                PointValuePair best = new SimplexSolver()
                        .optimize(
                                new MaxIter(MOST_ITERATIONS),
                                new LinearObjectiveFunction(objective, 0),
                                new LinearConstraintSet(constraints),
                                GoalType.MINIMIZE,
                                new NonNegativeConstraint(true));
                accept(best.getPoint());
            } catch (MathIllegalStateException e) {
                throw SetupException.of(
                        "profile", "the linear programme was not solved: " + e.getMessage(), "use fewer intervals.");
            }
        }

        private void battery(List<LinearConstraint> constraints, double[] row, int i) {
            int n = load.length;
            row[charge + i] += 1;
            row[charge + n + i] -= 1;
            double[] balance = new double[variables];
            balance[charge + 2 * n + i] = 1;
            balance[charge + 2 * n + Math.floorMod(i - 1, n)] -= 1;
            balance[charge + i] = -efficiency * hours;
            balance[charge + n + i] = hours / efficiency;
            constraints.add(new LinearConstraint(balance, Relationship.EQ, 0));
            for (int k = 0; k < 3; k++) {
                double[] limit = new double[variables];
                limit[charge + k * n + i] = 1;
                constraints.add(new LinearConstraint(limit, Relationship.LEQ, k == 2 ? energy : power));
            }
        }

        private void accept(double[] x) {
            int n = load.length;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    shifted[i] -= move[i][j] > 0 ? x[move[i][j]] : 0;
                    shifted[i] += move[j][i] > 0 ? x[move[j][i]] : 0;
                }
                if (hasBattery()) {
                    battery[i] = x[charge + i] - x[charge + n + i];
                    stored[i] = x[charge + 2 * n + i];
                }
                shaped[i] = load[i] + shifted[i] + battery[i];
                peak = Math.max(peak, shaped[i]);
            }
        }
    }

    private static final class Run implements Simulation {
        private final Problem solved;
        private int interval;

        Run(Problem solved) {
            this.solved = solved;
        }

        @Override
        public List<Port> inputs() {
            return List.of();
        }

        @Override
        public List<Port> outputs() {
            return CARD.outputs();
        }

        @Override
        public void begin(double[] inputs) {
            interval = 0;
        }

        @Override
        public void advance(double[] inputs, double fromSeconds, double toSeconds) {
            interval = Math.floorMod((int) Math.floor(toSeconds / 3600 / solved.hours + 1e-9), solved.load.length);
        }

        @Override
        public void read(double[] y) {
            y[0] = solved.load[interval];
            y[1] = solved.shaped[interval];
            y[2] = solved.shifted[interval];
            y[3] = solved.battery[interval];
            y[4] = solved.stored[interval];
        }

        @Override
        public List<Figure> figures() {
            double before = 0;
            double sum = 0;
            double moved = 0;
            for (int i = 0; i < solved.load.length; i++) {
                before = Math.max(before, solved.load[i]);
                sum += solved.load[i];
                moved += Math.max(0, solved.shifted[i]) * solved.hours;
            }
            return List.of(
                    new Figure("PeakBefore", "", before),
                    new Figure("PeakAfter", "", solved.peak),
                    new Figure("PeakCut", "%", before > 0 ? 100 * (1 - solved.peak / before) : 0),
                    new Figure("MeanLoad", "", sum / solved.load.length),
                    new Figure("ShiftedEnergy", "", moved));
        }
    }
}
