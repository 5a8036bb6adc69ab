package org.uatwin.simulation.vibration;

import org.uatwin.informationmodel.signal.Fourier;

/**
 * How a record's power is spread over frequencies: which resonances a fault excites. Compared by the log-spectral distance (Gray and
 * Markel, IEEE Trans. Acoust. Speech Signal Process. 24 (1976) 380), in dB and free of the sensor's gain. Immutable.
 */
final class SpectralShape {
    private static final int BANDS = 32;
    private static final double LINE_HZ = 3; // about, of the segments
    private static final double FLOOR = 1e-6; // of the whole power: below is noise of the converter

    private final double[] power; // in each band that the rate can hold
    private final double topHz; // of the last of 32 bands

    private SpectralShape(double[] power, double topHz) {
        this.power = power;
        this.topHz = topHz;
    }

    /**
     * Welch's method: segments that overlap by half, mean removed, Hann window.
     *
     * @param topHz of 32 equal bands from 0; bands above half the sample rate are left out.
     */
    static SpectralShape of(Waveform waveform, double topHz) {
        int wanted = Fourier.powerOfTwo((int) Math.max(16, waveform.rateHz() / LINE_HZ / 1.5));
        int size = wanted;
        while (size > waveform.size()) {
            size /= 2;
        }
        int held = (int) Math.min(BANDS, Math.floor(BANDS * waveform.rateHz() / 2 / topHz + 1e-9));
        double[] power = new double[Math.max(1, held)];
        Fourier fourier = Fourier.of(size);
        for (int from = 0; from + size <= waveform.size(); from += size / 2) {
            double[] re = waveform.aboutMean(from, size);
            double[] im = new double[size];
            for (int i = 0; i < size; i++) {
                re[i] *= 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / size);
            }
            fourier.forward(re, im);
            for (int k = 1; k < size / 2; k++) {
                int band = (int) (k * waveform.rateHz() / size * BANDS / topHz);
                if (band < power.length) {
                    power[band] += re[k] * re[k] + im[k] * im[k];
                }
            }
        }
        return new SpectralShape(power, topHz);
    }

    /**
     * Root mean square of the differences of the bands both have, in dB.
     *
     * @throws IllegalArgumentException if the bands are others.
     */
    double distanceDb(SpectralShape other) {
        if (other.topHz != topHz) {
            throw new IllegalArgumentException("bands up to %s and up to %s Hz".formatted(topHz, other.topHz));
        }
        int shared = Math.min(power.length, other.power.length);
        double mine = sum(power, shared);
        double theirs = sum(other.power, shared);
        double squares = 0;
        for (int b = 0; b < shared; b++) {
            double difference = decibel(power[b], mine) - decibel(other.power[b], theirs);
            squares += difference * difference;
        }
        return Math.sqrt(squares / shared);
    }

    private static double sum(double[] power, int bands) {
        double sum = 0;
        for (int b = 0; b < bands; b++) {
            sum += power[b];
        }
        return sum;
    }

    private static double decibel(double power, double whole) {
        return 10 * StrictMath.log10((whole > 0 ? power / whole : 0) + FLOOR);
    }
}
