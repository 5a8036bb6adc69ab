package org.uatwin.simulation.objective.demand;

import java.util.List;
import org.uatwin.simulation.search.LinearProgramme;

/**
 * The calls and the use of a battery with the lowest peak, if shedding and its rebound were linear: a linear programme over intervals.
 * Variables: the peak, the called share of each group and interval, charge, discharge and stored energy.
 */
final class PeakProgramme {
    private static final double CALL_PRICE =
            1e-4; // of the peak per called interval: of equal peaks the one with the fewest calls

    /** A group that can be called. */
    static final class Group {
        private final double[] shed;
        private final double rebound;
        private final double reboundHours;
        private final double mostHours;

        /**
         * @param shed what a call of all takes off in each interval.
         * @param rebound share of it that comes back later.
         * @param reboundHours time constant of that.
         * @param mostHours of calling in all.
         */
        Group(double[] shed, double rebound, double reboundHours, double mostHours) {
            this.shed = shed.clone();
            this.rebound = rebound;
            this.reboundHours = reboundHours;
            this.mostHours = mostHours;
        }
    }

    /** @param power of charging and discharging; 0 = no battery. */
    record Battery(double power, double energy, double efficiency, double stored) {}

    /** A plan. */
    static final class Plan {
        /** Shares called, by group and interval. */
        final double[][] calls;

        /** Charge (+) or discharge (-), by interval. */
        final double[] battery;

        /** What is expected, by interval. */
        final double[] profile;

        private Plan(double[][] calls, double[] battery, double[] profile) {
            this.calls = calls;
            this.battery = battery;
            this.profile = profile;
        }
    }

    private final double[] base;
    private final double hours;
    private final boolean[] mayCall;
    private final List<Group> groups;
    private final Battery battery;
    private final int n;
    private final int charge;

    PeakProgramme(double[] base, double hours, boolean[] mayCall, List<Group> groups, Battery battery) {
        this.base = base;
        this.hours = hours;
        this.mayCall = mayCall;
        this.groups = List.copyOf(groups);
        this.battery = battery;
        this.n = base.length;
        this.charge = 1 + groups.size() * n;
    }

    private int call(int group, int interval) {
        return 1 + group * n + interval;
    }

    /** Effect of a call in one interval on another one, per called share: what is shed, less what comes back. */
    private double effect(Group group, int called, int at) {
        if (at == called) {
            return -group.shed[called];
        }
        if (at < called || group.rebound == 0) {
            return 0;
        }
        double from = StrictMath.exp(-(at - called - 1) * hours / group.reboundHours);
        double to = StrictMath.exp(-(at - called) * hours / group.reboundHours);
        return group.rebound * group.shed[called] * (from - to);
    }

    Plan solve() {
        boolean hasBattery = battery.power() > 0 && battery.energy() > 0;
        int variables = charge + (hasBattery ? 3 * n : 0);
        double[] costs = new double[variables];
        costs[0] = 1;
        double highest = 0;
        for (double value : base) {
            highest = Math.max(highest, value);
        }
        for (int g = 0; g < groups.size(); g++) {
            for (int k = 0; k < n; k++) {
                costs[call(g, k)] = CALL_PRICE * highest / n;
            }
        }
        LinearProgramme programme = new LinearProgramme(costs);
        for (int t = 0; t < n; t++) {
            double[] row = new double[variables];
            row[0] = -1;
            for (int g = 0; g < groups.size(); g++) {
                for (int k = 0; k <= t; k++) {
                    row[call(g, k)] = effect(groups.get(g), k, t);
                }
            }
            if (hasBattery) {
                row[charge + t] = 1;
                row[charge + n + t] = -1;
                battery(programme, t, variables);
            }
            programme.atMost("peak", row, -base[t]);
        }
        for (int g = 0; g < groups.size(); g++) {
            calls(programme, g, variables);
        }
        LinearProgramme.Result result = programme.minimise();
        double[] x = result instanceof LinearProgramme.Result.Optimal best ? best.x() : new double[variables];
        return plan(x, hasBattery);
    }

    private void calls(LinearProgramme programme, int g, int variables) {
        double[] all = new double[variables];
        for (int k = 0; k < n; k++) {
            double[] one = new double[variables];
            one[call(g, k)] = 1;
            programme.atMost("calls", one, mayCall[k] ? 1 : 0);
            all[call(g, k)] = hours;
        }
        if (groups.get(g).mostHours < n * hours) {
            programme.atMost("call hours", all, groups.get(g).mostHours);
        }
    }

    private void battery(LinearProgramme programme, int t, int variables) {
        double[] balance = new double[variables];
        balance[charge + 2 * n + t] = 1;
        if (t > 0) {
            balance[charge + 2 * n + t - 1] = -1;
        }
        balance[charge + t] = -battery.efficiency() * hours;
        balance[charge + n + t] = hours / battery.efficiency();
        programme.equal("stored energy", balance, t == 0 ? battery.stored() : 0);
        for (int part = 0; part < 3; part++) {
            double[] limit = new double[variables];
            limit[charge + part * n + t] = 1;
            programme.atMost("battery", limit, part == 2 ? battery.energy() : battery.power());
        }
        if (t == n - 1) {
            double[] end = new double[variables];
            end[charge + 2 * n + t] = -1;
            programme.atMost("battery at the end", end, -battery.stored());
        }
    }

    private Plan plan(double[] x, boolean hasBattery) {
        double[][] calls = new double[groups.size()][n];
        double[] use = new double[n];
        double[] profile = base.clone();
        for (int t = 0; t < n; t++) {
            for (int g = 0; g < groups.size(); g++) {
                calls[g][t] = Math.max(0, Math.min(1, x[call(g, t)]));
                for (int k = 0; k <= t; k++) {
                    profile[t] += effect(groups.get(g), k, t) * x[call(g, k)];
                }
            }
            use[t] = hasBattery ? x[charge + t] - x[charge + n + t] : 0;
            profile[t] += use[t];
        }
        return new Plan(calls, use, profile);
    }
}
