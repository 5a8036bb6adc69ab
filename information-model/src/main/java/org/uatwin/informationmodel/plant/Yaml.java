package org.uatwin.informationmodel.plant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A YAML document as a tree that remembers where every node stands. Scalars stay text; readers decide their type. */
sealed interface Yaml {
    /** File the node was read from, as the user gave it. */
    String file();

    /** 1-based. */
    int line();

    /** 1-based. */
    int column();

    /** What the node is, for messages. */
    String kind();

    /** Nodes below this one and itself, aliases counted each time; saturates at {@link Integer#MAX_VALUE}. */
    int size();

    /** A text. {@code isPlain} tells an unquoted scalar. The template is compiled when first evaluated. */
    final class Scalar implements Yaml {
        private final String file;
        private final int line;
        private final int column;
        private final String text;
        private final boolean isPlain;
        private @Nullable Template template; // owned by the reading thread

        Scalar(String file, int line, int column, String text, boolean isPlain) {
            this.file = file;
            this.line = line;
            this.column = column;
            this.text = text;
            this.isPlain = isPlain;
        }

        String text() {
            return text;
        }

        boolean isPlain() {
            return isPlain;
        }

        /** An unquoted nothing or {@code null} or {@code ~}. */
        boolean isEmptyValue() {
            return isPlain && (text.isEmpty() || text.equals("null") || text.equals("~"));
        }

        boolean hasPlaceholder() {
            return Template.mayHavePlaceholder(text);
        }

        Template template() {
            Template compiled = template;
            if (compiled == null) {
                compiled = Template.compile(text);
                template = compiled;
            }
            return compiled;
        }

        @Override
        public String file() {
            return file;
        }

        @Override
        public int line() {
            return line;
        }

        @Override
        public int column() {
            return column;
        }

        @Override
        public String kind() {
            return isEmptyValue() ? "nothing" : "a text or number";
        }

        @Override
        public int size() {
            return 1;
        }
    }

    record Sequence(String file, int line, int column, List<Yaml> items, int size) implements Yaml {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** One {@code key: value}. */
    record Entry(Scalar key, Yaml value) {}

    record Mapping(String file, int line, int column, List<Entry> entries, int size) implements Yaml {
        @Nullable
        Yaml get(String key) {
            for (Entry entry : entries) {
                if (entry.key().text().equals(key)) {
                    return entry.value();
                }
            }
            return null;
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }
}
