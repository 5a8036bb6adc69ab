package org.uatwin.simulation.discrete;

import java.util.Arrays;

/**
 * The list of future events: a heap of four children a node on primitive arrays. Strict total order by time, priority (smaller first) and
 * order of scheduling. Owned by one thread; allocates only when it grows.
 */
public final class EventQueue {
    private static final int PRIORITY_SHIFT = 48;

    private double[] times;
    private long[] orders; // priority above, sequence below
    private int[] kinds;
    private int[] subjects;
    private int size;
    private long sequence;

    private double now;
    private int kind;
    private int subject;

    /** An empty list at time 0. */
    public EventQueue() {
        times = new double[64];
        orders = new long[64];
        kinds = new int[64];
        subjects = new int[64];
    }

    /**
     * Schedules an event.
     *
     * @param time not before {@link #now()}.
     * @param priority 0..32767, smaller first among events of the same time.
     * @param what kind of event, the model's own number.
     * @param whom the subject, the model's own number.
     */
    public void schedule(double time, int priority, int what, int whom) {
        if (!(time >= now)) {
            throw new IllegalArgumentException("an event at %s cannot be scheduled at %s".formatted(time, now));
        }
        if (size == times.length) {
            grow();
        }
        long order = ((long) priority << PRIORITY_SHIFT) | sequence++;
        int i = size++;
        while (i > 0) {
            int parent = (i - 1) >> 2;
            if (times[parent] < time || (times[parent] == time && orders[parent] < order)) {
                break;
            }
            move(parent, i);
            i = parent;
        }
        put(i, time, order, what, whom);
    }

    /** Takes the next event; false if there is none. What it is stands in {@link #now()}, {@link #kind()}, {@link #subject()}. */
    public boolean next() {
        if (size == 0) {
            return false;
        }
        now = times[0];
        kind = kinds[0];
        subject = subjects[0];
        size--;
        if (size > 0) {
            sink(times[size], orders[size], kinds[size], subjects[size]);
        }
        return true;
    }

    private void sink(double time, long order, int what, int whom) {
        int i = 0;
        while (true) {
            int first = (i << 2) + 1;
            if (first >= size) {
                break;
            }
            int best = first;
            int last = Math.min(first + 4, size);
            for (int c = first + 1; c < last; c++) {
                if (times[c] < times[best] || (times[c] == times[best] && orders[c] < orders[best])) {
                    best = c;
                }
            }
            if (time < times[best] || (time == times[best] && order < orders[best])) {
                break;
            }
            move(best, i);
            i = best;
        }
        put(i, time, order, what, whom);
    }

    private void move(int from, int to) {
        times[to] = times[from];
        orders[to] = orders[from];
        kinds[to] = kinds[from];
        subjects[to] = subjects[from];
    }

    private void put(int i, double time, long order, int what, int whom) {
        times[i] = time;
        orders[i] = order;
        kinds[i] = what;
        subjects[i] = whom;
    }

    private void grow() {
        int capacity = times.length * 2;
        times = Arrays.copyOf(times, capacity);
        orders = Arrays.copyOf(orders, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
        subjects = Arrays.copyOf(subjects, capacity);
    }

    /** Time of the next event, infinity if there is none. */
    public double nextTime() {
        return size == 0 ? Double.POSITIVE_INFINITY : times[0];
    }

    /** Time of the event taken last. */
    public double now() {
        return now;
    }

    /** Kind of the event taken last. */
    public int kind() {
        return kind;
    }

    /** Subject of the event taken last. */
    public int subject() {
        return subject;
    }

    /** Number of events waiting. */
    public int size() {
        return size;
    }
}
