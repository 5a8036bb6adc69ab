package org.uatwin.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.ScenarioSpec;

/**
 * Reads {@code actions}: what changes when. The same words hold in the scenario text of a twin and in a case file; the grammar is
 * in docs/reference/scenarios.md. What is wrong becomes a finding at its place.
 */
public final class ActionReader {
    private static final List<String> VERBS =
            List.of("set", "offset", "scale", "ramp", "profile", "fault", "scenario", "replace");
    /** Keys beside the verb. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "set", List.of("to", "at", "over", "until"),
            "offset", List.of("by", "at", "over", "until"),
            "scale", List.of("by", "at", "over", "until"),
            "ramp", List.of("to", "at", "over", "until"),
            "profile", List.of("points", "at", "until"),
            "fault", List.of("at", "until"),
            "scenario", List.of("at", "until"),
            "replace", List.of("to", "at"));

    private static final int MOST_ACTIONS = 10_000;

    private final Subject subject;
    private final String help;
    private final List<ScenarioAction> actions = new ArrayList<>();

    /** @param help a sentence that says where names and ranges are listed. */
    public ActionReader(Subject subject, String help) {
        this.subject = subject;
        this.help = help;
    }

    /** The actions under the key {@code actions} of a mapping; none if it is not there. */
    public List<ScenarioAction> read(Document.Node root) {
        root.get("actions").ifPresent(list -> {
            if (!list.isSequence()) {
                list.error("actions is " + list.kind(), "write a list, each item with a dash.");
            }
            list.items().forEach(this::action);
            if (actions.size() > MOST_ACTIONS) {
                list.error("%d actions".formatted(actions.size()), "at most %d.".formatted(MOST_ACTIONS));
            }
        });
        return List.copyOf(actions);
    }

    private void action(Document.Node node) {
        if (!node.isMapping()) {
            node.error("an action is %s".formatted(node.kind()), "write {set: NAME, to: NUMBER, at: TIME}.");
            return;
        }
        List<String> verbs =
                VERBS.stream().filter(verb -> node.get(verb).isPresent()).toList();
        if (verbs.size() != 1) {
            node.error(
                    verbs.isEmpty() ? "an action without a verb" : String.join(" and ", verbs) + " in one action",
                    "give one of " + String.join(", ", VERBS) + ".");
            return;
        }
        String verb = verbs.get(0);
        List<String> known = new ArrayList<>(KEYS.getOrDefault(verb, List.of()));
        known.add(verb);
        node.checkKeys(known);
        Document.Node named = node.get(verb).orElseThrow();
        double at = seconds(node, "at", 0);
        switch (verb) {
            case "set" -> change(node, named, ScenarioAction.Kind.SET, "to", at);
            case "ramp" -> ramp(node, named, at);
            case "offset" -> change(node, named, ScenarioAction.Kind.OFFSET, "by", at);
            case "scale" -> change(node, named, ScenarioAction.Kind.SCALE, "by", at);
            case "profile" -> profile(node, named, at);
            case "replace" -> replace(node, named, at);
            default -> named(node, named, verb, at);
        }
    }

    private void ramp(Document.Node node, Document.Node target, double at) {
        if (node.get("over").isEmpty()) {
            node.error("a ramp without over:", "add over: TIME, or write set:.");
        }
        change(node, target, ScenarioAction.Kind.SET, "to", at);
    }

    private void change(
            Document.Node node, Document.Node target, ScenarioAction.Kind kind, String valueKey, double at) {
        Optional<Document.Node> given = node.get(valueKey);
        OptionalDouble value = given.map(Document.Node::number).orElse(OptionalDouble.empty());
        if (value.isEmpty()) {
            given.orElse(node).error("%s without a number".formatted(valueKey), "add %s: NUMBER.".formatted(valueKey));
            return;
        }
        check(target, kind == ScenarioAction.Kind.SET ? value.getAsDouble() : Double.NaN);
        double over = seconds(node, "over", 0);
        if (!isInput(target.text())) {
            movable(target, target.text(), at);
            if (over > 0) {
                node.error("over: is for inputs, and %s is a parameter".formatted(target.text()), "remove it.");
            }
        }
        actions.add(new ScenarioAction(target.text(), kind, value.getAsDouble(), at, over));
        until(node, at, List.of(target.text()));
    }

