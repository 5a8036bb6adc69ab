package org.uatwin.server.cli.evaluate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Logging;
import org.uatwin.server.cli.ProgressLine;
import org.uatwin.server.cli.Table;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.vibration.BearingCatalogue;
import org.uatwin.simulation.vibration.BearingClassifier;
import org.uatwin.simulation.vibration.BearingGeometry;
import org.uatwin.simulation.vibration.BearingOrders;
import org.uatwin.simulation.vibration.BearingRecord;
import org.uatwin.simulation.vibration.CatalogueBearing;
import org.uatwin.simulation.vibration.MachineClass;
import org.uatwin.simulation.vibration.VelocityBand;
import org.uatwin.simulation.vibration.VibrationZone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uatwin evaluate bearing}: which part of a rolling bearing is damaged, from its vibration. */
@Command(
        name = "bearing",
        description = "Name the damaged part of bearings from their vibration, with the evidence.",
        footer = {
            "",
            "Both lists: a line a waveform file with the columns file, rpm and sample_rate_hz, in --train also fault (IR, OR, B,",
            "normal or names of your own); the files lie beside the list, .csv or .csv.gz, a line of names and a sample a line.",
            "--out gets file,fault and the evidence. Without --train the orders alone decide.",
            "How it works and how well: docs/reference/evaluate.md. Bearings by name: docs/reference/bearings.md."
        })
