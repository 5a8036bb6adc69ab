package org.uatwin.simulation.virtual;

import org.uatwin.simulation.solver.NoiseStream;

/** A sensor with first-order lag and white noise that can freeze. Owned by its machine. */
final class VirtualSensor {
    private final double lagSeconds;
    private final double relative;
    private final double floor;
    private final NoiseStream noise;
    private double filtered;
    private double shown;
    private boolean begun;
    private boolean stuck;

    VirtualSensor(double lagSeconds, double relative, double floor, NoiseStream noise) {
        this.lagSeconds = lagSeconds;
        this.relative = relative;
        this.floor = floor;
        this.noise = noise;
    }

    void update(double truth, double dt) {
        double share = begun && lagSeconds > 0 ? dt / (lagSeconds + dt) : 1;
        filtered += share * (truth - filtered);
        begun = true;
        double error = Math.max(floor, relative * Math.abs(filtered)) * noise.gaussian();
        if (!stuck) {
            shown = filtered + error;
        }
    }

    void stuck(boolean frozen) {
        stuck = frozen;
    }

    double shown() {
        return shown;
    }

    double shownNonNegative() {
        return Math.max(0, shown);
    }
}
