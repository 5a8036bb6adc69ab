package org.uatwin.simulation.detection;

/**
 * How rare a number is among those before it: minus the decimal logarithm of the probability to see one as large. Inside, that
 * is the rank; beyond the highest {@value #BEYOND} the excess is taken as exponential, with their mean (peaks over threshold:
 * Siffer et al. 2017, SPOT, with a shape of 0). Owned by one thread; 8 bytes a number remembered.
 */
final class StreamTail {
    /** Share of the numbers that are the tail. */
    static final double BEYOND = 0.03;

    /** Numbers before anything is said. */
    static final int FEWEST = 60;

    private static final double MOST = 30; // what is further out tells no more
    private static final double LN10 = 2.302585092994046;

    private final float[] ring; // in order of arrival
    private final float[] sorted;
    private int count;
    private int next;

    StreamTail(int memory) {
        ring = new float[memory];
        sorted = new float[memory];
    }

    boolean isReady() {
        return count >= FEWEST;
    }

    /** Of a number that is not among them yet: 0 is nothing special, 2 one in a hundred. Not before {@link #isReady}. */
    double rarityAbove(double number) {
        float x = asFloat(number);
        int from = (int) ((1 - BEYOND) * count);
        double limit = sorted[from];
        if (x <= limit) {
            return rank(count - lowerBound(x));
        }
        double sum = 0;
        for (int i = from + 1; i < count; i++) {
            sum += sorted[i];
        }
        return beyond(x - limit, sum / (count - from - 1) - limit, limit);
    }

    /** The same for small numbers. */
    double rarityBelow(double number) {
        float x = asFloat(number);
        int from = count - 1 - (int) ((1 - BEYOND) * count);
        double limit = sorted[from];
        if (x >= limit) {
            return rank(lowerBound(Math.nextUp(x)));
        }
        double sum = 0;
        for (int i = 0; i < from; i++) {
            sum += sorted[i];
        }
        return beyond(limit - x, limit - sum / from, limit);
    }

    private double rank(int asExtreme) {
        return -StrictMath.log10((asExtreme + 1.0) / (count + 1));
    }

    private static double beyond(double excess, double mean, double limit) {
        double least = 1e-9 * (1 + Math.abs(limit)); // numbers that never differed
        return Math.min(MOST, -StrictMath.log10(BEYOND) + excess / Math.max(least, mean) / LN10);
    }

    /** Takes a number in; the oldest goes. */
    void add(double number) {
        float x = asFloat(number);
        if (count == ring.length) {
            int gone = lowerBound(ring[next]);
            System.arraycopy(sorted, gone + 1, sorted, gone, count - gone - 1);
            count--;
        }
        int at = lowerBound(x);
        System.arraycopy(sorted, at, sorted, at + 1, count - at);
        sorted[at] = x;
        count++;
        ring[next] = x;
        next = (next + 1) % ring.length;
    }

    /** The first place whose number is not below x. */
    private int lowerBound(float x) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Finite, and with one zero. */
    private static float asFloat(double number) {
        return (float) Math.max(-1e38, Math.min(1e38, number)) + 0.0f;
    }
}
