package org.uatwin.simulation.network;

import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.solver.SolverException;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.Simulation;

/** One feeder in per unit on a base of 1 MVA. A power flow allocates nothing. */
final class FeederRun implements Simulation {
    private static final double TOLERANCE = 1e-11; // pu of voltage
    private static final int MOST_SWEEPS = 500;
    private static final double KW_PER_BASE = 1000;
    private static final int TOTALS = 10;

    private final Ports ports;
    private final Wiring wiring;
    private final DataTable branches;
    private final int n;
    private final int m;
    private final double sourceVoltage;
    private final double exponent;
    private final double baseCurrent;
    private final double[] p;
    private final double[] q;
    private final double[] generation;
    private final double[] r;
    private final double[] x;
    private final double[] rating;
    private final boolean[] closed;
    // Tree by order of depth: bus, its parent and the branch between; supplied buses first.
    private final int[] order;
    private final int[] parent;
    private final int[] via;
    private int supplied;
    private final double[] vRe;
    private final double[] vIm;
    private final double[] iRe;
    private final double[] iIm;
    private final double[] u;
    private int sweeps;
    private double energyKwh;
    private double lossKwh;
    private double unservedKwh;
    private double lowest = Double.POSITIVE_INFINITY;
    private String lowestBus = "";

    record Ports(List<Port> inputs, List<Port> outputs) {}

    @SuppressWarnings("ArrayRecordComponent") // a holder inside this package
    record Wiring(int source, int[] from, int[] to) {}

    FeederRun(Setup setup, Ports ports, Wiring wiring) {
        this.ports = ports;
        this.wiring = wiring;
        this.branches = setup.table("branches");
        DataTable buses = setup.table("buses");
        n = buses.rows();
        m = branches.rows();
        sourceVoltage = setup.parameter("SourceVoltage");
        exponent = setup.parameter("VoltageExponent");
        double kv = setup.parameter("BaseVoltage");
        double ohm = kv * kv;
        baseCurrent = KW_PER_BASE / (Math.sqrt(3) * kv);
        p = scaled(buses.column("p_kW"), 1 / KW_PER_BASE);
        q = scaled(buses.column("q_kvar"), 1 / KW_PER_BASE);
        generation = scaled(buses.column("generation_kW"), 1 / KW_PER_BASE);
        r = scaled(branches.column("r_ohm"), 1 / ohm);
        x = scaled(branches.column("x_ohm"), 1 / ohm);
        rating = branches.column("rating_A");
        closed = new boolean[m];
        order = new int[n];
        parent = new int[n];
        via = new int[n];
        vRe = new double[n];
        vIm = new double[n];
        iRe = new double[n];
        iIm = new double[n];
        u = new double[ports.inputs().size()];
    }

    private static double[] scaled(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return values;
    }

    @Override
    public List<Port> inputs() {
        return ports.inputs();
    }

    @Override
    public List<Port> outputs() {
        return ports.outputs();
    }

    @Override
    public void begin(double[] inputs) {
        System.arraycopy(inputs, 0, u, 0, u.length);
        wire();
        solve();
        note();
    }

    @Override
    public void advance(double[] inputs, double fromSeconds, double toSeconds) {
        double hours = (toSeconds - fromSeconds) / 3600;
        energyKwh += hours * sourcePower(true) * KW_PER_BASE;
        lossKwh += hours * losses(r) * KW_PER_BASE;
        unservedKwh += hours * unserved() * KW_PER_BASE;
    }

    @Override
    public void observe(double[] inputs) {
        boolean isSwitched = false;
        for (int i = 0; i < m; i++) {
            isSwitched |= inputs[2 + n + i] >= 0.5 != closed[i];
        }
        System.arraycopy(inputs, 0, u, 0, u.length);
        if (isSwitched) {
            wire();
        }
        solve();
        note();
    }

    @Override
    public void continueFrom(Simulation before) {
        FeederRun other = (FeederRun) before;
        System.arraycopy(other.u, 0, u, 0, u.length);
        wire();
        System.arraycopy(other.vRe, 0, vRe, 0, n);
        System.arraycopy(other.vIm, 0, vIm, 0, n);
        System.arraycopy(other.iRe, 0, iRe, 0, n);
        System.arraycopy(other.iIm, 0, iIm, 0, n);
        if (sourceVoltage != other.sourceVoltage) {
            vRe[wiring.source()] = sourceVoltage;
        }
        sweeps = other.sweeps;
        energyKwh = other.energyKwh;
        lossKwh = other.lossKwh;
        unservedKwh = other.unservedKwh;
        lowest = other.lowest;
        lowestBus = other.lowestBus;
    }

    /** Orders the buses from the source outwards along closed branches. */
    private void wire() {
        for (int i = 0; i < m; i++) {
            closed[i] = u[2 + n + i] >= 0.5;
        }
        Arrays.fill(parent, -2);
        order[0] = wiring.source();
        parent[wiring.source()] = -1;
        via[wiring.source()] = -1;
        supplied = 1;
        for (int k = 0; k < supplied; k++) {
            int bus = order[k];
            for (int b = 0; b < m; b++) {
                int other = wiring.from()[b] == bus ? wiring.to()[b] : wiring.to()[b] == bus ? wiring.from()[b] : -1;
                if (!closed[b] || other < 0 || b == via[bus]) {
                    continue;
                }
                if (parent[other] != -2) {
                    throw SetupException.ofTable(
                            "branches",
                            b,
                            "closed",
                            "branch %s closes a loop; the feeder must be radial"
                                    .formatted(
                                            ports.inputs().get(2 + n + b).name().substring("Switch.".length())),
                            "open it, or another branch of the same loop.");
                }
                parent[other] = bus;
                via[other] = b;
                order[supplied++] = other;
            }
        }
        Arrays.fill(vRe, 0);
        Arrays.fill(vIm, 0);
        for (int k = 0; k < supplied; k++) {
            vRe[order[k]] = sourceVoltage;
        }
    }

