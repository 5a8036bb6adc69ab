package org.uatwin.simulation.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** When a part is to be replaced by age, and when not at all. */
class AgePolicyTest {
    /** ReliaWiki, "Optimum Replacement Time" example: 493.0470 h. */
    @Test
    void optimumOfThePublishedExample() {
        AgePolicy policy = new AgePolicy(2.5, 1000, 1, 5);
        assertThat(policy.optimalAge().orElseThrow()).isCloseTo(493.047, within(0.25));
        assertThat(policy.rate(policy.optimalAge().orElseThrow())).isCloseTo(0.003462043, within(2e-6));
    }

    /** A part that does not wear out is as likely to fail when new: replacing it gains nothing (no optimum). */
    @Test
    void withoutWearOutThereIsNoOptimum() {
        assertThat(new AgePolicy(1, 1000, 1, 5).optimalAge()).isEmpty();
        assertThat(new AgePolicy(0.7, 1000, 1, 5).optimalAge()).isEmpty();
        assertThat(new AgePolicy(2.5, 1000, 5, 5).optimalAge()).isEmpty();
        assertThat(new AgePolicy(1, 1000, 1, 5).ageWithMinimalRepair(1)).isEmpty();
    }

    /** Barlow and Hunter 1960, policy II: eta (cp / (cm (beta - 1)))^(1/beta). */
    @Test
    void minimalRepairIsTheClosedForm() {
        assertThat(new AgePolicy(2.5, 1000, 5, 5).ageWithMinimalRepair(1).orElseThrow())
                .isCloseTo(1618.6, within(0.1));
    }
}
