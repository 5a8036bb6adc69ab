package org.uatwin.server.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.uatwin.informationmodel.maintenance.Crew;
import org.uatwin.informationmodel.maintenance.PlantMaintenance;
import org.uatwin.informationmodel.maintenance.TimeSpan;
import org.uatwin.informationmodel.maintenance.WorkCalendar;
import org.uatwin.simulation.maintenance.CrewShift;
import org.uatwin.simulation.maintenance.MaintenanceWindow;

/**
 * The windows of a plan: times in which some crew works, cut where a standstill begins or ends, and into pieces where they are long, so that
 * the planner has a choice of when to begin.
 */
final class WindowFinder {
    private static final double DAY = 24;
    private static final int MOST_WINDOWS = 150;
    private static final int PIECES = 60;
    private static final int NOBODY_COUNTS = 1_000_000; // people, where the plant file has no crews
    private static final double SMALL = 1e-9;

    private final PlanQuestion asked;
    private final double begin;
    private final double end;
    private final List<CrewShift> shifts = new ArrayList<>();
    private final List<double[]> standing = new ArrayList<>();

    WindowFinder(
            PlantMaintenance plant, Optional<WorkCalendar> standstill, PlanQuestion asked, double begin, double end) {
        this.asked = asked;
        this.begin = begin;
        this.end = end;
        for (Crew crew : plant.crews()) {
            for (double[] span : spans(crew.hours())) {
                shifts.add(new CrewShift(crew.name(), crew.people(), crew.skills(), span[0], span[1]));
            }
        }
        if (plant.crews().isEmpty()) {
            shifts.add(new CrewShift("", NOBODY_COUNTS, Set.of(), begin, end));
        }
        if (standstill.isPresent()) {
            standing.addAll(spans(standstill));
        }
    }

    private List<double[]> spans(Optional<WorkCalendar> calendar) {
        if (calendar.isEmpty()) {
            return List.of(new double[] {begin, end});
        }
        List<double[]> spans = new ArrayList<>();
        for (TimeSpan span : calendar.get().between(asked.instant(begin), asked.instant(end))) {
            double from = Math.max(begin, asked.hoursTo(span.start()));
            double until = Math.min(end, asked.hoursTo(span.end()));
            if (until > from + SMALL) {
                spans.add(new double[] {from, until});
            }
        }
        return spans;
    }

    /**
     * The windows.
     *
     * @param openingCost of one in which the asset should produce.
     * @param hourlyCost likewise.
     * @param longestJob hours.
     * @param allJobs hours, one after the other.
     */
    List<MaintenanceWindow> windows(double openingCost, double hourlyCost, double longestJob, double allJobs) {
        List<double[]> pieces = pieces();
        double total = pieces.stream().mapToDouble(piece -> piece[1] - piece[0]).sum();
        double length = Math.max(longestJob, Math.min(DAY, Math.max(total / PIECES, allJobs)));
        List<MaintenanceWindow> windows = cut(pieces, length, openingCost, hourlyCost);
        if (windows.size() > MOST_WINDOWS) {
            windows = cut(pieces, Math.max(DAY, longestJob), openingCost, hourlyCost);
        }
        return thinned(windows);
    }

    /** Times in which anybody works, with whether the asset stands then (1) or produces (0). */
    private List<double[]> pieces() {
        TreeSet<Double> edges = new TreeSet<>(List.of(begin, end));
        for (CrewShift shift : shifts) {
            edges.add(shift.startHours());
            edges.add(shift.endHours());
        }
        standing.forEach(span -> {
            edges.add(span[0]);
            edges.add(span[1]);
        });
        List<double[]> pieces = new ArrayList<>();
        Double before = null;
        for (double edge : edges) {
            if (before != null && edge > before + SMALL) {
                double middle = 0.5 * (before + edge);
                boolean isWorked = shifts.stream().anyMatch(s -> s.startHours() <= middle && middle <= s.endHours());
                boolean isStanding = standing.stream().anyMatch(s -> s[0] <= middle && middle <= s[1]);
                double[] last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
                if (isWorked && last != null && last[1] >= before - SMALL && (last[2] == 1) == isStanding) {
                    last[1] = edge;
                } else if (isWorked) {
                    pieces.add(new double[] {before, edge, isStanding ? 1 : 0});
                }
            }
            before = edge;
        }
        return pieces;
    }

    private List<MaintenanceWindow> cut(List<double[]> pieces, double length, double openingCost, double hourlyCost) {
        double most = asked.longestHours() > 0 ? Math.min(length, asked.longestHours()) : length;
        List<MaintenanceWindow> windows = new ArrayList<>();
        for (double[] piece : pieces) {
            boolean isStandstill = piece[2] == 1;
            for (double at = piece[0]; at < piece[1] - SMALL; at += most) {
                double until = Math.min(piece[1], at + most);
                double from = at;
                List<CrewShift> there = shifts.stream()
                        .filter(s -> s.startHours() < until - SMALL && s.endHours() > from + SMALL)
                        .toList();
                windows.add(new MaintenanceWindow(
                        Integer.toString(windows.size()),
                        Math.max(0, at),
                        until,
                        there,
                        isStandstill ? 0 : openingCost,
                        isStandstill ? 0 : hourlyCost,
                        isStandstill));
            }
        }
        return windows;
    }

    /** At most so many: those in which the asset stands anyway, then the others at even distances, the first among them. */
    private static List<MaintenanceWindow> thinned(List<MaintenanceWindow> windows) {
        if (windows.size() <= MOST_WINDOWS) {
            return windows;
        }
        List<MaintenanceWindow> free = new ArrayList<>();
        List<MaintenanceWindow> others = new ArrayList<>();
        windows.forEach(window -> (window.isStandstill() ? free : others).add(window));
        List<MaintenanceWindow> kept = new ArrayList<>(every(free, MOST_WINDOWS / 2));
        kept.addAll(every(others, MOST_WINDOWS - kept.size()));
        return kept;
    }

    private static List<MaintenanceWindow> every(List<MaintenanceWindow> windows, int most) {
        if (windows.size() <= most) {
            return windows;
        }
        List<MaintenanceWindow> kept = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            kept.add(windows.get((int) ((long) i * windows.size() / most)));
        }
        return kept;
    }
}
