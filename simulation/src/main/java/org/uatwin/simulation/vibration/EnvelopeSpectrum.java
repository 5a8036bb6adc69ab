package org.uatwin.simulation.vibration;

import java.util.Arrays;
import org.uatwin.informationmodel.signal.Fourier;

/**
 * The spectrum of a band's squared envelope against its background: how much higher a line is than its neighbourhood usually is. Hann
 * window, lines twice as dense as the length of the waveform would give. Immutable.
 */
final class EnvelopeSpectrum {
    private static final double NEIGHBOURHOOD = 1.2; // shaft turns: background without the sidebands of a line

    private final double[] logs; // natural logarithm of the highest of three lines over the background
    private final double kurtosis;

    private EnvelopeSpectrum(double[] logs, double kurtosis) {
        this.logs = logs;
        this.kurtosis = kurtosis;
    }

    /**
     * @param shaftHz turns of the shaft a second.
     * @param highestHz up to where lines are asked; beyond the band's width there are none.
     */
    static EnvelopeSpectrum of(LineSpectrum signal, Band band, double shaftHz, double highestHz) {
        double[] envelope = signal.squaredEnvelope(band);
        int n = envelope.length;
        double mean = Arrays.stream(envelope).average().orElse(0);
        double squares = 0;
        double[] re = new double[2 * n];
        double[] im = new double[2 * n];
        for (int i = 0; i < n && mean > 0; i++) {
            double x = envelope[i] / mean;
            squares += x * x / n;
            re[i] = (x - 1) * (0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / n));
        }
        Fourier.of(2 * n).forward(re, im);
        double step = stepHz(signal);
        double margin = highestHz + NEIGHBOURHOOD * shaftHz; // the last line has a neighbourhood as well
        int lines = Math.min(n, (int) Math.ceil(Math.min(margin, band.width()) / step) + 2);
        double[] power = new double[lines];
        for (int k = 0; k < lines; k++) {
            power[k] = re[k] * re[k] + im[k] * im[k];
        }
        int half = (int) Math.round(NEIGHBOURHOOD * shaftHz / step / 2);
        double[] background = RunningMedian.of(power, half);
        double[] logs = new double[lines];
        for (int k = 0; k < lines; k++) {
            // the median of exponentially distributed lines is ln 2 of their mean
            double usual = Math.max(background[k] / StrictMath.log(2), 1e-300);
            logs[k] = StrictMath.log(Math.max(power[k] / usual, 1e-6));
        }
        return new EnvelopeSpectrum(highestOfThree(logs), squares);
    }

    /** Distance of its lines. */
    static double stepHz(LineSpectrum signal) {
        return 1 / (2 * signal.seconds());
    }

    private static double[] highestOfThree(double[] logs) {
        double[] highest = new double[logs.length];
        for (int k = 0; k < logs.length; k++) {
            double before = logs[Math.max(0, k - 1)];
            double after = logs[Math.min(logs.length - 1, k + 1)];
            highest[k] = Math.max(logs[k], Math.max(before, after));
        }
        return highest;
    }

    /** Natural logarithm of a line over its background; beyond the ends that of the last one. */
    double log(int k) {
        return logs[Math.min(logs.length - 1, Math.max(0, k))];
    }

    /** Mean fourth power of the envelope over the squared mean square: 2 for noise, above for knocks. */
    double kurtosis() {
        return kurtosis;
    }
}
