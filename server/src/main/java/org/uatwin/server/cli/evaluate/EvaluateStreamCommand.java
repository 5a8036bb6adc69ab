package org.uatwin.server.cli.evaluate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Logging;
import org.uatwin.server.cli.ProgressLine;
import org.uatwin.server.cli.Table;
import org.uatwin.simulation.detection.StreamDetector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uatwin evaluate stream}: one point at a time, against its own past. */
@Command(
        name = "stream",
        description = "Watch one point a file, value by value, without training; score how strange the present is.",
        footer = {
            "",
            "--in holds <group>/<file>.csv or .csv.gz with the columns timestamp and value, in order of time; others are not",
            "looked at. --out gets the same tree with timestamp,anomaly_score: 0 to 1, an alarm from 0.5 on. A score is made of",
            "its row and those before it. How it works and how well: docs/reference/evaluate.md."
        })
final class EvaluateStreamCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--in", required = true, paramLabel = "DIR", description = "Folder with the data.")
    private Path in = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the answers.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print every alarm as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** A moment whose score is an alarm. */
    private record Alarm(String timestamp, double value, double score, String reason) {}

    /**
     * What was found in a file.
     *
     * @param missing rows without a value.
     */
    private record Finding(String file, int rows, int missing, List<Alarm> alarms) {
        Alarm strongest() {
            return alarms.stream()
                    .reduce((a, b) -> b.score() > a.score() ? b : a)
                    .orElse(new Alarm("", 0, 0, ""));
        }
    }

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        List<Path> files = DataFiles.csvBelow(in);
        ProgressLine line = new ProgressLine(spec.commandLine().getErr());
        List<Finding> findings = new ArrayList<>();
        for (Path file : files) {
            line.show("%s (%d of %d)".formatted(file, findings.size() + 1, files.size()));
            Path whole = in.resolve(file);
            findings.add(DataFiles.read(whole, text -> evaluate(file, CsvTable.read(whole.toString(), text))));
        }
        line.end();
        print(findings);
        return Exit.OK;
    }

    private Finding evaluate(Path file, CsvTable rows) {
        List<String> timestamps = rows.texts("timestamp");
        List<LocalDateTime> times = rows.moments("timestamp");
        double[] values = rows.numbers("value");
        StreamDetector detector = new StreamDetector(StreamDetector.Settings.DEFAULT);
        StringBuilder csv = new StringBuilder("timestamp,anomaly_score\n");
        List<Alarm> alarms = new ArrayList<>();
        int missing = 0;
        for (int i = 0; i < values.length; i++) {
            long time = UaTime.ofInstant(times.get(i).toInstant(ZoneOffset.UTC));
            StreamDetector.Reading reading = detector.next(time, values[i]);
            csv.append(String.format(Locale.ROOT, "%s,%.6f%n", timestamps.get(i), reading.score()));
            missing += Double.isFinite(values[i]) ? 0 : 1;
            if (reading.isAlarm()) {
                alarms.add(new Alarm(timestamps.get(i), values[i], reading.score(), reading.reason()));
            }
        }
        DataFiles.write(DataFiles.unpackedBelow(out, file), csv.toString());
        return new Finding(file.toString(), values.length, missing, alarms);
    }

    private void print(List<Finding> findings) {
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("settings", StreamDetector.Settings.DEFAULT);
            answer.put("files", findings);
            console.println(Json.pretty(answer));
            return;
        }
        Table table = Table.of("FILE", "ROWS", "MISSING", "ALARMS", "STRONGEST AT", "SCORE", "BECAUSE OF");
        for (Finding f : findings) {
            Alarm a = f.strongest();
            String score = f.alarms().isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", a.score());
            table.row(f.file(), f.rows(), f.missing(), f.alarms().size(), a.timestamp(), score, a.reason());
        }
        table.print(console);
        console.flush();
    }
}
