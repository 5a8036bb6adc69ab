package org.uatwin.informationmodel.plant;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A YAML file that is no plant file, read with the same care: every node knows its place, and what is wrong becomes a {@link
 * Finding}. Used by one thread while the file is read.
 */
public final class Document {
    private final Findings findings = new Findings();
    private final Path path;
    private final @Nullable Node root;

    private Document(Path path) {
        this.path = path;
        Optional<String> text = PlantFile.text(path, path.toString(), findings, new Sources());
        Optional<Yaml> yaml = text.flatMap(t -> YamlReader.read(path.toString(), t, findings));
        this.root = yaml.map(Node::new).orElse(null);
    }

    private Document(String name, String text) {
        this.path = Path.of(name);
        this.root = YamlReader.read(name, text, findings).map(Node::new).orElse(null);
    }

    /** Reads a text that stands in no file. */
    public static Document of(String name, String text) {
        return new Document(name, text);
    }

    /** Reads a file; that it cannot be read is a finding. */
    public static Document read(Path path) {
        return new Document(path);
    }

    /** The outermost node; empty when the file could not be read. */
    public Optional<Node> root() {
        return Optional.ofNullable(root);
    }

    /** Folder against which the file names other files. */
    public Path folder() {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    public boolean hasErrors() {
        return findings.hasErrors();
    }

    /** What was found so far, by place. */
    public List<Finding> findings() {
        return findings.sorted();
    }

    /** Reports a problem of a file this one names. */
    void report(Finding.Severity severity, String file, int line, int column, String cause, String fix) {
        findings.add(new Finding(severity, file, line, column, "", cause, "", fix));
    }

    /** One {@code key: value}. */
    public record Field(Node key, Node value) {}

    /** One node of the file. */
    public final class Node {
        private final Yaml yaml;

        private Node(Yaml yaml) {
            this.yaml = yaml;
        }

        public boolean isScalar() {
            return yaml instanceof Yaml.Scalar scalar && !scalar.isEmptyValue();
        }

        public boolean isMapping() {
            return yaml instanceof Yaml.Mapping;
        }

        public boolean isSequence() {
            return yaml instanceof Yaml.Sequence;
        }

        /** The text of a scalar, stripped; the empty text for anything else. */
        public String text() {
            return yaml instanceof Yaml.Scalar scalar && !scalar.isEmptyValue()
                    ? scalar.text().strip()
                    : "";
        }

        /** The value of a finite number; empty for anything else. */
        public OptionalDouble number() {
            return Csv.parse(text());
        }

        /** Seconds: a number, or a number with ms, s, min, h or d; empty for anything else. */
        public OptionalDouble seconds() {
            OptionalDouble number = number();
            return number.isPresent()
                    ? number
                    : Section.parseDuration(text())
                            .map(d -> OptionalDouble.of(d.toNanos() / 1e9))
                            .orElse(OptionalDouble.empty());
        }

        /** What the node is, for messages: a list, a mapping, a text or number, nothing. */
        public String kind() {
            return yaml.kind();
        }

        /** The fields of a mapping, none for anything else. */
        public List<Field> fields() {
            return yaml instanceof Yaml.Mapping mapping
                    ? mapping.entries().stream()
                            .map(e -> new Field(new Node(e.key()), new Node(e.value())))
                            .toList()
                    : List.of();
        }

        /** The value of a key of a mapping. */
        public Optional<Node> get(String key) {
            return yaml instanceof Yaml.Mapping mapping
                    ? Optional.ofNullable(mapping.get(key)).map(Node::new)
                    : Optional.empty();
        }

        /** The items of a list, none for anything else. */
        public List<Node> items() {
            return yaml instanceof Yaml.Sequence sequence
                    ? sequence.items().stream().map(Node::new).toList()
                    : List.of();
        }

        /** Reports what prevents the file from being used. */
        public void error(String cause, String fix) {
            findings.error(yaml, "", cause).fix(fix);
        }

        /** Reports what can be, but is likely a mistake. */
        public void warning(String cause, String fix) {
            findings.warning(yaml, "", cause).fix(fix);
        }

        /** Reports every key that is not one of {@code known}. */
        public void checkKeys(List<String> known) {
            for (Field field : fields()) {
                String key = field.key().text();
                if (!known.contains(key)) {
                    field.key().error("unknown key \"%s\"".formatted(key), Nearest.advice(key, known));
                }
            }
        }

        /** The document the node stands in. */
        public Document document() {
            return Document.this;
        }
    }
}