    private boolean isInput(String name) {
        return subject.description().inputIndex(name) >= 0;
    }

    /** Reports a parameter that cannot change at this time. */
    private boolean movable(Document.Node place, String parameter, double at) {
        Optional<String> why = at > 0 ? subject.whyFixed(parameter) : Optional.empty();
        why.ifPresent(reason -> place.error(
                "the parameter %s can only change at the start: %s".formatted(parameter, reason),
                "remove at:, or change an input."));
        return why.isEmpty();
    }

    /** Takes changes of these targets back. */
    private void until(Document.Node node, double at, List<String> targets) {
        Optional<Document.Node> given = node.get("until");
        if (given.isEmpty()) {
            return;
        }
        double until = seconds(node, "until", 0);
        if (!(until > at)) {
            given.get().error("until: is not after at:", "both count from the start of the run.");
            return;
        }
        for (String target : targets) {
            if (isInput(target) || movable(given.get(), target, until)) {
                actions.add(ScenarioAction.revert(target, until));
            }
        }
    }

    /** A value between pairs of time and value, linear; times count from {@code at}. */
    private void profile(Document.Node node, Document.Node target, double at) {
        List<Document.Node> points =
                node.get("points").map(Document.Node::items).orElse(List.of());
        if (points.isEmpty() || !isInput(target.text())) {
            node.error("a profile needs an input and points", "write points: [[0, 8], [10 min, 12]].");
            return;
        }
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
        until(node, before, List.of(target.text()));
    }

    /** A named scenario, or a failure mode by its name, shifted to {@code at}. */
    private void named(Document.Node node, Document.Node name, String verb, double at) {
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
                    names.isEmpty() ? "this model has none: write set:." : help);
            return;
        }
        for (ScenarioAction a : found.get().actions()) {
            if (!isInput(a.target()) && !movable(name, a.target(), at + a.atSeconds())) {
                return;
            }
            actions.add(new ScenarioAction(a.target(), a.kind(), a.value(), a.atSeconds() + at, a.rampSeconds()));
        }
        until(
                node,
                at,
                found.get().actions().stream()
                        .map(ScenarioAction::target)
                        .distinct()
                        .toList());
    }

    /** A part as new: a state of wear set back. */
    private void replace(Document.Node node, Document.Node state, double at) {
        Map<String, Double> parts = subject.replaceable();
        Double asNew = parts.get(state.text());
        if (asNew == null) {
            state.error(
                    "nothing that wears is called \"%s\"%s"
                            .formatted(state.text(), NearestName.hint(state.text(), parts.keySet())),
                    parts.isEmpty()
                            ? "this model has nothing that could be replaced."
                            : "write one of " + String.join(", ", parts.keySet()) + ".");
            return;
        }
        if (at > 0) {
            subject.whyKept(state.text())
                    .ifPresent(why -> node.error(
                            "%s can only be set at the start: %s".formatted(state.text(), why), "remove at:."));
        }
        OptionalDouble to = node.get("to").map(Document.Node::number).orElse(OptionalDouble.of(asNew));
        if (to.isEmpty() || Double.isNaN(to.getAsDouble())) {
            node.get("to").orElse(node).error("replace without the value of a new part", "add to: NUMBER.");
            return;
        }
        actions.add(ScenarioAction.set(state.text(), to.getAsDouble(), at));
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
        problems.forEach(p -> target.error(p.text(), help));
    }

    /** The time under a key. */
    static double seconds(Document.Node node, String key, double otherwise) {
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

    /** The whole number under a key. */
    static long whole(Document.Node node, String key, long otherwise, long low, long high) {
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
        given.error(
                "%s must be a whole number: \"%s\"".formatted(key, given.text()),
                low == Long.MIN_VALUE ? "write digits." : "write a whole number %d..%d.".formatted(low, high));
        return otherwise;
    }
}
