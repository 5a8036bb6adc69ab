package org.uatwin.plcadapters.conditioning;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.uatwin.informationmodel.conditioning.Conditioning;

/** Tells spikes by the distance from the median of the last believed values. Owned by the lane. */
final class Hampel {
    private static final int LEAST = 3;

    private final Conditioning.Spike rule;
    private final double[] believed;
    private final double[] sorted;
    private int size;
    private int next;
    private int inARow;

    Hampel(Conditioning.Spike rule) {
        this.rule = rule;
        believed = new double[rule.samples()];
        sorted = new double[rule.samples()];
    }

    /** Whether the value is a spike; if not it is believed. */
    boolean isSpike(double value) {
        if (size >= LEAST && Math.abs(value - median()) > rule.limit()) {
            if (++inARow < rule.confirm()) {
                return true;
            }
            size = 0; // the values of the old level say nothing about the new one
            next = 0;
        }
        inARow = 0;
        believed[next] = value;
        next = (next + 1) % believed.length;
        size = Math.min(size + 1, believed.length);
        return false;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(size);
        out.writeInt(next);
        for (double value : believed) {
            out.writeDouble(value);
        }
    }

    /** The same rule with the values that were saved. */
    static Hampel restored(Conditioning.Spike rule, DataInput in) throws IOException {
        Hampel hampel = new Hampel(rule);
        hampel.size = in.readInt();
        hampel.next = in.readInt();
        for (int i = 0; i < hampel.believed.length; i++) {
            hampel.believed[i] = in.readDouble();
        }
        if (hampel.size < 0
                || hampel.size > hampel.believed.length
                || hampel.next < 0
                || hampel.next >= hampel.believed.length) {
            throw new IOException("no values of a window of " + hampel.believed.length);
        }
        return hampel;
    }

    double median() {
        System.arraycopy(believed, 0, sorted, 0, size);
        Arrays.sort(sorted, 0, size);
        int middle = size / 2;
        return size % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
