package org.uatwin.simulation.casefile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.scenario.ActionReader;
import org.uatwin.simulation.scenario.SensitivityPlan;
import org.uatwin.simulation.scenario.SensitivityReader;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;

/** Reads what a case asks beside its course: {@code actions}, {@code uncertainty}, {@code sensitivity}. */
final class QuestionReader {
    private static final double MOST_SIGMA = 0.999;

    private final Values values;
    private final SystemModels models;

    QuestionReader(Values values, SystemModels models) {
        this.values = values;
        this.models = models;
    }

    Case.Question read(
            Document.Node root,
            SystemModel model,
            Setup setup,
            Simulation simulation,
            List<Profile> inputs,
            Case.Times times) {
        Optional<Document.Node> uncertainty = root.get("uncertainty");
        Map<String, Double> sigma = uncertainty
                .map(node -> sigma(node, model, setup))
                .orElseGet(() -> root.get("sensitivity").isPresent() ? models.uncertainty(model, setup) : Map.of());
        CaseSubject subject = new CaseSubject(
                model, setup, simulation, inputs, times, sigma, models.isRandom(model), models.scenarios(model));
        String help = "uatwin simulate --describe %s lists names and ranges."
                .formatted(model.card().name());
        List<ScenarioAction> actions = new ActionReader(subject, help).read(root);
        Optional<SensitivityPlan> sensitivity = new SensitivityReader(subject, actions, help).read(root);
        for (ScenarioAction action : actions) {
            if (action.atSeconds() > times.horizonSeconds()) {
                root.get("actions")
                        .ifPresent(node -> node.warning(
                                "an action on %s comes after the end of the run".formatted(action.target()),
                                "write a longer horizon, or an earlier time."));
                break;
            }
        }
        boolean isAsked = !actions.isEmpty() || uncertainty.isPresent() || sensitivity.isPresent();
        return new Case.Question(subject, actions, isAsked, sensitivity);
    }

    private Map<String, Double> sigma(Document.Node node, SystemModel model, Setup setup) {
        Map<String, Double> known = models.uncertainty(model, setup);
        if (node.text().equals("model")) {
            if (known.isEmpty()) {
                node.error(
                        "%s says of no parameter how well it is known"
                                .formatted(model.card().name()),
                        "write names with shares: {NAME: 0.05}.");
            }
            return known;
        }
        if (!node.isMapping()) {
            node.error("uncertainty is " + node.kind(), "write model, or names with shares: {NAME: 0.05}.");
        }
        List<String> names =
                model.parameters(setup).stream().map(ParameterSpec::name).toList();
        Map<String, Double> sigma = new LinkedHashMap<>();
        for (Document.Field field : node.fields()) {
            String name = field.key().text();
            if (!names.contains(name)) {
                field.key()
                        .error(
                                "%s has no parameter \"%s\""
                                        .formatted(model.card().name(), name),
                                Values.advice(name, names));
                continue;
            }
            OptionalDouble share = values.range(field.value(), name, 0, MOST_SIGMA);
            share.ifPresent(value -> sigma.put(name, value));
        }
        return sigma;
    }
}
