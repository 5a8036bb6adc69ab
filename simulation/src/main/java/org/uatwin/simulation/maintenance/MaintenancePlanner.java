package org.uatwin.simulation.maintenance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.prognosis.LifeDistribution;

/**
 * Puts jobs into windows at the least expected cost: a job costs its work, the failure that may come before it, and the life of the part
 * that is thrown away; a window costs its opening once and the loss of production while work goes on in it, which is what groups jobs (opportunistic maintenance; Dekker, Wildeman and van der
 * Duyn Schouten 1997). A job whose risk would exceed the limit before any window still goes to the earliest it fits into. Branch and
 * bound, exact unless it would take too long. Stateless, any thread.
 */
public final class MaintenancePlanner {
    private static final int MOST_JOBS = 20;
    private static final long MOST_NODES = 200_000;
    private static final int WAIT = -1;

    private final List<MaintenanceJob> jobs;
    private final List<MaintenanceWindow> windows;
    private final double riskLimit;
    private final double end;
    private final double[][] cost; // by job and window, the last that of waiting
    private final Integer[] order; // jobs in which branching goes: the most urgent first
    private final int[] chosen;
    private final int[] best;
    private final List<List<MaintenanceJob>> content = new ArrayList<>();
    private double bestCost = Double.POSITIVE_INFINITY;
    private long nodes;

