package org.uatwin.plcadapters.probe;

/**
 * How many bits it takes to write a value down, given what values of plants look like (minimum description length). Small
 * numbers, round numbers and small changes are cheap; NaN, 1e-30 and leaps are dear. Absolute figures mean nothing, the
 * reading with the fewest bits is the most plausible one.
 *
 * <p>A number of n significant bits costs n, and as much as it takes to say n. That is dearer than it has to be for
 * noise, so a value that is read in the wrong order is better described as plain registers, and that is the point.
 */
final class Bits {
    private static final double ZERO = 1;
    private static final double SAME = 0.5;
    private static final double OTHER = 1.5;
    private static final double IMPLAUSIBLE = 60;
    /** Between these powers of two lie 0.001 and a million: what instruments show in units people choose. */
    private static final int LEAST_EXPONENT = -10;

    private static final int GREATEST_EXPONENT = 20;
    private static final double USUAL_EXPONENT = 5;
    private static final double UNUSUAL_EXPONENT = 0.7; // for each power of two outside

    private Bits() {}

    /** A whole number. */
    static double ofWhole(long value, int width) {
        return value == 0 ? ZERO : OTHER + significant(value, width) + log2(width) + (value < 0 ? 1 : 0);
    }

    /** The step from one whole number to the next. */
    static double ofStep(long step, int width) {
        return step == 0 ? SAME : OTHER + significant(step, width) + log2(width);
    }

    private static int significant(long value, int width) {
        return Math.min(width, Long.SIZE - Long.numberOfLeadingZeros(Math.abs(value)));
    }

    /** Sign, exponent by its likelihood, and the mantissa up to its last 1. */
    static double ofFloat32(int bits) {
        float value = Float.intBitsToFloat(bits);
        if (value == 0) {
            return bits == 0 ? ZERO : IMPLAUSIBLE;
        }
        if (!Float.isFinite(value)) {
            return IMPLAUSIBLE;
        }
        return 1
                + ofExponent(Math.getExponent(value))
                + log2(23)
                + 23
                - Math.min(23, Integer.numberOfTrailingZeros(bits));
    }

    static double ofFloat64(long bits) {
        double value = Double.longBitsToDouble(bits);
        if (value == 0) {
            return bits == 0 ? ZERO : 2 * IMPLAUSIBLE;
        }
        if (!Double.isFinite(value)) {
            return 2 * IMPLAUSIBLE;
        }
        return 1 + ofExponent(Math.getExponent(value)) + log2(52) + 52 - Math.min(52, Long.numberOfTrailingZeros(bits));
    }

    private static double ofExponent(int exponent) {
        int outside = Math.max(Math.max(LEAST_EXPONENT - exponent, exponent - GREATEST_EXPONENT), 0);
        return USUAL_EXPONENT + UNUSUAL_EXPONENT * outside;
    }

    /** Bits of a float as a whole number that grows with its value, so that steps can be measured. */
    static long ordered(int bits) {
        return bits >= 0 ? bits : Integer.MIN_VALUE - (long) bits;
    }

    static long ordered(long bits) {
        return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }

    static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
