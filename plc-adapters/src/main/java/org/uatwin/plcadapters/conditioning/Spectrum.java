package org.uatwin.plcadapters.conditioning;

import java.util.Arrays;
import java.util.List;
import org.uatwin.informationmodel.signal.Fourier;
import org.uatwin.informationmodel.type.Range;

/**
 * Energy in frequency bands by Welch's method (P. D. Welch, IEEE Trans. Audio Electroacoust. 15 (1967) 70): segments
 * that overlap by half, their mean removed, Hann window, the squares of their spectra averaged. Scaled so that the
 * bands of the whole spectrum add up to the mean square about the mean (Parseval). Owned by the lane.
 */
final class Spectrum {
    private static final int LEAST = 64;
    private static final int MOST = 65_536;
    private static final int BINS_PER_BAND = 4;

    private final int size;
    private final Fourier fourier;
    private final double[] window;
    private final double[] segment;
    private final double[] re;
    private final double[] im;
    private final int[] firstBin; // of each band
    private final int[] endBin;
    private final double[] energy;
    private final double scale;
    private int filled;
    private int segments;

    /** @param samples samples of an interval. */
    Spectrum(List<Range> bands, double sampleRateHz, long samples) {
        double narrowest = bands.stream().mapToDouble(Range::span).min().orElse(sampleRateHz);
        double wanted = Math.max(1024, BINS_PER_BAND * sampleRateHz / narrowest);
        int power = LEAST;
        while (power < wanted && power < MOST) {
            power *= 2;
        }
        while (power > samples && power > 4) {
            power /= 2;
        }
        size = power;
        fourier = Fourier.of(size);
        window = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size);
            sum += window[i] * window[i];
        }
        scale = 1 / (size * sum);
        segment = new double[size];
        re = new double[size];
        im = new double[size];
        firstBin = bands.stream().mapToInt(b -> bin(b.low(), sampleRateHz)).toArray();
        endBin = bands.stream()
                .mapToInt(b -> b.high() >= sampleRateHz / 2 ? size / 2 + 1 : bin(b.high(), sampleRateHz))
                .toArray();
        energy = new double[bands.size()];
    }

    /** The first line of the spectrum at or above a frequency. */
    private int bin(double hz, double sampleRateHz) {
        return (int) Math.ceil(hz * size / sampleRateHz - 1e-9);
    }

    int size() {
        return size;
    }

    void clear() {
        filled = 0;
        segments = 0;
        Arrays.fill(energy, 0);
    }

    void add(double x) {
        segment[filled++] = x;
        if (filled == size) {
            transform();
            System.arraycopy(segment, size / 2, segment, 0, size / 2);
            filled = size / 2;
        }
    }

    /** Whether a whole segment was seen. */
    boolean hasResult() {
        return segments > 0;
    }

    /** Mean square in a band, in the square of the channel's unit. */
    double energy(int band) {
        return energy[band] / segments;
    }

    private void transform() {
        double mean = 0;
        for (double x : segment) {
            mean += x / size;
        }
        for (int i = 0; i < size; i++) {
            re[i] = (segment[i] - mean) * window[i];
            im[i] = 0;
        }
        fourier.forward(re, im);
        for (int b = 0; b < energy.length; b++) {
            for (int k = firstBin[b]; k < endBin[b]; k++) {
                double twice = k == 0 || k == size / 2 ? 1 : 2;
                energy[b] += twice * (re[k] * re[k] + im[k] * im[k]) * scale;
            }
        }
        segments++;
    }
}
