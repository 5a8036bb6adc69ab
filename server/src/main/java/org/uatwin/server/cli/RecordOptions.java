package org.uatwin.server.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.recording.RecordingLimits;
import org.uatwin.server.virtual.fault.Durations;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --record} and its limits. */
public final class RecordOptions {
    private static final Pattern SIZE = Pattern.compile("(?i)(\\d{1,9}) ?(MB|GB)");

    @Option(
            names = "--record",
            paramLabel = "DIR",
            description = "Record the raw traffic of all connections into this folder, for uatwin replay.")
    private @Nullable Path folder;

    @Option(
            names = "--record-size",
            paramLabel = "SIZE",
            defaultValue = "1 GB",
            description = "Most the recording may take; the oldest goes first. Default: ${DEFAULT-VALUE}.")
    private String size = "1 GB";

    @Option(
            names = "--record-age",
            paramLabel = "DURATION",
            defaultValue = "7 d",
            description = "How long it is kept at most. Default: ${DEFAULT-VALUE}.")
    private String age = "7 d";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** The wish; empty if nothing is to be recorded. */
    Optional<Recording> recording() {
        return folder == null
                ? Optional.empty()
                : Optional.of(new Recording(folder, new RecordingLimits(bytes(), duration())));
    }

    /**
     * What is to be recorded where.
     *
     * @param folder made when it is missing.
     */
    public record Recording(Path folder, RecordingLimits limits) {}

    private long bytes() {
        Matcher m = SIZE.matcher(size.strip());
        long bytes = m.matches()
                ? Long.parseLong(m.group(1))
                        * (m.group(2).toUpperCase(Locale.ROOT).equals("GB") ? 1_000_000_000 : 1_000_000)
                : 0;
        if (bytes < RecordingLimits.SMALLEST_BYTES) {
            throw new ParameterException(
                    spec.commandLine(), "--record-size must be 1 MB or more, with MB or GB: \"%s\"".formatted(size));
        }
        return bytes;
    }

    private Duration duration() {
        return Durations.parse(age)
                .filter(d -> !d.isZero())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--record-age must be a number above 0 with ms, s, min, h or d: \"%s\"".formatted(age)));
    }
}
