package org.uatwin.simulation.vibration;

import org.uatwin.informationmodel.signal.Fourier;

/** Spectra as analysers show them: a fixed number of lines from 0 to an upper frequency. Hann window. Pure functions. */
public final class AmplitudeSpectrum {
    private AmplitudeSpectrum() {}

    /**
     * R.m.s. of what lies in each line, so that the squares of all lines add up to the mean square of the signal below the upper frequency.
     *
     * @param lines how many, 1 and more.
     * @param endHz upper end of the last line.
     * @return in the waveform's unit.
     */
    public static double[] rms(Waveform waveform, int lines, double endHz) {
        int n = waveform.size();
        double[] re = waveform.aboutMean(0, n);
        double[] im = new double[n];
        double window = 0;
        for (int i = 0; i < n; i++) {
            double hann = hann(i, n);
            re[i] *= hann;
            window += hann * hann;
        }
        Fourier.of(n).forward(re, im);
        double[] squares = new double[lines];
        for (int k = 1; k <= n / 2; k++) {
            int line = (int) (k * waveform.rateHz() / n / endHz * lines);
            if (line < lines) {
                double sides = 2 * k == n ? 1 : 2;
                squares[line] += sides * (re[k] * re[k] + im[k] * im[k]) / (n * window);
            }
        }
        for (int line = 0; line < lines; line++) {
            squares[line] = Math.sqrt(squares[line]);
        }
        return squares;
    }

    /**
     * How strongly the power of a band swings at each frequency: highest amplitude of the squared envelope's spectrum in each line, as a share of its
     * mean; 1 for a band that is switched on and off fully.
     */
    public static double[] envelope(Waveform waveform, double bandLowHz, double bandHighHz, int lines, double endHz) {
        double[] squared = LineSpectrum.of(waveform).squaredEnvelope(new Band(bandLowHz, bandHighHz));
        int n = squared.length;
        double mean = 0;
        for (double x : squared) {
            mean += x / n;
        }
        double[] highest = new double[lines];
        if (!(mean > 0)) {
            return highest;
        }
        double[] re = new double[n];
        double[] im = new double[n];
        for (int i = 0; i < n; i++) {
            re[i] = (squared[i] / mean - 1) * hann(i, n);
        }
        Fourier.of(n).forward(re, im);
        double step = 1 / waveform.seconds();
        for (int k = 1; k < n / 2; k++) {
            int line = (int) (k * step / endHz * lines);
            if (line < lines) {
                double amplitude = 4 * Math.sqrt(re[k] * re[k] + im[k] * im[k]) / n; // a Hann window has a mean of 1/2
                highest[line] = Math.max(highest[line], amplitude);
            }
        }
        return highest;
    }

    private static double hann(int i, int n) {
        return 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / n);
    }
}
