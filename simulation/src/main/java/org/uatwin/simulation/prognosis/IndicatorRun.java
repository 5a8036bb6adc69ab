package org.uatwin.simulation.prognosis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * How an indicator of wear went from new to the failure of a part.
 *
 * @param hours since it was new, rising; the last is the failure.
 * @param shares of the way to the limit, at these times.
 */
@SuppressWarnings("ArrayRecordComponent") // passed on as it is, never compared
public record IndicatorRun(double[] hours, double[] shares) {
    private static final int FORMAT = 1;
    private static final int MOST = 10_000;

    public IndicatorRun {
        if (hours.length < 2 || hours.length != shares.length || !(hours[hours.length - 1] > hours[0])) {
            throw new IllegalArgumentException("%d times, %d values".formatted(hours.length, shares.length));
        }
    }

    /** Hours it lived. */
    public double life() {
        return hours[hours.length - 1] - hours[0];
    }

    /** At equal times, the last at its end; straight in between. */
    double[] resampled(double hoursPerValue) {
        int n = (int) (life() / hoursPerValue) + 1;
        double[] values = new double[n];
        double end = hours[hours.length - 1];
        int at = hours.length - 1;
        for (int i = n - 1; i >= 0; i--) {
            double t = end - (n - 1 - i) * hoursPerValue;
            while (at > 1 && hours[at - 1] >= t) {
                at--;
            }
            double step = hours[at] - hours[at - 1];
            double part = step > 0 ? Math.max(0, Math.min(1, (t - hours[at - 1]) / step)) : 1;
            values[i] = shares[at - 1] + part * (shares[at] - shares[at - 1]);
        }
        return values;
    }

    /** Bytes that {@link #decode} reads. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeInt(hours.length);
            for (int i = 0; i < hours.length; i++) {
                out.writeDouble(hours[i]);
                out.writeDouble(shares[i]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /** Empty if it was written by another program, or is damaged. */
    public static Optional<IndicatorRun> decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readInt();
            int n = in.readInt();
            if (format != FORMAT || n < 2 || n > MOST) {
                return Optional.empty();
            }
            double[] hours = new double[n];
            double[] shares = new double[n];
            for (int i = 0; i < n; i++) {
                hours[i] = in.readDouble();
                shares[i] = in.readDouble();
            }
            return Optional.of(new IndicatorRun(hours, shares));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
