package org.uatwin.simulation.casefile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;

/** Reads a case file. One reading reports everything there is to mend. The grammar is in docs/reference/simulate.md. */
public final class CaseReader {
    private static final List<String> KEYS = List.of(
            "uatwin",
            "model",
            "description",
            "parameters",
            "tables",
            "inputs",
            "start",
            "horizon",
            "step",
            "every",
            "outputs",
            "seed",
            "replicates",
            "solver",
            "maxStep",
            "tolerance",
            "actions",
            "uncertainty",
            "sensitivity");
    private static final double MOST_STEPS = 1e9;
    private static final int MOST_REPLICATES = 100_000;

    private final Document document;
    private final SystemModels models;
    private final Values values;

    private CaseReader(Document document, SystemModels models) {
        this.document = document;
        this.models = models;
        this.values = new Values();
    }

    /**
     * What came of reading.
     *
     * @param found the case; empty if there are errors.
     * @param findings what there is to mend, by place.
     * @param isUnreadable whether the file could not be read at all.
     */
    public record Reading(Optional<Case> found, List<Finding> findings, boolean isUnreadable) {
        public Reading {
            findings = List.copyOf(findings);
        }
    }

    /** Reads a case; files it names are relative to its folder. */
    public static Reading read(Path path, SystemModels models) {
        Document document = Document.read(path);
        Optional<Document.Node> root = document.root();
        if (root.isEmpty()) {
            return new Reading(Optional.empty(), document.findings(), true);
        }
        Optional<Case> found = new CaseReader(document, models).read(root.get());
        return new Reading(document.hasErrors() ? Optional.empty() : found, document.findings(), false);
    }

