package org.uatwin.server.cli.points;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Logging;
import org.uatwin.server.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin points import}. */
@Command(
        name = "import",
        description = {
            "Bring a CSV table of points into a plant file. The file is changed in place: comments, layout and",
            "everything the table does not speak of stay. The former file is kept as PLANT.bak."
        },
        footer = {
            "",
            "A row of a point that has another source is a conflict:",
            "  fail       nothing is changed",
            "  skip       the plant file is right",
            "  overwrite  the table is right",
            "  rename     both stay: the row goes to a new twin TWIN-2 of the same type",
            "A twin the file does not have is added if the row names its type. Nothing is ever removed.",
            "Exit codes: 0 done, 1 conflicts or errors, 2 unreadable or not writable."
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class PointsImportCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "PLANT", description = "The plant file (YAML).")
    private Path plant = Path.of("");

    @Parameters(index = "1", paramLabel = "CSV", description = "The table; its first line names the columns.")
    private Path csv = Path.of("");

    @Option(
            names = "--on-conflict",
            paramLabel = "MODE",
            defaultValue = "FAIL",
            description = "${COMPLETION-CANDIDATES}. Default: fail.")
    private PointsImport.Conflict conflict = PointsImport.Conflict.FAIL;

    @Option(names = "--dry-run", description = "Say what would be changed, and change nothing.")
    private boolean isDry;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        PrintWriter err = spec.commandLine().getErr();
        PlantReading reading = PointsFiles.read(plant);
        if (reading.plant().isEmpty()) {
            return PointsFiles.refuse(reading, err);
        }
        String original = PointsFiles.text(plant);
        List<PointsCsv.Line> lines = PointsCsv.read(csv.toString(), PointsFiles.text(csv));
        PointsImport.Result result = new PointsImport(
                        original, reading.plant().get(), conflict, text -> PointsFiles.readAs(plant, text))
                .run(lines);
        boolean isChanged = result.findings().isEmpty()
                && result.text().isPresent()
                && !result.text().get().equals(original);
        if (isChanged && !isDry) {
            PointsFiles.replace(plant, result.text().orElseThrow());
        }
        report(result, isChanged && !isDry);
        return result.text().isPresent() && result.findings().isEmpty() ? Exit.OK : Exit.FAILED;
    }

    private void report(PointsImport.Result result, boolean isWritten) {
        PrintWriter out = spec.commandLine().getOut();
        Map<PointsImport.Outcome, Integer> counts = new EnumMap<>(PointsImport.Outcome.class);
        result.decisions().forEach(d -> counts.merge(d.outcome(), 1, Integer::sum));
        if (json) {
            Map<String, @Nullable Object> report = new LinkedHashMap<>();
            report.put("written", isWritten);
            report.put("counts", counts);
            report.put(
                    "rows",
                    result.decisions().stream()
                            .map(d -> Map.of(
                                    "line", d.line(),
                                    "twin", d.twin(),
                                    "point", d.point(),
                                    "outcome", d.outcome(),
                                    "text", d.text()))
                            .toList());
            report.put("findings", result.findings());
            out.println(Json.pretty(report));
            return;
        }
        for (PointsImport.Decision d : result.decisions()) {
            if (d.outcome() != PointsImport.Outcome.UNCHANGED) {
                out.println(Table.printable("%s:%d: %s/%s: %s: %s"
                        .formatted(csv, d.line(), d.twin(), d.point(), word(d.outcome()), d.text())));
            }
        }
        result.findings().forEach(f -> out.println(Table.printable(f)));
        StringBuilder sum = new StringBuilder();
        counts.forEach((outcome, n) ->
                sum.append(sum.isEmpty() ? "" : ", ").append(n).append(' ').append(word(outcome)));
        out.println("%s: %s; %s"
                .formatted(
                        plant,
                        sum.isEmpty() ? "no rows" : sum,
                        isWritten
                                ? "written, the former file is " + plant + ".bak"
                                : isDry ? "dry run, nothing written" : "nothing to write"));
        if (counts.containsKey(PointsImport.Outcome.CONFLICT)) {
            out.println("  Fix: --on-conflict skip, overwrite or rename.");
        }
    }

    private static String word(PointsImport.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
