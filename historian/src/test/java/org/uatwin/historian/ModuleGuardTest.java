package org.uatwin.historian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The historian knows the ground floor and nothing beside it: no Milo, no sockets, no other module. */
class ModuleGuardTest {
    private static final List<String> ALLOWED = List.of(
            "java.",
            "org.uatwin.informationmodel.",
            "org.uatwin.historian.",
            "org.slf4j.",
            "org.jspecify.",
            "org.sqlite.");

    @Test
    void importsOnlyTheGroundFloor() throws IOException {
        List<String> found = new ArrayList<>();
        int files = 0;
        try (Stream<Path> tree = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file : tree.filter(f -> f.toString().endsWith(".java")).toList()) {
                files++;
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    String line = lines.get(i).strip();
                    if (line.startsWith("import ")) {
                        String name = line.substring(7).replaceFirst("^static ", "");
                        if (ALLOWED.stream().noneMatch(name::startsWith)) {
                            found.add("%s:%d -> %s".formatted(file, i + 1, name));
                        }
                    }
                }
            }
        }
        assertThat(files).isPositive();
        assertThat(found).isEmpty();
    }
}
