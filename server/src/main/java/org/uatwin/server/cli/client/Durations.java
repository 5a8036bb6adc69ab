package org.uatwin.server.cli.client;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;

/** Times as people type them: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 1d}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Durations() {}

    public static Duration parse(String option, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new CliException(
                    Exit.USAGE, "%s must look like 500ms, 10s, 5m, 2h or 1d: \"%s\"".formatted(option, text));
        }
        long n = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
        };
    }
}
