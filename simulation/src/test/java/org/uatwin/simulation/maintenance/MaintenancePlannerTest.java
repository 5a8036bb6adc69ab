package org.uatwin.simulation.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.uatwin.simulation.prognosis.LifeDistribution;
import org.uatwin.simulation.solver.NoiseStream;

/** Work has to come before the failure, when production allows it and people are there, and not at any price. */
class MaintenancePlannerTest {
    /** Fails between these hours, each as likely. */
    private static LifeDistribution between(double from, double to) {
        return LifeDistribution.ofDraws(
                IntStream.range(0, 200)
                        .mapToDouble(i -> from + (to - from) * (i + 0.5) / 200)
                        .toArray(),
                5000);
    }

    private static MaintenanceJob job(String id, double hours, int crew, LifeDistribution life) {
        return new MaintenanceJob(id, id, "BearingFailure", hours, crew, 1000, 20_000, 4000, life);
    }

    private static MaintenanceWindow window(String id, double start, double end, int crew, double opening) {
        return new MaintenanceWindow(id, start, end, crew, opening);
    }

    @Test
    void workComesBeforeTheRiskExceedsItsLimit() {
        MaintenancePlan plan = MaintenancePlanner.plan(
                List.of(job("pump", 4, 1, between(100, 300))),
                List.of(window("w3", 250, 260, 2, 0), window("w1", 24, 32, 2, 0), window("w2", 96, 104, 2, 0)),
                0.1);
        MaintenancePlan.Entry entry = plan.jobs().get(0);
        assertThat(entry.window()).map(MaintenanceWindow::id).hasValue("w2");
        assertThat(entry.latestHours()).isCloseTo(120, within(2.0));
        assertThat(entry.riskBefore()).isCloseTo(0.8, within(0.02));
        assertThat(entry.riskAfter()).isZero();
        assertThat(entry.costDelta()).isLessThan(-10_000);
        assertThat(plan.isProven()).isTrue();
    }

    /** A window costs its opening once: two jobs share it although one of them could wait longer. */
    @Test
    void jobsShareAWindowThatIsDearToOpen() {
        List<MaintenanceJob> jobs = List.of(job("a", 4, 1, between(100, 300)), job("b", 4, 1, between(150, 250)));
        MaintenanceWindow late = window("late", 500, 508, 2, 1e5);
        List<MaintenanceWindow> dear = List.of(window("w1", 90, 98, 2, 5000), window("w2", 140, 148, 2, 5000), late);
        assertThat(MaintenancePlanner.plan(jobs, dear, 0.1).jobs())
                .allSatisfy(
                        e -> assertThat(e.window()).map(MaintenanceWindow::id).hasValue("w1"));
        List<MaintenanceWindow> cheap = List.of(window("w1", 90, 98, 2, 1), window("w2", 140, 148, 2, 1), late);
        assertThat(MaintenancePlanner.plan(jobs, cheap, 0.1).jobs().get(1).window())
                .map(MaintenanceWindow::id)
                .hasValue("w2");
    }

    @Test
    void peopleAndHoursLimitAWindow() {
        List<MaintenanceJob> jobs = List.of(
                job("a", 5, 2, between(60, 100)), job("b", 5, 2, between(60, 100)), job("c", 3, 1, between(60, 100)));
        MaintenancePlan plan =
                MaintenancePlanner.plan(jobs, List.of(window("w1", 48, 56, 3, 0), window("w2", 72, 80, 3, 0)), 0.5);
        assertThat(plan.jobs())
                .filteredOn(e -> e.window().orElseThrow().id().equals("w1"))
                .hasSize(2);
        assertThat(plan.jobs()).extracting(e -> e.window().orElseThrow().id()).contains("w2");
    }

    /** Two jobs of one machine are done one after the other. */
    @Test
    void oneMachineIsWorkedAtOnce() {
        MaintenanceJob a = new MaintenanceJob("a", "pump", "x", 3, 1, 1, 100, 1000, between(50, 60));
        MaintenanceJob b = new MaintenanceJob("b", "pump", "y", 3, 1, 1, 100, 1000, between(50, 60));
        double[] starts = WindowSchedule.starts(List.of(a, b), window("w", 0, 6, 9, 0));
        assertThat(starts).containsExactlyInAnyOrder(0, 3);
        assertThat(WindowSchedule.starts(List.of(a, b), window("w", 0, 5, 9, 0)))
                .isEmpty();
    }

