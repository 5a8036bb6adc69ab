package org.uatwin.server.derived;

import java.util.Arrays;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;

/** What is known of the rows a graph reads and writes, in columns. Owned by the thread that evaluates. */
final class Slots {
    final int[] rows; // rising
    final ValueType[] types;
    final double[] value;
    final int[] status;
    final long[] source;
    final long[] receive;

    /** @param types of the rows, in their order. */
    Slots(int[] rows, ValueType[] types) {
        this.rows = rows;
        this.types = types;
        value = new double[rows.length];
        status = new int[rows.length];
        source = new long[rows.length];
        receive = new long[rows.length];
        Arrays.fill(status, StatusCode.BAD_WAITING_FOR_INITIAL_DATA.bits());
    }

    /** The slot of a row; negative if there is none. */
    int of(int row) {
        return Arrays.binarySearch(rows, row);
    }

    int size() {
        return rows.length;
    }

    void set(int slot, PointValue row) {
        set(slot, types[slot].toDouble(row.bits), row.statusBits, row.sourceTime, row.receiveTime);
    }

    void set(int slot, double newValue, int newStatus, long newSource, long newReceive) {
        value[slot] = newValue;
        status[slot] = newStatus;
        source[slot] = newSource;
        receive[slot] = newReceive;
    }
}
