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

    @Option(
            names = "--percentiles",
            paramLabel = "FILE",
            description = "Write 5, 50, 95 %% and mean of the outputs over the replicates to this CSV file.")
    private @Nullable Path percentiles;

    @Option(
            names = "--sensitivity",
            paramLabel = "FILE",
            description = "Write the indices of the case's sensitivity analysis to this CSV file.")
    private @Nullable Path sensitivity;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of a sensitivity analysis; its answer is the same. Default: one per core.")
    private int threads = Runtime.getRuntime().availableProcessors();

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
            ModelText.describe(console, models, find(models, describe), json);
            return Exit.OK;
        }
        if (file == null) {
            throw new CliException(
                    Exit.USAGE,
                    "no case file. Fix: uatwin simulate CASE.yaml --out out.csv, or --list for the models.");
        }
        return simulate(file, models);
    }

    private static SystemModel find(SystemModels models, String name) {
        Optional<SystemModel> model = models.find(name);
        return model.orElseThrow(() -> new CliException(
                Exit.USAGE, "unknown model \"%s\"%s".formatted(name, NearestName.hint(name, models.names()))));
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
        check(c);
        PrintWriter console = spec.commandLine().getOut();
        List<String> names = c.columns().stream().map(Port::name).toList();
        if (json && out == null) {
            List<List<Double>> series = new ArrayList<>();
            Answered answered = compute(c, (t, y) -> {
                List<Double> row = new ArrayList<>();
                row.add(t);
                for (double value : y) {
                    row.add(value);
                }
                series.add(row);
            });
            Map<String, @Nullable Object> answer = answer(c, answered);
            answer.put("columns", names);
            answer.put("rows", series);
            console.println(Json.pretty(answer));
            return Exit.OK;
        }
        if (out == null) {
            Answered answered = rows(c, names, console);
            console.flush();
            summary(c, answered, spec.commandLine().getErr());
            return Exit.OK;
        }
        Answered answered;
        try (PrintWriter csv = new PrintWriter(Files.newBufferedWriter(out, StandardCharsets.UTF_8))) {
            answered = rows(c, names, csv);
            SimulateAnswer.check(csv);
        }
        if (json) {
            console.println(Json.pretty(answer(c, answered)));
        } else {
            summary(c, answered, console);
            console.println("%d rows, %d columns: %s".formatted(answered.rows(), names.size() + 1, out));
        }
        return Exit.OK;
    }

    /** Refuses options that would do nothing. */
    private void check(Case c) {
        if (percentiles != null && c.replicates() < 2) {
            throw new CliException(Exit.USAGE, "--percentiles needs replicates. Fix: add replicates: 100 to the case.");
        }
        if (sensitivity != null && c.analysedRuns() == 0) {
            throw new CliException(
                    Exit.USAGE, "--sensitivity needs an analysis. Fix: add sensitivity: {method: morris} to the case.");
        }
        if (threads < 1) {
            throw new CliException(Exit.USAGE, "--threads %d. Fix: 1 or more.".formatted(threads));
        }
    }

    /** What came of a case, whichever kind of it; one of the two is there. */
    private record Answered(CaseRun.@Nullable Result plain, CaseRun.@Nullable Answer asked) {
        long rows() {
            return plain != null ? plain.rows() : asked != null ? asked.rows() : 0;
        }

        List<Simulation.Happening> happenings() {
            return plain != null ? plain.happenings() : asked != null ? asked.happenings() : List.of();
        }
    }

    private Answered compute(Case c, CaseRun.Sink sink) throws IOException {
        if (!c.hasQuestion() && percentiles == null) {
            return new Answered(CaseRun.run(c, sink), null);
        }
        CaseRun.Answer answer = CaseRun.ask(c, threads, sink);
        if (percentiles != null) {
            SimulateAnswer.percentilesFile(percentiles, c, answer);
        }
        if (sensitivity != null) {
            SimulateAnswer.sensitivityFile(sensitivity, answer.sensitivity());
        }
        return new Answered(null, answer);
    }

    private Answered rows(Case c, List<String> names, PrintWriter csv) throws IOException {
        StringBuilder line = new StringBuilder("time_s");
        names.forEach(name -> line.append(',').append(SimulateAnswer.quoted(name)));
        csv.println(line);
        return compute(c, (t, y) -> {
            line.setLength(0);
            line.append(Port.number(t));
            for (double value : y) {
                line.append(',').append(Port.number(value));
            }
            csv.println(line);
        });
    }

    private Map<String, @Nullable Object> answer(Case c, Answered answered) {
        ModelCard card = c.model().card();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("model", card.name() + "/" + card.version());
        answer.put("seed", c.seed());
        answer.put("replicates", c.replicates());
        answer.put("horizonSeconds", c.horizonSeconds());
        answer.put("stepSeconds", c.stepSeconds());
        answer.put("out", out == null ? null : out.toString());
        answer.put("rowCount", answered.rows());
        if (answered.plain() != null) {
            answer.put("figures", answered.plain().figures());
            answer.put("events", answered.happenings());
        } else if (answered.asked() != null) {
            answer.put("runsOfTheAnalysis", c.analysedRuns());
            SimulateAnswer.json(answered.asked(), answer);
        }
        return answer;
    }

    private static void summary(Case c, Answered answered, PrintWriter to) {
        ModelCard card = c.model().card();
        to.println("%s/%s  seed %d%s%s"
                .formatted(
                        card.name(),
                        card.version(),
                        c.seed(),
                        c.replicates() > 1 ? "  %d replicates".formatted(c.replicates()) : "",
                        c.analysedRuns() > 0 ? "  %d runs of the analysis".formatted(c.analysedRuns()) : ""));
        if (answered.plain() != null) {
            figures(c, answered.plain().figures(), to);
        } else if (answered.asked() != null) {
            SimulateAnswer.print(c, answered.asked(), to);
        }
        List<Simulation.Happening> events = answered.happenings();
        if (!events.isEmpty()) {
            Table table = Table.of("AT S", "EVENT");
            events.stream()
                    .limit(MOST_EVENTS_SHOWN)
                    .forEach(e -> table.row(SimulateAnswer.rounded(e.atSeconds()), e.name()));
            table.print(to);
            if (events.size() > MOST_EVENTS_SHOWN) {
                to.println("... and %d more events; --json has all".formatted(events.size() - MOST_EVENTS_SHOWN));
            }
        }
        to.flush();
    }

    private static void figures(Case c, List<CaseRun.Summary> figures, PrintWriter to) {
        if (figures.isEmpty()) {
            return;
        }
        Table table = c.replicates() > 1
                ? Table.of("FIGURE", "MEAN", "+- 95 %", "UNIT")
                : Table.of("FIGURE", "VALUE", "UNIT");
        for (CaseRun.Summary f : figures) {
            String value = SimulateAnswer.rounded(f.value());
            if (c.replicates() > 1) {
                table.row(f.name(), value, SimulateAnswer.rounded(f.halfWidth()), f.unit());
            } else {
                table.row(f.name(), value, f.unit());
            }
        }
        table.print(to);
    }
}
