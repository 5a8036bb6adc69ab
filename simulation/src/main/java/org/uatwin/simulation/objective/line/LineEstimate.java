package org.uatwin.simulation.objective.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.special.Gamma;
import org.uatwin.simulation.objective.OwnSystem;
import org.uatwin.simulation.objective.line.TwoMachines.Machine;
import org.uatwin.simulation.system.DataTable;

/**
 * A fast estimate of a production line's throughput for any buffers: each station becomes a machine of a synchronous line with the same mean
 * and, as nearly as such a machine can, the same variance of its completion time (Gershwin 1987; completion times by W. Hopp, M. Spearman,
 * Factory Physics, chapter 8). Good for telling allocations apart, not for the throughput itself: that is left to the simulation.
 */
final class LineEstimate {
    private static final int UNLIMITED = 200; // places that stand for a buffer without limit
    private static final int CYCLES_TRIED = 40;

    private final List<Machine> machines;
    private final double cycleSeconds;
    private final int[]
            ownPlaces; // of a storage beside its buffer: the part in the station and the finished one before it
    private final boolean hasArrivals;

    /** Mean, s, and variance of the time a station takes for a good part. */
    private record Completion(double mean, double variance) {}

    LineEstimate(OwnSystem system) {
        DataTable stations = system.table("stations");
        int n = stations.rows();
        List<Completion> completions = new ArrayList<>();
        int[] parallel = new int[n];
        double[] visits = visits(stations);
        for (int i = 0; i < n; i++) {
            parallel[i] = (int) stations.number(i, "machines");
            double speed = system.input("SpeedFactor") * system.input("StationSpeed." + stations.text(i, "station"));
            double repair = system.input("RepairFactor." + stations.text(i, "station"));
            completions.add(completion(stations, i, visits[i] / (parallel[i] * speed), repair));
        }
        double rate = system.parameter("ArrivalRate") * system.input("ArrivalFactor");
        hasArrivals = rate > 0;
        ownPlaces = new int[hasArrivals ? n : n - 1];
        for (int k = 0; k < ownPlaces.length; k++) {
            int station = hasArrivals ? k : k + 1;
            // A machine before it holds its finished part until there is a place; arrivals are lost instead.
            ownPlaces[k] = parallel[station] + (station > 0 ? parallel[station - 1] : 0);
        }
        if (hasArrivals) {
            double between = 3600 / rate;
            double cv = system.parameter("ArrivalVariation");
            completions.add(0, new Completion(between, cv * cv * between * between));
        }
        cycleSeconds = cycle(completions);
        machines = completions.stream().map(c -> machine(c, cycleSeconds)).toList();
    }

    /** Good parts an hour with these buffers before the stations. */
    double throughput(int[] buffers) {
        if (machines.size() == 1) {
            return 3600 / cycleSeconds * machines.get(0).efficiency();
        }
        int[] places = new int[ownPlaces.length];
        for (int k = 0; k < places.length; k++) {
            places[k] = ownPlaces[k] + Math.min(UNLIMITED, buffers[hasArrivals ? k : k + 1]);
        }
        return 3600 / cycleSeconds * Decomposition.throughput(machines, places);
    }

    /** How often a station works for one good part that leaves the line. */
    private static double[] visits(DataTable stations) {
        double[] visits = new double[stations.rows()];
        double after = 1;
        for (int i = visits.length - 1; i >= 0; i--) {
            after /= Math.max(1e-3, 1 - stations.number(i, "scrap"));
            visits[i] = after;
        }
        return visits;
    }

    private static Completion completion(DataTable t, int row, double factor, double repairFactor) {
        double time = Math.max(1e-9, t.number(row, "time_s") * factor);
        double variance = variation(t, row) * time * time;
        double mtbf = t.number(row, "mtbf_s");
        if (Double.isNaN(mtbf)) {
            return new Completion(time, variance);
        }
        double mttr = t.number(row, "mttr_s") * repairFactor;
        double stretched = 1 + mttr / mtbf;
        // A repair of one of several machines delays the station by its share.
        double repair = mttr / Math.max(1, t.number(row, "machines"));
        return new Completion(time * stretched, variance * stretched * stretched + time / mtbf * 2 * repair * repair);
    }

    /** Squared coefficient of variation of a station's time. */
    private static double variation(DataTable t, int row) {
        double cv = t.number(row, "variation");
        return switch (t.text(row, "distribution").toLowerCase(Locale.ROOT)) {
            case "deterministic" -> 0;
            case "", "exponential" -> 1;
            case "erlang" -> 1 / Math.max(1, Math.rint(cv > 0 ? 1 / (cv * cv) : 1));
            case "uniform" -> Math.min(cv * cv, 1.0 / 3);
            case "weibull" -> {
                double shape = cv > 0 ? cv : 1;
                double first = StrictMath.exp(Gamma.logGamma(1 + 1 / shape));
                yield StrictMath.exp(Gamma.logGamma(1 + 2 / shape)) / (first * first) - 1;
            }
            default -> cv * cv;
        };
    }

    /** The cycle, not longer than the fastest completion, under which variances are met best. */
    private static double cycle(List<Completion> completions) {
        double fastest =
                completions.stream().mapToDouble(Completion::mean).min().orElseThrow();
        double best = fastest;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < CYCLES_TRIED; k++) {
            double cycle = fastest * (1 - 0.6 * k / CYCLES_TRIED);
            double missed = 0;
            for (Completion c : completions) {
                Machine m = machine(c, cycle);
                double idle = m.p() / m.r();
                double variance = (m.p() * (2 - m.r()) / (m.r() * m.r()) - idle * idle) * cycle * cycle;
                missed += Math.abs(variance - c.variance()) / (c.mean() * c.mean());
            }
            if (missed < least - 1e-12) {
                least = missed;
                best = cycle;
            }
        }
        return best;
    }

    /** A machine whose part takes a cycle, or with probability p a cycle and a geometric number of cycles with mean 1/r. */
    private static Machine machine(Completion c, double cycle) {
        double idle = Math.max(0, c.mean() / cycle - 1);
        if (idle < 1e-9) {
            return new Machine(0, 1);
        }
        double variance = c.variance() / (cycle * cycle);
        double r = Math.min(1, 2 / (1 + (variance + idle * idle) / idle));
        double p = idle * r;
        return p <= 1 ? new Machine(p, r) : new Machine(1, Math.min(1, 1 / idle));
    }
}
