package org.uatwin.server.service;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The syntax of NumericRange (OPC UA Part 4, 7.27): {@code n} or {@code low:high} with low below high, by comma. */
final class IndexRange {
    private static final Pattern SYNTAX = Pattern.compile("\\d{1,9}(:\\d{1,9})?(,\\d{1,9}(:\\d{1,9})?){0,7}");

    private IndexRange() {}

    static boolean isGiven(@Nullable String range) {
        return range != null && !range.isEmpty();
    }

    static boolean isValid(String range) {
        if (!SYNTAX.matcher(range).matches()) {
            return false;
        }
        for (String dimension : range.split(",", -1)) {
            int colon = dimension.indexOf(':');
            if (colon >= 0
                    && Integer.parseInt(dimension.substring(0, colon))
                            >= Integer.parseInt(dimension.substring(colon + 1))) {
                return false;
            }
        }
        return true;
    }
}
