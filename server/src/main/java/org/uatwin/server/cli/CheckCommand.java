package org.uatwin.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.EngineeringUnit;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.method.SimulationModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin check}. */
@Command(
        name = "check",
        description = "Report every problem of a plant file at once: place, cause, fix.",
        footer = {"", "Exit codes: 0 usable (warnings aside), 1 errors found, 2 unreadable or wrong usage."})
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "PLANT", description = "The plant file (YAML).")
    private Path plant = Path.of("");

    @Option(
            names = {"-v", "--verbose"},
            description = "Show twins by type and the units used, with their UNECE codes.")
    private boolean verbose;

    @Option(
            names = "--upgrade",
            description = "Bring a file of an older form to the present one; the old one stays beside it as PLANT.bak.")
    private boolean upgrade;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        PrintWriter out = spec.commandLine().getOut();
        boolean isUpgraded = upgrade && upgrade(spec.commandLine().getErr());
        PlantReading reading = PlantFile.read(plant, SimulationModels.builtIn(), Protocols.onClassPath());
        if (json) {
            out.println(Json.pretty(json(reading, isUpgraded)));
            return reading.exitCode();
        }
        reading.findings().forEach(finding -> out.println(Table.printable(finding.toString())));
        out.println(summary(reading));
        if (verbose) {
            reading.plant().ifPresent(p -> details(p, out));
        }
        return reading.exitCode();
    }

    private boolean upgrade(PrintWriter err) {
        if (!Files.isRegularFile(plant)) {
            return false; // the reading reports it
        }
        try {
            PlantFile.Upgrade upgraded = PlantFile.upgrade(Files.readString(plant, StandardCharsets.UTF_8));
            if (!upgraded.isChanged()) {
                err.println("# %s is in the present form already".formatted(plant));
                return false;
            }
            Path target = plant.toAbsolutePath();
            Path backup = target.resolveSibling(target.getFileName() + ".bak");
            Path fresh = target.resolveSibling(target.getFileName() + ".new");
            Files.copy(target, backup, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(fresh, upgraded.text(), StandardCharsets.UTF_8);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            err.println("# %s upgraded; the former file is %s".formatted(plant, backup));
            return true;
        } catch (IOException e) {
            throw new CliException(
                    Exit.USAGE,
                    "%s cannot be upgraded (%s). Fix: check the rights on file and folder."
                            .formatted(plant, e.getClass().getSimpleName()),
                    e);
        }
    }

    private String summary(PlantReading reading) {
        long errors = count(reading, Finding.Severity.ERROR);
        long warnings = count(reading, Finding.Severity.WARNING);
        String found = errors + warnings == 0
                ? "nothing to mend"
                : "%s, %s".formatted(counted(errors, "error"), counted(warnings, "warning"));
        if (reading.isUnreadable()) {
            return "%s: unreadable".formatted(plant);
        }
        return reading.plant()
                .map(p -> "%s: %s; site %s, %s, %s (%d bound), %s"
                        .formatted(
                                plant,
                                found,
                                p.siteId(),
                                counted(p.twins().size(), "twin"),
                                counted(points(p), "point"),
                                bound(p),
                                counted(p.connections().size(), "connection")))
                .orElseGet(() -> "%s: %s".formatted(plant, found));
    }

    private static void details(Plant plant, PrintWriter out) {
        Map<String, Integer> types = new TreeMap<>();
        for (Twin twin : plant.twins()) {
            types.merge(twin.type().name(), 1, Integer::sum);
        }
        Table twins = Table.of("TYPE", "TWINS", "POINTS EACH");
        types.forEach((name, n) -> twins.row(
                name,
                n,
                plant.types().stream()
                        .filter(t -> t.name().equals(name))
                        .findFirst()
                        .map(t -> "" + t.points().size())
                        .orElse("")));
        out.println();
        twins.print(out);
        Table units = Table.of("UNIT", "UNECE", "MEANING");
        units(plant).values().forEach(u -> units.row(u.symbol(), u.code(), u.description()));
        out.println();
        units.print(out);
    }

    private static Map<String, EngineeringUnit> units(Plant plant) {
        Map<String, EngineeringUnit> units = new TreeMap<>();
        for (Twin twin : plant.twins()) {
            for (Member.Point point : twin.type().points()) {
                point.unit().ifPresent(u -> units.putIfAbsent(u.code(), u));
            }
        }
        return units;
    }

    private Map<String, @Nullable Object> json(PlantReading reading, boolean isUpgraded) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("file", plant.toString());
        answer.put("usable", reading.plant().isPresent());
        answer.put("unreadable", reading.isUnreadable());
        answer.put("upgraded", isUpgraded);
        answer.put("errors", count(reading, Finding.Severity.ERROR));
        answer.put("warnings", count(reading, Finding.Severity.WARNING));
        reading.plant().ifPresent(p -> {
            answer.put("siteId", p.siteId());
            answer.put("twins", p.twins().size());
            answer.put("points", points(p));
            answer.put("boundPoints", bound(p));
            answer.put("connections", p.connections().size());
            answer.put("units", List.copyOf(units(p).values()));
        });
        answer.put("findings", reading.findings());
        return answer;
    }

    private static long count(PlantReading reading, Finding.Severity severity) {
        return reading.findings().stream().filter(f -> f.severity() == severity).count();
    }

    private static long points(Plant plant) {
        return plant.twins().stream().mapToLong(Twin::pointCount).sum();
    }

    private static long bound(Plant plant) {
        long bound = 0;
        for (Twin twin : plant.twins()) {
            for (int i = 0; i < twin.pointCount(); i++) {
                bound += twin.binding(i) == null ? 0 : 1;
            }
        }
        return bound;
    }

    private static String counted(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
