package org.uatwin.simulation.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uatwin.simulation.discrete.EventQueue;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;

/** One sensor network over time: a message begins and ends, everything else follows from what overlaps. */
final class SensorRun implements Simulation {
    private static final int BEGIN = 0;
    private static final int END = 1;
    private static final double SECONDS_PER_YEAR = 8766 * 3600.0;
    private static final int LOWEST_FACTOR = 7;
    private static final int HIGHEST_FACTOR = 12;

    private final List<Port> inputs;
    private final DataTable nodes;
    private final int n;
    private final int gateways;
    private final double[][] level; // dBm at each gateway
    private final double[] sensitivity;
    private final int[] factor;
    private final double[] air;
    private final double[] period;
    private final double[] charge; // uA s left
    private final double[] lastDrain;
    private final boolean[] isAlive;
    private final double[] diedAt;
    private final int[] channel;
    private final boolean[] isSending;
    private final boolean[][] spoilt;
    private EventQueue events = new EventQueue();
    private NoiseStream stream;
    private final int channels;
    private final double capture;
    private final double sleep;
    private final double transmit;
    private final double[] leak;
    private final double[] u;
    private final int[] onAir; // nodes sending now
    private int onAirCount;
    private final List<Happening> happenings = new ArrayList<>();
    private long sent;
    private long received;
    private long weak;
    private long collided;
    private double airSum;
    private double now;
    private int alive;