final class EvaluateBearingCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--train", paramLabel = "INDEX", description = "List of records whose faults are known.")
    private @Nullable Path train;

    @Option(names = "--in", required = true, paramLabel = "INDEX", description = "List of records to judge.")
    private Path in = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Gets file,fault and the evidence.")
    private Path out = Path.of("");

    @Option(
            names = "--bearing",
            paramLabel = "NAME",
            defaultValue = "6205-2RS",
            description = "Designation in the catalogue (default: ${DEFAULT-VALUE}).")
    private String bearing = "";

    @Option(
            names = "--geometry",
            paramLabel = "N,D,P,A",
            description = "Instead of a name: balls, ball and pitch diameter in mm, contact angle in degrees.")
    private @Nullable String geometryText;

    @Option(
            names = "--machine",
            paramLabel = "CLASS",
            description =
                    "For zones A to D: class-i to class-iv (ISO 10816-1), group-1-rigid, group-1-flexible, group-2-rigid,"
                            + " group-2-flexible (ISO 20816-3).")
    private @Nullable String machineText;

    @Option(names = "--column", paramLabel = "COLUMN", description = "Of the waveform files (default: the first).")
    private @Nullable String column;

    @Option(names = "--json", description = "Print key figures and answers as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        BearingGeometry geometry = geometry();
        MachineClass machine = machine();
        WaveformIndex asked = WaveformIndex.read(in);
        WaveformIndex known = train == null ? null : WaveformIndex.read(train);
        ProgressLine line = new ProgressLine(spec.commandLine().getErr());
        List<BearingAnswer> answers = new ArrayList<>();
        BearingClassifier classifier;
        try {
            classifier = learn(known, geometry, line);
            for (WaveformIndex.Entry entry : asked.entries()) {
                line.show("%s (%d of %d)"
                        .formatted(
                                entry.file(),
                                answers.size() + 1,
                                asked.entries().size()));
                answers.add(answer(classifier, asked.load(entry, column), machine));
            }
        } finally {
            line.end();
        }
        DataFiles.write(out, BearingAnswer.csv(answers));
        print(geometry, known, asked, classifier, answers);
        return Exit.OK;
    }

    private BearingGeometry geometry() {
        if (geometryText != null) {
            return geometry(geometryText);
        }
        return BearingCatalogue.find(bearing)
                .map(CatalogueBearing::geometry)
                .orElseThrow(() -> new CliException(
                        Exit.USAGE,
                        "--bearing %s is not in the catalogue%s\n  Fix: a name of docs/reference/bearings.md, or --geometry with the numbers of the maker."
                                .formatted(
                                        bearing,
                                        NearestName.hint(
                                                bearing,
                                                BearingCatalogue.all().stream()
                                                        .map(CatalogueBearing::designation)
                                                        .toList()))));
    }

    private @Nullable MachineClass machine() {
        String text = machineText;
        if (text == null) {
            return null;
        }
        List<String> keys =
                Arrays.stream(MachineClass.values()).map(MachineClass::key).toList();
        return MachineClass.named(text)
                .orElseThrow(() -> new CliException(
                        Exit.USAGE,
                        "--machine %s is no class%s\n  Fix: one of %s."
                                .formatted(text, NearestName.hint(text, keys), String.join(", ", keys))));
    }

    private static BearingGeometry geometry(String text) {
        String[] cells = text.split(",", -1);
        try {
            if (cells.length != 4) {
                throw new IllegalArgumentException("%d numbers, 4 are needed".formatted(cells.length));
            }
            return new BearingGeometry(
                    Integer.parseInt(cells[0].strip()),
                    Double.parseDouble(cells[1]),
                    Double.parseDouble(cells[2]),
                    Double.parseDouble(cells[3]));
        } catch (IllegalArgumentException e) {
            String why = e instanceof NumberFormatException ? "a number is none" : e.getMessage();
            throw new CliException(
                    Exit.USAGE,
                    "--geometry %s: %s.\n  Fix: balls, ball diameter, pitch diameter in mm, contact angle, such as 9,7.94,39.04,0."
                            .formatted(text, why),
                    e);
        }
    }

    private BearingClassifier learn(@Nullable WaveformIndex known, BearingGeometry geometry, ProgressLine line) {
        if (known == null) {
            return BearingClassifier.ofPhysics(geometry);
        }
        List<String> faults = known.faults();
        List<BearingRecord> records = new ArrayList<>();
        for (WaveformIndex.Entry entry : known.entries()) {
            line.show("learning from %s (%d of %d)"
                    .formatted(entry.file(), records.size() + 1, known.entries().size()));
            records.add(known.load(entry, column).record());
        }
        return DataFiles.checked(() -> BearingClassifier.learn(geometry, records, faults));
    }

    private static BearingAnswer answer(
            BearingClassifier classifier, WaveformIndex.Loaded loaded, @Nullable MachineClass machine) {
        double velocity = loaded.metresPerSecond2()
                * VelocityBand.rmsMmPerS(loaded.record().waveform());
        Optional<VibrationZone> zone = machine == null || Double.isNaN(velocity)
                ? Optional.empty()
                : Optional.of(VibrationZone.of(velocity, machine));
        return new BearingAnswer(classifier.diagnose(loaded.record()), velocity, zone);
    }

    private void print(
            BearingGeometry geometry,
            @Nullable WaveformIndex known,
            WaveformIndex asked,
            BearingClassifier classifier,
            List<BearingAnswer> answers) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("geometry", geometry);
        figures.put("orders", geometry.orders());
        figures.put("recordsLearned", known == null ? 0 : known.entries().size());
        figures.put("faults", classifier.faults());
        figures.put("likenessReachDb", known == null ? null : classifier.reachDb());
        figures.put("records", answers.size());
        List<String> twice = inBoth(known, asked);
        figures.put("inBothLists", twice);
        agreement(asked, answers, figures);
        figures.put("out", out.toString());
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            figures.put("answers", answers);
            console.println(Json.pretty(figures));
            console.flush();
            return;
        }
        Table table = Table.of("FILE", "FAULT", "SURE", "ORDER (DUE)", "LINES", "BAND", "SCORE", "BECAUSE");
        answers.forEach(a -> table.row(
                a.diagnosis().name(),
                a.diagnosis().fault(),
                "%.0f %%".formatted(100 * a.diagnosis().confidence()),
                a.order(),
                a.prominence(),
                a.band(),
                a.score(),
                reason(a)));
        table.print(console);
        console.println();
        BearingOrders orders = geometry.orders();
        console.println(String.format(
                Locale.ROOT,
                "orders: inner race %.4f, outer race %.4f, ball %.4f, cage %.4f",
                orders.innerRace(),
                orders.outerRace(),
                orders.ball(),
                orders.cage()));
        console.println(
                known == null
                        ? "nothing learned: orders alone decide, and a fault that shows nothing is named normal"
                        : String.format(
                                Locale.ROOT,
                                "learned from %d records: %s; likeness reaches %.1f dB",
                                known.entries().size(),
                                String.join(", ", classifier.faults()),
                                classifier.reachDb()));
        if (figures.containsKey("asTheListSays")) {
            console.println("%s of %s as column fault of --in says; it was not looked at before"
                    .formatted(figures.get("asTheListSays"), figures.get("withFaultInTheList")));
        }
        if (!twice.isEmpty()) {
            console.println("in both lists, so their answers prove nothing: " + String.join(", ", twice));
        }
        console.println("%d records: %s".formatted(answers.size(), out));
        console.flush();
    }

    private static String reason(BearingAnswer answer) {
        String reason = String.join("; ", answer.diagnosis().reason());
        return answer.zone()
                .map(zone ->
                        String.format(Locale.ROOT, "%s; %.2f mm/s: zone %s", reason, answer.velocityMmPerS(), zone))
                .orElse(reason);
    }

    /** Counts answers that agree with the list's own column; it has no part in them. */
    private static void agreement(
            WaveformIndex asked, List<BearingAnswer> answers, Map<String, @Nullable Object> figures) {
        int known = 0;
        int same = 0;
        for (int i = 0; i < answers.size(); i++) {
            String fault = asked.entries().get(i).fault();
            if (fault != null) {
                known++;
                same += fault.equals(answers.get(i).diagnosis().fault()) ? 1 : 0;
            }
        }
        if (known > 0) {
            figures.put("withFaultInTheList", known);
            figures.put("asTheListSays", same);
        }
    }

    private static List<String> inBoth(@Nullable WaveformIndex known, WaveformIndex asked) {
        if (known == null) {
            return List.of();
        }
        Set<Path> learned = known.entries().stream()
                .map(entry -> known.path(entry).toAbsolutePath().normalize())
                .collect(Collectors.toSet());
        return asked.entries().stream()
                .filter(entry ->
                        learned.contains(asked.path(entry).toAbsolutePath().normalize()))
                .map(WaveformIndex.Entry::file)
                .toList();
    }
}
