package org.uatwin.simulation.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ScenarioAction;

/**
 * Reads a scenario written in YAML: what changes when, how long, how finely, how often. One reading reports everything there is to
 * mend. The grammar is in docs/reference/scenarios.md.
 */
final class ScenarioReader {
    private static final List<String> KEYS = List.of(
            "uatwin",
            "description",
            "horizon",
            "step",
            "replicates",
            "seed",
            "start",
            "settle",
            "actions",
            "sensitivity");
    private static final int MOST_REPLICATES = 1000;

    private static final String HELP = "DescribeModel lists names and ranges.";

    private final Subject subject;
    private final Document document;

    private ScenarioReader(Subject subject, Document document) {
        this.subject = subject;
        this.document = document;
    }

    /**
     * What a scenario says; what it does not say is 0 or empty.
     *
     * @param replicates -1 when it does not say.
     * @param settleSeconds time the model runs with its inputs held before the run begins.
     * @param readings by point, that stand in for the live ones.
     */
    record Scenario(
            double horizonSeconds,
            double stepSeconds,
            int replicates,
            long seed,
            double settleSeconds,
            Map<String, Double> readings,
            List<ScenarioAction> actions,
            Optional<SensitivityPlan> sensitivity) {
        Scenario {
            readings = Map.copyOf(readings);
            actions = List.copyOf(actions);
        }
    }

    /** A scenario, or what is wrong with it, one line each. */
    record Reading(Optional<Scenario> scenario, List<String> problems) {}

    /** Whether the text is a scenario and not the name of one. */
    static boolean isText(String nameOrText) {
        return nameOrText.indexOf('\n') >= 0 || nameOrText.indexOf(':') >= 0;
    }

    static Reading read(Subject subject, String text) {
        Document document = Document.of("scenario", text);
        Optional<Document.Node> root = document.root();
        Optional<Scenario> scenario = root.flatMap(node -> new ScenarioReader(subject, document).read(node));
        List<String> problems = document.findings().stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR)
                .map(f -> "line %d: %s. Fix: %s".formatted(f.line(), f.cause(), f.fix()))
                .toList();
        return new Reading(problems.isEmpty() ? scenario : Optional.empty(), problems);
    }

    private Optional<Scenario> read(Document.Node root) {
        if (!root.isMapping()) {
            root.error("a scenario is a mapping of keys, this is " + root.kind(), "begin with uatwin: 1 and actions:.");
            return Optional.empty();
        }
        root.checkKeys(KEYS);
        if (!root.get("uatwin").map(Document.Node::text).orElse("").equals("1")) {
            root.error("the scenario does not say that it has form 1", "begin with uatwin: 1.");
        }
        List<ScenarioAction> actions = new ActionReader(subject, HELP).read(root);
        Map<String, Double> readings = new LinkedHashMap<>();
        root.get("start").ifPresent(start -> {
            if (!start.isMapping()) {
                start.error("start is " + start.kind(), "write points with their readings, for example {Flow: 90}.");
            }
            for (Document.Field field : start.fields()) {
                OptionalDouble value = field.value().number();
                if (value.isPresent() && isPoint(field.key().text())) {
                    readings.put(field.key().text(), value.getAsDouble());
                } else {
                    field.key()
                            .error(
                                    "\"%s\" is no point the model reads, or has no number"
                                            .formatted(field.key().text()),
                                    "write a point and its reading.");
                }
            }
        });
        return Optional.of(new Scenario(
                ActionReader.seconds(root, "horizon", 0),
                ActionReader.seconds(root, "step", 0),
                (int) ActionReader.whole(root, "replicates", -1, 0, MOST_REPLICATES),
                ActionReader.whole(root, "seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                ActionReader.seconds(root, "settle", 0),
                readings,
                actions,
                new SensitivityReader(subject, actions, HELP).read(root)));
    }

    private boolean isPoint(String name) {
        ModelDescription d = subject.description();
        return d.inputs().stream().anyMatch(i -> name.equals(i.linkedPoint()))
                || d.outputs().stream().anyMatch(o -> name.equals(o.linkedPoint()));
    }

    @Override
    public String toString() {
        return "scenario for " + subject.twinId() + ", " + document.findings().size() + " findings";
    }
}
