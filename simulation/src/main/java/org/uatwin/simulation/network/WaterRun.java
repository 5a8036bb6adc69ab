package org.uatwin.simulation.network;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.solver.Lu;
import org.uatwin.simulation.solver.SolverException;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Simulation;

/** One water network over time: a steady state at every instant, tanks moved by its flows. */
final class WaterRun implements Simulation {
    private static final double EXPONENT = 1.852; // Hazen-Williams
    private static final double LEAST_SLOPE =
            1e-7; // of head loss over flow: as EPANET, so that a still pipe is solvable
    private static final double CLOSED = 1e-8; // conductance of a closed link, m2/s
    private static final double TOLERANCE = 1e-9;
    private static final int MOST_ITERATIONS = 300;
    private static final double WATER_WEIGHT = 998.2 * 9.80665; // N/m3, 20 Cel

    private final WaterData d;
    private final List<Port> inputs;
    private final List<Port> outputs;
    private final boolean isUs;
    private final double[] u;
    private final double[] head;
    private final double[] flow;
    private final double[] leak;
    private final double[] level;
    private final int[] unknown; // row of a junction, -1 for fixed heads
    private final Lu lu;
    private final double[] right;
    private final List<Happening> happenings = new ArrayList<>();
    private double pumpKwh;
    private double leakM3;

    WaterRun(WaterData d, List<Port> inputs, List<Port> outputs, boolean isUs) {
        this.d = d;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.isUs = isUs;
        u = new double[inputs.size()];
        head = new double[d.nodes];
        flow = new double[d.links];
        leak = new double[d.nodes];
        level = d.level.clone();
        unknown = new int[d.nodes];
        int rows = 0;
        for (int i = 0; i < d.nodes; i++) {
            unknown[i] = d.isFixed[i] ? -1 : rows++;
        }
        lu = new Lu(rows);
        right = new double[rows];
    }

    @Override
    public List<Port> inputs() {
        return inputs;
    }

    @Override
    public List<Port> outputs() {
        return outputs;
    }

    @Override
    public void begin(double[] in) {
        System.arraycopy(in, 0, u, 0, u.length);
        java.util.Arrays.fill(flow, 0.01);
        for (int i = 0; i < d.nodes; i++) {
            head[i] = d.elevation[i] + (d.isFixed[i] ? 0 : 30);
        }
        solve();
    }

    @Override
    public void observe(double[] in) {
        System.arraycopy(in, 0, u, 0, u.length);
        solve();
    }

    @Override
    public void advance(double[] in, double fromSeconds, double toSeconds) {
        System.arraycopy(in, 0, u, 0, u.length);
        double t = fromSeconds;
        while (t < toSeconds - 1e-9) {
            solve();
            double dt = toSeconds - t;
            for (int k = 0; k < level.length; k++) {
                double rate = inflow(k) / d.area[k];
                double room = rate > 0 ? d.highest[k] - level[k] : d.lowest[k] - level[k];
                if (Math.abs(rate) > 1e-12 && room / rate > 1e-6) {
                    dt = Math.min(dt, room / rate);
                }
            }
            pumpKwh += pumpPowerKw() * dt / 3600;
            leakM3 += leakage() * dt;
            for (int k = 0; k < level.length; k++) {
                double next = level[k] + inflow(k) / d.area[k] * dt;
                boolean wasInside = level[k] > d.lowest[k] + 1e-9 && level[k] < d.highest[k] - 1e-9;
                level[k] = Math.max(d.lowest[k], Math.min(d.highest[k], next));
                if (wasInside && (next >= d.highest[k] - 1e-9 || next <= d.lowest[k] + 1e-9)) {
                    String name = inputs.get(1 + d.tankNode[k]).name().substring("Demand.".length());
                    happenings.add(
                            new Happening(t + dt, (next >= d.highest[k] - 1e-9 ? "TankFull " : "TankEmpty ") + name));
                }
            }
            t += dt;
        }
    }

    @Override
    public void continueFrom(Simulation before) {
        WaterRun other = (WaterRun) before;
        System.arraycopy(other.u, 0, u, 0, u.length);
        System.arraycopy(other.head, 0, head, 0, head.length);
        System.arraycopy(other.flow, 0, flow, 0, flow.length);
        System.arraycopy(other.leak, 0, leak, 0, leak.length);
        System.arraycopy(other.level, 0, level, 0, level.length);
        happenings.addAll(other.happenings);
        pumpKwh = other.pumpKwh;
        leakM3 = other.leakM3;
    }

    private double inflow(int tank) {
        double sum = 0;
        for (int l = 0; l < d.links; l++) {
            sum += d.to[l] == d.tankNode[tank] ? flow[l] : d.from[l] == d.tankNode[tank] ? -flow[l] : 0;
        }
        return sum;
    }

    private boolean isOpen(int link) {
        int pumps = d.links - d.pipes;
        return link < d.pipes ? u[1 + d.nodes + pumps + link] >= 0.5 : u[1 + d.nodes + link - d.pipes] > 0;
    }

    /** A full tank takes nothing more and an empty one gives nothing: its links close while they would. */
    private boolean isHeldByTank(int link) {
        for (int k = 0; k < level.length; k++) {
            int node = d.tankNode[k];
            if (d.from[link] != node && d.to[link] != node) {
                continue;
            }
            int other = d.from[link] == node ? d.to[link] : d.from[link];
            boolean wouldFill = head[other] > head[node];
            if ((level[k] >= d.highest[k] - 1e-9 && wouldFill) || (level[k] <= d.lowest[k] + 1e-9 && !wouldFill)) {
                return true;
            }
        }
        return false;
    }

