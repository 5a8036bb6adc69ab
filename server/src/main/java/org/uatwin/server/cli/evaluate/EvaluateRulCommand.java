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
import org.uatwin.server.cli.NewFile;
import org.uatwin.server.cli.ProgressLine;
import org.uatwin.simulation.prognosis.RulForecast;
import org.uatwin.simulation.prognosis.RulModel;
import org.uatwin.simulation.prognosis.RunToFailureFile;
import org.uatwin.simulation.prognosis.UnitHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uatwin evaluate rul}: remaining useful life from histories that ran to failure. */
@Command(
        name = "rul",
        description = "Learn from units that ran to failure; predict the remaining life of others at their last cycle.",
        footer = {
            "",
            "Both files: a row a cycle, 26 numbers separated by spaces: unit, cycle, 3 operating settings, 21 sensors",
            "(the layout of C-MAPSS); plain or .gz. --out gets unit,rul,lower,upper: an interval of 80 %.",
            "How it works and how well: docs/reference/evaluate.md."
        })
final class EvaluateRulCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--train", required = true, paramLabel = "FILE", description = "Units that ran to failure.")
    private Path train = Path.of("");

    @Option(names = "--test", required = true, paramLabel = "FILE", description = "Units to predict.")
    private Path test = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "Write the predictions here; else to the output.")
    private @Nullable Path out;

    @Option(
            names = "--cap",
            paramLabel = "CYCLES",
            defaultValue = "125",
            description = "Longest life that is told apart (default: ${DEFAULT-VALUE}).")
    private double cap;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the draws while learning.")
    private long seed;

    @Option(names = "--json", description = "Print key figures and predictions as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        if (!(cap > 0)) {
            throw new CliException(Exit.USAGE, "--cap %s is not above 0.\n  Fix: --cap 125.".formatted(cap));
        }
        List<UnitHistory> fleet = DataFiles.read(train, text -> RunToFailureFile.read(train.toString(), text));
        List<UnitHistory> units = DataFiles.read(test, text -> RunToFailureFile.read(test.toString(), text));
        RulModel model = learn(fleet);
        List<RulForecast> forecasts = units.stream().map(model::predict).toList();
        List<String> lines = new ArrayList<>(List.of("unit,rul,lower,upper"));
        for (RulForecast f : forecasts) {
            lines.add(String.format(Locale.ROOT, "%d,%.2f,%.2f,%.2f", f.unit(), f.expected(), f.lower(), f.upper()));
        }
        String csv = String.join("\n", lines) + "\n";
        if (out != null) {
            NewFile.write(out, csv, true);
        }
        print(fleet, model, forecasts, csv);
        return Exit.OK;
    }

    private RulModel learn(List<UnitHistory> fleet) {
        ProgressLine line = new ProgressLine(spec.commandLine().getErr());
        try {
            return RulModel.learn(fleet, cap, seed, share -> {
                line.show("learning from %d units: %.0f %%".formatted(fleet.size(), 100 * share));
                return true;
            });
        } catch (IllegalArgumentException e) {
            throw new CliException(Exit.USAGE, "%s: %s".formatted(train, e.getMessage()), e);
        } finally {
            line.end();
        }
    }

    private void print(List<UnitHistory> fleet, RulModel model, List<RulForecast> forecasts, String csv) {
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("unitsLearned", fleet.size());
            answer.put("regimes", model.regimes());
            answer.put("cap", cap);
            answer.put("seed", seed);
            answer.put("level", RulModel.LEVEL);
            answer.put("errorOnUnitsLeftOut", model.error());
            answer.put("mostAsked", model.mostAsked(10));
            answer.put("forecasts", forecasts);
            console.println(Json.pretty(answer));
            return;
        }
        PrintWriter figures = out == null ? spec.commandLine().getErr() : console;
        if (out == null) {
            console.print(csv);
            console.flush();
        }
        figures.println(
                "learned from %d units, %d operating regime%s; error on units left out %.1f cycles (RMSE, lives up to %.0f)"
                        .formatted(fleet.size(), model.regimes(), model.regimes() == 1 ? "" : "s", model.error(), cap));
        figures.println("asked most: " + String.join(", ", model.mostAsked(5)));
        if (out != null) {
            figures.println("%d units: %s".formatted(forecasts.size(), out));
        }
        figures.flush();
    }
}
