package org.uatwin.informationmodel.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierTest {
    private static double[] noise(int size, long seed) {
        return new Random(seed).doubles(size, -1, 1).toArray();
    }

    /** The definition, term by term: powers of two, primes, lengths of snapshots. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 12, 30, 64, 100, 257, 640})
    void transformIsTheSumOfItsDefinition(int size) {
        double[] re = noise(size, size);
        double[] im = noise(size, -size);
        double[] x = re.clone();
        double[] y = im.clone();
        Fourier.of(size).forward(x, y);
        for (int k = 0; k < size; k++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int n = 0; n < size; n++) {
                double angle = -2 * Math.PI * ((long) k * n % size) / size;
                sumRe += re[n] * Math.cos(angle) - im[n] * Math.sin(angle);
                sumIm += re[n] * Math.sin(angle) + im[n] * Math.cos(angle);
            }
            assertThat(x[k]).isCloseTo(sumRe, within(1e-10));
            assertThat(y[k]).isCloseTo(sumIm, within(1e-10));
        }
    }

    /** Two seconds at 12 kHz: no power of two, and long enough for the chirp's phase to lose digits if it were computed carelessly. */
    @ParameterizedTest
    @ValueSource(ints = {2_560, 24_000, 32_768, 48_001})
    void inverseUndoesForward(int size) {
        double[] re = noise(size, 3);
        double[] im = noise(size, 4);
        double[] x = re.clone();
        double[] y = im.clone();
        Fourier fourier = Fourier.of(size);
        fourier.forward(x, y);
        fourier.inverse(x, y);
        for (int i = 0; i < size; i++) {
            assertThat(x[i]).isCloseTo(re[i], within(1e-11));
            assertThat(y[i]).isCloseTo(im[i], within(1e-11));
        }
    }

    @Test
    void lengthsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> Fourier.of(0)).hasMessageContaining("1 to 67108864");
        assertThatThrownBy(() -> Fourier.of(8).forward(new double[8], new double[7]))
                .hasMessageContaining("8 and 7 values of 8");
        assertThat(Fourier.powerOfTwo(1)).isEqualTo(1);
        assertThat(Fourier.powerOfTwo(1025)).isEqualTo(2048);
    }
}
