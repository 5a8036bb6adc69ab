package org.uatwin.simulation.prognosis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.uatwin.informationmodel.value.UaTime;

/**
 * The past of a point in bounded memory: means of equal stretches of time, which grow twice as long whenever there are too many. Some 6 kB.
 * Owned by one thread.
 */
final class WearSeries {
    static final int MOST = 240; // stretches
    private static final long FIRST_WIDTH = 60 * UaTime.TICKS_PER_SECOND;

    private final long over;
    private final double[] sums = new double[MOST];
    private final double[] times = new double[MOST]; // sums of hours after the start
    private final int[] counts = new int[MOST];
    private long start;
    private long width = FIRST_WIDTH;
    private long last; // time of the latest sample; 0 before the first

    /** @param over ticks after which a sample counts no more. */
    WearSeries(long over) {
        this.over = over;
    }

    /** Takes a sample; one that is older than the series is left out. */
    void add(long time, double value) {
        if (last == 0) {
            start = time;
        }
        if (!Double.isFinite(value) || time < start) {
            return;
        }
        dropBefore(time - over);
        while ((time - start) / width >= MOST) {
            merge();
        }
        int i = (int) ((time - start) / width);
        sums[i] += value;
        times[i] += hours(time - start);
        counts[i]++;
        last = Math.max(last, time);
    }

    /** Leaves out what is older, by whole stretches. */
    void dropBefore(long time) {
        long whole = last == 0 ? 0 : Math.min(MOST, (time - start) / width);
        int gone = (int) Math.max(0, whole);
        if (gone > 0) {
            System.arraycopy(sums, gone, sums, 0, MOST - gone);
            System.arraycopy(times, gone, times, 0, MOST - gone);
            System.arraycopy(counts, gone, counts, 0, MOST - gone);
            Arrays.fill(sums, MOST - gone, MOST, 0);
            Arrays.fill(times, MOST - gone, MOST, 0);
            Arrays.fill(counts, MOST - gone, MOST, 0);
            start += gone * width;
            double shift = hours(gone * width);
            for (int i = 0; i < MOST; i++) {
                times[i] -= counts[i] * shift;
            }
        }
    }

    private void merge() {
        for (int i = 0; i < MOST; i++) {
            boolean isLower = i < MOST / 2;
            sums[i] = isLower ? sums[2 * i] + sums[2 * i + 1] : 0;
            times[i] = isLower ? times[2 * i] + times[2 * i + 1] : 0;
            counts[i] = isLower ? counts[2 * i] + counts[2 * i + 1] : 0;
        }
        width *= 2;
    }

    /** Forgets what was before, the stretch it falls into included. */
    void begin(long at) {
        if (last == 0 || at >= last) {
            clear();
        } else if (at >= start) {
            dropBefore(at + width);
        }
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(sums, 0);
        Arrays.fill(times, 0);
        Arrays.fill(counts, 0);
        width = FIRST_WIDTH;
        last = 0;
    }

    /** Stretches with a sample. */
    int size() {
        int n = 0;
        for (int count : counts) {
            n += count > 0 ? 1 : 0;
        }
        return n;
    }

    /** Time of the latest sample, ticks; 0 if there is none. */
    long last() {
        return last;
    }

    /** Where it begins, ticks. */
    long start() {
        return start;
    }

    /** Mean times of the stretches, hours after the start. */
    double[] hours() {
        return means(times);
    }

    /** Mean values of the stretches. */
    double[] values() {
        return means(sums);
    }

    private double[] means(double[] of) {
        double[] means = new double[size()];
        int n = 0;
        for (int i = 0; i < MOST; i++) {
            if (counts[i] > 0) {
                means[n++] = of[i] / counts[i];
            }
        }
        return means;
    }

    private static double hours(long ticks) {
        return (double) ticks / UaTime.TICKS_PER_SECOND / 3600;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(start);
        out.writeLong(width);
        out.writeLong(last);
        int used = last == 0 ? 0 : (int) Math.min(MOST, (last - start) / width + 1);
        out.writeInt(used);
        for (int i = 0; i < used; i++) {
            out.writeInt(counts[i]);
            if (counts[i] > 0) {
                out.writeDouble(sums[i]);
                out.writeDouble(times[i]);
            }
        }
    }

    void restore(DataInput in) throws IOException {
        clear();
        start = in.readLong();
        width = in.readLong();
        last = in.readLong();
        int used = in.readInt();
        if (width <= 0 || used < 0 || used > MOST) {
            throw new IOException("no series");
        }
        for (int i = 0; i < used; i++) {
            counts[i] = in.readInt();
            if (counts[i] > 0) {
                sums[i] = in.readDouble();
                times[i] = in.readDouble();
            }
        }
    }
}