    SensorRun(Setup s, List<Port> inputs) {
        this.inputs = List.copyOf(inputs);
        nodes = s.table("nodes");
        DataTable sites = s.table("gateways");
        n = nodes.rows();
        gateways = sites.rows();
        stream = s.stream();
        channels = (int) s.parameter("Channels");
        capture = s.parameter("CaptureMargin");
        sleep = s.parameter("SleepCurrent");
        transmit = s.parameter("TransmitCurrent") * 1000;
        level = new double[n][gateways];
        sensitivity = new double[n];
        factor = new int[n];
        air = new double[n];
        period = nodes.column("period_s");
        charge = new double[n];
        leak = new double[n];
        lastDrain = new double[n];
        isAlive = new boolean[n];
        diedAt = new double[n];
        channel = new int[n];
        isSending = new boolean[n];
        spoilt = new boolean[n][gateways];
        onAir = new int[n];
        u = new double[inputs.size()];
        double hz = s.parameter("Bandwidth") * 1000;
        for (int i = 0; i < n; i++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int g = 0; g < gateways; g++) {
                double dx = nodes.number(i, "x_m") - sites.number(g, "x_m");
                double dy = nodes.number(i, "y_m") - sites.number(g, "y_m");
                double distance = Math.max(1, Math.sqrt(dx * dx + dy * dy));
                level[i][g] = s.parameter("TransmitPower")
                        - s.parameter("ReferenceLoss")
                        - 10 * s.parameter("PathExponent") * StrictMath.log10(distance)
                        + s.parameter("Shadowing") * stream.gaussian();
                best = Math.max(best, level[i][g]);
            }
            factor[i] = (int) nodes.number(i, "spreading_factor");
            for (int f = LOWEST_FACTOR; factor[i] == 0 && f <= HIGHEST_FACTOR; f++) {
                factor[i] = f == HIGHEST_FACTOR || best >= Lora.sensitivityDbm(f, hz) ? f : 0;
            }
            if (factor[i] < 6) {
                throw nodes.problem(i, "spreading_factor", "there is no such spreading factor", "write 0 or 6..12.");
            }
            sensitivity[i] = Lora.sensitivityDbm(factor[i], hz);
            air[i] = Lora.airtime((int) nodes.number(i, "bytes"), factor[i], hz, (int) s.parameter("CodingRate"));
            double capacity = nodes.number(i, "battery_mAh")
                    * Math.max(0.05, 1 + s.parameter("BatterySpread") * stream.gaussian());
            charge[i] = capacity * 1000 * 3600;
            leak[i] = charge[i] * s.parameter("SelfDischarge") / 100 / SECONDS_PER_YEAR;
            isAlive[i] = true;
        }
        alive = n;
    }

    @Override
    public List<Port> inputs() {
        return inputs;
    }

    @Override
    public List<Port> outputs() {
        return SensorNetwork.CARD.outputs();
    }

    @Override
    public void begin(double[] in) {
        System.arraycopy(in, 0, u, 0, u.length);
        for (int i = 0; i < n; i++) {
            events.schedule(stream.uniform() * period[i], 1, BEGIN, i);
        }
    }

    @Override
    public void observe(double[] in) {
        System.arraycopy(in, 0, u, 0, u.length);
    }

    @Override
    public void advance(double[] in, double fromSeconds, double toSeconds) {
        System.arraycopy(in, 0, u, 0, u.length);
        while (events.nextTime() <= toSeconds) {
            events.next();
            now = events.now();
            if (events.kind() == BEGIN) {
                send(events.subject());
            } else {
                arrive(events.subject());
            }
        }
        now = toSeconds;
        for (int i = 0; i < n; i++) {
            drain(i);
        }
    }

    /** Places, cells and chance are the same: what is drawn again is drawn from the same seed. */
    @Override
    public void continueFrom(Simulation before) {
        SensorRun other = (SensorRun) before;
        events = other.events;
        stream = other.stream;
        System.arraycopy(other.u, 0, u, 0, u.length);
        System.arraycopy(other.charge, 0, charge, 0, n);
        System.arraycopy(other.lastDrain, 0, lastDrain, 0, n);
        System.arraycopy(other.isAlive, 0, isAlive, 0, n);
        System.arraycopy(other.diedAt, 0, diedAt, 0, n);
        System.arraycopy(other.channel, 0, channel, 0, n);
        System.arraycopy(other.isSending, 0, isSending, 0, n);
        System.arraycopy(other.onAir, 0, onAir, 0, n);
        for (int i = 0; i < n; i++) {
            System.arraycopy(other.spoilt[i], 0, spoilt[i], 0, gateways);
        }
        onAirCount = other.onAirCount;
        happenings.addAll(other.happenings);
        sent = other.sent;
        received = other.received;
        weak = other.weak;
        collided = other.collided;
        airSum = other.airSum;
        now = other.now;
        alive = other.alive;
    }

    private void drain(int node) {
        if (isAlive[node]) {
            charge[node] -= (sleep + leak[node]) * (now - lastDrain[node]);
            lastDrain[node] = now;
            if (charge[node] <= 0) {
                isAlive[node] = false;
                diedAt[node] = now;
                alive--;
                if (happenings.size() < 10_000) {
                    happenings.add(new Happening(now, "BatteryEmpty " + nodes.text(node, "node")));
                }
            }
        }
    }

    private void send(int node) {
        drain(node);
        if (!isAlive[node]) {
            return;
        }
        charge[node] -= transmit * air[node];
        sent++;
        airSum += air[node];
        channel[node] = (int) (stream.uniform() * channels);
        Arrays.fill(spoilt[node], false);
        for (int k = 0; k < onAirCount; k++) {
            int other = onAir[k];
            if (channel[other] != channel[node] || factor[other] != factor[node]) {
                continue;
            }
            for (int g = 0; g < gateways; g++) {
                spoilt[node][g] |= level[node][g] < level[other][g] + capture;
                spoilt[other][g] |= level[other][g] < level[node][g] + capture;
            }
        }
        isSending[node] = true;
        onAir[onAirCount++] = node;
        events.schedule(now + air[node], 0, END, node);
    }

    private void arrive(int node) {
        isSending[node] = false;
        for (int k = 0; k < onAirCount; k++) {
            if (onAir[k] == node) {
                onAir[k] = onAir[--onAirCount];
                break;
            }
        }
        boolean isStrong = false;
        boolean isHeard = false;
        for (int g = 0; g < gateways; g++) {
            boolean reaches = u[g] >= 0.5 && level[node][g] >= sensitivity[node];
            isStrong |= reaches;
            isHeard |= reaches && !spoilt[node][g];
        }
        received += isHeard ? 1 : 0;
        weak += isStrong ? 0 : 1;
        collided += isStrong && !isHeard ? 1 : 0;
        // Clocks of nodes are not synchronous: the period varies by a percent.
        double wait = period[node] * u[gateways] * (1 + 0.01 * (2 * stream.uniform() - 1)) - air[node];
        events.schedule(now + Math.max(1e-6, wait), 1, BEGIN, node);
    }

    private int reached(int least) {
        int count = 0;
        for (int i = 0; i < n; i++) {
            int heard = 0;
            for (int g = 0; g < gateways; g++) {
                heard += u[g] >= 0.5 && level[i][g] >= sensitivity[i] ? 1 : 0;
            }
            count += isAlive[i] && heard >= least ? 1 : 0;
        }
        return count;
    }

    @Override
    public void read(double[] y) {
        y[0] = sent;
        y[1] = received;
        y[2] = weak;
        y[3] = collided;
        y[4] = sent - onAirCount > 0 ? (double) received / (sent - onAirCount) : 1;
        y[5] = alive;
        y[6] = reached(1);
        y[7] = reached(2);
        y[8] = now > 0 ? 100 * airSum / now / channels : 0;
    }

    @Override
    public List<Happening> happenings() {
        return List.copyOf(happenings);
    }

    /** Life of the battery at the consumption so far, years. */
    private double life(int node) {
        if (!isAlive[node]) {
            return diedAt[node] / SECONDS_PER_YEAR;
        }
        double perSecond = sleep + leak[node] + transmit * air[node] / (period[node] * u[gateways]);
        return (now + charge[node] / perSecond) / SECONDS_PER_YEAR;
    }

    @Override
    public List<Figure> figures() {
        double[] lives = new double[n];
        for (int i = 0; i < n; i++) {
            lives[i] = life(i);
        }
        Arrays.sort(lives);
        long ended = Math.max(1, sent - onAirCount);
        return List.of(
                new Figure("DeliveryRatio", "", (double) received / ended),
                new Figure("LostByRange", "", (double) weak / ended),
                new Figure("LostByCollision", "", (double) collided / ended),
                new Figure("Coverage", "", (double) reached(1) / n),
                new Figure("Redundancy", "", (double) reached(2) / n),
                new Figure("FirstNodeDeath", "a", lives[0]),
                new Figure("MedianNodeDeath", "a", lives[n / 2]));
    }
}
