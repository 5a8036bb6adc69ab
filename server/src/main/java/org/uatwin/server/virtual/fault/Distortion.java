package org.uatwin.server.virtual.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * One fault at work on one numeric point: the equation of its {@link FaultKind}, with what it has to remember. Stepped
 * once for each served value, in order; its randomness comes from the seed alone.
 */
public final class Distortion {
    /** Served instead of a number where a device has none. */
    public static final double MISSING = Double.NaN;

    private static final double ROUNDING_S = 1e-9; // of steps added up as doubles

    private final FaultOrder order;
    private final NoiseStream random;
    private double held = MISSING;
    private boolean isHeld;
    private boolean isInBurst;
    private double mean = Double.NaN;
    private final Deque<Past> past = new ArrayDeque<>(0);

    private record Past(double elapsed, double value) {}

    /** @param seed of this fault on this point. */
    public Distortion(FaultOrder order, long seed) {
        this.order = order;
        random = NoiseStream.ofSeed(seed);
    }

    /**
     * The value served for a true one.
     *
     * @param elapsed seconds since the fault began.
     * @param dt seconds since the last step.
     * @return {@link #MISSING} if there is none.
     */
    public double apply(double x, double elapsed, double dt) {
        return switch (order.kind()) {
            case BIAS -> x + order.get("offset");
            case GAIN -> order.get("factor") * x;
            case WRONG_UNIT -> order.get("factor") * x + order.get("offset");
            case DRIFT -> {
                double limit = order.get("limit");
                yield x + Math.max(-limit, Math.min(limit, order.get("rate") * elapsed / 3600));
            }
            case NOISE -> x + order.get("sigma") * random.gaussian();
            case NOISE_GAIN -> {
                mean = Double.isNaN(mean) ? x : mean + (x - mean) * dt / (order.get("over") + dt);
                yield mean + order.get("factor") * (x - mean);
            }
            case SPIKE -> spike(x, dt);
            case STUCK -> {
                held = isHeld ? held : x;
                isHeld = true;
                yield held;
            }
            case DROPOUT -> isMissing(dt) ? MISSING : x;
            case LATE -> late(x, elapsed);
            default -> x;
        };
    }

    /** What was true so many seconds ago; before that much time has passed, what was true when the fault began. */
    private double late(double x, double elapsed) {
        past.add(new Past(elapsed, x));
        double wanted = elapsed - order.get("seconds") + ROUNDING_S;
        double value = past.element().value();
        while (!past.isEmpty() && past.element().elapsed() <= wanted) {
            value = past.remove().value();
        }
        past.addFirst(new Past(Double.NEGATIVE_INFINITY, value));
        return value;
    }

    private double spike(double x, double dt) {
        // The draws are the same in number whatever they come to, so that one step never shifts the next.
        boolean isHit = random.uniform() < -StrictMath.expm1(-order.get("rate") / 60 * dt);
        double sign = random.uniform() < 0.5 ? -1 : 1;
        return isHit ? x + sign * order.get("size") : x;
    }

    private boolean isMissing(double dt) {
        double mean = order.get(isInBurst ? "burst" : "good");
        double leave = mean <= 0 ? 1 : -StrictMath.expm1(-dt / mean);
        boolean isLeaving = random.uniform() < leave;
        boolean isAlways = order.get("good") <= 0;
        isInBurst = isAlways || isInBurst != isLeaving;
        return isInBurst;
    }
}
