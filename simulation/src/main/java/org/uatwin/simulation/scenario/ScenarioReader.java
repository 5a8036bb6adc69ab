package org.uatwin.simulation.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.contract.StateSpec;

/**
 * Reads a scenario written in YAML: what changes when, how long, how finely, how often. One reading reports everything there is to
 * mend. The grammar is in docs/reference/scenarios.md.
 */
final class ScenarioReader {
    private static final List<String> KEYS =
            List.of("uatwin", "description", "horizon", "step", "replicates", "seed", "start", "settle", "actions");
    private static final List<String> VERBS =
            List.of("set", "offset", "scale", "profile", "fault", "scenario", "replace");
    private static final List<String> ACTION_KEYS = List.of(
            "set",
            "offset",
            "scale",
            "profile",
            "fault",
            "scenario",
            "replace",
            "to",
            "by",
            "at",
            "over",
            "until",
            "points");
    private static final int MOST_REPLICATES = 1000;
    private static final int MOST_ACTIONS = 10_000;

    private final Subject subject;
    private final Document document;
    private final List<ScenarioAction> actions = new ArrayList<>();

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
            List<ScenarioAction> actions) {
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
        root.get("actions").ifPresent(list -> {
            if (!list.isSequence()) {
                list.error("actions is " + list.kind(), "write a list, each item with a dash.");
            }
            list.items().forEach(this::action);
        });
        if (actions.size() > MOST_ACTIONS) {
            root.error("%d actions".formatted(actions.size()), "at most %d.".formatted(MOST_ACTIONS));
        }
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
                seconds(root, "horizon", 0),
                seconds(root, "step", 0),
                (int) whole(root, "replicates", -1, 0, MOST_REPLICATES),
                whole(root, "seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                seconds(root, "settle", 0),
                readings,
                actions));
    }

    private boolean isPoint(String name) {
        ModelDescription d = subject.description();
        return d.inputs().stream().anyMatch(i -> name.equals(i.linkedPoint()))
                || d.outputs().stream().anyMatch(o -> name.equals(o.linkedPoint()));
    }

    private void action(Document.Node node) {
        node.checkKeys(ACTION_KEYS);
        List<String> verbs =
                VERBS.stream().filter(verb -> node.get(verb).isPresent()).toList();
        if (verbs.size() != 1) {
            node.error(
                    verbs.isEmpty() ? "an action without a verb" : String.join(" and ", verbs) + " in one action",
                    "give one of " + String.join(", ", VERBS) + ".");
            return;
        }
        String verb = verbs.get(0);
        Document.Node named = node.get(verb).orElseThrow();
        double at = seconds(node, "at", 0);
        switch (verb) {
            case "set" -> change(node, named, ScenarioAction.Kind.SET, "to", at);
            case "offset" -> change(node, named, ScenarioAction.Kind.OFFSET, "by", at);
            case "scale" -> change(node, named, ScenarioAction.Kind.SCALE, "by", at);
            case "profile" -> profile(node, named, at);
            case "replace" -> replace(node, named, at);
            default -> named(named, verb, at);
        }
    }

    private void change(
            Document.Node node, Document.Node target, ScenarioAction.Kind kind, String valueKey, double at) {
        Optional<Document.Node> given = node.get(valueKey);
        OptionalDouble value = given.map(Document.Node::number).orElse(OptionalDouble.empty());
        if (value.isEmpty()) {
            given.orElse(node).error("%s without a number".formatted(valueKey), "add %s: NUMBER.".formatted(valueKey));
            return;
        }
        if (kind == ScenarioAction.Kind.SET) {
            check(target, value.getAsDouble());
        } else {
            check(target, Double.NaN);
        }
        double over = seconds(node, "over", 0);
        boolean isInput = subject.description().inputIndex(target.text()) >= 0;
        if (!isInput && at > 0 && !subject.parametersMayMove()) {
            node.error(
                    "the parameter %s can only change at the start".formatted(target.text()),
                    "remove at:, or change an input.");
        }
        if (!isInput && (over > 0 || node.get("until").isPresent())) {
            node.error("over: and until: are for inputs", "remove them.");
        }
        actions.add(new ScenarioAction(target.text(), kind, value.getAsDouble(), at, over));
        if (node.get("until").isPresent()) {
            double until = seconds(node, "until", 0);
            if (!(until > at)) {
                node.error("until: is not after at:", "both count from the start of the run.");
            } else {
                actions.add(ScenarioAction.revert(target.text(), until));
            }
        }
    }

    /** A value between pairs of time and value, linear; times count from {@code at}. */
    private void profile(Document.Node node, Document.Node target, double at) {
        List<Document.Node> points =
                node.get("points").map(Document.Node::items).orElse(List.of());
        double before = at;
        for (int i = 0; i < points.size(); i++) {
            List<Document.Node> pair = points.get(i).items();
            OptionalDouble time = pair.size() == 2 ? pair.get(0).seconds() : OptionalDouble.empty();
            OptionalDouble value = pair.size() == 2 ? pair.get(1).number() : OptionalDouble.empty();
            if (time.isEmpty() || value.isEmpty() || at + time.getAsDouble() < before) {
                points.get(i)
                        .error("no pair of rising time and value", "write [time, value], for example [10 min, 8].");
                return;
            }
            check(target, value.getAsDouble());
            double end = at + time.getAsDouble();
            actions.add(ScenarioAction.ramp(
                    target.text(), value.getAsDouble(), i == 0 ? end : before, i == 0 ? 0 : end - before));
            before = end;
        }
        if (points.isEmpty() || subject.description().inputIndex(target.text()) < 0) {
            node.error("a profile needs an input and points", "write points: [[0, 8], [10 min, 12]].");
        }
    }

    /** A named scenario, or a failure mode by its name, shifted to {@code at}. */
    private void named(Document.Node name, String verb, double at) {
        List<ScenarioSpec> all = subject.description().scenarios();
        String wanted = name.text();
        String asFault = "fault" + wanted.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        Optional<ScenarioSpec> found = all.stream()
                .filter(s -> s.name().equals(wanted)
                        || (verb.equals("fault") && s.name().equals(asFault)))
                .findFirst();
        if (found.isEmpty()) {
            List<String> names = all.stream().map(ScenarioSpec::name).toList();
            name.error(
                    "there is no %s \"%s\"%s".formatted(verb, wanted, NearestName.hint(wanted, names)),
                    "DescribeModel lists the names.");
            return;
        }
        for (ScenarioAction a : found.get().actions()) {
            boolean isInput = subject.description().inputIndex(a.target()) >= 0;
            if (!isInput && at > 0 && !subject.parametersMayMove()) {
                name.error(
                        "%s changes the parameter %s, which can only change at the start".formatted(wanted, a.target()),
                        "remove at:.");
                return;
            }
            actions.add(new ScenarioAction(a.target(), a.kind(), a.value(), a.atSeconds() + at, a.rampSeconds()));
        }
    }

    /** A part as new: a state of wear set back. */
    private void replace(Document.Node node, Document.Node state, double at) {
        ModelDescription d = subject.description();
        int index = d.stateIndex(state.text());
        if (index < 0) {
            List<String> names = d.states().stream().map(StateSpec::name).toList();
            state.error(
                    "nothing that wears is called \"%s\"%s"
                            .formatted(state.text(), NearestName.hint(state.text(), names)),
                    "write the name of a state.");
            return;
        }
        if (at > 0 && !subject.parametersMayMove()) {
            node.error("a part of this model can only be replaced at the start", "remove at:.");
        }
        double to = node.get("to")
                .map(n -> n.number().orElse(0))
                .orElse(Math.max(0, d.states().get(index).lower()));
        actions.add(ScenarioAction.set(state.text(), to, at));
    }

    /** Checks name and, unless it is no number, range of what is to be set. */
    private void check(Document.Node target, double value) {
        ModelDescription d = subject.description();
        int input = d.inputIndex(target.text());
        int parameter = d.parameterIndex(target.text());
        double usable = Double.isNaN(value)
                ? input >= 0
                        ? d.inputs().get(input).defaultValue()
                        : parameter >= 0 ? d.parameters().get(parameter).defaultValue() : 0
                : value;
        List<InvalidParameter> problems = new ArrayList<>();
        Targets.check(subject, target.text(), usable, 0, 0, problems);
        problems.forEach(p -> target.error(p.text(), "DescribeModel lists names and ranges."));
    }

    private double seconds(Document.Node node, String key, double otherwise) {
        Optional<Document.Node> given = node.get(key);
        OptionalDouble value = given.map(Document.Node::seconds).orElse(OptionalDouble.of(otherwise));
        if (value.isEmpty() || value.getAsDouble() < 0) {
            given.orElse(node)
                    .error(
                            "%s is no time: \"%s\""
                                    .formatted(
                                            key, given.map(Document.Node::text).orElse("")),
                            "write seconds, or a number with ms, s, min, h or d.");
            return otherwise;
        }
        return value.getAsDouble();
    }

    private static long whole(Document.Node node, String key, long otherwise, long low, long high) {
        Document.@Nullable Node given = node.get(key).orElse(null);
        if (given == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(given.text());
            if (value >= low && value <= high) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below: the text is no whole number
        }
        given.error("%s: \"%s\"".formatted(key, given.text()), "write a whole number %d..%d.".formatted(low, high));
        return otherwise;
    }

    @Override
    public String toString() {
        return "scenario for " + subject.twinId() + ", " + document.findings().size() + " findings";
    }
}
