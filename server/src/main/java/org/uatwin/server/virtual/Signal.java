package org.uatwin.server.virtual;

import org.uatwin.simulation.solver.NoiseStream;

/**
 * A plausible course of one number, stepped by simulated time: for points without a model behind them. Same seed and same
 * steps, same bits.
 */
abstract class Signal {
    private static final double NOISE_SHARE = 0.004; // of the span, as of a decent transmitter

    /** Advances and answers the value. */
    abstract double step(double dt);

    /** The value shown without noise swings this far around the middle of its range, as share of the span. */
    static final double SWING = 0.25;

    /** A slow swing within a range, with noise. */
    static Signal swinging(double low, double high, NoiseStream noise) {
        double period = 60 + 240 * noise.uniform();
        double phase = 2 * Math.PI * noise.uniform();
        return new Signal() {
            private double t;

            @Override
            double step(double dt) {
                t += dt;
                double middle = (low + high) / 2;
                double span = high - low;
                double swing = SWING * span * StrictMath.sin(2 * Math.PI * t / period + phase);
                return clamp(middle + swing + NOISE_SHARE * span * noise.gaussian(), low, high);
            }
        };
    }

    /** Runs after a setpoint with a lag of a few seconds. */
    static Signal following(java.util.function.DoubleSupplier setpoint, double low, double high, NoiseStream noise) {
        double lag = 3 + 4 * noise.uniform();
        return new Signal() {
            private double value = setpoint.getAsDouble();

            @Override
            double step(double dt) {
                value += (setpoint.getAsDouble() - value) * dt / (lag + dt);
                return clamp(value + NOISE_SHARE * (high - low) * noise.gaussian(), low, high);
            }
        };
    }

    /**
     * Counts up and begins again at 0 after {@code last}.
     *
     * @param perSecond mean rate.
     */
    static Signal counting(double perSecond, double last) {
        return new Signal() {
            private double total;

            @Override
            double step(double dt) {
                total += perSecond * dt;
                if (total > last) {
                    total -= last + 1;
                }
                return Math.max(0, total);
            }
        };
    }

    /** Stays at one of these values for a while, mostly at the first. */
    static Signal switching(double[] values, NoiseStream noise) {
        return new Signal() {
            private double left;
            private double value = values[0];

            @Override
            double step(double dt) {
                left -= dt;
                if (left <= 0) {
                    left = 20 + 60 * noise.uniform();
                    double draw = noise.uniform();
                    value = draw < 0.6 || values.length == 1
                            ? values[0]
                            : values[1 + (int) ((draw - 0.6) / 0.4 * (values.length - 1))];
                }
                return value;
            }
        };
    }

    static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }
}
