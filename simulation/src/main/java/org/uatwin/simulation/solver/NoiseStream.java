package org.uatwin.simulation.solver;

import java.util.SplittableRandom;

/**
 * Seeded normal and uniform deviates with the same bits on every machine: {@link SplittableRandom} for the integers, Marsaglia's
 * polar method with {@link StrictMath} for the normals. Split per twin and per replicate in a fixed order, never per thread.
 */
public final class NoiseStream {
    private final SplittableRandom random;
    private double spare;
    private boolean hasSpare;

    private NoiseStream(SplittableRandom random) {
        this.random = random;
    }

    /** The stream of this seed. */
    public static NoiseStream ofSeed(long seed) {
        return new NoiseStream(new SplittableRandom(seed));
    }

    /** A stream independent of this one; successive splits differ. */
    public NoiseStream split() {
        return new NoiseStream(random.split());
    }

    /** A seed for a stream of its own, drawn from this one. */
    public long nextSeed() {
        return random.nextLong();
    }

    /** Uniform in [0, 1). */
    public double uniform() {
        return random.nextDouble();
    }

    /** Normal with mean 0 and standard deviation 1. */
    public double gaussian() {
        if (hasSpare) {
            hasSpare = false;
            return spare;
        }
        double a;
        double b;
        double s;
        do {
            a = 2 * random.nextDouble() - 1;
            b = 2 * random.nextDouble() - 1;
            s = a * a + b * b;
        } while (s >= 1 || s == 0);
        double factor = Math.sqrt(-2 * StrictMath.log(s) / s);
        spare = b * factor;
        hasSpare = true;
        return a * factor;
    }
}
