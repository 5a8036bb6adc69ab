package org.uatwin.plcadapters.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The registers of one table as they were read, once or several times. Offsets the device refused are holes. Grows by
 * {@link #add}; one owner.
 */
public final class RegisterSeries {
    private final int offset;
    private final int size;
    private final BitSet present = new BitSet();
    private final List<int[]> polls = new ArrayList<>();

    /**
     * @param offset zero-based wire offset of the first register.
     * @param size registers, holes among them.
     */
    public RegisterSeries(int offset, int size) {
        if (offset < 0 || size < 1 || offset > 65_536 - size) {
            throw new IllegalArgumentException("%d+%d leaves 0..65535".formatted(offset, size));
        }
        this.offset = offset;
        this.size = size;
    }

    /** Begins another poll, with the values of the one before where nothing new comes. */
    public void beginPoll() {
        polls.add(polls.isEmpty() ? new int[size] : polls.get(polls.size() - 1).clone());
    }

    /** Takes registers, big-endian, into the poll begun last. */
    public void add(int atOffset, byte[] registers) {
        int[] poll = polls.get(polls.size() - 1);
        for (int i = 0; 2 * i + 1 < registers.length; i++) {
            int at = atOffset - offset + i;
            poll[at] = (registers[2 * i] & 0xFF) << 8 | (registers[2 * i + 1] & 0xFF);
            present.set(at);
        }
    }

    public int offset() {
        return offset;
    }

    public int size() {
        return size;
    }

    public int polls() {
        return polls.size();
    }

    /** Whether the registers from index {@code at} on, {@code count} of them, are all there. */
    public boolean has(int at, int count) {
        return at + count <= size && present.nextClearBit(at) >= at + count;
    }

    /** Registers that are there. */
    public int presentCount() {
        return present.cardinality();
    }

    /** The register at index {@code at}, 0..65535. */
    public int register(int poll, int at) {
        return polls.get(poll)[at];
    }

    /** Whether the registers stayed the same over all polls. */
    public boolean isConstant(int at, int count) {
        for (int[] poll : polls) {
            if (!Arrays.equals(poll, at, at + count, polls.get(0), at, at + count)) {
                return false;
            }
        }
        return true;
    }
}
