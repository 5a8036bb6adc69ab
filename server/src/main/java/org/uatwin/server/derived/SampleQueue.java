package org.uatwin.server.derived;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.uatwin.informationmodel.value.SampleBatch;

/**
 * Samples on their way from the lanes to the thread that evaluates: bounded, in columns. When it is full a sample is
 * lost and counted, and the reader is told that it has to read the table anew, so that it never goes on with a value that
 * is no longer true.
 */
final class SampleQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hasSome = lock.newCondition();
    private final int[] slots; // guarded by lock, as all below; a ring
    private final long[] bits;
    private final int[] status;
    private final long[] source;
    private final long[] receive;
    private final boolean[] isLast; // of its batch
    private int first;
    private int size;
    private long lost;
    private boolean hasLost;
    private boolean isOpen = true;

    SampleQueue(int capacity) {
        slots = new int[capacity];
        bits = new long[capacity];
        status = new int[capacity];
        source = new long[capacity];
        receive = new long[capacity];
        isLast = new boolean[capacity];
    }

    /** Samples taken out, in order; owned by the reader. */
    static final class Taken {
        final int[] slots;
        final long[] bits;
        final int[] status;
        final long[] source;
        final long[] receive;
        final boolean[] isLast;
        int size;
        boolean hasLost;
        boolean isOpen = true;

        Taken(int capacity) {
            slots = new int[capacity];
            bits = new long[capacity];
            status = new int[capacity];
            source = new long[capacity];
            receive = new long[capacity];
            isLast = new boolean[capacity];
        }
    }

    /** Puts those samples of an applied batch in whose rows are among {@code rows}; never blocks for long. */
    void put(Slots rows, SampleBatch batch) {
        lock.lock();
        try {
            int added = -1;
            for (int i = 0; i < batch.size(); i++) {
                int slot = rows.of(batch.row(i));
                if (slot < 0) {
                    continue;
                }
                if (size == slots.length) {
                    lost++;
                    hasLost = true;
                    continue;
                }
                added = (first + size++) % slots.length;
                slots[added] = slot;
                bits[added] = batch.bits(i);
                status[added] = batch.statusBits(i);
                source[added] = batch.sourceTime(i);
                receive[added] = batch.receiveTime(i);
                isLast[added] = false;
            }
            if (added >= 0) {
                isLast[added] = true;
            }
            if (added >= 0 || hasLost) {
                hasSome.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for samples, at most for {@code nanos}, and moves what there is into {@code out}. */
    void take(Taken out, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (size == 0 && !hasLost && isOpen && left > 0) {
                left = hasSome.awaitNanos(left);
            }
            out.size = Math.min(size, out.slots.length);
            for (int i = 0; i < out.size; i++) {
                int k = (first + i) % slots.length;
                out.slots[i] = slots[k];
                out.bits[i] = bits[k];
                out.status[i] = status[k];
                out.source[i] = source[k];
                out.receive[i] = receive[k];
                out.isLast[i] = isLast[k];
            }
            first = (first + out.size) % slots.length;
            size -= out.size;
            out.hasLost = hasLost && size == 0;
            if (out.hasLost) {
                hasLost = false;
            }
            out.isOpen = isOpen;
        } finally {
            lock.unlock();
        }
    }

    /** Samples in it. */
    int waiting() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Samples lost because it was full. */
    long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the reader. */
    void close() {
        lock.lock();
        try {
            isOpen = false;
            hasSome.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Milliseconds as the wait takes them. */
    static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
