package org.uatwin.server.virtual.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the plant file writes them: {@code 250 ms}, {@code 5 min}, {@code 1.5h}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?) ?(ms|s|min|h|d)");

    private Durations() {}

    /** Empty if the text is none. */
    public static Optional<Duration> parse(String text) {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        double milliseconds = Double.parseDouble(m.group(1))
                * switch (m.group(2)) {
                    case "ms" -> 1;
                    case "s" -> 1e3;
                    case "min" -> 60e3;
                    case "h" -> 3_600e3;
                    default -> 86_400e3;
                };
        return Optional.of(Duration.ofNanos(Math.round(milliseconds * 1e6)));
    }
}
