package org.uatwin.simulation.maintenance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether jobs fit into a window, and when each begins: longest first, as soon as people and asset are free (Graham 1969). */
final class WindowSchedule {
    private WindowSchedule() {}

    /** Start of each job after the window's start, in the order given; empty if they do not fit. */
    static double[] starts(List<MaintenanceJob> jobs, MaintenanceWindow window) {
        Integer[] order = new Integer[jobs.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        java.util.Arrays.sort(
                order,
                Comparator.comparingDouble((Integer i) -> -jobs.get(i).hours()).thenComparingInt(i -> i));
        double[] starts = new double[order.length];
        List<Integer> placed = new ArrayList<>();
        for (int i : order) {
            MaintenanceJob job = jobs.get(i);
            double at = earliest(jobs, starts, placed, job, window);
            if (Double.isNaN(at)) {
                return new double[0];
            }
            starts[i] = at;
            placed.add(i);
        }
        return starts;
    }

    private static double earliest(
            List<MaintenanceJob> jobs,
            double[] starts,
            List<Integer> placed,
            MaintenanceJob job,
            MaintenanceWindow window) {
        List<Double> candidates = new ArrayList<>(List.of(0.0));
        placed.forEach(i -> candidates.add(starts[i] + jobs.get(i).hours()));
        candidates.sort(null);
        for (double at : candidates) {
            if (at + job.hours() <= window.hours() + 1e-9 && isFree(jobs, starts, placed, job, at, window)) {
                return at;
            }
        }
        return Double.NaN;
    }

    private static boolean isFree(
            List<MaintenanceJob> jobs,
            double[] starts,
            List<Integer> placed,
            MaintenanceJob job,
            double at,
            MaintenanceWindow window) {
        double end = at + job.hours();
        List<Double> moments = new ArrayList<>(List.of(at));
        for (int i : placed) {
            boolean overlaps = starts[i] < end - 1e-9 && starts[i] + jobs.get(i).hours() > at + 1e-9;
            if (overlaps && jobs.get(i).asset().equals(job.asset())) {
                return false;
            }
            if (overlaps && starts[i] > at) {
                moments.add(starts[i]);
            }
        }
        for (double moment : moments) {
            int busy = job.crew();
            for (int i : placed) {
                if (starts[i] <= moment + 1e-9 && starts[i] + jobs.get(i).hours() > moment + 1e-9) {
                    busy += jobs.get(i).crew();
                }
            }
            if (busy > window.crew()) {
                return false;
            }
        }
        return true;
    }
}
