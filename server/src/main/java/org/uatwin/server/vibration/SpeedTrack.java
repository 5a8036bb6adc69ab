package org.uatwin.server.vibration;

import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;

/** The last values of a speed, to know what it was while a waveform was taken. Any thread; its lock is held for a look. */
final class SpeedTrack {
    private static final int KEPT = 256;
    private static final double STEADY = 0.02; // of the mean: beyond, lines smear over their neighbours

    private final double rpmPerUnit;
    private final long[] times = new long[KEPT]; // guarded by this, as all below
    private final double[] rpm = new double[KEPT];
    private int count; // since the start
    private StatusCode status = StatusCode.BAD_WAITING_FOR_INITIAL_DATA;

    /** @param rpmPerUnit turns a minute of the bearing's shaft, of 1 of the point's unit. */
    SpeedTrack(double rpmPerUnit) {
        this.rpmPerUnit = rpmPerUnit;
    }

    /**
     * What the speed was.
     *
     * @param rpm turns a minute; 0 if {@code problem} is not empty.
     * @param isSure whether it is Good.
     * @param problem why it cannot be used.
     */
    record Speed(double rpm, boolean isSure, String problem) {
        static Speed missing(String problem) {
            return new Speed(0, false, problem);
        }
    }

    synchronized void add(double value, StatusCode code, long time) {
        status = code;
        if (!code.isBad() && Double.isFinite(value)) {
            int at = count % KEPT;
            times[at] = time;
            rpm[at] = value * rpmPerUnit;
            count++;
        }
    }

    /** The mean over a stretch of time; the last value before it if none was taken within. */
    synchronized Speed during(long from, long until, String name) {
        if (status.isBad()) {
            return Speed.missing("%s is %s".formatted(name, status));
        }
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int n = 0;
        for (int i = count - 1; i >= Math.max(0, count - KEPT); i--) {
            long time = times[i % KEPT];
            if (time > until) {
                continue;
            }
            double value = rpm[i % KEPT];
            sum += value;
            n++;
            least = Math.min(least, value);
            most = Math.max(most, value);
            if (time <= from) {
                break; // what held when it began
            }
        }
        if (n == 0 && count > 0) { // all came after it
            return new Speed(rpm[(count - 1) % KEPT], status.isGood(), "");
        }
        double mean = sum / n;
        if (most - least > STEADY * Math.abs(mean)) {
            return Speed.missing("the speed moved from %.0f to %.0f r/min within %.2g s"
                    .formatted(least, most, UaTime.secondsBetween(from, until)));
        }
        return new Speed(mean, status.isGood(), "");
    }
}
