package org.uatwin.historian.memory;

import org.jspecify.annotations.Nullable;

/** What a String or array value occupies, in bytes, on a 64-bit VM with compressed pointers. */
final class ObjectSize {
    private static final int ARRAY_HEADER = 16;
    private static final int STRING = 24;

    private ObjectSize() {}

    static long of(@Nullable Object object) {
        if (object == null) {
            return 0;
        }
        if (object instanceof String text) {
            return STRING + ARRAY_HEADER + 2L * text.length();
        }
        if (object instanceof long[] longs) {
            return ARRAY_HEADER + 8L * longs.length;
        }
        if (object instanceof double[] doubles) {
            return ARRAY_HEADER + 8L * doubles.length;
        }
        if (object instanceof boolean[] booleans) {
            return (long) ARRAY_HEADER + booleans.length;
        }
        if (object instanceof Object[] elements) {
            long sum = ARRAY_HEADER + 4L * elements.length;
            for (Object element : elements) {
                sum += of(element);
            }
            return sum;
        }
        throw new IllegalArgumentException(
                "no value of a point: " + object.getClass().getName());
    }
}
