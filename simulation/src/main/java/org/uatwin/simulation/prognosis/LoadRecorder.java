package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.OperatingMode;

/**
 * How an asset was run lately, as a few ways of running it with their shares of the time: the future load if nobody says otherwise. The
 * past fades with a time constant. Owned by one thread.
 */
final class LoadRecorder {
    private static final int MOST = 6; // ways of running
    private static final double NEAR = 0.05; // relative difference of an input within one of them
    private static final double CYCLE_HOURS = 0.1; // shorter than any life: damage sees the mean

    private final int inputs;
    private final double memoryHours;
    private final List<Way> ways = new ArrayList<>();
    private double standing; // hours

    private static final class Way {
        double hours;
        final double[] mean;

        Way(double[] mean) {
            this.mean = mean;
        }
    }

    LoadRecorder(int inputs, double memoryHours) {
        this.inputs = inputs;
        this.memoryHours = memoryHours;
    }

    void add(double[] u, OperatingMode mode, double hours) {
        double keep = StrictMath.exp(-hours / memoryHours);
        standing *= keep;
        ways.forEach(way -> way.hours *= keep);
        if (mode != OperatingMode.RUNNING) {
            standing += hours;
            return;
        }
        Way nearest = null;
        double least = Double.POSITIVE_INFINITY;
        for (Way way : ways) {
            double distance = distance(way.mean, u);
            if (distance < least) {
                least = distance;
                nearest = way;
            }
        }
        if (nearest == null || least > NEAR) {
            nearest = new Way(u.clone());
            ways.add(nearest);
        }
        nearest.hours += hours;
        double share = hours / nearest.hours;
        for (int i = 0; i < inputs; i++) {
            nearest.mean[i] += share * (u[i] - nearest.mean[i]);
        }
        if (ways.size() > MOST) {
            join();
        }
    }

    /** The largest relative difference of an input. */
    private double distance(double[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < inputs; i++) {
            double size = Math.max(Math.abs(a[i]), Math.abs(b[i]));
            most = Math.max(most, size > 0 ? Math.abs(a[i] - b[i]) / Math.max(size, 1e-3) : 0);
        }
        return most;
    }

    /** Makes one of the two that are least apart, for the time they last. */
    private void join() {
        int a = 0;
        int b = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ways.size(); i++) {
            for (int k = i + 1; k < ways.size(); k++) {
                double hours = Math.min(ways.get(i).hours, ways.get(k).hours);
                double cost = hours * distance(ways.get(i).mean, ways.get(k).mean);
                if (cost < least) {
                    least = cost;
                    a = i;
                    b = k;
                }
            }
        }
        Way kept = ways.get(a);
        Way gone = ways.remove(b);
        double share = gone.hours / (kept.hours + gone.hours);
        for (int i = 0; i < inputs; i++) {
            kept.mean[i] += share * (gone.mean[i] - kept.mean[i]);
        }
        kept.hours += gone.hours;
    }

    /** Hours that are remembered. */
    double hours() {
        return standing + ways.stream().mapToDouble(way -> way.hours).sum();
    }

    /** The load of the past; empty if it has not run. */
    Optional<LoadProfile> profile() {
        double all = hours();
        List<LoadProfile.Stretch> stretches = new ArrayList<>();
        for (Way way : ways) {
            if (way.hours > 1e-3 * all) {
                stretches.add(new LoadProfile.Stretch(
                        CYCLE_HOURS * way.hours / all, way.mean.clone(), OperatingMode.RUNNING));
            }
        }
        if (stretches.isEmpty()) {
            return Optional.empty();
        }
        if (standing > 1e-3 * all) {
            stretches.add(new LoadProfile.Stretch(
                    CYCLE_HOURS * standing / all, stretches.get(0).inputs(), OperatingMode.STOPPED));
        }
        return Optional.of(new LoadProfile(stretches));
    }

    void save(java.io.DataOutputStream out) throws java.io.IOException {
        out.writeDouble(standing);
        out.writeInt(ways.size());
        for (Way way : ways) {
            out.writeDouble(way.hours);
            for (double each : way.mean) {
                out.writeDouble(each);
            }
        }
    }

    void restore(java.io.DataInputStream in) throws java.io.IOException {
        standing = in.readDouble();
        ways.clear();
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new java.io.IOException("no number of ways: " + count);
        }
        for (int w = 0; w < count; w++) {
            double hours = in.readDouble();
            double[] mean = new double[inputs];
            for (int i = 0; i < inputs; i++) {
                mean[i] = in.readDouble();
            }
            Way way = new Way(mean);
            way.hours = hours;
            ways.add(way);
        }
    }
}
