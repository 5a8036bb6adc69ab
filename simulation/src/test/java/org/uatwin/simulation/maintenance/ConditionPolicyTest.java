package org.uatwin.simulation.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.uatwin.simulation.solver.NoiseStream;

/** Limits of replacement by condition: what is known in closed form at the ends, and simulation in between. */
class ConditionPolicyTest {
    /** With the limit at the failure level nothing is ever replaced before it fails: inspections aside, that is running to failure. */
    @Test
    void limitAtTheFailureLevelIsRunningToFailure() {
        ConditionPolicy policy = new ConditionPolicy(0.05, 0.2, 10, 5, 0, 1, 5);
        assertThat(policy.at(10).failureShare()).isCloseTo(1, within(1e-3));
        assertThat(policy.at(10).costRate()).isCloseTo(policy.runToFailure(), within(2e-3 * policy.runToFailure()));
        assertThat(policy.at(10).cycleHours()).isCloseTo(200, within(0.4));
    }

    /** Without chance the last inspection before the failure is the one: wear there is the level less one interval. */
    @Test
    void withoutChanceTheLimitIsOneIntervalBefore() {
        ConditionPolicy policy = new ConditionPolicy(0.05, 0, 10, 16, 0.01, 1, 5);
        ConditionPolicy.Outcome best = policy.optimum();
        assertThat(best.failureShare()).isZero();
        assertThat(best.cycleHours()).isEqualTo(192);
        assertThat(best.limit()).isBetween(10 - 2 * 0.05 * 16, 10.0);
        assertThat(best.costRate()).isCloseTo((1 + 12 * 0.01) / 192, within(1e-12));
    }

    @Test
    void outcomeIsThatOfASimulation() {
        ConditionPolicy policy = new ConditionPolicy(0.05, 0.2, 10, 10, 0.02, 1, 5);
        ConditionPolicy.Outcome said = policy.at(8);
        NoiseStream noise = NoiseStream.ofSeed(3);
        double hours = 0;
        double cost = 0;
        int failed = 0;
        int cycles = 20_000;
        double h = 0.25;
        for (int c = 0; c < cycles; c++) {
            double wear = 0;
            boolean isOver = false;
            for (int step = 1; !isOver; step++) {
                double before = wear;
                wear += 0.05 * h + 0.2 * Math.sqrt(h) * noise.gaussian();
                hours += h;
                double bridge = Math.exp(-2 * (10 - before) * (10 - wear) / (0.04 * h));
                if (wear >= 10 || noise.uniform() < bridge) {
                    cost += 5;
                    failed++;
                    isOver = true;
                } else if (step % 40 == 0) {
                    cost += 0.02 + (wear > 8 ? 1 : 0);
                    isOver = wear > 8;
                }
            }
        }
        double share = (double) failed / cycles;
        assertThat(said.failureShare()).isCloseTo(share, within(3 * Math.sqrt(share * (1 - share) / cycles) + 1e-3));
        assertThat(said.cycleHours()).isCloseTo(hours / cycles, within(1.5));
        assertThat(said.costRate()).isCloseTo(cost / hours, within(0.02 * cost / hours));
    }

    @Test
    void optimumIsCheaperThanItsNeighboursAndThanFailing() {
        ConditionPolicy policy = new ConditionPolicy(0.05, 0.2, 10, 10, 0.02, 1, 5);
        ConditionPolicy.Outcome best = policy.optimum();
        assertThat(best.costRate()).isLessThan(0.6 * policy.runToFailure());
        assertThat(best.costRate())
                .isLessThanOrEqualTo(policy.at(best.limit() - 0.5).costRate());
        assertThat(best.costRate())
                .isLessThanOrEqualTo(policy.at(best.limit() + 0.5).costRate());
    }

    /** A failure that costs no more than the planned work is waited for. */
    @Test
    void aCheapFailureIsWaitedFor() {
        ConditionPolicy policy = new ConditionPolicy(0.05, 0.2, 10, 10, 0, 1, 1);
        assertThat(policy.optimum().limit()).isGreaterThan(9);
    }

    /** What a client waits for is not the exact optimum, but the limit it would get within a few percent. */
    @Test
    void theQuickOptimumIsCloseToTheExactOne() {
        ConditionPolicy policy = new ConditionPolicy(1e-3, 5e-3, 1, 200, 0, 1000, 5000);
        assertThat(policy.quickOptimum().limit()).isCloseTo(policy.optimum().limit(), within(0.03));
        assertThat(policy.quickOptimum().costRate())
                .isCloseTo(
                        policy.optimum().costRate(),
                        within(0.02 * policy.optimum().costRate()));
    }
}