    private Optional<Case> read(Document.Node root) {
        if (!root.isMapping()) {
            root.error("a case file is a mapping of keys, this is " + root.kind(), "begin with uatwin: 1 and model:.");
            return Optional.empty();
        }
        root.checkKeys(KEYS);
        Document.Node version = root.get("uatwin").orElse(root);
        if (!version.text().equals("1")) {
            version.error("the file does not say that it has form 1", "begin with uatwin: 1.");
        }
        Optional<SystemModel> model = model(root);
        if (model.isEmpty()) {
            return Optional.empty();
        }
        ModelCard card = model.get().card();
        Map<String, Double> parameters = new ParameterReader(values).read(card, root.get("parameters"));
        TableFiles tables = new TableFiles();
        Map<String, DataTable> data = tables.read(card, root);
        Map<String, Document.Node> startNodes = new HashMap<>();
        Map<String, Double> starts = starts(root, startNodes);
        SolverSettings solver = solver(root);
        Case.Times times = times(root, card);
        long seed = whole(root, "seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
        int replicates = (int) whole(root, "replicates", 1, 1, MOST_REPLICATES);
        if (document.hasErrors()) {
            return Optional.empty();
        }
        Setup setup = new Setup(card, parameters, data, starts, solver, seed);
        Simulation simulation;
        try {
            simulation = model.get().prepare(setup);
        } catch (SetupException e) {
            report(root, tables, e);
            return Optional.empty();
        }
        startNodes.forEach((name, node) -> {
            if (!setup.askedStarts().contains(name)) {
                node.error(
                        "%s has no start value \"%s\"".formatted(card.name(), name),
                        Values.advice(
                                name, setup.askedStarts().stream().sorted().toList()));
            }
        });
        List<Profile> inputs = new InputReader(values).read(simulation.inputs(), root.get("inputs"));
        int[] outputs = outputs(root, simulation.outputs());
        if (document.hasErrors()) {
            return Optional.empty(); // what changes is read against inputs and times that are right
        }
        Case.Question question =
                new QuestionReader(values, models).read(root, model.get(), setup, simulation, inputs, times);
        return document.hasErrors()
                ? Optional.empty()
                : Optional.of(new Case(model.get(), setup, simulation, inputs, outputs, times, replicates, question));
    }

    private Optional<SystemModel> model(Document.Node root) {
        Optional<Document.Node> node = root.get("model");
        if (node.isEmpty() || node.get().text().isEmpty()) {
            root.error("the case names no model", "add model: with a name of uatwin simulate --list.");
            return Optional.empty();
        }
        Optional<SystemModel> model = models.find(node.get().text());
        if (model.isEmpty()) {
            node.get()
                    .error(
                            "unknown model \"%s\"".formatted(node.get().text()),
                            Values.advice(node.get().text(), models.names()));
        }
        return model;
    }

    private Map<String, Double> starts(Document.Node root, Map<String, Document.Node> nodes) {
        Map<String, Double> starts = new HashMap<>();
        root.get("start").ifPresent(node -> {
            if (!node.isMapping()) {
                node.error("start is %s".formatted(node.kind()), "write names of states with their values.");
            }
            for (Document.Field field : node.fields()) {
                OptionalDouble value =
                        values.constant(field.value(), field.key().text());
                if (value.isPresent()) {
                    starts.put(field.key().text(), value.getAsDouble());
                    nodes.put(field.key().text(), field.key());
                }
            }
        });
        return starts;
    }

    private SolverSettings solver(Document.Node root) {
        SolverSettings.Method method = SolverSettings.Method.MODEL;
        Optional<Document.Node> node = root.get("solver");
        if (node.isPresent()) {
            String text = node.get().text();
            Optional<SolverSettings.Method> found = java.util.Arrays.stream(SolverSettings.Method.values())
                    .filter(m -> m.text().equals(text))
                    .findFirst();
            if (found.isEmpty()) {
                node.get()
                        .error(
                                "unknown solver \"%s\"".formatted(text),
                                Values.advice(
                                        text,
                                        java.util.Arrays.stream(SolverSettings.Method.values())
                                                .map(SolverSettings.Method::text)
                                                .toList()));
            }
            method = found.orElse(method);
        }
        return new SolverSettings(
                method,
                time(root, "maxStep", 0, 1e-9),
                root.get("tolerance")
                        .map(n -> values.range(n, "tolerance", 1e-12, 0.1).orElse(1e-8))
                        .orElse(SolverSettings.DEFAULT.tolerance()));
    }

    private Case.Times times(Document.Node root, ModelCard card) {
        double horizon = time(root, "horizon", card.horizonSeconds(), 0);
        double step = time(root, "step", Math.min(card.stepSeconds(), horizon > 0 ? horizon : 1), 1e-9);
        if (horizon / step > MOST_STEPS) {
            root.get("step")
                    .orElse(root)
                    .error(
                            "%.3g steps are more than %.0g".formatted(horizon / step, MOST_STEPS),
                            "write a longer step or a shorter horizon.");
        }
        double every = time(root, "every", step, 1e-9);
        long steps = Math.round(every / step);
        if (steps < 1 || Math.abs(steps * step - every) > 1e-6 * every) {
            root.get("every")
                    .orElse(root)
                    .error("every is no multiple of step", "write a multiple of %s s.".formatted(Port.number(step)));
        }
        return new Case.Times(horizon, step, (int) Math.max(1, Math.min(steps, Integer.MAX_VALUE)));
    }

    private double time(Document.Node root, String key, double otherwise, double least) {
        Optional<Document.Node> node = root.get(key);
        if (node.isEmpty()) {
            return otherwise;
        }
        OptionalDouble seconds = node.get().seconds();
        if (seconds.isEmpty() || seconds.getAsDouble() < least) {
            node.get()
                    .error(
                            "%s must be a time: \"%s\""
                                    .formatted(key, node.get().text()),
                            "write seconds, or a number and ms, s, min, h or d.");
            return otherwise;
        }
        return seconds.getAsDouble();
    }

    private long whole(Document.Node root, String key, long otherwise, long low, long high) {
        Optional<Document.Node> node = root.get(key);
        if (node.isEmpty()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(node.get().text());
            if (value >= low && value <= high) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below: the text is no whole number
        }
        node.get()
                .error(
                        "%s must be a whole number: \"%s\""
                                .formatted(key, node.get().text()),
                        low == Long.MIN_VALUE ? "write digits." : "write a number %d..%d.".formatted(low, high));
        return otherwise;
    }

    private int[] outputs(Document.Node root, List<Port> ports) {
        Optional<Document.Node> node = root.get("outputs");
        List<Integer> wanted = new ArrayList<>();
        if (node.isEmpty()) {
            for (int i = 0; i < ports.size(); i++) {
                wanted.add(i);
            }
        } else if (!node.get().isSequence()) {
            node.get().error("outputs is %s".formatted(node.get().kind()), "write a list of names.");
        } else {
            for (Document.Node item : node.get().items()) {
                int before = wanted.size();
                for (int i = 0; i < ports.size(); i++) {
                    String name = ports.get(i).name();
                    if (name.equals(item.text()) || name.startsWith(item.text() + ".")) {
                        wanted.add(i);
                    }
                }
                if (wanted.size() == before) {
                    item.error(
                            "there is no output \"%s\"".formatted(item.text()),
                            Values.advice(
                                    item.text(), ports.stream().map(Port::name).toList()));
                }
            }
        }
        return wanted.stream().distinct().mapToInt(Integer::intValue).toArray();
    }

    /** Points to the place in the case or in a table's file. */
    private static void report(Document.Node root, TableFiles tables, SetupException e) {
        if (tables.report(e)) {
            return;
        }
        for (String key : List.of("parameters", "inputs", "start", "tables")) {
            Optional<Document.Node> place = root.get(key).flatMap(section -> section.get(e.target()));
            if (place.isPresent()) {
                place.get().error(e.cause(), e.fix());
                return;
            }
        }
        root.get(e.target()).orElse(root).error(e.cause(), e.fix());
    }
}
