package org.uatwin.informationmodel.signal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The discrete Fourier transform of one length, in place: powers of two by Cooley and Tukey (Math. Comput. 19 (1965) 297), other lengths
 * by Bluestein's chirps (IEEE Trans. Audio Electroacoust. 18 (1970) 451). Immutable, any thread.
 */
public final class Fourier {
    private static final int LONGEST = 1 << 26;
    private static final int KEPT = 17; // powers of two whose angles are kept: 1 MB in all

    private static final AtomicReferenceArray<@Nullable Fourier> POWERS = new AtomicReferenceArray<>(KEPT);

    private final int size;
    private final double[] cos; // of the first half turn, for powers of two
    private final double[] sin;
    private final @Nullable Chirp chirp; // for other lengths

    private Fourier(int size) {
        this.size = size;
        if (Integer.bitCount(size) == 1) {
            cos = new double[size / 2];
            sin = new double[size / 2];
            for (int k = 0; k < cos.length; k++) {
                double angle = -2 * Math.PI * k / size;
                cos[k] = StrictMath.cos(angle);
                sin[k] = StrictMath.sin(angle);
            }
            chirp = null;
        } else {
            cos = new double[0];
            sin = cos;
            chirp = new Chirp(size);
        }
    }

    /**
     * @param size values of a transform, 1 to 67 108 864.
     * @throws IllegalArgumentException if there are fewer or more.
     */
    public static Fourier of(int size) {
        if (size < 1 || size > LONGEST) {
            throw new IllegalArgumentException("no transform of %d values: 1 to %d".formatted(size, LONGEST));
        }
        int power = Integer.numberOfTrailingZeros(size);
        if (Integer.bitCount(size) > 1 || power >= KEPT) {
            return new Fourier(size);
        }
        Fourier kept = POWERS.get(power);
        if (kept == null) {
            kept = new Fourier(size);
            POWERS.set(power, kept); // two threads may both make it: they are equal
        }
        return kept;
    }

    /** The smallest power of two that is at least so large. */
    public static int powerOfTwo(int atLeast) {
        int power = 1;
        while (power < atLeast) {
            power *= 2;
        }
        return power;
    }

    public int size() {
        return size;
    }

    /**
     * Time to frequency, without a factor.
     *
     * @throws IllegalArgumentException if an array has another length.
     */
    public void forward(double[] re, double[] im) {
        if (re.length != size || im.length != size) {
            throw new IllegalArgumentException("%d and %d values of %d".formatted(re.length, im.length, size));
        }
        if (chirp != null) {
            chirp.forward(re, im);
            return;
        }
        for (int i = 1, j = 0; i < size; i++) {
            int bit = size >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                swap(re, i, j);
                swap(im, i, j);
            }
        }
        for (int length = 2; length <= size; length <<= 1) {
            butterflies(re, im, length);
        }
    }

    /** Frequency to time: what {@link #forward} made is undone. */
    public void inverse(double[] re, double[] im) {
        forward(im, re); // real and imaginary parts change places: the sign of the exponent changes
        for (int i = 0; i < size; i++) {
            re[i] /= size;
            im[i] /= size;
        }
    }

    private void butterflies(double[] re, double[] im, int length) {
        int half = length / 2;
        int step = size / length;
        for (int k = 0; k < half; k++) {
            double c = cos[k * step];
            double s = sin[k * step];
            for (int a = k; a < size; a += length) {
                int b = a + half;
                double x = re[b] * c - im[b] * s;
                double y = re[b] * s + im[b] * c;
                re[b] = re[a] - x;
                im[b] = im[a] - y;
                re[a] += x;
                im[a] += y;
            }
        }
    }

    private static void swap(double[] values, int i, int j) {
        double t = values[i];
        values[i] = values[j];
        values[j] = t;
    }

    /** A length that is no power of two as a convolution with a chirp, over a power of two. */
    private static final class Chirp {
        private final double[] cos; // exp(-i pi k^2 / n)
        private final double[] sin;
        private final Fourier wide;
        private final double[] kernelRe; // spectrum of the conjugate chirp
        private final double[] kernelIm;

        Chirp(int n) {
            cos = new double[n];
            sin = new double[n];
            for (int k = 0; k < n; k++) {
                double angle = -Math.PI * ((long) k * k % (2L * n)) / n; // k^2 modulo 2n: exact for large k
                cos[k] = StrictMath.cos(angle);
                sin[k] = StrictMath.sin(angle);
            }
            wide = new Fourier(powerOfTwo(2 * n - 1));
            kernelRe = new double[wide.size];
            kernelIm = new double[wide.size];
            for (int k = 0; k < n; k++) {
                int mirrored = (wide.size - k) % wide.size;
                kernelRe[k] = cos[k];
                kernelIm[k] = -sin[k];
                kernelRe[mirrored] = cos[k];
                kernelIm[mirrored] = -sin[k];
            }
            wide.forward(kernelRe, kernelIm);
        }

        void forward(double[] re, double[] im) {
            double[] x = Arrays.copyOf(re, wide.size);
            double[] y = Arrays.copyOf(im, wide.size);
            multiply(x, y, cos, sin, cos.length);
            wide.forward(x, y);
            multiply(x, y, kernelRe, kernelIm, wide.size);
            wide.inverse(x, y);
            multiply(x, y, cos, sin, cos.length);
            System.arraycopy(x, 0, re, 0, cos.length);
            System.arraycopy(y, 0, im, 0, cos.length);
        }

        private static void multiply(double[] re, double[] im, double[] otherRe, double[] otherIm, int n) {
            for (int k = 0; k < n; k++) {
                double x = re[k] * otherRe[k] - im[k] * otherIm[k];
                im[k] = re[k] * otherIm[k] + im[k] * otherRe[k];
                re[k] = x;
            }
        }
    }
}
