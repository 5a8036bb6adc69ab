package org.uatwin.simulation.vibration;

import org.uatwin.informationmodel.signal.Fourier;

/** The spectrum of a waveform, to look at a band of it at a time. Immutable. */
final class LineSpectrum {
    private final double[] re;
    private final double[] im;
    private final double seconds;

    private LineSpectrum(double[] re, double[] im, double seconds) {
        this.re = re;
        this.im = im;
        this.seconds = seconds;
    }

    static LineSpectrum of(Waveform waveform) {
        double[] re = waveform.aboutMean(0, waveform.size());
        double[] im = new double[re.length];
        Fourier.of(re.length).forward(re, im);
        return new LineSpectrum(re, im, waveform.seconds());
    }

    /**
     * Every line of the same size: cepstrum prewhitening. Tones of shaft and gears weigh as little as everything else, knocks of a fault
     * remain in the phases (Borghesani et al., Mech. Syst. Signal Process. 36 (2013) 370).
     */
    LineSpectrum whitened() {
        double largest = 0;
        for (int k = 0; k < re.length; k++) {
            largest = Math.max(largest, size(k));
        }
        double[] whiteRe = new double[re.length];
        double[] whiteIm = new double[re.length];
        for (int k = 0; k < re.length && largest > 0; k++) {
            double size = Math.max(size(k), 1e-12 * largest);
            whiteRe[k] = re[k] / size;
            whiteIm[k] = im[k] / size;
        }
        return new LineSpectrum(whiteRe, whiteIm, seconds);
    }

    private double size(int line) {
        return Math.sqrt(re[line] * re[line] + im[line] * im[line]);
    }

    double seconds() {
        return seconds;
    }

    /**
     * The squared envelope of a band: |analytic signal|^2, shifted to the band's low end, at as few samples as hold it without
     * aliasing; a power of two.
     */
    double[] squaredEnvelope(Band band) {
        int from = Math.max(1, (int) Math.ceil(band.lowHz() * seconds - 1e-9));
        int to = Math.min(re.length / 2, (int) Math.ceil(band.highHz() * seconds - 1e-9)); // excluded
        int lines = Math.max(0, to - from);
        int size = Fourier.powerOfTwo(Math.max(16, 2 * lines));
        double[] x = new double[size];
        double[] y = new double[size];
        System.arraycopy(re, from, x, 0, lines);
        System.arraycopy(im, from, y, 0, lines);
        Fourier.of(size).inverse(x, y);
        for (int i = 0; i < size; i++) {
            x[i] = x[i] * x[i] + y[i] * y[i];
        }
        return x;
    }
}
