package org.uatwin.server.history;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A NumericRange of one dimension (OPC UA Part 4, 7.27): {@code 3} or {@code 2:5}, both ends included.
 *
 * @param low first element, 0 or more.
 * @param high last element, not below {@code low}.
 */
record IndexRange(int low, int high) {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,10})(?::(\\d{1,10}))?");

    /** The range; empty if the text is not one of one dimension. {@code 4:4} is none, the standard wants {@code 4}. */
    static Optional<IndexRange> parse(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long low = Long.parseLong(matcher.group(1));
        long high = matcher.group(2) == null ? low : Long.parseLong(matcher.group(2));
        boolean isOrdered = matcher.group(2) == null || low < high;
        return isOrdered && high <= Integer.MAX_VALUE
                ? Optional.of(new IndexRange((int) low, (int) high))
                : Optional.empty();
    }

    /** The part of a stored String or array that exists; null if none of it does. */
    @Nullable
    Object of(Object value) {
        if (value instanceof String text) {
            return low < text.length() ? text.substring(low, end(text.length())) : null;
        }
        if (value instanceof long[] longs) {
            return low < longs.length ? Arrays.copyOfRange(longs, low, end(longs.length)) : null;
        }
        if (value instanceof double[] doubles) {
            return low < doubles.length ? Arrays.copyOfRange(doubles, low, end(doubles.length)) : null;
        }
        if (value instanceof boolean[] booleans) {
            return low < booleans.length ? Arrays.copyOfRange(booleans, low, end(booleans.length)) : null;
        }
        if (value instanceof String[] strings) {
            return low < strings.length ? Arrays.copyOfRange(strings, low, end(strings.length)) : null;
        }
        throw new IllegalArgumentException(
                "no String or array: " + value.getClass().getName());
    }

    private int end(int length) {
        return high < length ? high + 1 : length;
    }
}
