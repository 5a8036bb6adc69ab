package org.uatwin.plcadapters.conditioning;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The last few samples by time and value, to know one that comes again, as a redelivered message does. */
final class Recent {
    private static final int KEPT = 8;

    private final long[] times = new long[KEPT];
    private final long[] values = new long[KEPT];
    private int next;

    Recent() {
        Arrays.fill(times, Long.MIN_VALUE);
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(next);
        for (int i = 0; i < KEPT; i++) {
            out.writeLong(times[i]);
            out.writeLong(values[i]);
        }
    }

    static Recent restored(DataInput in) throws IOException {
        Recent recent = new Recent();
        recent.next = Math.floorMod(in.readInt(), KEPT);
        for (int i = 0; i < KEPT; i++) {
            recent.times[i] = in.readLong();
            recent.values[i] = in.readLong();
        }
        return recent;
    }

    /** Whether that came already; else it is remembered. */
    boolean isRepeated(long time, long value) {
        for (int i = 0; i < KEPT; i++) {
            if (times[i] == time && values[i] == value) {
                return true;
            }
        }
        times[next] = time;
        values[next] = value;
        next = (next + 1) % KEPT;
        return false;
    }
}
