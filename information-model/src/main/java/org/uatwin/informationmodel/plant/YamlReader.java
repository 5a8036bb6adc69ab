package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds a {@link Yaml} tree from parse events. No object is ever constructed from a tag; depth, number of nodes and
 * the size that aliases expand to are bounded; a key given twice is a finding with both places.
 */
final class YamlReader {
    static final int MAX_CHARACTERS = 64 * 1024 * 1024;
    static final int MAX_DEPTH = 40;
    static final int MAX_NODES = 4_000_000;

    private final String file;
    private final Findings findings;
    private final Iterator<Event> events;
    private final Map<Anchor, Yaml> anchors = new HashMap<>();
    private int nodes;

    private YamlReader(String file, Findings findings, Iterator<Event> events) {
        this.file = file;
        this.findings = findings;
        this.events = events;
    }

    /** The document is not YAML at all, or is too big or too deep: nothing more can be said about it. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        final transient Finding finding;

        Unreadable(Finding finding) {
            super(finding.cause());
            this.finding = finding;
        }
    }

    /** The tree of the first document; empty if it could not be read, then a finding says why. */
    static Optional<Yaml> read(String file, String text, Findings findings) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MAX_CHARACTERS)
                .setUseMarks(true)
                .build();
        try {
            YamlReader reader = new YamlReader(
                    file, findings, new Parse(settings).parseString(text).iterator());
            return Optional.of(reader.document());
        } catch (Unreadable e) {
            findings.add(e.finding);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            findings.add(new Finding(
                    Finding.Severity.ERROR,
                    file,
                    mark.map(m -> m.getLine() + 1).orElse(0),
                    mark.map(m -> m.getColumn() + 1).orElse(0),
                    "",
                    "not YAML: " + e.getProblem(),
                    e.getContext() == null ? "" : "It happened " + e.getContext() + ".",
                    "check indentation (blanks only, no tabs), colons and quotes around this place."));
        } catch (YamlEngineException e) {
            findings.add(new Finding(
                    Finding.Severity.ERROR,
                    file,
                    0,
                    0,
                    "",
                    "not YAML: " + e.getMessage(),
                    "",
                    "save the file as UTF-8 text without control characters."));
        }
        return Optional.empty();
    }

    private Yaml document() {
        Yaml root = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, DocumentStart, DocumentEnd, StreamEnd, Comment -> {}
                default -> {
                    if (root != null) {
                        throw unreadable(event, "a second YAML document begins here", "keep one document per file.");
                    }
                    root = node(event, 0);
                }
            }
        }
        return root == null ? new Yaml.Scalar(file, 1, 1, "", true) : root;
    }

    private Yaml node(Event event, int depth) {
        if (++nodes > MAX_NODES) {
            throw unreadable(
                    event,
                    "more than " + MAX_NODES + " YAML nodes",
                    "declare twins as a range (ids: pump-{001..500}) or as a table.");
        }
        if (depth > MAX_DEPTH) {
            throw unreadable(event, "nested deeper than " + MAX_DEPTH + " levels", "flatten this part of the file.");
        }
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case SequenceStart -> sequence((SequenceStartEvent) event, depth);
            case MappingStart -> mapping((MappingStartEvent) event, depth);
            case Alias -> alias((AliasEvent) event);
            default -> throw new AssertionError(event);
        };
    }

    private Yaml.Scalar scalar(ScalarEvent event) {
        Yaml.Scalar scalar = new Yaml.Scalar(
                file, line(event), column(event), event.getValue(), event.getScalarStyle() == ScalarStyle.PLAIN);
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, scalar));
        return scalar;
    }

    private Yaml sequence(SequenceStartEvent start, int depth) {
        start.getAnchor().ifPresent(anchors::remove);
        List<Yaml> items = new ArrayList<>();
        long size = 1;
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            if (event.getEventId() != Event.ID.Comment) {
                Yaml item = node(event, depth + 1);
                items.add(item);
                size += item.size();
            }
        }
        Yaml.Sequence sequence =
                new Yaml.Sequence(file, line(start), column(start), List.copyOf(items), bounded(start, size));
        start.getAnchor().ifPresent(anchor -> anchors.put(anchor, sequence));
        return sequence;
    }

    private Yaml mapping(MappingStartEvent start, int depth) {
        start.getAnchor().ifPresent(anchors::remove);
        Map<String, Yaml.Scalar> seen = new HashMap<>();
        List<Yaml.Entry> entries = new ArrayList<>();
        long size = 1;
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (event.getEventId() == Event.ID.Comment) {
                continue;
            }
            Yaml key = node(event, depth + 1);
            Yaml value = node(events.next(), depth + 1);
            size += 1L + value.size();
            if (!(key instanceof Yaml.Scalar name)) {
                throw unreadable(
                        event,
                        "a key must be a text, this is " + key.kind(),
                        "quote text that begins with { or [, for example \"{n}\".");
            }
            Yaml.Scalar first = seen.putIfAbsent(name.text(), name);
            if (first != null) {
                findings.error(name, "", "the key \"%s\" is given twice".formatted(name.text()))
                        .detail("The first one is in line %d.".formatted(first.line()))
                        .fix("remove one of them.");
            } else {
                entries.add(new Yaml.Entry(name, value));
            }
        }
        Yaml.Mapping mapping =
                new Yaml.Mapping(file, line(start), column(start), List.copyOf(entries), bounded(start, size));
        start.getAnchor().ifPresent(anchor -> anchors.put(anchor, mapping));
        return mapping;
    }

    private Yaml alias(AliasEvent event) {
        Yaml target = anchors.get(event.getAlias());
        if (target == null) {
            throw unreadable(
                    event,
                    "*%s refers to no anchor before it".formatted(event.getAlias()),
                    "define &%s above, outside of its own content.".formatted(event.getAlias()));
        }
        return target;
    }

    private int bounded(Event event, long size) {
        if (size > MAX_NODES) {
            throw unreadable(
                    event,
                    "aliases make this part larger than " + MAX_NODES + " nodes",
                    "use fewer aliases, or a range (ids: pump-{001..500}).");
        }
        return (int) size;
    }

    private Unreadable unreadable(Event at, String cause, String fix) {
        return new Unreadable(new Finding(Finding.Severity.ERROR, file, line(at), column(at), "", cause, "", fix));
    }

    private static int line(Event event) {
        return event.getStartMark().map(m -> m.getLine() + 1).orElse(0);
    }

    private static int column(Event event) {
        return event.getStartMark().map(m -> m.getColumn() + 1).orElse(0);
    }
}
