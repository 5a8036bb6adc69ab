package org.uatwin.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.sensitivity.Factor;
import org.uatwin.simulation.sensitivity.SensitivityAnalysis;

/**
 * Reads {@code sensitivity}, of a scenario text or a case file alike; the grammar is in docs/reference/sensitivity.md. What is wrong
 * becomes a finding at its place.
 */
public final class SensitivityReader {
    private static final List<String> KEYS =
            List.of("method", "factors", "figures", "samples", "trajectories", "levels", "chances");
    private static final double WITHIN_90 = 1.6449; // standard deviations of a normal variable
    private static final int SAMPLES = 256;
    private static final int TRAJECTORIES = 20;
    private static final int LEVELS = 4;
    private static final int MOST_SAMPLES = 1 << 20;
    private static final int CHANCES = 5; // of a model with chance, when nothing is said

    private final Subject subject;
    private final List<ScenarioAction> actions;
    private final String help;

    /**
     * @param actions of the same scenario.
     * @param help a sentence that says where names and ranges are listed.
     */
    public SensitivityReader(Subject subject, List<ScenarioAction> actions, String help) {
        this.subject = subject;
        this.actions = actions;
        this.help = help;
    }

    /** The plan under the key {@code sensitivity} of a mapping; empty if it is not there, or wrong. */
    public Optional<SensitivityPlan> read(Document.Node root) {
        Optional<Document.Node> given = root.get("sensitivity");
        return given.flatMap(this::plan);
    }

    private Optional<SensitivityPlan> plan(Document.Node node) {
        if (!node.isMapping()) {
            node.error("sensitivity is " + node.kind(), "write {method: morris} or {method: sobol}.");
            return Optional.empty();
        }
        node.checkKeys(KEYS);
        String name = node.get("method").map(Document.Node::text).orElse("");
        if (!name.equals("morris") && !name.equals("sobol")) {
            node.get("method")
                    .orElse(node)
                    .error(
                            "method: \"%s\"".formatted(name),
                            "write morris to find what matters, sobol for shares of the variance.");
            return Optional.empty();
        }
        boolean isSobol = name.equals("sobol");
        node.get(isSobol ? "trajectories" : "samples")
                .ifPresent(n -> n.error(
                        "%s is not for %s".formatted(isSobol ? "trajectories" : "samples", name),
                        "write %s.".formatted(isSobol ? "samples" : "trajectories")));
        int size = (int)
                (isSobol
                        ? ActionReader.whole(node, "samples", SAMPLES, 8, MOST_SAMPLES)
                        : ActionReader.whole(node, "trajectories", TRAJECTORIES, 2, MOST_SAMPLES));
        int levels = (int) ActionReader.whole(node, "levels", LEVELS, 4, 100);
        if (levels % 2 != 0) {
            node.get("levels").orElse(node).error("levels must be even: %d".formatted(levels), "write 4 or 6.");
            levels++;
        }
        int chances = (int) ActionReader.whole(node, "chances", subject.isRandom() ? CHANCES : 1, 1, 1000);
        List<String> figures = figures(node);
        List<Factor> factors = factors(node);
        if (factors.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SensitivityPlan(
                isSobol ? SensitivityAnalysis.Method.SOBOL : SensitivityAnalysis.Method.MORRIS,
                factors,
                figures,
                size,
                levels,
                chances,
                1));
    }

    private static List<String> figures(Document.Node node) {
        List<String> figures = new ArrayList<>();
        node.get("figures").ifPresent(list -> {
            if (!list.isSequence()) {
                list.error(
                        "figures is " + list.kind(), "write a list of key figures, for example [Energy, Power.Mean].");
            }
            list.items().forEach(item -> figures.add(item.text()));
        });
        return figures;
    }

    private List<Factor> factors(Document.Node node) {
        List<Factor> factors = new ArrayList<>();
        Optional<Document.Node> given = node.get("factors");
        if (given.isEmpty()) {
            for (ParameterSpec spec : subject.description().parameters()) {
                uncertain(spec.name()).ifPresent(factors::add);
            }
            if (factors.isEmpty()) {
                node.error(
                        "the model says of no parameter how well it is known",
                        "add factors: {NAME: [LOW, HIGH]}. " + help);
            }
        } else if (given.get().isSequence()) {
            given.get().items().forEach(item -> byUncertainty(item, item.text(), factors));
        } else if (given.get().isMapping()) {
            given.get().fields().forEach(field -> ranged(field, factors));
        } else {
            given.get().error("factors is " + given.get().kind(), "write a list of names, or {NAME: [LOW, HIGH]}.");
        }
        if (factors.size() > SensitivityAnalysis.MOST_FACTORS) {
            node.error(
                    "%d factors are more than %d".formatted(factors.size(), SensitivityAnalysis.MOST_FACTORS),
                    "name those that could matter under factors:.");
            return List.of();
        }
        return factors;
    }

