package org.uatwin.simulation.maintenance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether jobs fit into a window, who does them and when: longest first, as soon as people and asset are free (Graham 1969). */
final class WindowSchedule {
    private static final double SMALL = 1e-9;

    private final List<MaintenanceJob> jobs;
    private final MaintenanceWindow window;
    private final Placed[] placed;

    /**
     * Where a job is.
     *
     * @param start hours from now.
     */
    record Placed(double start, CrewShift shift) {}

    private WindowSchedule(List<MaintenanceJob> jobs, MaintenanceWindow window) {
        this.jobs = jobs;
        this.window = window;
        placed = new Placed[jobs.size()];
    }

    /** The place of each job, in the order given; empty if they do not fit. */
    static Optional<List<Placed>> of(List<MaintenanceJob> jobs, MaintenanceWindow window) {
        WindowSchedule schedule = new WindowSchedule(jobs, window);
        Integer[] order = new Integer[jobs.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                Comparator.comparingDouble((Integer i) -> -jobs.get(i).hours()).thenComparingInt(i -> i));
        for (int i : order) {
            Placed at = schedule.earliest(jobs.get(i));
            if (at == null) {
                return Optional.empty();
            }
            schedule.placed[i] = at;
        }
        return Optional.of(List.of(schedule.placed));
    }

    /** Start of each job after the window's start; empty if they do not fit. */
    static double[] starts(List<MaintenanceJob> jobs, MaintenanceWindow window) {
        return of(jobs, window).stream()
                .flatMap(List::stream)
                .mapToDouble(at -> at.start() - window.startHours())
                .toArray();
    }

    /** What the window costs with these jobs in it. */
    static double cost(List<MaintenanceJob> jobs, List<Placed> placed, MaintenanceWindow window) {
        double begin = Double.POSITIVE_INFINITY;
        double end = 0;
        for (int i = 0; i < jobs.size(); i++) {
            begin = Math.min(begin, placed.get(i).start());
            end = Math.max(end, placed.get(i).start() + jobs.get(i).hours());
        }
        return jobs.isEmpty() ? 0 : window.openingCost() + window.hourlyCost() * (end - begin);
    }

    /** What it costs at least, and never less with a further job. */
    static double leastCost(List<MaintenanceJob> jobs, MaintenanceWindow window) {
        if (jobs.isEmpty() || window.hourlyCost() == 0) {
            return jobs.isEmpty() ? 0 : window.openingCost();
        }
        Map<String, Double> byAsset = new HashMap<>();
        jobs.forEach(job -> byAsset.merge(job.asset(), job.hours(), Double::sum));
        double longest =
                byAsset.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return window.openingCost() + window.hourlyCost() * longest;
    }

    private Placed earliest(MaintenanceJob job) {
        Placed best = null;
        for (CrewShift shift : window.shifts()) {
            if (!shift.can(job)) {
                continue;
            }
            double from = Math.max(shift.startHours(), window.startHours());
            double until = Math.min(shift.endHours(), window.endHours());
            List<Double> candidates = new ArrayList<>(List.of(from));
            for (int i = 0; i < placed.length; i++) {
                if (placed[i] != null) {
                    candidates.add(placed[i].start() + jobs.get(i).hours());
                }
            }
            for (double at : candidates) {
                boolean isInside = at >= from && at + job.hours() <= until + SMALL;
                if (isInside && (best == null || at < best.start()) && isFree(job, at, shift)) {
                    best = new Placed(at, shift);
                }
            }
        }
        return best;
    }

    private boolean isFree(MaintenanceJob job, double at, CrewShift shift) {
        double end = at + job.hours();
        List<Double> moments = new ArrayList<>(List.of(at));
        for (int i = 0; i < placed.length; i++) {
            if (placed[i] == null || !overlaps(i, at, end)) {
                continue;
            }
            if (jobs.get(i).asset().equals(job.asset())) {
                return false;
            }
            if (placed[i].start() > at) {
                moments.add(placed[i].start());
            }
        }
        for (double moment : moments) {
            int busy = job.crew();
            for (int i = 0; i < placed.length; i++) {
                boolean isOfCrew = placed[i] != null && placed[i].shift().crew().equals(shift.crew());
                if (isOfCrew
                        && placed[i].start() <= moment + SMALL
                        && placed[i].start() + jobs.get(i).hours() > moment + SMALL) {
                    busy += jobs.get(i).crew();
                }
            }
            if (busy > shift.people()) {
                return false;
            }
        }
        return true;
    }

    private boolean overlaps(int i, double at, double end) {
        return placed[i].start() < end - SMALL
                && placed[i].start() + jobs.get(i).hours() > at + SMALL;
    }
}
