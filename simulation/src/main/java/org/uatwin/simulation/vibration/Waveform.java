package org.uatwin.simulation.vibration;

import org.uatwin.informationmodel.signal.Moments;

/** Samples of an accelerometer at equal distances. Immutable. */
public final class Waveform {
    private final double[] samples;
    private final double rateHz;

    private Waveform(double[] samples, double rateHz) {
        this.samples = samples;
        this.rateHz = rateHz;
    }

    /**
     * @param samples copied.
     * @param rateHz samples a second.
     * @throws IllegalArgumentException if there are fewer than 16 samples, one is not finite, or the rate is not above 0.
     */
    public static Waveform of(double[] samples, double rateHz) {
        if (samples.length < 16) {
            throw new IllegalArgumentException(
                    "%d samples are no waveform: 16 are the least".formatted(samples.length));
        }
        if (!(rateHz > 0) || !Double.isFinite(rateHz)) {
            throw new IllegalArgumentException("a sample rate of %s Hz".formatted(rateHz));
        }
        for (int i = 0; i < samples.length; i++) {
            if (!Double.isFinite(samples[i])) {
                throw new IllegalArgumentException("sample %d is %s".formatted(i + 1, samples[i]));
            }
        }
        return new Waveform(samples.clone(), rateHz);
    }

    public int size() {
        return samples.length;
    }

    public double rateHz() {
        return rateHz;
    }

    public double seconds() {
        return samples.length / rateHz;
    }

    /** R.m.s., crest factor and kurtosis about the mean. */
    public Moments moments() {
        return Moments.of(samples);
    }

    /** Samples from a place on, their mean taken away. */
    double[] aboutMean(int from, int count) {
        double mean = 0;
        for (int i = from; i < from + count; i++) {
            mean += samples[i] / count;
        }
        double[] part = new double[count];
        for (int i = 0; i < count; i++) {
            part[i] = samples[from + i] - mean;
        }
        return part;
    }
}
