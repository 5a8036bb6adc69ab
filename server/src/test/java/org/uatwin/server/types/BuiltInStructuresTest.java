package org.uatwin.server.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Contracts section 4: clients encode structures by what they once read; a published one never changes. */
class BuiltInStructuresTest {
    @Test
    void structuresAreThoseOfTheGoldenFile() throws Exception {
        List<String> lines = new ArrayList<>();
        for (StructureDeclaration structure : ModelTables.structures("twins.model", NamespaceRegistry.TYPES)) {
            lines.add("%s %s %s"
                    .formatted(
                            structure.name(),
                            structure.id().getIdentifier(),
                            structure.encodingId().getIdentifier()));
            for (StructureDeclaration.Field field : structure.fields()) {
                lines.add("  %s %d%s".formatted(field.name(), field.builtinId(), field.valueRank() == 1 ? "[]" : ""));
            }
        }
        assertThat(lines).isEqualTo(golden());
    }

    private static List<String> golden() throws Exception {
        try (InputStream in =
                Objects.requireNonNull(BuiltInStructuresTest.class.getResourceAsStream("structures.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
