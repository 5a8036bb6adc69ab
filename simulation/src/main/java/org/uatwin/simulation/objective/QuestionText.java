package org.uatwin.simulation.objective;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.simulation.contract.NearestName;

/** Reads an objective with its settings written in YAML. One reading reports everything there is to mend. */
final class QuestionText {
    private static final List<String> KEYS =
            List.of("uatwin", "description", "objective", "horizon", "iterations", "time", "seed", "settings", "start");

    private QuestionText() {}

    /**
     * What a text says; what it does not say is 0, NaN or empty.
     *
     * @param startHour time of day, NaN = now.
     * @param readings by point, that stand in for the live ones.
     */
    record Asked(
            Objective objective,
            Settings settings,
            double horizonSeconds,
            long iterations,
            double startHour,
            long seed,
            Map<String, Double> readings) {}

    /** What was asked, or what is wrong with it, one line each. */
    record Reading(Optional<Asked> asked, List<String> problems) {}

    /** Whether it is a text and not the name of an objective. */
    static boolean isText(String nameOrText) {
        return nameOrText.indexOf('\n') >= 0 || nameOrText.indexOf(':') >= 0;
    }

    /**
     * @param objectives those of the twin.
     * @param configured settings of an objective as the plant file gives them.
     */
    static Reading read(String text, List<Objective> objectives, Function<Objective, Settings> configured) {
        Document document = Document.of("objective", text);
        Optional<Asked> asked = document.root().flatMap(root -> read(root, objectives, configured, List.of()));
        List<String> problems = document.findings().stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR)
                .map(f -> "line %d: %s. Fix: %s".formatted(f.line(), f.cause(), f.fix()))
                .toList();
        return new Reading(problems.isEmpty() ? asked : Optional.empty(), problems);
    }

    /**
     * Reads the keys of an objective from a node of any document; problems stand in the document.
     *
     * @param others keys that somebody else reads.
     */
    static Optional<Asked> read(
            Document.Node root,
            List<Objective> objectives,
            Function<Objective, Settings> configured,
            List<String> others) {
        if (!root.isMapping()) {
            root.error("an objective is a mapping of keys, this is " + root.kind(), "begin with uatwin: 1.");
            return Optional.empty();
        }
        root.checkKeys(Stream.concat(KEYS.stream(), others.stream()).toList());
        if (!root.get("uatwin").map(Document.Node::text).orElse("").equals("1")) {
            root.error("the text does not say that it has form 1", "begin with uatwin: 1.");
        }
        String name = root.get("objective").map(Document.Node::text).orElse("");
        Optional<Objective> found = objectives.stream()
                .filter(o -> name.isEmpty() || o.spec().name().equals(name))
                .findFirst();
        if (found.isEmpty()) {
            root.get("objective").orElse(root).error(unknown(name, objectives), "write one of these names.");
            return Optional.empty();
        }
        Settings settings = configured.apply(found.get());
        settings = root.get("settings").isPresent()
                ? settings(root.get("settings").get(), found.get().spec(), settings)
                : settings;
        return Optional.of(new Asked(
                found.get(),
                settings,
                seconds(root),
                whole(root, "iterations", 0, 0),
                hour(root),
                whole(root, "seed", 1, Long.MIN_VALUE),
                readings(root)));
    }

    static String unknown(String name, List<Objective> objectives) {
        List<String> names = objectives.stream().map(o -> o.spec().name()).toList();
        return "there is no objective \"%s\"%s".formatted(name, NearestName.hint(name, names));
    }

    private static Settings settings(Document.Node node, ObjectiveSpec spec, Settings before) {
        if (!node.isMapping()) {
            node.error("settings is " + node.kind(), "write names of settings with their values.");
        }
        Settings settings = before;
        for (Document.Field field : node.fields()) {
            String name = field.key().text();
            Optional<SettingSpec> setting = spec.setting(name);
            if (setting.isEmpty()) {
                List<String> names =
                        spec.settings().stream().map(SettingSpec::name).toList();
                field.key()
                        .error(
                                "%s has no setting \"%s\"%s"
                                        .formatted(spec.name(), name, NearestName.hint(name, names)),
                                "DescribeObjectives lists the settings.");
                continue;
            }
            SettingReader.Reading reading = SettingReader.read(settings, setting.get(), rows(field.value()));
            if (reading instanceof SettingReader.Reading.Wrong wrong) {
                field.value().error(wrong.cause(), wrong.fix());
            } else {
                settings = ((SettingReader.Reading.Fits) reading).settings();
            }
        }
        return settings;
    }

    private static List<List<String>> rows(Document.Node node) {
        if (!node.isSequence()) {
            return List.of(List.of(node.text()));
        }
        List<List<String>> rows = new ArrayList<>();
        for (Document.Node item : node.items()) {
            rows.add(
                    item.isSequence()
                            ? item.items().stream().map(Document.Node::text).toList()
                            : List.of(item.text()));
        }
        return rows;
    }

    private static Map<String, Double> readings(Document.Node root) {
        Map<String, Double> readings = new LinkedHashMap<>();
        for (Document.Field field : root.get("start").map(Document.Node::fields).orElse(List.of())) {
            OptionalDouble value = field.value().number();
            if (value.isPresent()) {
                readings.put(field.key().text(), value.getAsDouble());
            } else {
                field.value().error("%s has no number".formatted(field.key().text()), "write a point and its reading.");
            }
        }
        return readings;
    }

    private static double seconds(Document.Node root) {
        Optional<Document.Node> node = root.get("horizon");
        OptionalDouble value = node.map(Document.Node::seconds).orElse(OptionalDouble.of(0));
        if (value.isEmpty() || value.getAsDouble() < 0) {
            node.orElse(root).error("horizon is no time", "write seconds, or a number with s, min, h or d.");
            return 0;
        }
        return value.getAsDouble();
    }

    private static double hour(Document.Node root) {
        Optional<Document.Node> node = root.get("time");
        if (node.isEmpty()) {
            return Double.NaN;
        }
        OptionalDouble hour = SettingReader.hourOfDay(node.get().text());
        if (hour.isEmpty()) {
            node.get()
                    .error(
                            "time is no time of day: \"%s\""
                                    .formatted(node.get().text()),
                            "write for example 6:30 or 6.5 h.");
        }
        return hour.orElse(Double.NaN);
    }

    private static long whole(Document.Node root, String key, long otherwise, long least) {
        Optional<Document.Node> node = root.get(key);
        if (node.isEmpty()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(node.get().text());
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below: the text is no whole number
        }
        node.get().error("%s: \"%s\"".formatted(key, node.get().text()), "write a whole number.");
        return otherwise;
    }
}
