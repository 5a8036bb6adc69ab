package org.uatwin.simulation.discrete;

import java.util.Arrays;

/** A ring of parts: when each came into the line and when into this queue. Grows when full. */
final class PartQueue {
    private double[] born = new double[16];
    private double[] came = new double[16];
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(double partBorn, double now) {
        if (size == born.length) {
            grow();
        }
        int tail = (head + size) & (born.length - 1);
        born[tail] = partBorn;
        came[tail] = now;
        size++;
    }

    /** When the oldest part came into the line. */
    double firstBorn() {
        return born[head];
    }

    /** When the oldest part came into this queue. */
    double firstCame() {
        return came[head];
    }

    void removeFirst() {
        head = (head + 1) & (born.length - 1);
        size--;
    }

    private void grow() {
        int capacity = born.length;
        double[] b = Arrays.copyOf(born, 2 * capacity);
        double[] c = Arrays.copyOf(came, 2 * capacity);
        for (int i = 0; i < size; i++) {
            b[i] = born[(head + i) & (capacity - 1)];
            c[i] = came[(head + i) & (capacity - 1)];
        }
        born = b;
        came = c;
        head = 0;
    }
}
