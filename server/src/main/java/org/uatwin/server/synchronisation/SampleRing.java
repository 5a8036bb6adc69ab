package org.uatwin.server.synchronisation;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.uatwin.simulation.estimation.SampleQuality;

/**
 * Samples on their way from the lanes to an estimating thread: bounded, in columns. When it is full the newest is lost and counted:
 * an estimator that misses a measurement is less sure, not wrong.
 */
final class SampleRing {
    private static final int TAKEN = 1_024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hasSome = lock.newCondition();
    private final int[] slots; // guarded by lock, as all below; a ring
    private final double[] values;
    private final SampleQuality[] qualities;
    private final long[] times;
    private int first;
    private int size;
    private long lost;
    private boolean isOpen = true;
    private final int[] takenSlots = new int[TAKEN]; // owned by the reader, as those below
    private final double[] takenValues = new double[TAKEN];
    private final SampleQuality[] takenQualities = new SampleQuality[TAKEN];
    private final long[] takenTimes = new long[TAKEN];

    SampleRing(int capacity) {
        slots = new int[capacity];
        values = new double[capacity];
        qualities = new SampleQuality[capacity];
        times = new long[capacity];
    }

    /** Takes samples out. */
    @FunctionalInterface
    interface Sink {
        void sample(int slot, double value, SampleQuality quality, long time);
    }

    void put(int slot, double value, SampleQuality quality, long time) {
        lock.lock();
        try {
            if (size == slots.length) {
                lost++;
                return;
            }
            int at = (first + size++) % slots.length;
            slots[at] = slot;
            values[at] = value;
            qualities[at] = quality;
            times[at] = time;
            if (size > slots.length / 2) {
                hasSome.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until it is half full, at most for {@code nanos}, then hands everything to {@code sink}, without keeping those who put
     * samples in from doing so; one reader only.
     *
     * @return false once closed.
     */
    boolean drain(long nanos, Sink sink) throws InterruptedException {
        int taken = take(nanos);
        while (taken > 0) {
            for (int i = 0; i < taken; i++) {
                sink.sample(takenSlots[i], takenValues[i], takenQualities[i], takenTimes[i]);
            }
            taken = take(0);
        }
        lock.lock();
        try {
            return isOpen;
        } finally {
            lock.unlock();
        }
    }

    private int take(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (size <= slots.length / 2 && isOpen && left > 0) {
                left = hasSome.awaitNanos(left);
            }
            int count = Math.min(size, TAKEN);
            for (int i = 0; i < count; i++) {
                takenSlots[i] = slots[first];
                takenValues[i] = values[first];
                takenQualities[i] = qualities[first];
                takenTimes[i] = times[first];
                first = (first + 1) % slots.length;
            }
            size -= count;
            return count;
        } finally {
            lock.unlock();
        }
    }

    long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            isOpen = false;
            hasSome.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
