package org.uatwin.simulation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.UaTime;

/** The fast search gives up early and forgets the old; it must still find what a slow one finds. */
class StreamNeighboursTest {
    private static final int MEMORY = 150;
    private static final long HOUR = 3_600 * UaTime.TICKS_PER_SECOND;

    private final List<Double> values = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    private double slowly(int width, boolean isOtherDay) {
        int now = values.size() - 1;
        double best = Double.POSITIVE_INFINITY;
        int found = 0;
        for (int lag = isOtherDay ? 1 : width; lag <= Math.min(MEMORY, now); lag++) {
            int then = now - lag;
            long apart = times.get(now) - times.get(then);
            long daytime = Math.floorMod(apart, 24 * HOUR);
            if (isOtherDay && (apart < 12 * HOUR || Math.min(daytime, 24 * HOUR - daytime) > HOUR / 2)) {
                continue;
            }
            found++;
            if (then - width + 1 < 0) {
                continue;
            }
            double sum = 0;
            for (int q = 0; q < width; q++) {
                double d = values.get(now - q) - values.get(then - q);
                sum += d * d;
            }
            best = Math.min(best, sum);
        }
        int comparable = isOtherDay ? found : Math.min(Math.min(MEMORY, now), now + 1 - width) - width + 1;
        return comparable < (isOtherDay ? 3 : 5) || Double.isInfinite(best) ? Double.NaN : Math.sqrt(best);
    }

    private void sameAsSlowly(double actual, double expected, String what) {
        if (Double.isNaN(expected)) {
            assertThat(actual).as(what).isNaN();
        } else {
            assertThat(actual).as(what).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void theNearestStretchIsTheOneASlowSearchFinds() {
        SplittableRandom random = new SplittableRandom(6);
        StreamNeighbours neighbours = new StreamNeighbours(MEMORY);
        long time = 5 * 24 * HOUR;
        double level = 0;
        int otherDays = 0;
        for (int i = 0; i < 900; i++) {
            level += Math.rint(2 * random.nextGaussian()) / 4;
            time += random.nextInt(10) == 0 ? 6 * HOUR : HOUR / 3; // gaps as well
            values.add(level + 3 * Math.sin(i / 12.0));
            times.add(time);
            neighbours.add(time, values.get(i));
            for (int k = 0; k < StreamNeighbours.WIDTHS.length; k++) {
                int width = StreamNeighbours.WIDTHS[k];
                sameAsSlowly(neighbours.nearest(k), slowly(width, false), "value %d, width %d".formatted(i, width));
            }
            for (int k = 0; k < StreamNeighbours.DAY_WIDTHS.length; k++) {
                int width = StreamNeighbours.DAY_WIDTHS[k];
                double expected = slowly(width, true);
                otherDays += Double.isNaN(expected) ? 0 : 1;
                sameAsSlowly(neighbours.nearestOfDay(k), expected, "value %d, day width %d".formatted(i, width));
            }
        }
        assertThat(otherDays).isGreaterThan(500); // the comparison was worth something
    }

    @Test
    void theLevelIsTheMeanOfTheLatest() {
        StreamNeighbours neighbours = new StreamNeighbours(100);
        for (int i = 0; i < 1_000; i++) {
            neighbours.add(i, i);
            if (i < 63) {
                assertThat(neighbours.mean(64)).isNaN();
            } else {
                assertThat(neighbours.mean(64)).isEqualTo(i - 31.5);
            }
        }
    }
}
