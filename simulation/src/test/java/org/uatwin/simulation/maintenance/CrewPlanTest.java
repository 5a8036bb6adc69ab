package org.uatwin.simulation.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.prognosis.LifeDistribution;
import org.uatwin.simulation.solver.NoiseStream;

/** Nobody is in two places at once, nobody works outside of working hours, and production is stopped once and not twice. */
class CrewPlanTest {
    private static LifeDistribution between(double from, double to) {
        return LifeDistribution.ofDraws(
                IntStream.range(0, 100)
                        .mapToDouble(i -> from + (to - from) * (i + 0.5) / 100)
                        .toArray(),
                5000);
    }

    private static MaintenanceJob job(
            String id, String asset, double hours, int people, List<String> skills, LifeDistribution life) {
        return new MaintenanceJob(id, asset, "x", hours, people, skills, 1000, 20_000, 50, 4000, Double.NaN, life);
    }

    private static CrewShift shift(String crew, int people, Set<String> skills, double start, double end) {
        return new CrewShift(crew, people, skills, start, end);
    }

    private static MaintenanceWindow window(
            String id, double opening, double hourly, boolean isStandstill, CrewShift... shifts) {
        double start = List.of(shifts).stream()
                .mapToDouble(CrewShift::startHours)
                .min()
                .orElseThrow();
        double end =
                List.of(shifts).stream().mapToDouble(CrewShift::endHours).max().orElseThrow();
        return new MaintenanceWindow(id, start, end, List.of(shifts), opening, hourly, isStandstill);
    }

    /** The loss of production is that of the whole stop: two jobs side by side cost it once. */
    @Test
    void jobsSideBySideLoseProductionOnce() {
        List<MaintenanceJob> jobs = List.of(
                job("a", "a", 4, 1, List.of(), between(200, 400)), job("b", "b", 4, 1, List.of(), between(250, 450)));
        List<MaintenanceWindow> windows = List.of(
                window("w1", 0, 3000, false, shift("c", 2, Set.of(), 100, 108)),
                window("w2", 0, 3000, false, shift("c", 2, Set.of(), 124, 132)));
        MaintenancePlan plan = MaintenancePlanner.plan(jobs, windows, 0.1);
        assertThat(plan.jobs().get(0).window()).isEqualTo(plan.jobs().get(1).window());
        assertThat(plan.jobs().get(0).startHours()).isEqualTo(plan.jobs().get(1).startHours());
    }

    @Test
    void aStandstillIsTakenIfTheRiskAllows() {
        MaintenanceJob job = job("a", "a", 4, 1, List.of(), between(200, 400));
        List<MaintenanceWindow> windows = List.of(
                window("now", 500, 3000, false, shift("c", 2, Set.of(), 0, 8)),
                window("weekend", 0, 0, true, shift("c", 2, Set.of(), 80, 88)),
                window("late", 0, 0, true, shift("c", 2, Set.of(), 300, 308)));
        assertThat(MaintenancePlanner.plan(List.of(job), windows, 0.1)
                        .jobs()
                        .get(0)
                        .window())
                .map(MaintenanceWindow::id)
                .hasValue("weekend");
    }

    @Test
    void theLimitInTheWayIsNamed() {
        List<MaintenanceWindow> windows =
                List.of(window("w", 0, 0, false, shift("fitters", 2, Set.of("mechanical"), 0, 8)));
        assertThat(reason(job("a", "a", 9, 1, List.of("mechanical"), between(1, 5)), windows))
                .contains("9.0 h at a stretch", "crew fitters has 8.0 h");
        assertThat(reason(job("a", "a", 4, 1, List.of("welding"), between(1, 5)), windows))
                .contains("takes 1 people (welding)", "no crew");
        assertThat(reason(job("a", "a", 4, 3, List.of(), between(1, 5)), windows))
                .contains("takes 3 people");
        MaintenanceJob alone = job("a", "a", 4, 1, List.of(), between(1, 5));
        assertThat(MaintenancePlanner.plan(List.of(alone), List.of(), 0.05, 8)
                        .jobs()
                        .get(0)
                        .reason()
                        .byLocale()
                        .get("en"))
                .contains("nobody works", "100 %");
        MaintenanceJob first = job("b", "b", 6, 2, List.of(), between(0.5, 1));
        MaintenanceJob second = job("a", "a", 4, 2, List.of(), between(1, 5));
        assertThat(MaintenancePlanner.plan(List.of(first, second), windows, 0.05)
                        .jobs()
                        .get(1)
                        .reason()
                        .byLocale()
                        .get("en"))
                .contains("taken by work that comes first");
    }

    private static String reason(MaintenanceJob job, List<MaintenanceWindow> windows) {
        MaintenancePlan.Entry entry =
                MaintenancePlanner.plan(List.of(job), windows, 0.05).jobs().get(0);
        assertThat(entry.window()).isEmpty();
        return Objects.requireNonNull(entry.reason().byLocale().get("en"));
    }

    private static final List<List<String>> SKILLS = List.of(List.of(), List.of("m"), List.of("e"), List.of("m", "e"));

