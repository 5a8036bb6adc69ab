package org.uatwin.server.virtual.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Faults by the clock: a YAML file, read with every problem at its line.
 *
 * @param seed empty: that of the command line.
 * @param faults by the time they begin.
 */
public record FaultSchedule(OptionalLong seed, List<ScheduledFault> faults) {
    public static final FaultSchedule NONE = new FaultSchedule(OptionalLong.empty(), List.of());
    private static final Set<String> OWN_KEYS = Set.of("at", "for", "every", "target", "kind");

    public FaultSchedule {
        faults =
                faults.stream().sorted(Comparator.comparing(ScheduledFault::at)).toList();
    }

    /**
     * Reads a file.
     *
     * @throws FaultException with all problems, one a line, each with file, line and column.
     */
    public static FaultSchedule read(Path file) {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
        } catch (IOException e) {
            throw new FaultException("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    /** The same from a text; {@code name} stands in the messages. */
    public static FaultSchedule parse(String text, String name) {
        return new Reader(name).read(text);
    }

    private static final class Reader {
        private final String name;
        private final List<String> problems = new ArrayList<>();

        Reader(String name) {
            this.name = name;
        }

        FaultSchedule read(String text) {
            FaultSchedule schedule = NONE;
            try {
                Optional<Node> root =
                        new Compose(LoadSettings.builder().setLabel(name).build()).composeString(text);
                schedule = root.map(this::document).orElse(NONE);
            } catch (MarkedYamlEngineException e) {
                problems.add("%s: no valid YAML: %s".formatted(name, e.getMessage()));
            }
            if (!problems.isEmpty()) {
                throw new FaultException(String.join("\n", problems));
            }
            return schedule;
        }

        private FaultSchedule document(Node root) {
            OptionalLong seed = OptionalLong.empty();
            List<ScheduledFault> faults = new ArrayList<>();
            for (Map.Entry<String, Node> entry : mapping(root).entrySet()) {
                switch (entry.getKey()) {
                    case "seed" -> seed = seed(entry.getValue());
                    case "faults" -> {
                        if (entry.getValue() instanceof SequenceNode list) {
                            list.getValue().forEach(node -> fault(node).ifPresent(faults::add));
                        } else {
                            problem(entry.getValue(), "faults must be a list");
                        }
                    }
                    default ->
                        problem(
                                entry.getValue(),
                                "unknown key \"%s\". Fix: use seed or faults".formatted(entry.getKey()));
                }
            }
            return new FaultSchedule(seed, faults);
        }

        private OptionalLong seed(Node node) {
            try {
                return OptionalLong.of(Long.parseLong(text(node)));
            } catch (NumberFormatException e) {
                problem(node, "seed must be a whole number: \"%s\"".formatted(text(node)));
                return OptionalLong.empty();
            }
        }

        private Optional<ScheduledFault> fault(Node node) {
            Map<String, Node> keys = mapping(node);
            Map<String, String> parameters = keys.entrySet().stream()
                    .filter(e -> !OWN_KEYS.contains(e.getKey()))
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, e -> text(e.getValue()), (a, b) -> b, LinkedHashMap::new));
            Node target = keys.get("target");
            Node kind = keys.get("kind");
            if (target == null || kind == null) {
                problem(node, "a fault needs target and kind");
                return Optional.empty();
            }
            Optional<Duration> at = duration(keys.get("at"));
            Optional<Duration> lasting = duration(keys.get("for"));
            Optional<Duration> every = duration(keys.get("every"));
            if (every.isPresent()
                    && (lasting.isEmpty()
                            || every.get().compareTo(lasting.get()) <= 0
                            || every.get().isZero())) {
                problem(node, "every needs a shorter for. Fix: add for, for example {every: 10 min, for: 20 s}");
                return Optional.empty();
            }
            try {
                return Optional.of(new ScheduledFault(
                        FaultOrder.of(text(target), text(kind), parameters), at.orElse(Duration.ZERO), lasting, every));
            } catch (FaultException e) {
                problem(kind, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        private Optional<Duration> duration(@org.jspecify.annotations.Nullable Node node) {
            if (node == null) {
                return Optional.empty();
            }
            Optional<Duration> duration = Durations.parse(text(node));
            if (duration.isEmpty()) {
                problem(node, "\"%s\" is no duration. Fix: a number with ms, s, min, h or d".formatted(text(node)));
            }
            return duration;
        }

        private Map<String, Node> mapping(Node node) {
            Map<String, Node> keys = new LinkedHashMap<>();
            if (node instanceof MappingNode mapping) {
                for (NodeTuple tuple : mapping.getValue()) {
                    keys.put(text(tuple.getKeyNode()), tuple.getValueNode());
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
                    .map(mark -> "%s:%d:%d: %s".formatted(name, mark.getLine() + 1, mark.getColumn() + 1, what))
                    .orElse(name + ": " + what));
        }
    }
}
