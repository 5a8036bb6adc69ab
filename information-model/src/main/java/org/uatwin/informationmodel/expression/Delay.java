package org.uatwin.informationmodel.expression;

import java.io.DataInput;
import java.io.DataOutput;
import org.uatwin.informationmodel.value.UaTime;

/**
 * The value one window ago, and the change since then. Keeps at most {@value #CAPACITY} values; of values closer
 * together than a thousandth of the window the later one is kept.
 */
final class Delay implements Memory {
    private static final int CAPACITY = 1002;

    private final TimeFunction function;
    private final long ticks;
    private final long spacing;
    private final long[] times = new long[CAPACITY]; // a ring
    private final double[] values = new double[CAPACITY];
    private int first;
    private int size;
    private boolean isFilling = true;

    Delay(TimeFunction function, long ticks) {
        this.function = function;
        this.ticks = ticks;
        this.spacing = Math.max(1, ticks / 1000);
    }

    @Override
    public double take(double value, long now) {
        add(value, now);
        long then = now - ticks;
        while (size > 1 && times[(first + 1) % CAPACITY] <= then) {
            first = (first + 1) % CAPACITY;
            size--;
        }
        isFilling = times[first] > then;
        if (isFilling) {
            return Double.NaN;
        }
        double earlier = values[first];
        return function == TimeFunction.DELAY
                ? earlier
                : (value - earlier) / ((double) ticks / UaTime.TICKS_PER_SECOND);
    }

    private void add(double value, long now) {
        int last = (first + size - 1) % CAPACITY;
        if (size > 0 && value == values[last]) {
            return; // it still holds
        }
        if (size > 1 && now - times[last] < spacing) {
            values[last] = value;
            return;
        }
        if (size == CAPACITY) {
            first = (first + 1) % CAPACITY;
            size--;
        }
        last = (first + size) % CAPACITY;
        times[last] = now;
        values[last] = value;
        size++;
    }

    @Override
    public boolean isFilling() {
        return isFilling;
    }

    @Override
    public void save(DataOutput out) {
        // an interruption begins it anew, and a stopped server is one
    }

    @Override
    public void restore(DataInput in) {
        // see save
    }

    @Override
    public void interrupt(long now) {
        size = 0;
        isFilling = true;
    }
}
