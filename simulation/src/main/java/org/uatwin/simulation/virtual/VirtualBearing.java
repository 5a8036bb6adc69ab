package org.uatwin.simulation.virtual;

import java.util.Map;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.vibration.BearingFault;
import org.uatwin.simulation.vibration.BearingOrders;

/**
 * What an accelerometer on a bearing's housing shows: noise, the shaft's own frequency and its double, and for every damaged part a train of
 * impacts that make the housing ring (McFadden and Smith, J. Sound Vib. 96 (1984) 69). The balls slip: intervals between impacts scatter by a per
 * cent, so that the train is no periodic signal (Antoni and Randall, J. Vib. Acoust. 125 (2003) 282). Impacts of an inner race and of a ball are
 * as strong as the load where they happen. Other mathematics than the analysis, which knows nothing of it. Owned by one thread.
 */
public final class VirtualBearing {
    private static final double NOISE = 1.2; // m/s2 r.m.s. of a healthy bearing
    private static final double VELOCITY = 0.8; // mm/s r.m.s. at the shaft's frequency, healthy
    private static final double UNBALANCED = 11; // mm/s r.m.s. more, at full unbalance
    private static final double IMPACT = 30; // m/s2 at full severity
    private static final double[] RESONANCES_HZ = {2700, 4300};
    private static final double DAMPING = 0.035; // of critical
    private static final double JITTER = 0.01; // of an interval, standard deviation
    private static final double SLIP = 0.006; // of the order, at most
    private static final double LOAD_ZONE = 0.45; // epsilon of the load distribution (Stribeck)
    private static final double MM = 1000;

    private final BearingOrders orders;
    private final NoiseStream noise;

    public VirtualBearing(BearingOrders orders, long seed) {
        this.orders = orders;
        noise = NoiseStream.ofSeed(seed);
    }

    /**
     * The next waveform.
     *
     * @param samples how many.
     * @param rateHz samples a second.
     * @param rpm of the shaft; at rest there is noise alone, less of it.
     * @param faults severity by damaged part, 0 to 1.
     * @param unbalance 0 to 1.
     * @return m/s2.
     */
    public double[] next(int samples, double rateHz, double rpm, Map<BearingFault, Double> faults, double unbalance) {
        double shaftHz = Math.abs(rpm) / 60;
        double[] x = new double[samples];
        double hiss = shaftHz > 0.1 ? NOISE : 0.02 * NOISE;
        for (int i = 0; i < samples; i++) {
            x[i] = hiss * noise.gaussian();
        }
        if (shaftHz <= 0.1) {
            return x;
        }
        tone(x, rateHz, shaftHz, VELOCITY + UNBALANCED * unbalance);
        tone(x, rateHz, 2 * shaftHz, 0.3 * VELOCITY);
        faults.forEach((fault, severity) -> {
            if (severity > 0) {
                impacts(x, rateHz, shaftHz, fault, IMPACT * severity);
            }
        });
        return x;
    }

    private void tone(double[] x, double rateHz, double hz, double velocityMmPerS) {
        double omega = 2 * Math.PI * hz;
        double amplitude = Math.sqrt(2) * velocityMmPerS / MM * omega;
        double phase = 2 * Math.PI * noise.uniform();
        for (int i = 0; i < x.length; i++) {
            x[i] += amplitude * StrictMath.sin(omega * i / rateHz + phase);
        }
    }

    private void impacts(double[] x, double rateHz, double shaftHz, BearingFault fault, double size) {
        double interval = 1 / (fault.order(orders) * shaftHz * (1 + SLIP * (2 * noise.uniform() - 1)));
        double turning = shaftHz * fault.loadOrder(orders);
        double phase = turning > 0 ? noise.uniform() : 0;
        double end = x.length / rateHz;
        for (double t = interval * noise.uniform(); t < end; t += interval * (1 + JITTER * noise.gaussian())) {
            double strength = size * load(phase + turning * t) * (1 + 0.1 * noise.gaussian());
            for (double resonance : RESONANCES_HZ) {
                ring(x, rateHz, t, Math.min(resonance, 0.4 * rateHz), strength / RESONANCES_HZ.length);
            }
        }
    }

    /** Share of the largest load at an angle from where it is, in turns; 1 for what does not turn. */
    private static double load(double turns) {
        double depth = 1 - (1 - StrictMath.cos(2 * Math.PI * turns)) / (2 * LOAD_ZONE);
        return depth > 0 ? depth * Math.sqrt(depth) : 0;
    }

    private static void ring(double[] x, double rateHz, double from, double hz, double size) {
        double omega = 2 * Math.PI * hz;
        double decay = DAMPING * omega;
        int last = (int) Math.min(x.length - 1.0, (from + 7 / decay) * rateHz);
        for (int i = (int) Math.ceil(from * rateHz); i <= last; i++) {
            double t = i / rateHz - from;
            x[i] += size * StrictMath.exp(-decay * t) * StrictMath.sin(omega * t);
        }
    }
}
