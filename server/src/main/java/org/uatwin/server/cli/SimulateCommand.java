package org.uatwin.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.casefile.Case;
import org.uatwin.simulation.casefile.CaseReader;
import org.uatwin.simulation.casefile.CaseRun;
import org.uatwin.simulation.casefile.SystemModels;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.solver.SolverException;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin simulate}: any model offline, from a case file. */
@Command(
        name = "simulate",
        description = "Run a model offline: parameters, tables, inputs and horizon from a case file.",
        footer = {
            "",
            "Without --out the rows go to the standard output and key figures to the error output.",
            "The form of a case file: docs/reference/simulate.md; one for each model: examples/simulate.",
            "Exit codes: 0 done, 1 the case has errors or cannot be solved, 2 unreadable or wrong usage."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final int MOST_EVENTS_SHOWN = 20;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "CASE", description = "The case file (YAML).")
    private @Nullable Path file;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the rows to this CSV file.")
    private @Nullable Path out;

    @Option(names = "--list", description = "Show the models.")
    private boolean list;

    @Option(
            names = "--describe",
            paramLabel = "MODEL",
            description = "Show every parameter, table, input and output of a model with unit and range.")
    private @Nullable String describe;

    @Option(names = "--json", description = "Print as JSON; with --out without the rows.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        SystemModels models = SystemModels.builtIn();
        PrintWriter console = spec.commandLine().getOut();
        if (list) {
            ModelText.list(console, models, json);
            return Exit.OK;
        }
        if (describe != null) {
            ModelText.describe(console, find(models, describe), json);
            return Exit.OK;
        }
        if (file == null) {
            throw new CliException(
                    Exit.USAGE,
                    "no case file. Fix: uatwin simulate CASE.yaml --out out.csv, or --list for the models.");
        }
        return simulate(file, models);
    }

    private static ModelCard find(SystemModels models, String name) {
        Optional<SystemModel> model = models.find(name);
        return model.orElseThrow(() -> new CliException(
                        Exit.USAGE, "unknown model \"%s\"%s".formatted(name, NearestName.hint(name, models.names()))))
                .card();
    }

    private int simulate(Path path, SystemModels models) {
        PrintWriter err = spec.commandLine().getErr();
        CaseReader.Reading reading = CaseReader.read(path, models);
        reading.findings().forEach(finding -> err.println(Table.printable(finding.toString())));
        if (reading.found().isEmpty()) {
            return reading.isUnreadable() ? Exit.USAGE : Exit.FAILED;
        }
        Case found = reading.found().get();
        try {
            return run(found);
        } catch (SetupException e) {
            String place = e.target() + (e.row() >= 0 ? ", row " + (e.row() + 1) : "");
            throw new CliException(Exit.FAILED, "%s: %s: %s. Fix: %s".formatted(path, place, e.cause(), e.fix()), e);
        } catch (SolverException e) {
            throw new CliException(
                    Exit.FAILED,
                    "%s: %s. Fix: check the inputs, or give a smaller maxStep or another solver."
                            .formatted(path, e.getMessage()),
                    e);
        } catch (IOException | UncheckedIOException e) {
            throw new CliException(
                    Exit.USAGE,
                    "%s cannot be written (%s). Fix: check folder and rights."
                            .formatted(out, e.getClass().getSimpleName()),
                    e);
        }
    }

    private int run(Case c) throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        List<String> names = c.columns().stream().map(Port::name).toList();
        if (json && out == null) {
            List<List<Double>> series = new ArrayList<>();
            CaseRun.Result result = CaseRun.run(c, (t, y) -> {
                List<Double> row = new ArrayList<>();
                row.add(t);
                for (double value : y) {
                    row.add(value);
                }
                series.add(row);
            });
            Map<String, @Nullable Object> answer = answer(c, result);
            answer.put("columns", names);
            answer.put("rows", series);
            console.println(Json.pretty(answer));
            return Exit.OK;
        }
        if (out == null) {
            CaseRun.Result result = rows(c, names, console);
            console.flush();
            PrintWriter err = spec.commandLine().getErr();
            summary(c, result, err);
            return Exit.OK;
        }
        CaseRun.Result result;
        try (PrintWriter csv = new PrintWriter(Files.newBufferedWriter(out, StandardCharsets.UTF_8))) {
            result = rows(c, names, csv);
            if (csv.checkError()) {
                throw new IOException("disk full or file closed");
            }
        }
        if (json) {
            console.println(Json.pretty(answer(c, result)));
        } else {
            summary(c, result, console);
            console.println("%d rows, %d columns: %s".formatted(result.rows(), names.size() + 1, out));
        }
        return Exit.OK;
    }

    private static CaseRun.Result rows(Case c, List<String> names, PrintWriter csv) {
        StringBuilder line = new StringBuilder("time_s");
        names.forEach(name -> line.append(',').append(name.indexOf(',') < 0 ? name : "\"" + name + "\""));
        csv.println(line);
        return CaseRun.run(c, (t, y) -> {
            line.setLength(0);
            line.append(Port.number(t));
            for (double value : y) {
                line.append(',').append(Port.number(value));
            }
            csv.println(line);
        });
    }

    private Map<String, @Nullable Object> answer(Case c, CaseRun.Result result) {
        ModelCard card = c.model().card();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("model", card.name() + "/" + card.version());
        answer.put("seed", c.seed());
        answer.put("replicates", c.replicates());
        answer.put("horizonSeconds", c.horizonSeconds());
        answer.put("stepSeconds", c.stepSeconds());
        answer.put("out", out == null ? null : out.toString());
        answer.put("rowCount", result.rows());
        answer.put("figures", result.figures());
        answer.put("events", result.happenings());
        return answer;
    }

    private static void summary(Case c, CaseRun.Result result, PrintWriter to) {
        ModelCard card = c.model().card();
        to.println("%s/%s  seed %d%s"
                .formatted(
                        card.name(),
                        card.version(),
                        c.seed(),
                        c.replicates() > 1 ? "  %d replicates".formatted(c.replicates()) : ""));
        if (!result.figures().isEmpty()) {
            Table table = c.replicates() > 1
                    ? Table.of("FIGURE", "MEAN", "+- 95 %", "UNIT")
                    : Table.of("FIGURE", "VALUE", "UNIT");
            for (CaseRun.Summary f : result.figures()) {
                if (c.replicates() > 1) {
                    table.row(f.name(), rounded(f.value()), rounded(f.halfWidth()), f.unit());
                } else {
                    table.row(f.name(), rounded(f.value()), f.unit());
                }
            }
            table.print(to);
        }
        List<Simulation.Happening> events = result.happenings();
        if (!events.isEmpty()) {
            Table table = Table.of("AT S", "EVENT");
            events.stream().limit(MOST_EVENTS_SHOWN).forEach(e -> table.row(rounded(e.atSeconds()), e.name()));
            table.print(to);
            if (events.size() > MOST_EVENTS_SHOWN) {
                to.println("... and %d more events; --json has all".formatted(events.size() - MOST_EVENTS_SHOWN));
            }
        }
        to.flush();
    }

    private static String rounded(double value) {
        return Double.isFinite(value)
                ? Port.number(new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(7))
                        .doubleValue())
                : String.valueOf(value);
    }
}
