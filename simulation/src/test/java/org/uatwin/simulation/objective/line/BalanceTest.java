package org.uatwin.simulation.objective.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uatwin.simulation.objective.Effort;

class BalanceTest {
    private static Balance of(double[] time, long[] before, long[] mayBeAt, double[] capacity) {
        return new Balance(time, before, mayBeAt, capacity, Effort.ofEvaluations(1_000_000));
    }

    private static long[] everywhere(int tasks, int stations) {
        long[] all = new long[tasks];
        Arrays.fill(all, (1L << stations) - 1);
        return all;
    }

    private static double[] alike(int stations) {
        double[] all = new double[stations];
        Arrays.fill(all, 1);
        return all;
    }

    /** J. R. Jackson, Management Science 2, 1956: 11 tasks; optima by A. Scholl's collection of line balancing problems. */
    @ParameterizedTest
    @CsvSource({"3, 16", "4, 12", "5, 10", "6, 9", "7, 8", "8, 7"})
    void jacksonsLineHasItsPublishedCycle(int stations, double cycle) {
        double[] time = {6, 2, 5, 7, 1, 2, 3, 6, 5, 5, 4};
        int[][] arcs = {
            {1, 2}, {1, 3}, {1, 4}, {1, 5}, {2, 6}, {3, 7}, {4, 7}, {5, 7}, {6, 8}, {7, 9}, {8, 10}, {9, 11}, {10, 11}
        };
        long[] before = new long[time.length];
        for (int[] arc : arcs) {
            before[arc[1] - 1] |= 1L << (arc[0] - 1);
        }
        Balance balance = of(time, before, everywhere(11, stations), alike(stations));
        assertThat(balance.search()).isTrue();
        assertThat(balance.slowest(Objects.requireNonNull(balance.best()))).isEqualTo(cycle);
        assertThat(balance.isProven()).isTrue();
    }

    /** Every assignment of small lines, stations of different capacity and tasks bound to some of them. */
    @Property(tries = 150)
    void noAssignmentIsFaster(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = random.nextInt(2, 8);
        int m = random.nextInt(2, 4);
        double[] time = new double[n];
        long[] before = new long[n];
        long[] mayBeAt = everywhere(n, m);
        double[] capacity = new double[m];
        for (int i = 0; i < n; i++) {
            time[i] = random.nextInt(1, 20);
            for (int j = 0; j < i; j++) {
                before[i] |= random.nextInt(4) == 0 ? 1L << j : 0;
            }
            if (random.nextInt(5) == 0) {
                mayBeAt[i] = 1L << random.nextInt(m);
            }
        }
        for (int k = 0; k < m; k++) {
            capacity[k] = random.nextInt(1, 3);
        }
        Balance balance = of(time, before, mayBeAt, capacity);
        boolean isPossible = balance.search();
        double fastest = Double.POSITIVE_INFINITY;
        int[] assignment = new int[n];
        int ways = (int) Math.pow(m, n);
        for (int way = 0; way < ways; way++) {
            int rest = way;
            for (int i = 0; i < n; i++) {
                assignment[i] = rest % m;
                rest /= m;
            }
            if (Balance.isAllowed(assignment, before, mayBeAt)) {
                fastest = Math.min(fastest, balance.slowest(assignment));
            }
        }
        assertThat(isPossible).isEqualTo(Double.isFinite(fastest));
        if (isPossible) {
            int[] best = Objects.requireNonNull(balance.best());
            assertThat(Balance.isAllowed(best, before, mayBeAt)).isTrue();
            assertThat(balance.slowest(best)).isCloseTo(fastest, within(1e-9 * fastest));
            assertThat(balance.isProven()).isTrue();
        }
    }

    /** Too little effort for a proof: the bound still is one, and the best so far is shown with it. */
    @Test
    void aSearchCutShortTellsItsBound() {
        SplittableRandom random = new SplittableRandom(7);
        int n = 40;
        double[] time = new double[n];
        long[] before = new long[n];
        for (int i = 0; i < n; i++) {
            time[i] = random.nextDouble(1, 30);
            before[i] = i > 3 ? 1L << random.nextInt(i) : 0;
        }
        Balance balance = new Balance(time, before, everywhere(n, 7), alike(7), Effort.ofEvaluations(300));
        assertThat(balance.search()).isTrue();
        double cycle = balance.slowest(Objects.requireNonNull(balance.best()));
        assertThat(balance.lowerBound()).isBetween(Arrays.stream(time).sum() / 7 - 1e-9, cycle);
    }
}