    private MaintenancePlanner(List<MaintenanceJob> jobs, List<MaintenanceWindow> windows, double riskLimit) {
        this.jobs = jobs;
        this.windows = windows;
        this.riskLimit = riskLimit;
        end = windows.stream().mapToDouble(MaintenanceWindow::endHours).max().orElse(0);
        int n = jobs.size();
        cost = new double[n][windows.size() + 1];
        for (int i = 0; i < n; i++) {
            for (int w = 0; w < windows.size(); w++) {
                cost[i][w] = in(jobs.get(i), windows.get(w));
            }
            cost[i][windows.size()] = waits(jobs.get(i));
        }
        order = new Integer[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        Arrays.sort(
                order,
                Comparator.comparingDouble((Integer i) -> latest(jobs.get(i))).thenComparingInt(i -> i));
        chosen = new int[n];
        best = new int[n];
        Arrays.fill(best, WAIT);
        windows.forEach(w -> content.add(new ArrayList<>()));
    }

    /**
     * A plan.
     *
     * @param jobs up to 20.
     * @param windows in any order.
     * @param riskLimit probability of failure a job may wait for, 0..1.
     * @throws IllegalArgumentException if there are more jobs, or the limit is none.
     */
    public static MaintenancePlan plan(List<MaintenanceJob> jobs, List<MaintenanceWindow> windows, double riskLimit) {
        if (jobs.size() > MOST_JOBS) {
            throw new IllegalArgumentException("%d jobs; a plan takes up to %d.\n  Fix: plan the most urgent ones."
                    .formatted(jobs.size(), MOST_JOBS));
        }
        if (!(riskLimit > 0 && riskLimit < 1)) {
            throw new IllegalArgumentException("risk limit %s is not between 0 and 1".formatted(riskLimit));
        }
        List<MaintenanceWindow> sorted = windows.stream()
                .sorted(Comparator.comparingDouble(MaintenanceWindow::startHours)
                        .thenComparing(MaintenanceWindow::id))
                .toList();
        MaintenancePlanner planner = new MaintenancePlanner(List.copyOf(jobs), sorted, riskLimit);
        planner.branch(0, 0);
        return planner.plan();
    }

    /** Cost of a choice of windows by job, -1 = it waits; infinite if jobs do not fit. */
    static double costOf(List<MaintenanceJob> jobs, List<MaintenanceWindow> windows, List<Integer> chosen) {
        MaintenancePlanner planner = new MaintenancePlanner(jobs, windows, 0.5);
        double sum = 0;
        for (int i = 0; i < jobs.size(); i++) {
            int w = chosen.get(i);
            sum += planner.cost[i][w < 0 ? windows.size() : w];
        }
        for (int w = 0; w < windows.size(); w++) {
            List<MaintenanceJob> inside = new ArrayList<>();
            for (int i = 0; i < jobs.size(); i++) {
                if (chosen.get(i) == w) {
                    inside.add(jobs.get(i));
                }
            }
            Optional<List<WindowSchedule.Placed>> placed = WindowSchedule.of(inside, windows.get(w));
            if (placed.isEmpty()) {
                return Double.POSITIVE_INFINITY;
            }
            sum += WindowSchedule.cost(inside, placed.get(), windows.get(w));
        }
        return sum;
    }

    /** The limit of a job; above 1 if it has none. */
    private double limit(MaintenanceJob job) {
        return Double.isNaN(job.riskLimit()) ? riskLimit : job.riskLimit() >= 1 ? 2 : job.riskLimit();
    }

    /** Until when its risk stays within its limit. */
    private double latest(MaintenanceJob job) {
        return job.life().quantile(limit(job));
    }

    private static double in(MaintenanceJob job, MaintenanceWindow window) {
        return done(job, window.startHours()) + (window.isStandstill() ? 0 : job.hours() * job.downtimeCost());
    }

    /** Expected cost of a job at a time, the loss of production by it aside. */
    private static double done(MaintenanceJob job, double at) {
        LifeDistribution life = job.life();
        double risk = life.within(at);
        return job.plannedCost() * (1 - risk)
                + job.failureCost() * risk
                + job.plannedCost() * thrownAway(life, at) / job.meanLifeHours();
    }

    /** Expected life after a time, hours; up to the horizon. */
    private static double thrownAway(LifeDistribution life, double at) {
        int panels = 100;
        double width = Math.max(0, life.horizonHours() - at) / panels;
        double sum = 0;
        for (int i = 0; i < panels; i++) {
            sum += width * (1 - life.within(at + (i + 0.5) * width));
        }
        return sum;
    }

    /** Expected cost of not doing it within the plan but right after it. */
    private double waits(MaintenanceJob job) {
        return done(job, end) + job.hours() * job.downtimeCost();
    }

    /** @param soFar what the jobs so far cost at least. */
    private void branch(int depth, double soFar) {
        if (soFar + bound(depth) >= bestCost || nodes++ > MOST_NODES) {
            return;
        }
        if (depth == order.length) {
            double cost = soFar + overLeast();
            if (cost < bestCost) {
                bestCost = cost;
                System.arraycopy(chosen, 0, best, 0, best.length);
            }
            return;
        }
        int i = order[depth];
        MaintenanceJob job = jobs.get(i);
        boolean isUrgent = job.life().within(end) > limit(job);
        boolean hasPlace = false;
        for (int w : options(i)) {
            if (isUrgent && hasPlace && isTooLate(job, w)) {
                continue; // an earlier window is free and keeps the limit, or at least comes sooner
            }
            List<MaintenanceJob> inside = content.get(w);
            double before = WindowSchedule.leastCost(inside, windows.get(w));
            inside.add(job);
            if (WindowSchedule.of(inside, windows.get(w)).isPresent()) {
                chosen[i] = w;
                hasPlace = true;
                double more = WindowSchedule.leastCost(inside, windows.get(w)) - before;
                branch(depth + 1, soFar + cost[i][w] + more);
            }
            inside.remove(inside.size() - 1);
        }
        if (!isUrgent || !hasPlace) {
            chosen[i] = WAIT;
            branch(depth + 1, soFar + cost[i][windows.size()]);
        }
    }

    /** What the windows as they are filled cost beyond what they cost at least. */
    private double overLeast() {
        double sum = 0;
        for (int w = 0; w < content.size(); w++) {
            List<MaintenanceJob> inside = content.get(w);
            if (!inside.isEmpty() && windows.get(w).hourlyCost() > 0) {
                List<WindowSchedule.Placed> placed =
                        WindowSchedule.of(inside, windows.get(w)).orElseThrow();
                sum += WindowSchedule.cost(inside, placed, windows.get(w))
                        - WindowSchedule.leastCost(inside, windows.get(w));
            }
        }
        return sum;
    }

    /** Windows of a job: for one that is urgent in their order, else the cheapest first. */
    private Integer[] options(int job) {
        Integer[] options = new Integer[windows.size()];
        for (int w = 0; w < options.length; w++) {
            options[w] = w;
        }
        if (jobs.get(job).life().within(end) <= limit(jobs.get(job))) {
            Arrays.sort(options, Comparator.comparingDouble(w -> cost[job][w]));
        }
        return options;
    }

    private boolean isTooLate(MaintenanceJob job, int window) {
        return job.life().within(windows.get(window).startHours()) > limit(job);
    }

    /** What the jobs from here on cost at least: each at its best, openings shared with nobody. */
    private double bound(int depth) {
        double sum = 0;
        for (int d = depth; d < order.length; d++) {
            double least = Double.POSITIVE_INFINITY;
            for (double each : cost[order[d]]) {
                least = Math.min(least, each);
            }
            sum += least;
        }
        return sum;
    }

    private MaintenancePlan plan() {
        List<MaintenancePlan.Entry> entries = new ArrayList<>();
        double nothing = 0;
        for (int i = 0; i < jobs.size(); i++) {
            nothing += cost[i][windows.size()];
            entries.add(best[i] == WAIT ? waiting(i) : entry(i));
        }
        return new MaintenancePlan(entries, jobs.isEmpty() ? 0 : bestCost, nothing, nodes <= MOST_NODES);
    }

    private MaintenancePlan.Entry waiting(int i) {
        MaintenanceJob job = jobs.get(i);
        double risk = job.life().within(end);
        boolean isUrgent = risk > limit(job);
        String en = isUrgent
                ? "no window has room for it: %s; the risk until the end of the plan is %.0f %%"
                : "%sit costs less to wait: the risk until the end of the plan is %.1f %%";
        String de = isUrgent
                ? "kein Fenster hat Platz dafür: %s; das Risiko bis zum Ende des Plans ist %.0f %%"
                : "%sWarten kostet weniger: das Risiko bis zum Ende des Plans ist %.1f %%";
        Text why = isUrgent ? PlanObstacle.of(job, windows) : text("", "");
        return new MaintenancePlan.Entry(
                job,
                Optional.empty(),
                "",
                end,
                latest(job),
                risk,
                risk,
                0,
                new Text(Map.of(
                        "en", String.format(Locale.ROOT, en, why.byLocale().get("en"), 100 * risk),
                        "de", String.format(Locale.ROOT, de, why.byLocale().get("de"), 100 * risk))));
    }

    private MaintenancePlan.Entry entry(int i) {
        MaintenanceJob job = jobs.get(i);
        MaintenanceWindow window = windows.get(best[i]);
        List<MaintenanceJob> together = new ArrayList<>();
        for (int k = 0; k < jobs.size(); k++) {
            if (best[k] == best[i]) {
                together.add(jobs.get(k));
            }
        }
        List<WindowSchedule.Placed> placed = WindowSchedule.of(together, window).orElseThrow();
        WindowSchedule.Placed own = placed.get(together.indexOf(job));
        double start = own.start();
        double before = job.life().within(end);
        double after = job.life().within(start);
        double share = WindowSchedule.cost(together, placed, window) / together.size();
        String en = "risk until the end of the plan falls from %.0f to %.0f %%"
                + (together.size() > 1 ? "; shares its window with " + (together.size() - 1) + " other" : "")
                + (after > limit(job) ? "; it comes late: no earlier window has room" : "");
        String de = "Risiko bis zum Ende des Plans sinkt von %.0f auf %.0f %%"
                + (together.size() > 1 ? "; teilt das Fenster mit " + (together.size() - 1) + " weiteren" : "")
                + (after > limit(job) ? "; zu spät: kein früheres Fenster hat Platz" : "");
        return new MaintenancePlan.Entry(
                job,
                Optional.of(window),
                own.shift().crew(),
                start,
                latest(job),
                before,
                after,
                cost[i][best[i]] + share - cost[i][windows.size()],
                text(en, de, 100 * before, 100 * after));
    }

    private static Text text(String en, String de, Object... values) {
        return new Text(
                Map.of("en", String.format(Locale.ROOT, en, values), "de", String.format(Locale.ROOT, de, values)));
    }

    /**
     * A window a job could be done in by itself.
     *
     * @param startHours from now.
     * @param risk probability of failure before.
     * @param cost expected, that of the window included.
     */
    public record Alternative(double startHours, double risk, double cost) {}

    /**
     * The windows in which a job alone costs least.
     *
     * @param most how many.
     * @return in order of time.
     */
    public static List<Alternative> alternatives(MaintenanceJob job, List<MaintenanceWindow> windows, int most) {
        List<Alternative> all = new ArrayList<>();
        for (MaintenanceWindow window : windows) {
            WindowSchedule.of(List.of(job), window)
                    .ifPresent(placed -> all.add(new Alternative(
                            placed.get(0).start(),
                            job.life().within(placed.get(0).start()),
                            in(job, window) + WindowSchedule.cost(List.of(job), placed, window))));
        }
        return all.stream()
                .sorted(Comparator.comparingDouble(Alternative::cost).thenComparingDouble(Alternative::startHours))
                .limit(most)
                .sorted(Comparator.comparingDouble(Alternative::startHours))
                .toList();
    }

    /**
     * What it costs to put one job off.
     *
     * @param job that is due.
     * @param atHours from now at which it could be done.
     * @param laterHours at which it would be done instead; not before.
     * @return risk and cost of both, and the difference.
     */
    public static Deferral defer(MaintenanceJob job, double atHours, double laterHours) {
        double risk = job.life().within(atHours);
        double later = job.life().within(laterHours);
        return new Deferral(risk, later, done(job, laterHours) - done(job, atHours));
    }

    /**
     * What putting a job off brings.
     *
     * @param risk probability of failure before the first time.
     * @param riskLater before the second.
     * @param costDelta expected cost more; below 0 it pays to wait.
     */
    public record Deferral(double risk, double riskLater, double costDelta) {}
}
