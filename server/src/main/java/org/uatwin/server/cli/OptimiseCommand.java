package org.uatwin.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.casefile.OptimiseCase;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.Objectives;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.scenario.NamedSeries;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunControl;
import org.uatwin.simulation.scenario.RunTask;
import org.uatwin.simulation.system.Port;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin optimise}: what Optimize answers, offline, from a case file. */
@Command(
        name = "optimise",
        description = "Find the best decision for a twin offline: model, readings and objective from a case file.",
        footer = {
            "",
            "The form of a case file and every objective: docs/reference/optimisation.md; cases: examples/optimise.",
            "Exit codes: 0 solved, 1 the case has errors or no solution, 2 unreadable or wrong usage."
        })
final class OptimiseCommand implements Callable<Integer> {
    private static final double SECONDS_PER_HOUR = 3600;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "CASE", description = "The case file (YAML).")
    private @Nullable Path file;

    @Option(names = "--out", paramLabel = "FILE", description = "Write what is decided and what comes of it over time.")
    private @Nullable Path out;

    @Option(names = "--list", description = "Show models and their objectives.")
    private boolean list;

    @Option(
            names = "--describe",
            paramLabel = "MODEL",
            description = "Show the objectives of a model with every setting, unit and range.")
    private @Nullable String describe;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        PrintWriter console = spec.commandLine().getOut();
        if (list) {
            list(console);
            return Exit.OK;
        }
        if (describe != null) {
            describe(console, describe);
            return Exit.OK;
        }
        if (file == null) {
            throw new CliException(
                    Exit.USAGE, "no case file. Fix: uatwin optimise CASE.yaml, or --list for models and objectives.");
        }
        return optimise(file, console);
    }

    private static Map<String, List<Objective>> byModel() {
        Map<String, List<Objective>> models = new TreeMap<>();
        for (Objective objective : Objectives.builtIn().all()) {
            objective.models().forEach(m -> models.computeIfAbsent(m, k -> new ArrayList<>())
                    .add(objective));
        }
        return models;
    }

    private void list(PrintWriter console) {
        if (json) {
            List<Map<String, Object>> rows = new ArrayList<>();
            byModel()
                    .forEach((model, objectives) -> objectives.forEach(o -> rows.add(Map.of(
                            "model",
                            model,
                            "objective",
                            o.spec().name(),
                            "title",
                            o.spec().title()))));
            console.println(Json.pretty(Map.of("objectives", rows)));
            return;
        }
        Table table = Table.of("MODEL", "OBJECTIVE", "WHAT IS DECIDED");
        byModel()
                .forEach((model, objectives) -> objectives.forEach(
                        o -> table.row(model, o.spec().name(), o.spec().title())));
        table.print(console);
    }

    private void describe(PrintWriter console, String model) {
        Map<String, List<Objective>> models = byModel();
        List<Objective> objectives = models.get(model);
        if (objectives == null) {
            throw new CliException(
                    Exit.USAGE,
                    "nothing can be optimised about \"%s\"%s"
                            .formatted(model, NearestName.hint(model, models.keySet())));
        }
        if (json) {
            console.println(Json.pretty(Map.of(
                    "model",
                    model,
                    "objectives",
                    objectives.stream().map(Objective::spec).toList())));
            return;
        }
        for (Objective objective : objectives) {
            ObjectiveSpec s = objective.spec();
            console.println("%s: %s".formatted(s.name(), s.title()));
            console.println("  %s the %s%s. %s"
                    .formatted(
                            s.isMinimised() ? "Minimises" : "Maximises",
                            s.quantity().toLowerCase(java.util.Locale.ROOT),
                            s.unit().isEmpty() ? "" : " in " + s.unit(),
                            s.method()));
            if (s.horizonSeconds() > 0) {
                console.println("  horizon %s h, at most %s h"
                        .formatted(
                                Port.number(s.horizonSeconds() / SECONDS_PER_HOUR),
                                Port.number(s.longestHorizonSeconds() / SECONDS_PER_HOUR)));
            }
            Table table = Table.of("SETTING", "DEFAULT", "UNIT", "RANGE", "MEANING");
            for (SettingSpec setting : s.settings()) {
                boolean isText = setting.kind() == SettingSpec.Kind.TEXT;
                table.row(
                        setting.name(),
                        setting.defaultValueText(),
                        setting.unit(),
                        isText ? "text" : Port.range(setting.lower(), setting.upper()),
                        setting.meaning() + (setting.kind() == SettingSpec.Kind.PROFILE ? " (may be a profile)" : ""));
            }
            table.print(console);
            console.println();
        }
    }

    private int optimise(Path path, PrintWriter console) {
        OptimiseCase.Reading reading = OptimiseCase.read(path, ModelRegistry.builtIn());
        PrintWriter err = spec.commandLine().getErr();
        reading.findings().forEach(finding -> err.println(Table.printable(finding.toString())));
        if (reading.task().isEmpty()) {
            return reading.isUnreadable() ? Exit.USAGE : Exit.FAILED;
        }
        RunTask.Result result = reading.task().get().perform(RunControl.NONE);
        Optimum optimum = result.optimum().orElseThrow();
        if (out != null) {
            write(result.series(), out);
        }
        if (json) {
            console.println(Json.pretty(answer(reading.model(), result, optimum)));
        } else {
            print(console, reading.model(), result, optimum);
        }
        return optimum.isFeasible() ? Exit.OK : Exit.FAILED;
    }

    private static void write(List<NamedSeries> series, Path out) {
        try (PrintWriter csv = new PrintWriter(Files.newBufferedWriter(out, StandardCharsets.UTF_8))) {
            csv.println("series,unit,time_s,value");
            for (NamedSeries s : series) {
                double[] t = s.series().timesSeconds();
                double[] v = s.series().values();
                for (int i = 0; i < t.length; i++) {
                    csv.println("%s,%s,%s,%s".formatted(s.name(), s.unit(), Port.number(t[i]), Port.number(v[i])));
                }
            }
            if (csv.checkError()) {
                throw new IOException("disk full or file closed");
            }
        } catch (IOException e) {
            throw new CliException(
                    Exit.USAGE,
                    "%s cannot be written (%s). Fix: check folder and rights."
                            .formatted(out, e.getClass().getSimpleName()),
                    e);
        }
    }

    private static Map<String, @Nullable Object> answer(String model, RunTask.Result result, Optimum o) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("model", model);
        answer.put("optimum", o);
        answer.put("gain", o.gain());
        answer.put("gainPercent", o.gainPercent());
        answer.put("text", o.text());
        answer.put("figures", result.kpis());
        Map<String, Object> series = new LinkedHashMap<>();
        for (NamedSeries s : result.series()) {
            series.put(
                    s.name(),
                    Map.of(
                            "unit",
                            s.unit(),
                            "timesSeconds",
                            s.series().timesSeconds(),
                            "values",
                            s.series().values()));
        }
        answer.put("series", series);
        return answer;
    }

    private void print(PrintWriter console, String model, RunTask.Result result, Optimum o) {
        console.println("%s  %s".formatted(model, o.objective()));
        console.println(o.text());
        if (!o.decisions().isEmpty()) {
            Table decisions = Table.of("DECISION", "NOW", "BEST", "UNIT", "RANGE");
            o.decisions()
                    .forEach(d -> decisions.row(
                            d.name(),
                            rounded(d.present()),
                            rounded(d.value()),
                            d.unit(),
                            rounded(d.lower()) + ".." + rounded(d.upper())));
            decisions.print(console);
        }
        if (!o.limits().isEmpty()) {
            Table limits = Table.of("LIMIT", "NOW", "BEST", "BOUND", "UNIT", "");
            o.limits()
                    .forEach(l -> limits.row(
                            l.name(),
                            rounded(l.baseline()),
                            rounded(l.value()),
                            (l.isUpper() ? "<= " : ">= ") + rounded(l.bound()),
                            l.unit(),
                            l.isActive() ? "active" : ""));
            limits.print(console);
        }
        if (!o.robustness().isEmpty()) {
            Table robust = Table.of("PARAMETER", "SIGMA", "UNIT", "GAIN IF LOWER", "GAIN IF HIGHER");
            o.robustness()
                    .forEach(r -> robust.row(
                            r.parameter(),
                            rounded(r.sigma()),
                            r.unit(),
                            rounded(r.gainBelow()),
                            rounded(r.gainAbove())));
            robust.print(console);
        }
        if (out != null) {
            console.println("%d series: %s".formatted(result.series().size(), out));
        }
    }

    private static String rounded(double value) {
        if (Math.abs(value) < 1e-9) {
            return "0";
        }
        return Port.number(new java.math.BigDecimal(value)
                .round(new java.math.MathContext(5))
                .doubleValue());
    }
}
