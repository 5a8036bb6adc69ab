package org.uatwin.simulation.vibration;

import java.util.Random;

/** Waveforms with a known fault: noise, tones of the shaft, and knocks that ring at a resonance. */
final class SimulatedBearing {
    static final BearingGeometry GEOMETRY = new BearingGeometry(9, 7.94, 39.04, 0);
    static final double RATE_HZ = 12_000;

    private final Random random;
    private final double rpm;
    private double resonanceHz = 3_200;
    private double height = 3;
    private double slip;
    private double jitter = 0.005;

    SimulatedBearing(long seed, double rpm) {
        random = new Random(seed);
        this.rpm = rpm;
    }

    SimulatedBearing resonance(double hz) {
        resonanceHz = hz;
        return this;
    }

    /** Of the knocks, against noise of 1. */
    SimulatedBearing height(double factor) {
        height = factor;
        return this;
    }

    /** Share by which balls slip. */
    SimulatedBearing slip(double share) {
        slip = share;
        return this;
    }

    /** Standard deviation of the time between knocks, as a share of it. */
    SimulatedBearing jitter(double share) {
        jitter = share;
        return this;
    }

    Waveform healthy(int samples) {
        return Waveform.of(background(samples), RATE_HZ);
    }

    /** Knocks at the fault's order, louder once a turn for the inner race, once a turn of the cage for a ball. */
    Waveform damaged(BearingFault fault, int samples) {
        double[] x = background(samples);
        BearingOrders orders = GEOMETRY.orders();
        double knocksPerS = fault.order(orders) * (1 - slip) * rpm / 60;
        double modulationHz = fault.sideband(orders) * rpm / 60;
        for (double t = random.nextDouble() / knocksPerS; t < samples / RATE_HZ; ) {
            double loud = height * (1 + (modulationHz > 0 ? 0.7 * Math.cos(2 * Math.PI * modulationHz * t) : 0));
            for (int i = (int) Math.ceil(t * RATE_HZ); i < Math.min(samples, (t + 0.01) * RATE_HZ); i++) {
                double since = i / RATE_HZ - t;
                x[i] += loud * Math.exp(-since / 0.0012) * Math.sin(2 * Math.PI * resonanceHz * since);
            }
            t += (1 + jitter * random.nextGaussian()) / knocksPerS;
        }
        return Waveform.of(x, RATE_HZ);
    }

    private double[] background(int samples) {
        double[] x = new double[samples];
        double turn = 2 * Math.PI * rpm / 60;
        for (int i = 0; i < samples; i++) {
            double t = i / RATE_HZ;
            x[i] = random.nextGaussian()
                    + 2 * Math.sin(turn * t)
                    + Math.sin(2 * turn * t + 1)
                    + Math.sin(37 * turn * t);
        }
        return x;
    }
}
