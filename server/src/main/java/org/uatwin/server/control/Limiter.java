package org.uatwin.server.control;

/**
 * How far a setpoint may still move: a store of units that fills with its rate and holds one step at most. Over any time
 * the sum of all moves is at most one step and what the rate gives in that time. Guarded by its {@link Guard}.
 */
final class Limiter {
    private static final double NANOS = 1e9;
    private static final double ROUNDING = 1e-9; // of a step

    private final double rate;
    private final double step;
    private double allowance;
    private long at;

    /** @param now {@link ControlTime#nanoTime()}; the store is full. */
    Limiter(double rate, double step, long now) {
        this.rate = rate;
        this.step = step;
        allowance = step;
        at = now;
    }

    double step() {
        return step;
    }

    /** Units it may move now. */
    double allowance(long now) {
        if (now > at) {
            allowance = Math.min(step, allowance + rate * ((now - at) / NANOS));
            at = now;
        }
        return allowance;
    }

    /** Nanoseconds until it may move so far; 0 if it may now. */
    long wait(double move, long now) {
        double missing = move - allowance(now);
        return missing <= ROUNDING * step ? 0 : (long) Math.ceil(missing / rate * NANOS);
    }

    /** Seconds a move takes in steps, from now on. */
    double seconds(double move, long now) {
        return Math.max(0, (move - allowance(now)) / rate);
    }

    void moved(double move, long now) {
        allowance = Math.max(0, allowance(now) - move);
    }

    /** Goes on from another one of the same setpoint. */
    void adopt(Limiter other, long now) {
        allowance = Math.min(step, other.allowance(now));
        at = now;
    }
}
