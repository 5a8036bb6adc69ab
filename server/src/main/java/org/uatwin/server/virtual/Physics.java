package org.uatwin.server.virtual;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.expression.FormulaException;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.virtual.fault.FaultException;

/**
 * How the values of a virtual plant move: difference equations by twin, in the language of derived points. What it does not
 * name moves as without it.
 *
 * @param twins equations in the order they are computed in, by twin.
 */
public record Physics(Map<String, List<Equation>> twins) {
    public static final Physics NONE = new Physics(Map.of());

    /** Seconds since the start. */
    static final String SECONDS = "seconds";
    /** Seconds since the last step. */
    static final String STEP = "dt";
    /** A normal random number of mean 0 and variance 1, another one in every step and equation. */
    static final String NOISE = "noise";

    private static final List<String> GIVEN = List.of(SECONDS, STEP, NOISE);

    /**
     * One quantity.
     *
     * @param name of a point of the twin, or of a hidden state that only other equations read.
     * @param start value before the first step; empty: that of the signal it takes the place of.
     */
    public record Equation(String name, Optional<Double> start, Formula formula) {}

    public Physics {
        twins = Map.copyOf(twins);
    }

    /**
     * Reads a file.
     *
     * @throws FaultException with all problems, one a line, each with file, line and column.
     */
    public static Physics read(Path file, Plant plant) {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString(), plant);
        } catch (IOException e) {
            throw new FaultException("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    /** The same from a text; {@code name} stands in the messages. */
    static Physics parse(String text, String name, Plant plant) {
        return new Reader(name, plant).read(text);
    }

    private static final class Reader {
        private final String file;
        private final Map<String, Twin> twins = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();

        Reader(String file, Plant plant) {
            this.file = file;
            plant.twins().forEach(twin -> twins.put(twin.id(), twin));
        }

        Physics read(String text) {
            Map<String, List<Equation>> found = new LinkedHashMap<>();
            try {
                Optional<Node> root =
                        new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
                root.ifPresent(node -> mapping(node).forEach((key, value) -> {
                    if (text(key).equals("twins")) {
                        mapping(value).forEach((twin, equations) -> found.put(text(twin), twin(twin, equations)));
                    } else {
                        problem(key, "unknown key \"%s\". Fix: use twins".formatted(text(key)));
                    }
                }));
            } catch (MarkedYamlEngineException e) {
                problems.add("%s: no valid YAML: %s".formatted(file, e.getMessage()));
            }
            if (!problems.isEmpty()) {
                throw new FaultException(String.join("\n", problems));
            }
            return new Physics(found);
        }

        private List<Equation> twin(Node key, Node node) {
            Twin twin = twins.get(text(key));
            List<Equation> equations = new ArrayList<>();
            if (twin == null) {
                problem(key, "the plant has no twin \"%s\"".formatted(text(key)));
                return equations;
            }
            Map<Node, Node> lines = mapping(node);
            List<String> names = lines.keySet().stream().map(this::text).toList();
            lines.forEach((name, value) -> equation(twin, names, name, value).ifPresent(equations::add));
            return equations;
        }

        private Optional<Equation> equation(Twin twin, List<String> names, Node key, Node node) {
            String name = text(key);
            int ordinal = twin.type().pointOrdinal(name);
            Member.Point point = ordinal < 0 ? null : twin.type().points().get(ordinal);
            if (point != null && (point.isWritable() || point.isArray() || point.dataType() == ValueType.STRING)) {
                problem(key, "%s is no measured number. Fix: an equation is for measured values".formatted(name));
                return Optional.empty();
            }
            Node formula = node;
            Optional<Double> start = Optional.empty();
            if (node instanceof MappingNode) {
                Map<String, Node> keys = new LinkedHashMap<>();
                mapping(node).forEach((k, v) -> keys.put(text(k), v));
                start = Optional.ofNullable(keys.remove("start")).flatMap(this::number);
                formula = Optional.ofNullable(keys.remove("formula")).orElse(node);
                keys.keySet()
                        .forEach(k -> problem(node, "unknown key \"%s\". Fix: use start and formula".formatted(k)));
            }
            if (point == null && start.isEmpty()) {
                problem(
                        key,
                        "%s has no point \"%s\". Fix: a hidden state needs start: {start: 0, formula: ...}"
                                .formatted(twin.type().name(), name));
                return Optional.empty();
            }
            try {
                Formula parsed = Formula.parse(text(formula));
                parsed.references().forEach(ref -> check(ref, twin, names, key));
                return Optional.of(new Equation(name, start, parsed));
            } catch (FormulaException e) {
                problem(formula, "%s: %s Fix: %s".formatted(name, e.getMessage(), e.fix()));
                return Optional.empty();
            }
        }

        private void check(PointRef ref, Twin own, List<String> names, Node where) {
            Twin twin = ref.isOwn() ? own : twins.get(ref.twin());
            boolean isKnown = twin != null
                    && (twin.type().pointOrdinal(ref.point()) >= 0
                            || (ref.isOwn() && (names.contains(ref.point()) || GIVEN.contains(ref.point()))));
            if (!isKnown) {
                problem(
                        where,
                        "\"%s\" is no point. Fix: a point of the own twin, 'twin/Point' in quotes, or one of %s"
                                .formatted(ref, String.join(", ", GIVEN)));
            }
        }

        private Optional<Double> number(Node node) {
            try {
                return Optional.of(Double.valueOf(text(node)));
            } catch (NumberFormatException e) {
                problem(node, "\"%s\" is no number".formatted(text(node)));
                return Optional.empty();
            }
        }

        private Map<Node, Node> mapping(Node node) {
            Map<Node, Node> keys = new LinkedHashMap<>();
            if (node instanceof MappingNode mapping) {
                for (NodeTuple tuple : mapping.getValue()) {
                    keys.put(tuple.getKeyNode(), tuple.getValueNode());
                }
            } else {
                problem(node, "a mapping of keys is expected here");
            }
            return keys;
        }

        private String text(Node node) {
            if (node instanceof ScalarNode scalar) {
                return scalar.getValue();
            }
            problem(node, "a single value is expected here");
            return "";
        }

        private void problem(Node node, String what) {
            problems.add(node.getStartMark()
                    .map(mark -> "%s:%d:%d: %s".formatted(file, mark.getLine() + 1, mark.getColumn() + 1, what))
                    .orElse(file + ": " + what));
        }
    }
}
