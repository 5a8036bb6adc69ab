package org.uatwin.historian.codec;

/**
 * Doubles that are decimals with few places, as integers: 53.27 is 5327 with two places. What instruments send is
 * mostly of this kind. A double is only taken for a decimal if dividing gives back each of its bits (so neither -0.0
 * nor NaN is one).
 */
final class Decimals {
    /** The most places tried. */
    static final int MOST_PLACES = 9;

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    private static final double LARGEST = 0x1p53;
    private static final long NOT_ONE = Long.MIN_VALUE;

    private Decimals() {}

    /** The integer of {@code bits} with that many places; check it with {@link #is}. */
    static long of(long bits, int places, boolean isFloat) {
        double value = Double.longBitsToDouble(bits);
        double scaled = Math.rint(value * POWERS[places]);
        if (!(Math.abs(scaled) <= LARGEST)) {
            return NOT_ONE;
        }
        long integer = (long) scaled;
        return bits(integer, places, isFloat) == bits ? integer : NOT_ONE;
    }

    static boolean is(long integer) {
        return integer != NOT_ONE;
    }

    /** The fewest places, beginning at {@code places}, with which {@code bits} is a decimal; -1 if there are none. */
    static int places(long bits, int places, boolean isFloat) {
        int tried = places;
        while (tried <= MOST_PLACES && !is(of(bits, tried, isFloat))) {
            tried++;
        }
        return tried <= MOST_PLACES ? tried : -1;
    }

    /** The bits of the double; of the nearest float, as a double, if {@code isFloat}. */
    static long bits(long integer, int places, boolean isFloat) {
        double value = integer / POWERS[places];
        return Double.doubleToRawLongBits(isFloat ? (float) value : value);
    }
}
