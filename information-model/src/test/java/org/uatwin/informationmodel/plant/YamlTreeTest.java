package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class YamlTreeTest {
    @Test
    void aTreeComesBackAsItWas() throws IOException {
        Yaml tree = yaml(
                """
                types:
                  Pump: {unit: m3/h, range: [0, 250], name: {en: "Flow", de: 'Förderstrom'}}
                  Empty:
                  Text: |
                    two
                    lines
                """);
        assertThat(said(read(bytes(tree)))).isEqualTo(said(tree));
        assertThat(read(bytes(tree)).size()).isEqualTo(tree.size());
    }

    @Test
    void otherBytesAreNoTree() {
        assertThatThrownBy(() -> read(new byte[] {9, 0, 1, 0, 1}))
                .isInstanceOf(IOException.class)
                .hasMessage("no node of kind 9");
    }

    /** The build writes them; a library from other files would be another library. */
    @Test
    void theTreesOfTheBuildAreThoseOfTheFiles() throws IOException {
        ByteArrayOutputStream files = new ByteArrayOutputStream();
        TypeLibrary.writeTrees(new DataOutputStream(files));
        try (InputStream built = TypeLibrary.class.getResourceAsStream("/org/uatwin/types/" + TypeLibrary.TREES)) {
            assertThat(built).as("made by the build, in process-classes").isNotNull();
            assertThat(built.readAllBytes()).isEqualTo(files.toByteArray());
        }
    }

    private static Yaml yaml(String text) {
        return YamlReader.read("test.yaml", text, new Findings()).orElseThrow();
    }

    private static byte[] bytes(Yaml tree) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        YamlTree.write(tree, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Yaml read(byte[] bytes) throws IOException {
        return YamlTree.read("test.yaml", new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    /** Everything a reader of the tree can see. */
    private static String said(Yaml node) {
        StringBuilder text = new StringBuilder()
                .append(node.file())
                .append(':')
                .append(node.line())
                .append(':')
                .append(node.column())
                .append(' ');
        if (node instanceof Yaml.Scalar scalar) {
            text.append(scalar.isPlain() ? "plain " : "quoted ").append(scalar.text());
        } else if (node instanceof Yaml.Sequence sequence) {
            sequence.items().forEach(item -> text.append("\n- ").append(said(item)));
        } else if (node instanceof Yaml.Mapping mapping) {
            mapping.entries().forEach(e -> text.append('\n')
                    .append(said(e.key()))
                    .append(" = ")
                    .append(said(e.value())));
        }
        return text.toString();
    }
}
