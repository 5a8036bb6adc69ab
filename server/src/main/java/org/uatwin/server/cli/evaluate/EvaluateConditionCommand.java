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
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Logging;
import org.uatwin.server.cli.ProgressLine;
import org.uatwin.server.cli.Table;
import org.uatwin.simulation.condition.ConditionBlend;
import org.uatwin.simulation.condition.ConditionModel;
import org.uatwin.simulation.condition.CycleRecords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uatwin evaluate condition}: in what condition components are, from records of cycles. */
@Command(
        name = "condition",
        description = "Learn the condition of components from cycles where it is known; tell it for other cycles.",
        footer = {
            "",
            "Both folders: <channel>.csv or .csv.gz, a cycle a row: cycle,t0,t1,...; channels may have different numbers of",
            "samples. --train also holds labels.csv: cycle, then a column a component with its condition, any text or number.",
            "--out gets cycle and the same columns. How it works and how well: docs/reference/evaluate.md."
        })
final class EvaluateConditionCommand implements Callable<Integer> {
    private static final int REASONS = 5;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--train", required = true, paramLabel = "DIR", description = "Cycles whose conditions are known.")
    private Path train = Path.of("");

    @Option(names = "--in", required = true, paramLabel = "DIR", description = "Cycles to answer.")
    private Path in = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Gets cycle,<component>,...")
    private Path out = Path.of("");

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the draws while learning.")
    private long seed;

    @Option(names = "--json", description = "Print key figures as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * What is said of a component.
     *
     * @param cycles answered, by condition.
     * @param meanProbability of each condition over those cycles.
     * @param accuracyLeftOut share of the training's cycles told rightly while they were left out.
     * @param accuracy share of the answers that are right; null if the truth is not in --in.
     * @param channels and features: what was asked most, with their shares of all questions.
     */
    private record Finding(
            String component,
            Map<String, Integer> cycles,
            Map<String, Double> meanProbability,
            double accuracyLeftOut,
            @Nullable Double accuracy,
            ConditionBlend blend,
            Map<String, Double> channels,
            Map<String, Double> features) {}

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        CycleRecords known = CycleFiles.records(train, null);
        Map<String, List<String>> labels = CycleFiles.labels(train, known.cycles());
        CycleRecords asked = CycleFiles.records(
                in, known.channels().stream().map(CycleRecords.Channel::name).toList());
        checkSamples(known, asked);
        Map<String, List<String>> truths = CycleFiles.hasLabels(in) ? CycleFiles.labels(in, asked.cycles()) : Map.of();
        List<List<ConditionModel.Verdict>> verdicts = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        labels.forEach((component, conditions) -> {
            ConditionModel model = learn(known, component, conditions);
            List<ConditionModel.Verdict> answers = model.of(asked);
            verdicts.add(answers);
            findings.add(finding(component, model, answers, truths.get(component)));
        });
        StringBuilder csv = new StringBuilder("cycle," + String.join(",", labels.keySet())).append('\n');
        for (int i = 0; i < asked.cycles().size(); i++) {
            csv.append(asked.cycles().get(i));
            for (List<ConditionModel.Verdict> some : verdicts) {
                csv.append(',').append(some.get(i).condition());
            }
            csv.append('\n');
        }
        DataFiles.write(out, csv.toString());
        print(known, asked, findings);
        return Exit.OK;
    }

    private void checkSamples(CycleRecords known, CycleRecords asked) {
        for (int c = 0; c < known.channels().size(); c++) {
            int before = known.channels().get(c).samples()[0].length;
            int now = asked.channels().get(c).samples()[0].length;
            if (before != now) {
                throw new CliException(
                        Exit.USAGE,
                        "%s has %d samples a cycle in %s and %d in %s.\n  Fix: record both in the same way."
                                .formatted(known.channels().get(c).name(), before, train, now, in));
            }
        }
    }

    private ConditionModel learn(CycleRecords known, String component, List<String> conditions) {
        ProgressLine line = new ProgressLine(spec.commandLine().getErr());
        try {
            return ConditionModel.learn(known, conditions, seed, share -> {
                line.show("learning %s from %d cycles: %.0f %%".formatted(component, conditions.size(), 100 * share));
                return true;
            });
        } catch (IllegalArgumentException e) {
            throw new CliException(
                    Exit.FAILED,
                    "%s: %s: %s.\n  Fix: cycles of other conditions, or leave the column out of labels.csv."
                            .formatted(train, component, e.getMessage()),
                    e);
        } finally {
            line.end();
        }
    }

    private static Finding finding(
            String component,
            ConditionModel model,
            List<ConditionModel.Verdict> answers,
            @Nullable List<String> truth) {
        Map<String, Integer> cycles = new LinkedHashMap<>();
        Map<String, Double> mean = new LinkedHashMap<>();
        int right = 0;
        for (int i = 0; i < answers.size(); i++) {
            ConditionModel.Verdict verdict = answers.get(i);
            for (int k = 0; k < model.conditions().size(); k++) {
                mean.merge(model.conditions().get(k), verdict.probabilities().get(k) / answers.size(), Double::sum);
                cycles.merge(
                        model.conditions().get(k),
                        model.conditions().get(k).equals(verdict.condition()) ? 1 : 0,
                        Integer::sum);
            }
            right += truth != null && truth.get(i).equals(verdict.condition()) ? 1 : 0;
        }
        return new Finding(
                component,
                cycles,
                mean,
                model.accuracy(),
                truth == null ? null : (double) right / answers.size(),
                model.blend(),
                model.mostAskedChannels(REASONS),
                model.mostAsked(REASONS));
    }

    private void print(CycleRecords known, CycleRecords asked, List<Finding> findings) {
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("cyclesLearned", known.cycles().size());
            answer.put("cycles", asked.cycles().size());
            answer.put("seed", seed);
            answer.put("components", findings);
            answer.put("out", out.toString());
            console.println(Json.pretty(answer));
            return;
        }
        Table table = Table.of("COMPONENT", "CYCLES BY CONDITION", "RIGHT LEFT OUT", "RIGHT HERE", "ASKED MOST");
        for (Finding f : findings) {
            List<String> counts = new ArrayList<>();
            f.cycles().forEach((condition, count) -> counts.add(condition + ": " + count));
            List<String> asks = new ArrayList<>();
            f.channels().forEach((channel, share) -> asks.add(channel + " " + percent(share)));
            table.row(
                    f.component(),
                    String.join(", ", counts),
                    percent(f.accuracyLeftOut()),
                    f.accuracy() == null ? "" : percent(f.accuracy()),
                    String.join(", ", asks.subList(0, Math.min(3, asks.size()))));
        }
        table.print(console);
        console.println("learned from %d cycles; %d cycles: %s"
                .formatted(known.cycles().size(), asked.cycles().size(), out));
        console.flush();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
