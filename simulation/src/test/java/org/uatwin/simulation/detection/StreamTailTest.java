package org.uatwin.simulation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** An alarm limit means the same for every point only if rarity does. */
class StreamTailTest {
    private final SplittableRandom random = new SplittableRandom(5);

    private double exponential() {
        return -Math.log(1 - random.nextDouble());
    }

    @Test
    void insideRarityIsTheRank() {
        StreamTail tail = new StreamTail(1_000);
        for (int i = 0; i < 100; i++) {
            tail.add((i * 37) % 100);
        }
        assertThat(tail.rarityAbove(50)).isCloseTo(-Math.log10(51 / 101.0), within(1e-9));
        assertThat(tail.rarityBelow(50)).isCloseTo(-Math.log10(52 / 101.0), within(1e-9));
        assertThat(tail.rarityAbove(-1)).isZero();
    }

    /** Of an exponential variable the probability to see more than x is known, far beyond what was seen: e to the -x. */
    @Test
    void beyondAllThatWasSeenTheTailGoesOn() {
        StreamTail tail = new StreamTail(6_000);
        for (int i = 0; i < 6_000; i++) {
            tail.add(exponential());
        }
        for (double x : new double[] {5, 10, 20}) {
            assertThat(tail.rarityAbove(x)).isCloseTo(x / Math.log(10), within(0.15 * x / Math.log(10)));
        }
    }

    @Test
    void lowNumbersAreJudgedAsHighOnesAre() {
        StreamTail up = new StreamTail(500);
        StreamTail down = new StreamTail(500);
        for (int i = 0; i < 2_000; i++) {
            double x = exponential();
            up.add(x);
            down.add(-x);
        }
        for (double x = 0; x < 12; x += 0.01) {
            assertThat(down.rarityBelow(-x)).isCloseTo(up.rarityAbove(x), within(1e-9));
        }
    }

    @Test
    void whatIsOlderThanTheMemoryDoesNotCount() {
        StreamTail tail = new StreamTail(100);
        for (int i = 0; i < 100; i++) {
            tail.add(1_000 + random.nextDouble());
        }
        assertThat(tail.rarityAbove(1_000.5)).isLessThan(1);
        for (int i = 0; i < 100; i++) {
            tail.add(random.nextDouble());
        }
        assertThat(tail.rarityAbove(1_000.5)).isEqualTo(30);
        assertThat(tail.rarityBelow(0.5)).isLessThan(1);
    }

    /** A sensor that stands still, then moves: as rare as can be, and a number all the same. */
    @Test
    void numbersThatNeverDifferedAndHugeOnesGiveFiniteAnswers() {
        StreamTail tail = new StreamTail(100);
        for (int i = 0; i < 60; i++) {
            tail.add(7);
        }
        assertThat(tail.isReady()).isTrue();
        assertThat(tail.rarityAbove(7)).isZero();
        assertThat(tail.rarityAbove(7.001)).isEqualTo(30);
        for (int i = 0; i < 100; i++) {
            tail.add(i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);
            assertThat(tail.rarityAbove(1e300)).isBetween(0.0, 30.0);
            assertThat(tail.rarityBelow(-1e300)).isBetween(0.0, 30.0);
        }
    }
}
