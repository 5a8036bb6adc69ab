package org.uatwin.simulation.vibration;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.uatwin.informationmodel.signal.Fourier;

/**
 * How far a bearing has moved away from its first days, one snapshot after the other, never looking ahead. Of each snapshot the power in 16
 * bands is taken in dB; from the first snapshots a baseline is made, and the deviation is the root mean square over the bands of
 * the distance to it, in its standard deviations (at least 1 dB). Smoothed, that is the level: about 1 while nothing has changed. The index adds up what
 * is above 1, over the hours: damage does not heal, so it never falls (cumulative indicators: Javed et al., IEEE Trans. Ind. Electron. 62 (2015)
 * 647). Owned by one thread.
 */
public final class VibrationHealthIndex {
    private static final int BANDS = 16;
    private static final double SMOOTHING = 0.4; // weight of the newest
    private static final double LEAST_SPREAD_DB = 1;
    private static final double UNCHANGED = 1; // level
    private static final double FLOOR = 1e-12; // of the whole power
    private static final double HOUR_S = 3600;
    private static final int FORM = 1;
    private static final int SAVED_BYTES = 2 * Integer.BYTES + (3 + 2 * BANDS) * Double.BYTES;

    private final int baselineSnapshots;
    private final List<double[]> first = new ArrayList<>();
    private double[] mean = new double[0];
    private double[] spread = new double[0];
    private double level = Double.NaN;
    private double index;
    private double lastSeconds = Double.NaN;

    /**
     * @param baselineSnapshots first snapshots that are taken as good, 3 or more.
     * @throws IllegalArgumentException if they are fewer.
     */
    public VibrationHealthIndex(int baselineSnapshots) {
        if (baselineSnapshots < 3) {
            throw new IllegalArgumentException(
                    "a baseline of %d snapshots: 3 are the least".formatted(baselineSnapshots));
        }
        this.baselineSnapshots = baselineSnapshots;
    }

    /**
     * One snapshot.
     *
     * @param level distance to the baseline now; NaN while it is learned.
     * @param index what has added up; 0 while the baseline is learned.
     */
    public record Reading(double level, double index) {}

    /**
     * Takes the next snapshot.
     *
     * @param seconds when it was taken; not before the last.
     * @param snapshot of the same rate as the others.
     * @throws IllegalArgumentException if time goes back.
     */
    public Reading next(double seconds, Waveform snapshot) {
        if (seconds < lastSeconds || !Double.isFinite(seconds)) {
            throw new IllegalArgumentException("a snapshot of %s s after one of %s s".formatted(seconds, lastSeconds));
        }
        double hours = Double.isNaN(lastSeconds) ? 0 : (seconds - lastSeconds) / HOUR_S;
        lastSeconds = seconds;
        double[] powers = decibels(snapshot);
        if (mean.length == 0) {
            first.add(powers);
            if (first.size() == baselineSnapshots) {
                learn();
            }
            return new Reading(Double.NaN, 0);
        }
        double deviation = deviation(powers);
        level = Double.isNaN(level) ? deviation : level + SMOOTHING * (deviation - level);
        index += Math.max(0, level - UNCHANGED) * hours;
        return new Reading(level, index);
    }

    /** What it has learned and added up; empty while the baseline is not complete. */
    public byte[] save() {
        if (mean.length == 0) {
            return new byte[0];
        }
        ByteBuffer out = ByteBuffer.allocate(SAVED_BYTES)
                .putInt(FORM)
                .putInt(baselineSnapshots)
                .putDouble(level)
                .putDouble(index)
                .putDouble(lastSeconds);
        for (int b = 0; b < BANDS; b++) {
            out.putDouble(mean[b]).putDouble(spread[b]);
        }
        return out.array();
    }

    /** Goes on from what {@link #save} wrote; whether it could: not if the baseline is to be another one. */
    public boolean restore(byte[] saved) {
        if (saved.length != SAVED_BYTES) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(saved);
        if (in.getInt() != FORM || in.getInt() != baselineSnapshots) {
            return false;
        }
        level = in.getDouble();
        index = in.getDouble();
        lastSeconds = in.getDouble();
        mean = new double[BANDS];
        spread = new double[BANDS];
        for (int b = 0; b < BANDS; b++) {
            mean[b] = in.getDouble();
            spread[b] = in.getDouble();
        }
        first.clear();
        return true;
    }

    private void learn() {
        int n = first.size();
        mean = new double[BANDS];
        spread = new double[BANDS];
        for (int b = 0; b < BANDS; b++) {
            double sum = 0;
            double squares = 0;
            for (double[] powers : first) {
                sum += powers[b];
                squares += powers[b] * powers[b];
            }
            mean[b] = sum / n;
            double variance = Math.max(0, (squares - sum * sum / n) / (n - 1));
            spread[b] = Math.sqrt(variance + LEAST_SPREAD_DB * LEAST_SPREAD_DB);
        }
        first.clear();
    }

    private double deviation(double[] powers) {
        double squares = 0;
        for (int b = 0; b < BANDS; b++) {
            double z = (powers[b] - mean[b]) / spread[b];
            squares += z * z / BANDS;
        }
        return Math.sqrt(squares);
    }

    private static double[] decibels(Waveform snapshot) {
        int n = snapshot.size();
        double[] re = snapshot.aboutMean(0, n);
        double[] im = new double[n];
        for (int i = 0; i < n; i++) {
            re[i] *= 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / n);
        }
        Fourier.of(n).forward(re, im);
        double[] powers = new double[BANDS];
        double whole = 0;
        for (int k = 1; k < n / 2; k++) {
            double power = re[k] * re[k] + im[k] * im[k];
            powers[(int) ((long) k * BANDS * 2 / n)] += power;
            whole += power;
        }
        for (int b = 0; b < BANDS; b++) {
            powers[b] = 10 * StrictMath.log10(powers[b] / n + FLOOR * whole / n + Double.MIN_NORMAL);
        }
        return powers;
    }
}
