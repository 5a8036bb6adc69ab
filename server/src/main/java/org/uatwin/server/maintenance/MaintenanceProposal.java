package org.uatwin.server.maintenance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.maintenance.PlantMaintenance;
import org.uatwin.informationmodel.maintenance.WorkCalendar;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.maintenance.MaintenanceJob;
import org.uatwin.simulation.maintenance.MaintenancePlan;
import org.uatwin.simulation.maintenance.MaintenancePlanner;
import org.uatwin.simulation.maintenance.MaintenanceWindow;

/**
 * The plan for an asset and all its parts, grouped into windows. Immutable.
 *
 * @param twin it is for.
 * @param found about that.
 * @param asked what was asked for.
 * @param endHours of the time that was looked at, from now.
 * @param jobs in the order of {@code plan.jobs()}.
 * @param notes what is not planned, and why.
 * @param currency of costs; empty: parts of planned work.
 */
public record MaintenanceProposal(
        TwinInstance twin,
        Assessment found,
        PlanQuestion asked,
        double endHours,
        List<PlannedJob> jobs,
        List<MaintenanceWindow> windows,
        MaintenancePlan plan,
        List<String> notes,
        String currency) {
    private static final int MOST_JOBS = 20;
    private static final double LONGEST_HOURS = 90 * 24;
    private static final double WEEK_HOURS = 7 * 24;

    public MaintenanceProposal {
        jobs = List.copyOf(jobs);
        windows = List.copyOf(windows);
        notes = List.copyOf(notes);
    }

    /** Plans; empty if the twin is not watched. On the pool of calls: it reads records and may take a second. */
    public static Optional<MaintenanceProposal> of(
            LiveMaintenance live, MaintenanceStore store, TwinInstance twin, PlanQuestion asked) {
        Optional<Assessment> found = live.assess(twin);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LivePlant plant = live.plant();
        PlantMaintenance rules = plant.plant().maintenance();
        List<TwinInstance> fleet = plant.instances().stream()
                .filter(instance -> !instance.isSystem() && instance.twin().isWatched())
                .toList();
        JobFinder finder = new JobFinder(live, new LifeHistory(store, fleet, asked.now()));
        finder.add(twin, found, true);
        parts(plant, twin).forEach(part -> finder.add(part, live.assess(part), false));
        List<PlannedJob> jobs = new ArrayList<>(finder.jobs);
        if (jobs.size() > MOST_JOBS) {
            jobs.sort(Comparator.comparingDouble(
                    job -> job.job().life().quantile(job.task().riskLimit())));
            finder.notes.add("%d further jobs are less urgent and not planned; ask their twins"
                    .formatted(jobs.size() - MOST_JOBS));
            jobs.subList(MOST_JOBS, jobs.size()).clear();
        }
        double begin = Math.max(0, asked.hoursTo(asked.earliest()));
        double least = rules.crews().isEmpty() ? 1 : WEEK_HOURS;
        double end = asked.latest() == 0
                ? begin + JobFinder.span(jobs, LONGEST_HOURS, least)
                : asked.hoursTo(asked.latest());
        double rate = JobFinder.downtimeCost(plant, twin);
        List<MaintenanceJob> work = jobs.stream().map(PlannedJob::job).toList();
        List<MaintenanceWindow> windows = new WindowFinder(rules, standstill(plant, twin), asked, begin, end)
                .windows(
                        rules.openingCost(twin.twin().maintenance()),
                        rate,
                        work.stream().mapToDouble(MaintenanceJob::hours).max().orElse(1),
                        work.stream().mapToDouble(MaintenanceJob::hours).sum());
        MaintenancePlan plan = MaintenancePlanner.plan(work, windows, PlantMaintenance.RISK_LIMIT);
        return Optional.of(new MaintenanceProposal(
                twin, found.get(), asked, end, jobs, windows, plan, finder.notes, rules.currency()));
    }

    /** All that is part of a twin, through all levels. */
    public static List<TwinInstance> parts(LivePlant plant, TwinInstance twin) {
        List<TwinInstance> parts = new ArrayList<>();
        for (TwinInstance child : plant.children(twin)) {
            parts.add(child);
            parts.addAll(parts(plant, child));
        }
        return parts;
    }

    /** When a twin stands anyway: as it says, else as what it is part of says, else as the plant says. */
    private static Optional<WorkCalendar> standstill(LivePlant plant, TwinInstance twin) {
        for (TwinInstance at = twin; at != null; at = plant.parent(at)) {
            Optional<WorkCalendar> own = at.twin().maintenance().standstill();
            if (own.isPresent()) {
                return own;
            }
        }
        return plant.plant().maintenance().standard().standstill();
    }

    /** Jobs that are planned, by their begin. */
    public List<Integer> planned() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            if (plan.jobs().get(i).window().isPresent()) {
                order.add(i);
            }
        }
        order.sort(Comparator.comparingDouble((Integer i) -> plan.jobs().get(i).startHours())
                .thenComparingInt(i -> i));
        return order;
    }

    /** All jobs: those that are planned by their begin, then what waits, the one that can wait least first. */
    public List<Integer> byUrgency() {
        List<Integer> order = planned();
        List<Integer> waiting = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            if (!order.contains(i)) {
                waiting.add(i);
            }
        }
        waiting.sort(Comparator.comparingDouble(i -> plan.jobs().get(i).latestHours()));
        order.addAll(waiting);
        return order;
    }

    /** Probability that any of these assets fails before the end, without and with the plan. */
    public double risk(boolean isPlanned) {
        double survives = 1;
        for (MaintenancePlan.Entry entry : plan.jobs()) {
            survives *= 1 - (isPlanned ? entry.riskAfter() : entry.riskBefore());
        }
        return 1 - survives;
    }
}
