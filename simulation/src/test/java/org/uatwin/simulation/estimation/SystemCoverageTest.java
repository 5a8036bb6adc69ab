package org.uatwin.simulation.estimation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What {@link CoverageTest} asks of machines, of a wind turbine and a building: 100 seeded plants each, with hidden parameters, off
 * sensors of inputs and outputs, lags and a step of their own. Prints the table of docs/reference/synchronisation.md.
 */
@Tag("acceptance")
class SystemCoverageTest {
    private static final int RUNS = 100;
    private static final int DRIFTS = 40;

    @Test
    void intervalsOfATurbineCoverNinetyPercent() {
        coverage("turbine", SystemFollowingTest::turbine, 24);
    }

    @Test
    void intervalsOfABuildingCoverNinetyPercent() {
        coverage("building", SystemFollowingTest::office, 144);
    }

    private static void coverage(String name, LongFunction<HiddenSystem> plant, double hours) {
        Map<String, double[]> measured = new TreeMap<>();
        Map<String, double[]> hidden = new TreeMap<>();
        int calibrated = 0;
        int reported = 0;
        for (int seed = 1; seed <= RUNS; seed++) {
            HiddenSystem h = plant.apply(seed);
            h.run(hours * 3600);
            Synchronisation s = h.twin.report();
            calibrated += s.level().isUsable() ? 1 : 0;
            reported += s.isDrifting() || s.diagnosis().kind() != Diagnosis.Kind.NONE ? 1 : 0;
            for (Synchronisation.Output output : s.outputs()) {
                count(measured, output.point(), output.coverage());
            }
            for (Synchronisation.Quantity q : s.quantities()) {
                if (q.isEstimated() && h.hidden.containsKey(q.name())) {
                    double off = Math.abs(q.value() - h.hidden.get(q.name()));
                    count(hidden, q.name(), off <= 1.6449 * q.sigma() ? 1 : 0);
                }
            }
        }
        print(name + " measured ", measured);
        print(name + " hidden ", hidden);
        System.out.println("%s: %d of %d calibrated, %d report something that is not there"
                .formatted(name, calibrated, RUNS, reported));
        assertThat(share(measured)).as("measurements").isBetween(0.85, 0.96);
        assertThat(share(hidden)).as("parameters").isBetween(0.85, 0.97);
        assertThat(calibrated).isEqualTo(RUNS);
        assertThat(reported).isLessThanOrEqualTo(RUNS / 10);
    }

    private static void count(Map<String, double[]> counts, String what, double inside) {
        double[] c = counts.computeIfAbsent(what, k -> new double[2]);
        c[0] += inside;
        c[1]++;
    }

    private static double share(Map<String, double[]> counts) {
        double inside = counts.values().stream().mapToDouble(c -> c[0]).sum();
        return inside / counts.values().stream().mapToDouble(c -> c[1]).sum();
    }

    private static void print(String title, Map<String, double[]> counts) {
        counts.forEach((what, c) -> System.out.println(
                String.format(Locale.ROOT, "%-44s %.1f %% of %.0f", title + what, 100 * c[0] / c[1], c[1])));
    }

    /** Soiling that takes 5 % of the power is flagged within a day in nine of ten. */
    @Test
    void aDriftOfFivePercentOfATurbineIsFlagged() {
        drift("turbine", SystemFollowingTest::turbine, 26, "Soiling", 0.95, 24, 36);
    }

    /** A heat pump that needs 5 % more is flagged within three days in eight of ten: most of the day it does not run. */
    @Test
    void aDriftOfFivePercentOfABuildingIsFlagged() {
        drift("building", SystemFollowingTest::office, 96, "HeatingCop", 0.95, 72, 32);
    }

    private static void drift(
            String name,
            LongFunction<HiddenSystem> plant,
            double before,
            String parameter,
            double factor,
            int most,
            int least) {
        int flagged = 0;
        int early = 0;
        double hours = 0;
        for (int seed = 1; seed <= DRIFTS; seed++) {
            HiddenSystem h = plant.apply(seed);
            h.run(before * 3600);
            early += h.twin.report().isDrifting() ? 1 : 0;
            h.scale(parameter, factor);
            double start = h.seconds;
            boolean isFlagged = false;
            while (!isFlagged && h.seconds < start + most * 3600.0) {
                h.run(1800);
                Synchronisation s = h.twin.report();
                Synchronisation.Quantity q = h.quantity(parameter);
                boolean isNamed = s.diagnosis().name().equals(parameter);
                isFlagged = s.isDrifting() && (isNamed || q.value() < q.calibrated());
            }
            flagged += isFlagged ? 1 : 0;
            hours += isFlagged ? (h.seconds - start) / 3600 : 0;
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%s, %s x %.2f: %d of %d flagged, after %.1f h on average; %d before it began",
                name,
                parameter,
                factor,
                flagged,
                DRIFTS,
                hours / Math.max(1, flagged),
                early));
        assertThat(flagged).isGreaterThanOrEqualTo(least);
        assertThat(early).isLessThanOrEqualTo(DRIFTS / 10);
    }
}