    private void solve() {
        for (sweeps = 1; sweeps <= MOST_SWEEPS; sweeps++) {
            for (int k = 0; k < supplied; k++) {
                injected(order[k]);
            }
            for (int k = supplied - 1; k > 0; k--) {
                int bus = order[k];
                iRe[parent[bus]] += iRe[bus];
                iIm[parent[bus]] += iIm[bus];
            }
            double change = 0;
            for (int k = 1; k < supplied; k++) {
                int bus = order[k];
                int b = via[bus];
                int up = parent[bus];
                double re = vRe[up] - r[b] * iRe[bus] + x[b] * iIm[bus];
                double im = vIm[up] - r[b] * iIm[bus] - x[b] * iRe[bus];
                change = Math.max(change, Math.abs(re - vRe[bus]) + Math.abs(im - vIm[bus]));
                vRe[bus] = re;
                vIm[bus] = im;
            }
            if (change < TOLERANCE) {
                return;
            }
            if (!(change < 1e6)) {
                break;
            }
        }
        throw new SolverException("the feeder has no solution: its load is beyond voltage collapse");
    }

    private double load(int bus) {
        return p[bus] * u[0] * u[2 + bus] - generation[bus] * u[1] - injection(bus);
    }

    private double injection(int bus) {
        return u[2 + n + m + bus] / KW_PER_BASE;
    }

    /** Current the bus draws: conj(S / V), S following the voltage by the exponent. */
    private void injected(int bus) {
        double square = vRe[bus] * vRe[bus] + vIm[bus] * vIm[bus];
        double factor = exponent == 0 ? 1 : exponent == 2 ? square : StrictMath.pow(square, 0.5 * exponent);
        double active = p[bus] * u[0] * u[2 + bus] * factor - generation[bus] * u[1] - injection(bus);
        double reactive = q[bus] * u[0] * u[2 + bus] * factor;
        iRe[bus] = (active * vRe[bus] + reactive * vIm[bus]) / square;
        iIm[bus] = (active * vIm[bus] - reactive * vRe[bus]) / square;
    }

    private double losses(double[] impedance) {
        double sum = 0;
        for (int k = 1; k < supplied; k++) {
            int bus = order[k];
            sum += impedance[via[bus]] * (iRe[bus] * iRe[bus] + iIm[bus] * iIm[bus]);
        }
        return sum;
    }

    private double sourcePower(boolean isActive) {
        int s = wiring.source();
        return isActive ? vRe[s] * iRe[s] + vIm[s] * iIm[s] : vIm[s] * iRe[s] - vRe[s] * iIm[s];
    }

    private double unserved() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += parent[i] == -2 ? Math.max(0, load(i)) : 0;
        }
        return sum;
    }

    private double magnitude(int bus) {
        return Math.sqrt(vRe[bus] * vRe[bus] + vIm[bus] * vIm[bus]);
    }

    private void note() {
        for (int k = 0; k < supplied; k++) {
            double v = magnitude(order[k]);
            if (v < lowest) {
                lowest = v;
                lowestBus = ports.inputs().get(2 + order[k]).name().substring("Load.".length());
            }
        }
    }

    @Override
    public void read(double[] y) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (int k = 0; k < supplied; k++) {
            double v = magnitude(order[k]);
            low = Math.min(low, v);
            high = Math.max(high, v);
        }
        double loss = losses(r);
        y[0] = loss * KW_PER_BASE;
        y[1] = losses(x) * KW_PER_BASE;
        y[2] = sourcePower(true) * KW_PER_BASE;
        y[3] = sourcePower(false) * KW_PER_BASE;
        y[4] = y[2] - y[0];
        y[5] = unserved() * KW_PER_BASE;
        y[6] = low;
        y[7] = high;
        y[9] = sweeps;
        int at = TOTALS;
        for (int i = 0; i < n; i++) {
            y[at + i] = parent[i] == -2 ? 0 : magnitude(i);
            y[at + n + i] = parent[i] == -2 ? 0 : StrictMath.toDegrees(StrictMath.atan2(vIm[i], vRe[i]));
        }
        at += 2 * n;
        for (int b = 0; b < m; b++) {
            y[at + b] = 0;
        }
        double loading = 0;
        for (int k = 1; k < supplied; k++) {
            int bus = order[k];
            double amps = baseCurrent * Math.sqrt(iRe[bus] * iRe[bus] + iIm[bus] * iIm[bus]);
            y[at + via[bus]] = amps;
            if (rating[via[bus]] > 0) {
                loading = Math.max(loading, 100 * amps / rating[via[bus]]);
            }
        }
        y[8] = loading;
        at += m;
        for (int i = 0; i < n; i++) {
            double square = parent[i] == -2 ? 0 : vRe[i] * vRe[i] + vIm[i] * vIm[i];
            double factor = exponent == 0 ? parent[i] == -2 ? 0 : 1 : StrictMath.pow(square, 0.5 * exponent);
            y[at + i] = p[i] * u[0] * u[2 + i] * factor * KW_PER_BASE;
            y[at + n + i] = q[i] * u[0] * u[2 + i] * factor * KW_PER_BASE;
        }
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("SourceEnergy", "kWh", energyKwh),
                new Figure("LossEnergy", "kWh", lossKwh),
                new Figure("UnservedEnergy", "kWh", unservedKwh),
                new Figure("LowestVoltage at bus " + lowestBus, "", lowest));
    }
}
