package org.uatwin.server.cli.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Logging;
import org.uatwin.server.cli.ProgressLine;
import org.uatwin.server.cli.Table;
import org.uatwin.simulation.detection.MultivariateBaseline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uatwin evaluate anomaly}: several points together, against a baseline from the first rows of each file. */
@Command(
        name = "anomaly",
        description =
                "Learn from the first rows of each file how its points move together; mark what is unusual after.",
        footer = {
            "",
            "--in holds <group>/<n>.csv or .csv.gz, separated by ';': datetime, then a column a point. Columns named anomaly",
            "or changepoint are labels and are not looked at. --out gets the same tree with datetime,anomaly,score: a score",
            "above 1 is an anomaly. How it works and how well: docs/reference/evaluate.md."
        })
final class EvaluateAnomalyCommand implements Callable<Integer> {
    private static final List<String> LABELS = List.of("anomaly", "changepoint");

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--train-rows",
            paramLabel = "N",
            defaultValue = "400",
            description = "Rows at the beginning of each file while all was well (default: ${DEFAULT-VALUE}).")
    private int trainRows;

    @Option(names = "--in", required = true, paramLabel = "DIR", description = "Folder with the data.")
    private Path in = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the answers.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print key figures as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** One file's columns. */
    private record Points(List<String> names, List<String> times, List<double[]> rows) {}

    /**
     * What was found in a file.
     *
     * @param firstAt time of the first anomaly; empty if there is none.
     * @param reasons points that contributed most to its anomalies.
     */
    private record Finding(String file, int rows, int anomalies, String firstAt, List<String> reasons) {}

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        List<Path> files = DataFiles.csvBelow(in);
        ProgressLine line = new ProgressLine(spec.commandLine().getErr());
        List<Finding> findings = new ArrayList<>();
        for (Path file : files) {
            line.show("%s (%d of %d)".formatted(file, findings.size() + 1, files.size()));
            Points points = DataFiles.read(in.resolve(file), text -> read(file, text));
            findings.add(evaluate(file, points));
        }
        line.end();
        print(findings);
        return Exit.OK;
    }

    private static Points read(Path file, BufferedReader text) throws IOException {
        String head = text.readLine();
        if (head == null || head.indexOf(';') < 0) {
            throw new IllegalArgumentException(
                    "%s:1: no line of names separated by ';'.\n  Fix: datetime;Point1;Point2;...".formatted(file));
        }
        String[] names = head.split(";", -1);
        List<Integer> columns = new ArrayList<>();
        for (int c = 1; c < names.length; c++) {
            if (!LABELS.contains(names[c].strip().toLowerCase(Locale.ROOT))) {
                columns.add(c);
            }
        }
        List<String> times = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        int number = 1;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] cells = line.split(";", -1);
            if (cells.length != names.length) {
                throw new IllegalArgumentException(
                        "%s:%d: %d cells, the first line has %d".formatted(file, number, cells.length, names.length));
            }
            double[] row = new double[columns.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = number(file, number, names[columns.get(i)], cells[columns.get(i)]);
            }
            times.add(cells[0]);
            rows.add(row);
        }
        return new Points(columns.stream().map(c -> names[c].strip()).toList(), times, rows);
    }

    private static double number(Path file, int line, String column, String cell) {
        try {
            double value = Double.parseDouble(cell.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s:%d: %s: '%s' is no number".formatted(file, line, column, cell), e);
        }
        throw new IllegalArgumentException("%s:%d: %s: '%s' is not finite".formatted(file, line, column, cell));
    }

    private Finding evaluate(Path file, Points points) {
        MultivariateBaseline baseline;
        try {
            double[][] train = points.rows().stream().limit(trainRows).toArray(double[][]::new);
            baseline = MultivariateBaseline.learn(points.names(), train, MultivariateBaseline.Settings.DEFAULT);
        } catch (IllegalArgumentException e) {
            throw new CliException(
                    Exit.FAILED,
                    "%s: %s.\n  Fix: more rows, or another --train-rows.".formatted(file, e.getMessage()),
                    e);
        }
        MultivariateBaseline.Watch watch = baseline.watch();
        StringBuilder csv = new StringBuilder("datetime,anomaly,score\n");
        double[] reasons = new double[points.names().size()];
        int anomalies = 0;
        String firstAt = "";
        for (int i = 0; i < points.rows().size(); i++) {
            MultivariateBaseline.Reading reading = watch.next(points.rows().get(i));
            boolean isAnomaly = reading.isAnomaly() && i >= trainRows;
            csv.append(String.format(
                    Locale.ROOT, "%s,%d,%.6g%n", points.times().get(i), isAnomaly ? 1 : 0, reading.score()));
            if (isAnomaly) {
                firstAt = anomalies++ == 0 ? points.times().get(i) : firstAt;
                for (int c = 0; c < reasons.length; c++) {
                    reasons[c] += reading.contributions()[c];
                }
            }
        }
        DataFiles.write(DataFiles.unpackedBelow(out, file), csv.toString());
        return new Finding(
                file.toString(),
                points.rows().size(),
                anomalies,
                firstAt,
                anomalies == 0 ? List.of() : top(points.names(), reasons, anomalies));
    }

    private static List<String> top(List<String> names, double[] sums, int anomalies) {
        List<Integer> order = new ArrayList<>();
        for (int c = 0; c < sums.length; c++) {
            order.add(c);
        }
        order.sort((a, b) -> Double.compare(sums[b], sums[a]));
        return order.stream()
                .limit(3)
                .map(c -> "%s %.0f %%".formatted(names.get(c), 100 * sums[c] / anomalies))
                .toList();
    }

    private void print(List<Finding> findings) {
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("trainRows", trainRows);
            answer.put("settings", MultivariateBaseline.Settings.DEFAULT);
            answer.put("files", findings);
            console.println(Json.pretty(answer));
            return;
        }
        Table table = Table.of("FILE", "ROWS", "ANOMALOUS", "FIRST AT", "BECAUSE OF");
        findings.forEach(
                f -> table.row(f.file(), f.rows(), f.anomalies(), f.firstAt(), String.join(", ", f.reasons())));
        table.print(console);
        console.flush();
    }
}
