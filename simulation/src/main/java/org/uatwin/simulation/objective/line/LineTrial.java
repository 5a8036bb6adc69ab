package org.uatwin.simulation.objective.line;

import org.apache.commons.math3.distribution.TDistribution;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.OwnSystem;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.Simulation;

/** Simulations of a line with and without a change on the same random numbers. */
final class LineTrial {
    private static final double CONFIDENCE = 0.95;

    private final double warmUpSeconds;
    private final double seconds;

    /**
     * @param hours that count.
     * @param warmUpHours before them.
     */
    LineTrial(double hours, double warmUpHours) {
        warmUpSeconds = 3600 * warmUpHours;
        seconds = 3600 * (hours + warmUpHours);
    }

    /**
     * Throughputs, good parts an hour, over the runs that were made.
     *
     * @param gain mean of the differences.
     * @param halfWidth of its 95 % t-interval; 0 with fewer than two runs.
     */
    record Compared(double before, double after, double gain, double halfWidth, int runs) {
        /** Whether chance alone hardly explains the gain. */
        boolean isCertain() {
            return runs > 1 && gain - halfWidth > 0;
        }
    }

    /** Good parts an hour of one run. */
    double throughput(OwnSystem line, long seed) {
        Simulation simulation = line.with("WarmUp", warmUpSeconds).prepare(seed);
        double[] u = line.inputs(simulation);
        simulation.begin(u);
        simulation.advance(u, 0, seconds);
        return simulation.figures().stream()
                .filter(f -> f.name().equals("Throughput"))
                .mapToDouble(Simulation.Figure::value)
                .findFirst()
                .orElse(0);
    }

    /** Runs both as often as asked, or as the effort allows. */
    Compared compare(OwnSystem before, OwnSystem after, int runs, NoiseStream seeds, Effort effort) {
        double sumBefore = 0;
        double sumAfter = 0;
        double squares = 0;
        int n = 0;
        while (n < runs && effort.next() && effort.next()) {
            long seed = seeds.nextSeed();
            double a = throughput(before, seed);
            double b = throughput(after, seed);
            sumBefore += a;
            sumAfter += b;
            squares += (b - a) * (b - a);
            n++;
        }
        if (n == 0) {
            return new Compared(0, 0, 0, 0, 0);
        }
        double mean = (sumAfter - sumBefore) / n;
        double half = 0;
        if (n > 1) {
            double deviation = Math.sqrt(Math.max(0, squares / n - mean * mean) * n / (n - 1));
            double t = new TDistribution(null, n - 1).inverseCumulativeProbability(0.5 + CONFIDENCE / 2);
            half = t * deviation / Math.sqrt(n);
        }
        return new Compared(sumBefore / n, sumAfter / n, mean, half, n);
    }
}