    /** A parameter within the nine tenths of what is believed of it. */
    private Optional<Factor> uncertain(String parameter) {
        int index = subject.description().parameterIndex(parameter);
        ParameterSpec spec = subject.description().parameters().get(index);
        double value = subject.parameters()[index];
        return range(spec, value, WITHIN_90 * spec.priorSigma());
    }

    private static Optional<Factor> range(ParameterSpec spec, double value, double share) {
        double half = share * Math.abs(value);
        double low = Math.max(spec.lower(), value - half);
        double high = Math.min(spec.upper(), value + half);
        return low < high ? Optional.of(new Factor(spec.name(), low, high)) : Optional.empty();
    }

    private void byUncertainty(Document.Node place, String name, List<Factor> factors) {
        if (isParameter(place, name)) {
            Optional<Factor> factor = uncertain(name);
            factor.ifPresent(factors::add);
            if (factor.isEmpty()) {
                place.error(
                        "the model does not say how well %s is known".formatted(name),
                        "write {%s: [LOW, HIGH]}.".formatted(name));
            }
        }
    }

    private boolean isParameter(Document.Node place, String name) {
        ModelDescription d = subject.description();
        int index = d.parameterIndex(name);
        if (index >= 0 && d.parameters().get(index).tunable()) {
            return true;
        }
        if (d.inputIndex(name) >= 0) {
            place.error(
                    "%s is an input: nobody knows its uncertainty".formatted(name),
                    "write {%s: [LOW, HIGH]}.".formatted(name));
            return false;
        }
        List<String> names = WhatIfEngine.parameterNames(d);
        place.error("there is nothing to vary called \"%s\"%s".formatted(name, NearestName.hint(name, names)), help);
        return false;
    }

    private void ranged(Document.Field field, List<Factor> factors) {
        String name = field.key().text();
        if (isTakenBack(name)) {
            field.key()
                    .error(
                            "an action takes %s back, so it would not keep its value".formatted(name),
                            "remove until: of that action.");
            return;
        }
        Document.Node value = field.value();
        if (value.text().equals("model")) {
            byUncertainty(field.key(), name, factors);
            return;
        }
        if (value.text().endsWith("%")) {
            percent(field, factors);
            return;
        }
        List<Document.Node> ends = value.items();
        OptionalDouble low = ends.size() == 2 ? ends.get(0).number() : OptionalDouble.empty();
        OptionalDouble high = ends.size() == 2 ? ends.get(1).number() : OptionalDouble.empty();
        if (low.isEmpty() || high.isEmpty() || !(low.getAsDouble() < high.getAsDouble())) {
            value.error(
                    "the range of %s is no pair of rising numbers".formatted(name),
                    "write [LOW, HIGH], a share such as 10 %, or model.");
            return;
        }
        List<InvalidParameter> problems = new ArrayList<>();
        Targets.check(subject, name, low.getAsDouble(), 0, 0, problems);
        Targets.check(subject, name, high.getAsDouble(), 0, 0, problems);
        problems.stream().limit(1).forEach(p -> field.key().error(p.text(), help));
        if (problems.isEmpty()) {
            factors.add(new Factor(name, low.getAsDouble(), high.getAsDouble()));
        }
    }

    private void percent(Document.Field field, List<Factor> factors) {
        String name = field.key().text();
        String text = field.value().text();
        double share;
        try {
            share = Double.parseDouble(text.substring(0, text.length() - 1).strip()) / 100;
        } catch (NumberFormatException e) {
            share = Double.NaN;
        }
        if (!(share > 0)) {
            field.value().error("\"%s\" is no share".formatted(text), "write for example 10 %.");
            return;
        }
        ModelDescription d = subject.description();
        int input = d.inputIndex(name);
        if (input < 0 && !isParameter(field.key(), name)) {
            return;
        }
        Optional<Factor> factor = input >= 0
                ? ofInput(d.inputs().get(input), share)
                : range(
                        d.parameters().get(d.parameterIndex(name)),
                        subject.parameters()[d.parameterIndex(name)],
                        share);
        factor.ifPresent(factors::add);
        if (factor.isEmpty()) {
            field.key()
                    .error(
                            "%s of nothing is no range: %s is 0".formatted(text, name),
                            "write {%s: [LOW, HIGH]}.".formatted(name));
        }
    }

    private static Optional<Factor> ofInput(InputSpec spec, double share) {
        double half = share * Math.abs(spec.defaultValue());
        double low = Math.max(spec.lower(), spec.defaultValue() - half);
        double high = Math.min(spec.upper(), spec.defaultValue() + half);
        return low < high ? Optional.of(new Factor(spec.name(), low, high)) : Optional.empty();
    }

    private boolean isTakenBack(String name) {
        return actions.stream()
                .anyMatch(a ->
                        a.kind() == ScenarioAction.Kind.REVERT && a.target().equals(name));
    }
}
