package org.uatwin.informationmodel.plant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link Yaml} tree as bytes: scanning YAML is slow in a program that has just started, reading these is not. Texts stand once, in the
 * order of their first use; a node is its kind, line, column and text or children.
 */
final class YamlTree {
    private static final int SCALAR = 0;
    private static final int PLAIN_SCALAR = 1;
    private static final int SEQUENCE = 2;
    private static final int MAPPING = 3;

    private YamlTree() {}

    static void write(Yaml root, DataOutputStream out) throws IOException {
        new Writer(out).node(root);
    }

    /**
     * @param file its nodes are said to stand in.
     * @throws IOException if these are not the bytes of a tree.
     */
    static Yaml read(String file, DataInputStream in) throws IOException {
        return new Reader(file, in).node();
    }

    private static final class Writer {
        private final DataOutputStream out;
        private final Map<String, Integer> texts = new HashMap<>();

        Writer(DataOutputStream out) {
            this.out = out;
        }

        void node(Yaml node) throws IOException {
            if (node instanceof Yaml.Scalar scalar) {
                head(scalar.isPlain() ? PLAIN_SCALAR : SCALAR, node);
                text(scalar.text());
            } else if (node instanceof Yaml.Sequence sequence) {
                head(SEQUENCE, node);
                out.writeShort(sequence.items().size());
                for (Yaml item : sequence.items()) {
                    node(item);
                }
            } else if (node instanceof Yaml.Mapping mapping) {
                head(MAPPING, node);
                out.writeShort(mapping.entries().size());
                for (Yaml.Entry entry : mapping.entries()) {
                    node(entry.key());
                    node(entry.value());
                }
            }
        }

        private void head(int kind, Yaml node) throws IOException {
            out.writeByte(kind);
            out.writeShort(node.line());
            out.writeShort(node.column());
        }

        private void text(String text) throws IOException {
            Integer known = texts.putIfAbsent(text, texts.size());
            out.writeShort(known == null ? texts.size() - 1 : known);
            if (known == null) {
                out.writeUTF(text);
            }
        }
    }

    private static final class Reader {
        private final String file;
        private final DataInputStream in;
        private final List<String> texts = new ArrayList<>();

        Reader(String file, DataInputStream in) {
            this.file = file;
            this.in = in;
        }

        Yaml node() throws IOException {
            int kind = in.readByte();
            int line = in.readUnsignedShort();
            int column = in.readUnsignedShort();
            return switch (kind) {
                case SCALAR, PLAIN_SCALAR -> new Yaml.Scalar(file, line, column, text(), kind == PLAIN_SCALAR);
                case SEQUENCE -> sequence(line, column);
                case MAPPING -> mapping(line, column);
                default -> throw new IOException("no node of kind " + kind);
            };
        }

        private Yaml sequence(int line, int column) throws IOException {
            int count = in.readUnsignedShort();
            List<Yaml> items = new ArrayList<>(count);
            int size = 1;
            for (int i = 0; i < count; i++) {
                Yaml item = node();
                items.add(item);
                size += item.size();
            }
            return new Yaml.Sequence(file, line, column, List.copyOf(items), size);
        }

        private Yaml mapping(int line, int column) throws IOException {
            int count = in.readUnsignedShort();
            List<Yaml.Entry> entries = new ArrayList<>(count);
            int size = 1;
            for (int i = 0; i < count; i++) {
                if (!(node() instanceof Yaml.Scalar key)) {
                    throw new IOException("a key that is no text");
                }
                Yaml value = node();
                entries.add(new Yaml.Entry(key, value));
                size += key.size() + value.size();
            }
            return new Yaml.Mapping(file, line, column, List.copyOf(entries), size);
        }

        private String text() throws IOException {
            int index = in.readUnsignedShort();
            if (index == texts.size()) {
                texts.add(in.readUTF());
            }
            return texts.get(index);
        }
    }
}
