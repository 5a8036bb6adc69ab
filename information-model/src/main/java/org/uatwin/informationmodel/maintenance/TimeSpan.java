package org.uatwin.informationmodel.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A time with begin and end.
 *
 * @param start inclusive.
 * @param end exclusive, later.
 */
public record TimeSpan(Instant start, Instant end) {
    public TimeSpan {
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("%s is not after %s".formatted(end, start));
        }
    }

    /** Length, hours. */
    public double hours() {
        return Duration.between(start, end).toMillis() / 3.6e6;
    }

    /** The same times in order, those that overlap or touch joined. */
    static List<TimeSpan> joined(List<TimeSpan> spans) {
        List<TimeSpan> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparing(TimeSpan::start));
        List<TimeSpan> joined = new ArrayList<>();
        for (TimeSpan span : sorted) {
            TimeSpan last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last == null || span.start().isAfter(last.end())) {
                joined.add(span);
            } else if (span.end().isAfter(last.end())) {
                joined.set(joined.size() - 1, new TimeSpan(last.start(), span.end()));
            }
        }
        return joined;
    }
}
