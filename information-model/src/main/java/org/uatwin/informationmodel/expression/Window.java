package org.uatwin.informationmodel.expression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.uatwin.informationmodel.value.UaTime;

/**
 * Mean, lowest and highest value of a sliding window, kept as {@value #SLICES} slices, so that its memory does not
 * depend on how fast values come. The window therefore reaches back between one length and one length and a slice.
 */
final class Window implements Memory {
    private static final int SLICES = 60;

    private final TimeFunction function;
    private final long slice;
    private final double[] area = new double[SLICES + 1]; // value times seconds
    private final double[] seconds = new double[SLICES + 1];
    private final double[] low = new double[SLICES + 1];
    private final double[] high = new double[SLICES + 1];
    private double last;
    private long lastTicks = UaTime.NONE;
    private long newest; // number of the slice written last

    Window(TimeFunction function, long ticks) {
        this.function = function;
        this.slice = Math.max(1, ticks / SLICES);
        clear();
    }

    private void clear() {
        Arrays.fill(area, 0);
        Arrays.fill(seconds, 0);
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
    }

    @Override
    public double take(double value, long ticks) {
        reach(ticks);
        last = value;
        lastTicks = ticks;
        see(value, 0);
        return result();
    }

    @Override
    public void interrupt(long ticks) {
        reach(ticks);
        lastTicks = UaTime.NONE;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeLong(newest);
        for (double[] column : new double[][] {area, seconds, low, high}) {
            for (double value : column) {
                out.writeDouble(value);
            }
        }
    }

    @Override
    public void restore(DataInput in) throws IOException {
        newest = in.readLong();
        for (double[] column : new double[][] {area, seconds, low, high}) {
            for (int k = 0; k < column.length; k++) {
                column[k] = in.readDouble();
            }
        }
    }

    /** Lets the last value hold until {@code ticks} and forgets what leaves the window. */
    private void reach(long ticks) {
        long now = ticks / slice;
        if (now - newest > SLICES) {
            clear();
            newest = now - SLICES - 1;
        }
        long from = Math.max(lastTicks, newest * slice);
        while (true) {
            long end = Math.min(ticks, (newest + 1) * slice);
            if (lastTicks != UaTime.NONE && end > from) {
                see(last, UaTime.secondsBetween(from, end));
                from = end;
            }
            if (newest >= now) {
                return;
            }
            newest++;
            int k = (int) (newest % (SLICES + 1));
            area[k] = 0;
            seconds[k] = 0;
            low[k] = Double.POSITIVE_INFINITY;
            high[k] = Double.NEGATIVE_INFINITY;
        }
    }

    private void see(double value, double duration) {
        int k = (int) (newest % (SLICES + 1));
        area[k] += value * duration;
        seconds[k] += duration;
        low[k] = Math.min(low[k], value);
        high[k] = Math.max(high[k], value);
    }

    private double result() {
        double sum = 0;
        double time = 0;
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k <= SLICES; k++) {
            sum += area[k];
            time += seconds[k];
            lowest = Math.min(lowest, low[k]);
            highest = Math.max(highest, high[k]);
        }
        if (function == TimeFunction.LOWEST) {
            return lowest;
        }
        if (function == TimeFunction.HIGHEST) {
            return highest;
        }
        return time == 0 ? last : sum / time;
    }
}
