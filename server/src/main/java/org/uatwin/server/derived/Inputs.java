package org.uatwin.server.derived;

import org.uatwin.informationmodel.value.StatusCode;

/** The slots one computed point reads, and what follows from all of them together. */
final class Inputs {
    private static final int BAD = 0x8000_0000;
    private static final int CODE = 0xFFFF_0000;

    private final Slots slots;
    final int[] slot;

    Inputs(Slots slots, int[] slot) {
        this.slots = slots;
        this.slot = slot;
    }

    int size() {
        return slot.length;
    }

    double value(int i) {
        return slots.value[slot[i]];
    }

    /** Severity and sub-code; Good with limit bits is Good. */
    int status(int i) {
        int bits = slots.status[slot[i]];
        return bits >>> 30 == 0 ? 0 : bits & CODE;
    }

    boolean isBad(int i) {
        return (status(i) & BAD) != 0;
    }

    /** The worst status; of equals the first. */
    int worst() {
        int worst = 0;
        for (int i = 0; i < slot.length; i++) {
            worst = StatusCode.worse(worst, status(i));
        }
        return worst;
    }

    /** Source time of the newest. */
    long source() {
        long newest = 0;
        for (int s : slot) {
            newest = Math.max(newest, slots.source[s]);
        }
        return newest;
    }

    long receive() {
        long newest = 0;
        for (int s : slot) {
            newest = Math.max(newest, slots.receive[s]);
        }
        return newest;
    }
}
