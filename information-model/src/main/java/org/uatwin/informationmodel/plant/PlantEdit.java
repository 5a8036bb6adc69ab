package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Changes to the text of a plant file that leave everything else as it stands: comments, layout, order. Only twins
 * declared one by one ({@code id:}) can be changed; those of ranges and tables come from a template.
 */
public final class PlantEdit {
    /** What a point's section says of its source; the address takes in type and order. */
    private static final Set<String> SOURCE_KEYS =
            Set.of("address", "value", "device", "poll", "scale", "offset", "type", "order");

    private record Change(int from, int to, String text) {}

    private final int[] text; // code points, as marks count
    private final String lineEnd;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, MappingNode> twins = new HashMap<>();
    private @Nullable SequenceNode list;

    /** @param plantFile a plant file without errors. */
    public PlantEdit(String plantFile) {
        text = plantFile.codePoints().toArray();
        lineEnd = plantFile.contains("\r\n") ? "\r\n" : "\n";
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(YamlReader.MAX_CHARACTERS)
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .build();
        Node root = new Compose(settings).composeString(plantFile).orElseThrow();
        if (root instanceof MappingNode mapping && value(mapping, "twins") instanceof SequenceNode sequence) {
            list = sequence;
            for (Node item : sequence.getValue()) {
                if (item instanceof MappingNode twin && value(twin, "id") instanceof ScalarNode id) {
                    twins.put(id.getValue(), twin);
                }
            }
        }
    }

    private static @Nullable Node value(MappingNode mapping, String key) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode scalar
                    && scalar.getValue().equals(key)) {
                return tuple.getValueNode();
            }
        }
        return null;
    }

    /** A plain text of a twin, such as {@code device}; empty if the twin does not give it. */
    public String of(String twinId, String key) {
        MappingNode twin = twins.get(twinId);
        return twin != null && value(twin, key) instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** What the offsets of a twin's addresses count from, by the table's word in {@code base:}. */
    public int base(String twinId, String table) {
        MappingNode twin = twins.get(twinId);
        return twin != null
                        && value(twin, "base") instanceof MappingNode base
                        && value(base, table) instanceof ScalarNode scalar
                ? Integer.parseInt(scalar.getValue().strip())
                : 0;
    }

    /** Why a twin's points cannot be changed in place; empty if they can. */
    public Optional<String> obstacle(String twinId) {
        MappingNode twin = twins.get(twinId);
        if (twin == null) {
            return Optional.of("the twin comes from a range or a table; change it there");
        }
        Node points = value(twin, "points");
        if (points != null && (start(points) < start(twin) || points.getAnchor().isPresent())) {
            return Optional.of("its points are shared with other twins by an anchor; change them there");
        }
        return Optional.empty();
    }

    /** Why one point cannot be changed in place; empty if it can. */
    public Optional<String> obstacle(String twinId, String point) {
        return obstacle(twinId)
                .or(() -> furtherKeys(old(twinId, point)).stream().anyMatch(key -> key.contains("\n"))
                        ? Optional.of("it has further keys over several lines; change it by hand")
                        : Optional.empty());
    }

    private @Nullable Node old(String twinId, String point) {
        MappingNode twin = twins.get(twinId);
        return twin != null && value(twin, "points") instanceof MappingNode points ? value(points, point) : null;
    }

    /** What a point's section says beside where the value comes from, as it is written. */
    private List<String> furtherKeys(@Nullable Node old) {
        List<String> further = new ArrayList<>();
        if (old instanceof MappingNode section) {
            for (NodeTuple tuple : section.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && !SOURCE_KEYS.contains(key.getValue())) {
                    StringBuilder written = new StringBuilder();
                    append(written, start(key), end(tuple.getValueNode()));
                    further.add(written.toString());
                }
            }
        }
        return further;
    }

    private String withFurtherKeys(String value, @Nullable Node old) {
        List<String> further = furtherKeys(old);
        if (further.isEmpty()) {
            return value;
        }
        String open = value.startsWith("{") ? value.substring(0, value.length() - 1) : "{address: " + value;
        return open + ", " + String.join(", ", further) + "}";
    }

    /** Gives points of a twin other values, or adds them. Further keys of a point's section stay. */
    public void setPoints(String twinId, Map<String, String> valueByPoint) {
        MappingNode twin = twins.get(twinId);
        if (twin == null) {
            throw new IllegalArgumentException(twinId + " has no entry of its own");
        }
        Node points = value(twin, "points");
        List<String> fresh = new ArrayList<>();
        valueByPoint.forEach((point, value) -> {
            Node old = points instanceof MappingNode mapping ? value(mapping, point) : null;
            if (old == null) {
                fresh.add(point + ": " + value);
            } else {
                changes.add(new Change(start(old), end(old), withFurtherKeys(value, old)));
            }
        });
        if (fresh.isEmpty()) {
            return;
        }
        if (points instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
            add(mapping, fresh);
        } else if (points != null) {
            changes.add(new Change(start(points), end(points), "{" + String.join(", ", fresh) + "}"));
        } else if (twin.getFlowStyle() == FlowStyle.FLOW) {
            add(twin, List.of("points: {" + String.join(", ", fresh) + "}"));
        } else {
            String inner = lineEnd + " ".repeat(column(twin) + 2);
            add(twin, List.of("points:" + inner + String.join(inner, fresh)));
        }
    }

    private void add(MappingNode mapping, List<String> entries) {
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            int at = end(last(mapping));
            changes.add(new Change(at, at, ", " + String.join(", ", entries)));
        } else {
            String indent = lineEnd + " ".repeat(column(mapping));
            int at = lineEndAfter(end(last(mapping)));
            changes.add(new Change(at, at, indent + String.join(indent, entries)));
        }
    }

    /** Adds an entry to the list of twins. @throws IllegalStateException if the file has no list of twins in block style. */
    public void addTwin(List<String> lines) {
        SequenceNode sequence = list;
        if (sequence == null || sequence.getValue().isEmpty() || sequence.getFlowStyle() == FlowStyle.FLOW) {
            throw new IllegalStateException("twins: is not a list with an entry a line");
        }
        String indent = lineEnd + " ".repeat(column(sequence));
        int at = lineEndAfter(end(last(sequence)));
        changes.add(new Change(at, at, indent + "- " + String.join(indent + "  ", lines)));
    }

    /** The file with all changes. */
    public String text() {
        List<Change> ordered = new ArrayList<>(changes);
        ordered.sort(Comparator.comparingInt(Change::from));
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (Change change : ordered) {
            append(result, at, change.from);
            result.append(change.text);
            at = change.to;
        }
        append(result, at, text.length);
        return result.toString();
    }

    private void append(StringBuilder result, int from, int to) {
        for (int i = from; i < to; i++) {
            result.appendCodePoint(text[i]);
        }
    }

    private static int start(Node node) {
        return node.getStartMark().map(Mark::getIndex).orElseThrow();
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElseThrow();
    }

    /** Behind the last character of a node; what the parser says of block style is where the next node begins. */
    private static int end(Node node) {
        if (node instanceof CollectionNode<?> collection && collection.getFlowStyle() != FlowStyle.FLOW) {
            return end(last(node));
        }
        return node.getEndMark().map(Mark::getIndex).orElseThrow();
    }

    private static Node last(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().get(mapping.getValue().size() - 1).getValueNode();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().get(sequence.getValue().size() - 1);
        }
        throw new AssertionError(node);
    }

    private int lineEndAfter(int at) {
        int i = at;
        while (i < text.length && text[i] != '\n' && text[i] != '\r') {
            i++;
        }
        return i;
    }
}
