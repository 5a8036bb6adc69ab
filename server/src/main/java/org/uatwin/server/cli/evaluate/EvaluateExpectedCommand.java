package org.uatwin.server.cli.evaluate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Logging;
import org.uatwin.server.cli.NewFile;
import org.uatwin.server.cli.ProgressLine;
import org.uatwin.simulation.detection.ExpectedBehaviour;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uatwin evaluate expected}: what one column should be, from the others. */
@Command(
        name = "expected",
        description = "Learn one column from the others; write what it should be, with bounds.",
        footer = {
            "",
            "CSV files with a line of names, rows in order of time; plain or .gz. If the key is a moment, the calendar is",
            "used as well. The target may be missing in --in. How it works and how well: docs/reference/evaluate.md."
        })
final class EvaluateExpectedCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--train", required = true, paramLabel = "FILE", description = "Rows to learn from.")
    private Path train = Path.of("");

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "Rows to answer.")
    private Path in = Path.of("");

    @Option(names = "--target", required = true, paramLabel = "COLUMN", description = "The column to expect.")
    private String target = "";

    @Option(names = "--key", required = true, paramLabel = "COLUMN", description = "Names a row: a number or moment.")
    private String key = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Gets key,target,lower,upper.")
    private Path out = Path.of("");

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the draws while learning.")
    private long seed;

    @Option(names = "--json", description = "Print key figures as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        CsvTable known = DataFiles.read(train, text -> CsvTable.read(train.toString(), text));
        CsvTable asked = DataFiles.read(in, text -> CsvTable.read(in.toString(), text));
        try {
            return evaluate(known, asked);
        } catch (IllegalArgumentException e) {
            throw new CliException(Exit.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private int evaluate(CsvTable known, CsvTable asked) {
        List<String> others = known.names().stream()
                .filter(name -> !name.equals(target) && !name.equals(key))
                .toList();
        Predicate<String> isInput = others::contains;
        others.forEach(asked::column); // says which is missing
        List<LocalDateTime> times = known.times(key);
        List<LocalDateTime> askedTimes = times == null ? null : asked.times(key);
        if (times != null && askedTimes == null) {
            throw new IllegalArgumentException("%s: %s is a moment in %s but not here".formatted(in, key, train));
        }
        ExpectedBehaviour model = learn(known, isInput, times);
        List<ExpectedBehaviour.Expectation> answers = model.of(asked.features(isInput), askedTimes);
        List<String> keys = asked.texts(key);
        StringBuilder csv = new StringBuilder("%s,%s,lower,upper%n".formatted(key, target));
        for (int i = 0; i < keys.size(); i++) {
            ExpectedBehaviour.Expectation e = answers.get(i);
            csv.append(String.format(Locale.ROOT, "%s,%.6g,%.6g,%.6g%n", keys.get(i), e.value(), e.lower(), e.upper()));
        }
        NewFile.write(out, csv.toString(), true);
        print(known, asked, model, answers);
        return Exit.OK;
    }

    private ExpectedBehaviour learn(CsvTable known, Predicate<String> isInput, @Nullable List<LocalDateTime> times) {
        ProgressLine line = new ProgressLine(spec.commandLine().getErr());
        try {
            return ExpectedBehaviour.learn(known.features(isInput), times, known.numbers(target), seed, share -> {
                line.show("learning %s from %d rows: %.0f %%"
                        .formatted(target, known.lines().size(), 100 * share));
                return true;
            });
        } finally {
            line.end();
        }
    }

    private void print(
            CsvTable known, CsvTable asked, ExpectedBehaviour model, List<ExpectedBehaviour.Expectation> answers) {
        PrintWriter console = spec.commandLine().getOut();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("rowsLearned", known.lines().size());
        answer.put("seed", seed);
        answer.put("level", ExpectedBehaviour.LEVEL);
        answer.put("errorOnBlocksLeftOut", model.error());
        answer.put("calendarShare", model.calendarShare());
        answer.put("rows", answers.size());
        if (asked.names().contains(target)) {
            double[] truth = asked.numbers(target);
            double squares = 0;
            int outside = 0;
            int n = 0;
            for (int i = 0; i < truth.length; i++) {
                if (Double.isFinite(truth[i])) {
                    ExpectedBehaviour.Expectation e = answers.get(i);
                    squares += (truth[i] - e.value()) * (truth[i] - e.value());
                    outside += truth[i] < e.lower() || truth[i] > e.upper() ? 1 : 0;
                    n++;
                }
            }
            answer.put("rmse", n == 0 ? null : Math.sqrt(squares / n));
            answer.put("outsideBounds", n == 0 ? null : (double) outside / n);
        }
        answer.put("out", out.toString());
        if (json) {
            console.println(Json.pretty(answer));
        } else {
            answer.forEach((name, value) -> console.println("%-22s %s".formatted(name, value)));
        }
        console.flush();
    }
}
