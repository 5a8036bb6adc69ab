package org.uatwin.simulation.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResidualBandsTest {
    /** Errors that grow with the prediction get bounds that grow with it, and both hold the share promised. */
    @Test
    void boundsHoldTheirShareWhereErrorsAreLargeAndWhereTheyAreSmall() {
        SplittableRandom random = new SplittableRandom(1);
        List<ResidualBands.Trial> trials = trials(random, 5_000);
        ResidualBands bands = new ResidualBands(trials, 0.8);
        for (double from : new double[] {0, 0.7}) {
            int held = 0;
            int n = 0;
            for (ResidualBands.Trial trial : trials(random, 5_000)) {
                if (trial.predicted() >= from && trial.predicted() < from + 0.3) {
                    ResidualBands.Bounds bounds = bands.around(trial.predicted());
                    held += trial.truth() >= bounds.lower() && trial.truth() <= bounds.upper() ? 1 : 0;
                    n++;
                }
            }
            assertThat((double) held / n).isBetween(0.75, 0.85);
        }
        assertThat(width(bands, 0.9)).isGreaterThan(3 * width(bands, 0.1));
    }

    private static List<ResidualBands.Trial> trials(SplittableRandom random, int count) {
        List<ResidualBands.Trial> trials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double x = random.nextDouble();
            trials.add(new ResidualBands.Trial(x, x + x * (random.nextDouble() - 0.5)));
        }
        return trials;
    }

    private static double width(ResidualBands bands, double at) {
        return bands.around(at).upper() - bands.around(at).lower();
    }
}
