package org.uatwin.server.cli.evaluate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.signal.Moments;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Logging;
import org.uatwin.server.cli.ProgressLine;
import org.uatwin.server.cli.Table;
import org.uatwin.simulation.vibration.VibrationHealthIndex;
import org.uatwin.simulation.vibration.Waveform;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uatwin evaluate health}: how far a bearing has moved away from its first days, snapshot by snapshot. */
@Command(
        name = "health",
        description = "Follow the wear of bearings over snapshots of their vibration.",
        footer = {
            "",
            "--in holds .csv or .csv.gz files, a bearing each: snapshot,t_seconds and a column with the samples of the snapshot,",
            "separated by blanks. --out gets the same tree with snapshot,t_seconds,health_index,level,rms,crest,kurtosis: the",
            "index never falls, 0 is as new. Nothing looks ahead. How it works and how well: docs/reference/evaluate.md."
        })
final class EvaluateHealthCommand implements Callable<Integer> {
    private static final double CHANGED = 2; // level

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--in", required = true, paramLabel = "DIR", description = "Folder with the data.")
    private Path in = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the answers.")
    private Path out = Path.of("");

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "25600",
            description = "Samples a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--baseline",
            paramLabel = "N",
            defaultValue = "5",
            description = "First snapshots, while all is well (default: ${DEFAULT-VALUE}).")
    private int baseline;

    @Option(names = "--json", description = "Print key figures as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * What was found in a file.
     *
     * @param changedAt seconds from which on the level stayed above 2; null if it is not above at the end.
     * @param level at the end.
     * @param index at the end.
     */
    private record Finding(String file, int snapshots, @Nullable Double changedAt, double level, double index) {}

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        if (!(rate > 0)) {
            throw new CliException(Exit.USAGE, "--rate %s is not above 0.\n  Fix: --rate 25600.".formatted(rate));
        }
        if (baseline < 3) {
            throw new CliException(Exit.USAGE, "--baseline %d is below 3.\n  Fix: --baseline 5.".formatted(baseline));
        }
        List<Path> files = DataFiles.csvBelow(in);
        ProgressLine line = new ProgressLine(spec.commandLine().getErr());
        List<Finding> findings = new ArrayList<>();
        try {
            for (Path file : files) {
                line.show("%s (%d of %d)".formatted(file, findings.size() + 1, files.size()));
                CsvTable table = DataFiles.read(in.resolve(file), text -> CsvTable.read(file.toString(), text));
                findings.add(DataFiles.checked(() -> evaluate(file, table)));
            }
        } finally {
            line.end();
        }
        print(findings);
        return Exit.OK;
    }

    private Finding evaluate(Path file, CsvTable table) {
        double[] seconds = table.numbers("t_seconds");
        List<String> names = table.texts("snapshot");
        List<String> snapshots = table.texts(table.names().get(table.names().size() - 1));
        if (seconds.length <= baseline) {
            throw new IllegalArgumentException(
                    "%s: %d snapshots are too few after a baseline of %d.\n  Fix: more snapshots, or a smaller --baseline."
                            .formatted(file, seconds.length, baseline));
        }
        VibrationHealthIndex index = new VibrationHealthIndex(baseline);
        StringBuilder csv = new StringBuilder("snapshot,t_seconds,health_index,level,rms,crest,kurtosis\n");
        Double changedAt = null;
        VibrationHealthIndex.Reading reading = new VibrationHealthIndex.Reading(Double.NaN, 0);
        for (int i = 0; i < seconds.length; i++) {
            Waveform waveform = waveform(file, i, snapshots.get(i));
            try {
                reading = index.next(seconds[i], waveform);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("%s: row %d: %s".formatted(file, i + 1, e.getMessage()), e);
            }
            if (!(reading.level() > CHANGED)) {
                changedAt = null;
            } else if (changedAt == null) {
                changedAt = seconds[i];
            }
            Moments moments = waveform.moments();
            csv.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%.6g,%s,%.5g,%.4g,%.4g%n",
                    names.get(i),
                    seconds[i],
                    reading.index(),
                    Double.isNaN(reading.level()) ? "" : String.format(Locale.ROOT, "%.4g", reading.level()),
                    moments.std(),
                    moments.crest(),
                    moments.kurtosis()));
        }
        DataFiles.write(DataFiles.unpackedBelow(out, file), csv.toString());
        return new Finding(file.toString(), seconds.length, changedAt, reading.level(), reading.index());
    }

    private Waveform waveform(Path file, int row, String text) {
        String[] cells = text.strip().split("\\s+", -1);
        double[] samples = new double[cells.length];
        try {
            for (int i = 0; i < cells.length; i++) {
                samples[i] = Double.parseDouble(cells[i]);
            }
            return Waveform.of(samples, rate);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s: row %d: a sample is no number.\n  Fix: numbers separated by blanks in the last column."
                            .formatted(file, row + 1),
                    e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s: row %d: %s".formatted(file, row + 1, e.getMessage()), e);
        }
    }

    private void print(List<Finding> findings) {
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("rateHz", rate);
            answer.put("baseline", baseline);
            answer.put("files", findings);
            console.println(Json.pretty(answer));
        } else {
            Table table = Table.of("FILE", "SNAPSHOTS", "CHANGED SINCE", "LEVEL AT END", "INDEX AT END");
            findings.forEach(f -> table.row(
                    f.file(),
                    f.snapshots(),
                    f.changedAt() == null ? "-" : String.format(Locale.ROOT, "%.0f s", f.changedAt()),
                    String.format(Locale.ROOT, "%.1f", f.level()),
                    String.format(Locale.ROOT, "%.3g", f.index())));
            table.print(console);
        }
        console.flush();
    }
}
