package org.uatwin.informationmodel.value;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one point (contracts section 2). Bulk paths use {@link SampleBatch}; this is the readable form.
 *
 * @param point row of the point in the {@link PointTable}, 0 or more.
 * @param bits the scalar as {@link ValueType} defines; 0 when {@code object} carries the value.
 * @param object a String or an array, or null for a scalar in {@code bits}.
 * @param status the quality.
 * @param sourceTime {@link UaTime} ticks of the device, or of the receipt of its answer.
 * @param receiveTime {@link UaTime} ticks at which this process received or confirmed it.
 */
public record Sample(
        int point, long bits, @Nullable Object object, StatusCode status, long sourceTime, long receiveTime) {
    public Sample {
        if (point < 0) {
            throw new IllegalArgumentException("point must be 0 or more: " + point);
        }
        Objects.requireNonNull(status, "status");
    }

    /** Whether two values are equal bit by bit (arrays by content), as "no change" is defined for a refresh. */
    static boolean sameValue(long bits, @Nullable Object object, long otherBits, @Nullable Object other) {
        if (object == null || other == null) {
            return object == other && bits == otherBits;
        }
        if (object instanceof long[] a && other instanceof long[] b) {
            return Arrays.equals(a, b);
        }
        if (object instanceof double[] a && other instanceof double[] b) {
            return Arrays.equals(a, b);
        }
        if (object instanceof boolean[] a && other instanceof boolean[] b) {
            return Arrays.equals(a, b);
        }
        if (object instanceof Object[] a && other instanceof Object[] b) {
            return Arrays.equals(a, b);
        }
        return object.equals(other);
    }
}