    private void solve() {
        for (int i = 0; i < d.nodes; i++) {
            if (d.isFixed[i]) {
                head[i] = d.elevation[i];
            }
        }
        for (int k = 0; k < level.length; k++) {
            head[d.tankNode[k]] = d.elevation[d.tankNode[k]] + level[k];
        }
        for (int n = 0; n < MOST_ITERATIONS; n++) {
            double change = iterate();
            if (change < TOLERANCE && n > 1) {
                return;
            }
        }
        throw new SolverException("the network was not solved: a part of it may have no source");
    }

    /** One Newton step of heads and flows; answers the largest change of a flow over the sum of flows. */
    private double iterate() {
        double[][] a = lu.matrix();
        int n = right.length;
        for (double[] row : a) {
            java.util.Arrays.fill(row, 0);
        }
        for (int i = 0; i < d.nodes; i++) {
            if (unknown[i] >= 0) {
                right[unknown[i]] = -d.demand[i] * u[0] * u[1 + i];
                emit(i, a);
            }
        }
        for (int l = 0; l < d.links; l++) {
            double slope = slope(l);
            double y = loss(l) / slope - flow[l];
            stamp(a, l, 1 / slope, y);
        }
        if (n > 0 && !lu.factorise()) {
            throw new SolverException("a part of the network has no reservoir and no tank");
        }
        lu.solve(right);
        for (int i = 0; i < d.nodes; i++) {
            head[i] = unknown[i] >= 0 ? right[unknown[i]] : head[i];
        }
        double moved = 0;
        double sum = 1e-12;
        for (int l = 0; l < d.links; l++) {
            double fresh = flow[l] - (loss(l) - (head[d.from[l]] - head[d.to[l]])) / slope(l);
            if (l >= d.pipes && isOpen(l)) {
                fresh = Math.max(0, fresh); // a check valve behind the pump
            }
            moved = Math.max(moved, Math.abs(fresh - flow[l]));
            sum += Math.abs(fresh);
            flow[l] = fresh;
        }
        return moved / sum;
    }

    private void stamp(double[][] a, int link, double p, double y) {
        int i = unknown[d.from[link]];
        int j = unknown[d.to[link]];
        if (i >= 0) {
            a[i][i] += p;
            right[i] += y;
        }
        if (j >= 0) {
            a[j][j] += p;
            right[j] -= y;
        }
        if (i >= 0 && j >= 0) {
            a[i][j] -= p;
            a[j][i] -= p;
        } else if (i >= 0) {
            right[i] += p * head[d.to[link]];
        } else if (j >= 0) {
            right[j] += p * head[d.from[link]];
        }
    }

    /** A leak draws C sqrt(p), linearised at the present pressure. */
    private void emit(int node, double[][] a) {
        leak[node] = 0;
        double pressure = head[node] - d.elevation[node];
        if (d.emitter[node] > 0 && pressure > 0) {
            double q = d.emitter[node] * Math.sqrt(pressure);
            double slope = 0.5 * q / pressure;
            leak[node] = q;
            a[unknown[node]][unknown[node]] += slope;
            right[unknown[node]] += -q + slope * head[node];
        }
    }

    /** Head lost along a link at its present flow; a pump gains. */
    private double loss(int l) {
        double q = flow[l];
        if (!isOpen(l) || isHeldByTank(l)) {
            return q / CLOSED;
        }
        if (l < d.pipes) {
            double slope = slope(l);
            double power = d.resistance[l] * StrictMath.pow(Math.abs(q), EXPONENT - 1);
            return EXPONENT * power < LEAST_SLOPE ? slope * q : power * q;
        }
        int p = l - d.pipes;
        double speed = u[1 + d.nodes + p];
        double x = q / d.pumpFlow[p];
        return -(4 * speed * speed - x * Math.abs(x)) * d.pumpHead[p] / 3;
    }

    private double slope(int l) {
        double q = Math.abs(flow[l]);
        if (!isOpen(l) || isHeldByTank(l)) {
            return 1 / CLOSED;
        }
        if (l < d.pipes) {
            return Math.max(LEAST_SLOPE, EXPONENT * d.resistance[l] * StrictMath.pow(q, EXPONENT - 1));
        }
        int p = l - d.pipes;
        return Math.max(1e-3, 2 * q / (d.pumpFlow[p] * d.pumpFlow[p]) * d.pumpHead[p] / 3);
    }

    private double leakage() {
        double sum = 0;
        for (double q : leak) {
            sum += q;
        }
        return sum;
    }

    private double pumpPowerKw() {
        double sum = 0;
        for (int p = 0; p < d.links - d.pipes; p++) {
            int l = d.pipes + p;
            double gain = Math.max(0, head[d.to[l]] - head[d.from[l]]);
            sum += WATER_WEIGHT * Math.max(0, flow[l]) * gain / d.pumpEfficiency[p] / 1000;
        }
        return sum;
    }

    @Override
    public void read(double[] y) {
        double length = isUs ? WaterData.FT : 1;
        double volume = isUs ? WaterData.GPM : 1e-3;
        for (int i = 0; i < d.nodes; i++) {
            y[i] = head[i] / length;
            y[d.nodes + i] = (head[i] - d.elevation[i]) / length;
        }
        for (int l = 0; l < d.links; l++) {
            y[2 * d.nodes + l] = flow[l] / volume;
        }
        y[2 * d.nodes + d.links] = leakage() / volume;
        y[2 * d.nodes + d.links + 1] = pumpPowerKw();
    }

    @Override
    public List<Happening> happenings() {
        return List.copyOf(happenings);
    }

    @Override
    public List<Figure> figures() {
        return List.of(new Figure("PumpEnergy", "kWh", pumpKwh), new Figure("Leakage", "m3", leakM3));
    }
}
