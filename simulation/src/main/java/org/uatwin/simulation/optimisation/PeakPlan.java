package org.uatwin.simulation.optimisation;

import org.uatwin.simulation.search.LinearProgramme;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SetupException;

/**
 * The lowest peak of a day that shifting and a battery reach together, by linear programming. Variables: peak, moves i to j, charge,
 * discharge and energy of each interval.
 */
final class PeakPlan {
    static final int MOST_INTERVALS = 96;

    final double[] load;
    final double hours;
    private final Means means;
    private final double flexible;
    private final int window;
    private final double power;
    private final double energy;
    private final double efficiency;
    /** Share of what is moved out that comes back uncalled so many intervals later. */
    final double[] comesBack;

    private final int[][] move;
    private final int charge;
    private final int variables;
    final double[] shaped;
    final double[] shifted;
    /** Moved out of each interval, and into it by plan. */
    final double[] out;

    final double[] in;
    final double[] battery;
    final double[] stored;
    double peak;

    /**
     * What there is to shape a load with.
     *
     * @param hours length of an interval.
     * @param flexible share of each interval's load that may move.
     * @param windowHours how far, both ways.
     * @param power of the battery, unit of the load; 0 = none.
     * @param energy of the battery, unit of the load times hours.
     * @param efficiency of charging, and again of discharging.
     * @param rebound share of what is moved out that comes back uncalled instead of when it was planned.
     * @param reboundHours time constant of that.
     */
    record Means(
            double hours,
            double flexible,
            double windowHours,
            double power,
            double energy,
            double efficiency,
            double rebound,
            double reboundHours) {
        static Means of(Setup s) {
            return new Means(
                    s.parameter("IntervalHours"),
                    s.parameter("FlexibleShare"),
                    s.parameter("WindowHours"),
                    s.parameter("BatteryPower"),
                    s.parameter("BatteryEnergy"),
                    s.parameter("ChargeEfficiency"),
                    0,
                    1);
        }
    }

    static PeakPlan solve(Means means, double[] load) {
        return new PeakPlan(means, load);
    }

    private PeakPlan(Means means, double[] load) {
        this.load = load;
        this.means = means;
        hours = means.hours();
        flexible = means.flexible();
        window = (int) Math.floor(means.windowHours() / hours + 1e-9);
        power = means.power();
        energy = means.energy();
        efficiency = means.efficiency();
        comesBack = comesBack(means, load.length);
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
        out = new double[n];
        in = new double[n];
        battery = new double[n];
        stored = new double[n];
        solve();
    }

    private boolean hasBattery() {
        return power > 0 && energy > 0;
    }

    private void solve() {
        int n = load.length;
        double[] objective = new double[variables];
        objective[0] = 1;
        LinearProgramme programme = new LinearProgramme(objective);
        for (int i = 0; i < n; i++) {
            double[] row = new double[variables];
            double[] leaving = new double[variables];
            row[0] = -1;
            for (int j = 0; j < n; j++) {
                if (move[i][j] > 0) {
                    row[move[i][j]] -= 1;
                    leaving[move[i][j]] = 1;
                }
                if (move[j][i] > 0) {
                    row[move[j][i]] += 1 - means.rebound();
                }
                double back = comesBack[Math.floorMod(i - j, n)];
                for (int k = 0; k < n && back > 0; k++) {
                    row[move[j][k]] += move[j][k] > 0 ? back : 0;
                }
            }
            if (hasBattery()) {
                battery(programme, row, i);
            }
            programme.atMost("peak", row, -load[i]);
            if (flexible > 0 && window > 0) {
                programme.atMost("flexible share", leaving, flexible * load[i]);
            }
        }
        LinearProgramme.Result result = programme.minimise();
        if (result instanceof LinearProgramme.Result.None none) {
            throw SetupException.of(
                    "profile", "the linear programme was not solved: " + none.because(), "use fewer intervals.");
        }
        accept(((LinearProgramme.Result.Optimal) result).x());
    }

    private void battery(LinearProgramme programme, double[] row, int i) {
        int n = load.length;
        row[charge + i] += 1;
        row[charge + n + i] -= 1;
        double[] balance = new double[variables];
        balance[charge + 2 * n + i] = 1;
        balance[charge + 2 * n + Math.floorMod(i - 1, n)] -= 1;
        balance[charge + i] = -efficiency * hours;
        balance[charge + n + i] = hours / efficiency;
        programme.equal("stored energy", balance, 0);
        for (int k = 0; k < 3; k++) {
            double[] limit = new double[variables];
            limit[charge + k * n + i] = 1;
            programme.atMost(k == 2 ? "battery energy" : "battery power", limit, k == 2 ? energy : power);
        }
    }

    private void accept(double[] x) {
        int n = load.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out[i] += move[i][j] > 0 ? x[move[i][j]] : 0;
                in[i] += move[j][i] > 0 ? x[move[j][i]] * (1 - means.rebound()) : 0;
            }
            if (hasBattery()) {
                battery[i] = x[charge + i] - x[charge + n + i];
                stored[i] = x[charge + 2 * n + i];
            }
        }
        for (int i = 0; i < n; i++) {
            shifted[i] = in[i] - out[i] + returned(out, i);
            shaped[i] = load[i] + shifted[i] + battery[i];
            peak = Math.max(peak, shaped[i]);
        }
    }

    /** What comes back uncalled in an interval of what was moved out of others. */
    double returned(double[] movedOut, int interval) {
        double sum = 0;
        for (int j = 0; j < movedOut.length; j++) {
            sum += comesBack[Math.floorMod(interval - j, movedOut.length)] * movedOut[j];
        }
        return sum;
    }

    private static double[] comesBack(Means means, int n) {
        double[] shares = new double[n];
        double sum = 0;
        for (int k = 1; k < n && means.rebound() > 0; k++) {
            double share = StrictMath.exp(-k * means.hours() / means.reboundHours());
            shares[k] = share < 1e-3 ? 0 : share;
            sum += shares[k];
        }
        for (int k = 0; k < n && sum > 0; k++) {
            shares[k] *= means.rebound() / sum;
        }
        return shares;
    }
}
