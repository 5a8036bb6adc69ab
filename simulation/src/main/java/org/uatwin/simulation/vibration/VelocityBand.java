package org.uatwin.simulation.vibration;

import org.uatwin.informationmodel.signal.Fourier;

/** R.m.s. of vibration velocity from acceleration, by integration of the spectrum. */
public final class VelocityBand {
    private static final double LOW_HZ = 10; // the usual band of ISO 20816-1
    private static final double HIGH_HZ = 1000;

    private VelocityBand() {}

    /**
     * From 10 Hz to 1 kHz, or to half the sample rate if that is lower. Hann window; needs some periods of the lowest frequency to be exact.
     *
     * @param acceleration in m/s2.
     * @return in mm/s; NaN if it is shorter than 0.2 s.
     */
    public static double rmsMmPerS(Waveform acceleration) {
        if (acceleration.seconds() < 2 / LOW_HZ) {
            return Double.NaN;
        }
        int n = acceleration.size();
        double[] re = acceleration.aboutMean(0, n);
        double[] im = new double[n];
        double window = 0;
        for (int i = 0; i < n; i++) {
            double hann = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / n);
            re[i] *= hann;
            window += hann * hann;
        }
        Fourier.of(n).forward(re, im);
        double sum = 0;
        for (int k = 1; k < (n + 1) / 2; k++) {
            double hz = k * acceleration.rateHz() / n;
            if (hz >= LOW_HZ && hz <= HIGH_HZ) {
                double omega = 2 * Math.PI * hz;
                sum += 2 * (re[k] * re[k] + im[k] * im[k]) / (omega * omega);
            }
        }
        return 1000 * Math.sqrt(sum / (n * window));
    }
}