    @Test
    void whatIsFarFromFailingWaits() {
        MaintenancePlan plan = MaintenancePlanner.plan(
                List.of(job("a", 4, 1, between(3000, 4000))), List.of(window("w1", 24, 32, 2, 100)), 0.1);
        assertThat(plan.jobs().get(0).window()).isEmpty();
        assertThat(plan.jobs().get(0).reason().byLocale().get("en")).contains("wait");
        assertThat(plan.cost()).isEqualTo(plan.costOfNothing());
    }

    @Test
    void whatFitsNowhereIsSaid() {
        MaintenancePlan plan = MaintenancePlanner.plan(
                List.of(job("a", 12, 1, between(10, 20))), List.of(window("w1", 24, 32, 2, 100)), 0.1);
        assertThat(plan.jobs().get(0).window()).isEmpty();
        assertThat(plan.jobs().get(0).reason().byLocale().get("en"))
                .contains("no window")
                .contains("100 %");
    }

    /** Branch and bound against trying all: small random plans, no cheaper one that keeps the same jobs before their limits. */
    @Test
    void noPlanCostsLess() {
        for (int seed = 1; seed <= 30; seed++) {
            NoiseStream random = NoiseStream.ofSeed(seed);
            List<MaintenanceJob> jobs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                double from = 500 + 300 * random.uniform();
                jobs.add(job(
                        "j" + i,
                        1 + 4 * random.uniform(),
                        1 + (int) (2 * random.uniform()),
                        between(from, from + 2000)));
            }
            List<MaintenanceWindow> windows = List.of(
                    window("w1", 100, 108, 2, 3000 * random.uniform()),
                    window("w2", 300, 308, 2, 3000 * random.uniform()),
                    window("w3", 700, 706, 3, 3000 * random.uniform()));
            // A limit nobody reaches: costs alone decide.
            MaintenancePlan plan = MaintenancePlanner.plan(jobs, windows, 0.99);
            double best = cheapest(jobs, windows, new ArrayList<>(Collections.nCopies(jobs.size(), -1)), 0);
            assertThat(plan.cost()).as("seed %d", seed).isCloseTo(best, within(1e-6));
        }
    }

    private static double cheapest(
            List<MaintenanceJob> jobs, List<MaintenanceWindow> windows, List<Integer> chosen, int depth) {
        if (depth == jobs.size()) {
            return MaintenancePlanner.costOf(jobs, windows, chosen);
        }
        double best = Double.POSITIVE_INFINITY;
        for (int w = -1; w < windows.size(); w++) {
            chosen.set(depth, w);
            best = Math.min(best, cheapest(jobs, windows, chosen, depth + 1));
        }
        return best;
    }

    @Test
    void twentyJobsArePlannedAtOnce() {
        NoiseStream random = NoiseStream.ofSeed(5);
        List<MaintenanceJob> jobs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double from = 200 + 800 * random.uniform();
            jobs.add(job("j" + i, 1 + 3 * random.uniform(), 1, between(from, from + 1000)));
        }
        List<MaintenanceWindow> windows = new ArrayList<>();
        for (int w = 0; w < 6; w++) {
            windows.add(window("w" + w, 100 + 168 * w, 108 + 168 * w, 3, 1500));
        }
        MaintenancePlan plan = MaintenancePlanner.plan(jobs, windows, 0.1);
        assertThat(plan.cost()).isLessThan(0.5 * plan.costOfNothing());
        assertThat(plan.jobs()).allSatisfy(e -> assertThat(e.riskAfter()).isLessThanOrEqualTo(0.1));
    }

    @Test
    void puttingOffCostsRisk() {
        MaintenancePlanner.Deferral deferral = MaintenancePlanner.defer(job("a", 4, 1, between(100, 300)), 96, 200);
        assertThat(deferral.risk()).isZero();
        assertThat(deferral.riskLater()).isCloseTo(0.5, within(0.01));
        assertThat(deferral.costDelta()).isCloseTo(0.5 * 19_000 - 1000 * 78.0 / 4000, within(300.0));
    }

    @Test
    void moreThanTwentyJobsAreRefused() {
        assertThatThrownBy(() ->
                        MaintenancePlanner.plan(Collections.nCopies(21, job("a", 1, 1, between(1, 2))), List.of(), 0.1))
                .hasMessageContaining("21 jobs")
                .hasMessageContaining("20");
    }
}
