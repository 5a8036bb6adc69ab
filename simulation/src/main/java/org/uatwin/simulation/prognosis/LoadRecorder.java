package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.OperatingMode;

/**
 * How an asset was run lately, as a few ways of running it with their shares of the time: the future load if nobody says otherwise. The
 * past fades with a time constant. Owned by one thread.
 */
final class LoadRecorder {
    private static final int MOST = 4; // ways of running
    private static final double NEAR = 0.05; // relative difference of an input within one of them
    private static final double CYCLE_HOURS = 0.1; // shorter than any life: damage sees the mean

    private static final double LEAST = 0.01; // of an input's range: what a difference is measured by at least

    private final int inputs;
    private final double[] least;
    private final double memoryHours;
    private final List<Way> ways = new ArrayList<>();
    private double standing; // hours
    private final double[] damage; // by state, hours times rate

    private static final class Way {
        double hours;
        final double[] mean;

        Way(double[] mean) {
            this.mean = mean;
        }
    }

    LoadRecorder(List<InputSpec> specs, int states, double memoryHours) {
        damage = new double[states];
        inputs = specs.size();
        least = specs.stream()
                .mapToDouble(spec -> Math.max(1e-6, LEAST * (spec.upper() - spec.lower())))
                .toArray();
        this.memoryHours = memoryHours;
    }

    /** @param rates of damage by the model, 1/h, by state; 0 while it stands. */
    void add(double[] u, OperatingMode mode, double[] rates, double hours) {
        double keep = StrictMath.exp(-hours / memoryHours);
        standing *= keep;
        for (int i = 0; i < damage.length; i++) {
            damage[i] = keep * damage[i] + hours * rates[i];
        }
        ways.forEach(way -> way.hours *= keep);
        if (mode != OperatingMode.RUNNING) {
            standing += hours;
            return;
        }
        Way nearest = null;
        double closest = Double.POSITIVE_INFINITY;
        for (Way way : ways) {
            double distance = distance(way.mean, u);
            if (distance < closest) {
                closest = distance;
                nearest = way;
            }
        }
        if (nearest == null || closest > NEAR) {
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
            double size = Math.max(least[i], Math.max(Math.abs(a[i]), Math.abs(b[i])));
            most = Math.max(most, Math.abs(a[i] - b[i]) / size);
        }
        return most;
    }

    /** Makes one of the two that are least apart, for the time they last. */
    private void join() {
        int a = 0;
        int b = 1;
        double cheapest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ways.size(); i++) {
            for (int k = i + 1; k < ways.size(); k++) {
                double hours = Math.min(ways.get(i).hours, ways.get(k).hours);
                double cost = hours * distance(ways.get(i).mean, ways.get(k).mean);
                if (cost < cheapest) {
                    cheapest = cost;
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

    /** Mean rate of damage by the model in the past, 1/h. */
    double rate(int state) {
        return damage[state] / Math.max(1e-9, hours());
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
        for (double each : damage) {
            out.writeDouble(each);
        }
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
        for (int i = 0; i < damage.length; i++) {
            damage[i] = in.readDouble();
        }
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
