package org.uatwin.plcadapters.conditioning;

/** The discrete Fourier transform of a power of two, in place (Cooley and Tukey, Math. Comput. 19 (1965) 297). */
final class Fourier {
    private Fourier() {}

    static void forward(double[] re, double[] im) {
        int n = re.length;
        for (int i = 1, j = 0; i < n; i++) {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                swap(re, i, j);
                swap(im, i, j);
            }
        }
        for (int length = 2; length <= n; length <<= 1) {
            butterflies(re, im, length);
        }
    }

    private static void butterflies(double[] re, double[] im, int length) {
        int half = length / 2;
        for (int k = 0; k < half; k++) {
            double angle = -2 * Math.PI * k / length;
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            for (int a = k; a < re.length; a += length) {
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
}