    private static List<MaintenanceJob> jobs(NoiseStream random, int n) {
        List<MaintenanceJob> jobs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double from = 40 + 300 * random.uniform();
            jobs.add(job(
                    "j" + i,
                    "asset" + (int) (0.7 * n * random.uniform()),
                    0.5 + 5 * random.uniform(),
                    1 + (int) (2 * random.uniform()),
                    SKILLS.get((int) (4 * random.uniform())),
                    between(from, from + 400)));
        }
        return jobs;
    }

    private static List<MaintenanceWindow> windows(NoiseStream random, int n) {
        List<MaintenanceWindow> windows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double start = 24 * i + 6 * random.uniform();
            List<CrewShift> shifts = new ArrayList<>();
            shifts.add(shift("fitters", 2, Set.of("m"), start, start + 4 + 5 * random.uniform()));
            if (random.uniform() < 0.7) {
                double at = start + 3 * random.uniform();
                shifts.add(shift("sparks", 2, Set.of("e", "m"), at, at + 3 + 6 * random.uniform()));
            }
            boolean isStandstill = random.uniform() < 0.3;
            windows.add(window(
                    "w" + i,
                    isStandstill ? 0 : 400 * random.uniform(),
                    isStandstill ? 0 : 300 * random.uniform(),
                    isStandstill,
                    shifts.toArray(CrewShift[]::new)));
        }
        return windows;
    }

    /** Every plan of many random ones: looked over without the code that made it. */
    @Test
    void noCrewIsTwiceAndNobodyWorksOutsideOfHours() {
        for (int seed = 1; seed <= 60; seed++) {
            NoiseStream random = NoiseStream.ofSeed(seed);
            List<MaintenanceJob> jobs = jobs(random, 9);
            MaintenancePlan plan = MaintenancePlanner.plan(jobs, windows(random, 6), 0.1);
            List<MaintenancePlan.Entry> done = plan.jobs().stream()
                    .filter(entry -> entry.window().isPresent())
                    .toList();
            for (MaintenancePlan.Entry entry : done) {
                double start = entry.startHours();
                double end = start + entry.job().hours();
                assertThat(entry.window().orElseThrow().shifts())
                        .as("seed %d, %s", seed, entry.job().id())
                        .anyMatch(s -> s.crew().equals(entry.crew())
                                && s.startHours() <= start + 1e-9
                                && s.endHours() >= end - 1e-9
                                && s.skills().containsAll(entry.job().skills()));
                for (double t = start + 0.01; t < end; t += 0.1) {
                    double at = t;
                    int busy = done.stream()
                            .filter(other -> other.crew().equals(entry.crew()) && isAt(other, at))
                            .mapToInt(other -> other.job().crew())
                            .sum();
                    assertThat(busy).as("seed %d at %s", seed, at).isLessThanOrEqualTo(2);
                    assertThat(done.stream()
                                    .filter(other -> other.job()
                                                    .asset()
                                                    .equals(entry.job().asset())
                                            && isAt(other, at)))
                            .as("seed %d at %s", seed, at)
                            .hasSize(1);
                }
            }
        }
    }

    private static boolean isAt(MaintenancePlan.Entry entry, double t) {
        return entry.startHours() <= t && t < entry.startHours() + entry.job().hours();
    }

    /** Without a risk limit the plan is the cheapest of all that trying all finds. */
    @Test
    void itEqualsTryingAll() {
        for (int seed = 1; seed <= 25; seed++) {
            NoiseStream random = NoiseStream.ofSeed(100 + seed);
            List<MaintenanceJob> jobs = jobs(random, 4).stream()
                    .map(job -> new MaintenanceJob(
                            job.id(),
                            job.asset(),
                            job.task(),
                            job.hours(),
                            job.crew(),
                            job.skills(),
                            job.plannedCost(),
                            job.failureCost(),
                            job.downtimeCost(),
                            job.meanLifeHours(),
                            1,
                            job.life()))
                    .toList();
            List<MaintenanceWindow> windows = windows(random, 4);
            MaintenancePlan plan = MaintenancePlanner.plan(jobs, windows, 0.1);
            double least = Double.POSITIVE_INFINITY;
            for (int code = 0; code < 5 * 5 * 5 * 5; code++) {
                List<Integer> chosen = new ArrayList<>();
                for (int i = 0, rest = code; i < 4; i++, rest /= 5) {
                    chosen.add(rest % 5 - 1);
                }
                least = Math.min(least, MaintenancePlanner.costOf(jobs, windows, chosen));
            }
            assertThat(plan.isProven()).isTrue();
            assertThat(plan.cost()).as("seed %d", seed).isCloseTo(least, within(1e-6));
        }
    }

    /** Damage that follows its prognosis closely may come nearer to its end than damage that does not. */
    @Test
    void theConditionLimitFollowsTheSpread() {
        ConditionLimit sure =
                ConditionLimit.of(between(1900, 2100), 0.5, 1000, 5000).orElseThrow();
        ConditionLimit unsure =
                ConditionLimit.of(between(500, 3500), 0.5, 1000, 5000).orElseThrow();
        assertThat(sure.share()).isBetween(0.9, 0.999);
        assertThat(unsure.share()).isBetween(0.5, 0.9);
        assertThat(sure.saving()).isGreaterThan(unsure.saving());
        assertThat(sure.hours()).isCloseTo((sure.share() - 0.5) / 0.5 * 2000, within(20.0));
        assertThat(ConditionLimit.of(between(500, 3500), 0.5, 1000, 1000)
                        .orElseThrow()
                        .share())
                .isCloseTo(1, within(0.03));
        assertThat(ConditionLimit.of(between(4000, 9000), 0.5, 1000, 5000)).isEmpty();
    }
}
