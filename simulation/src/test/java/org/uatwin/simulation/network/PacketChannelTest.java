package org.uatwin.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A channel is judged by what whoever reads its parameters expects of it. */
class PacketChannelTest {
    private static PacketChannel.Settings loss(double p, double r, double h) {
        return new PacketChannel.Settings(0, 0, 2, p, r, h, 0, 0);
    }

    /** p = 0.01, r = 0.2, h = 0.8: 3.81 % are lost, and losses come together. */
    @Test
    void lossIsThatOfGilbertAndElliott() {
        PacketChannel.Settings settings = loss(0.01, 0.2, 0.8);
        assertThat(settings.meanLoss()).isCloseTo(0.0381, within(5e-5));
        PacketChannel channel = new PacketChannel(settings, 11);
        int n = 400_000;
        int both = 0;
        boolean wasLost = false;
        for (int i = 0; i < n; i++) {
            boolean isLost = Double.isNaN(channel.next(100, i));
            both += isLost && wasLost ? 1 : 0;
            wasLost = isLost;
        }
        double share = (double) channel.lost() / n;
        assertThat(share).isCloseTo(settings.meanLoss(), within(0.0025)); // 4 sigma of correlated losses
        // After a loss the next packet is lost with (1 - r) h: still bad, and lost.
        assertThat((double) both / channel.lost()).isCloseTo(0.64, within(0.03));
    }

    /** Without h < 1 the bad state is seen: its mean length is 1 / r. */
    @Test
    void burstsLastFivePackets() {
        PacketChannel channel = new PacketChannel(loss(0.01, 0.2, 1), 5);
        int bursts = 0;
        boolean wasLost = false;
        for (int i = 0; i < 400_000; i++) {
            boolean isLost = Double.isNaN(channel.next(100, i));
            bursts += isLost && !wasLost ? 1 : 0;
            wasLost = isLost;
        }
        assertThat((double) channel.lost() / bursts).isCloseTo(5, within(0.25));
    }

    /** Gamma: mean as given, variance mean squared over shape, never below the base. */
    @Test
    void jitterHasItsMeanAndItsSpread() {
        for (double shape : new double[] {0.5, 1, 2, 9}) {
            PacketChannel channel = new PacketChannel(new PacketChannel.Settings(0.1, 0.05, shape, 0, 1, 0, 0, 0), 3);
            int n = 100_000;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double late = channel.next(100, i) - 0.1;
                assertThat(late).isNotNegative();
                sum += late;
                squares += late * late;
            }
            double mean = sum / n;
            double variance = squares / n - mean * mean;
            assertThat(mean).as("mean at shape " + shape).isCloseTo(0.05, within(0.001));
            assertThat(variance / (0.05 * 0.05 / shape))
                    .as("variance at shape " + shape)
                    .isCloseTo(1, within(0.06));
        }
    }

    /** Ten packets at once through a narrow way leave it one after the other; after a pause it is free again. */
    @Test
    void aNarrowWayQueues() {
        PacketChannel channel = new PacketChannel(new PacketChannel.Settings(0, 0, 2, 0, 1, 0, 0, 8_000), 1);
        for (int i = 1; i <= 10; i++) {
            assertThat(channel.next(1_000, 50)).isCloseTo(i, within(1e-9));
        }
        assertThat(channel.next(500, 100)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void theSameSeedHasTheSameFates() {
        PacketChannel.Settings settings = new PacketChannel.Settings(0.01, 0.02, 2, 0.1, 0.3, 0.9, 0.2, 1e6);
        PacketChannel a = new PacketChannel(settings, 42);
        PacketChannel b = new PacketChannel(settings, 42);
        for (int i = 0; i < 1_000; i++) {
            assertThat(Double.compare(a.next(80, i), b.next(80, i))).isZero(); // NaN is a fate too
            assertThat(a.mayBeOvertaken()).isEqualTo(b.mayBeOvertaken());
        }
    }

    @Test
    void sharesBeyondOneAreRefused() {
        assertThatThrownBy(() -> loss(1.5, 0.2, 0.8)).isInstanceOf(IllegalArgumentException.class);
    }
}
