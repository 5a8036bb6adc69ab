package org.uatwin.plcadapters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The arrows of the module layout: this module knows information-model and nothing beside it. Of Jackson it uses the
 * parser alone, to read payloads.
 */
class GuardTest {
    private static final Pattern FORBIDDEN = Pattern.compile(
            "org\\.eclipse\\.milo|org\\.uatwin\\.(simulation|historian|certs|server)\\b|com\\.fasterxml\\.jackson\\.(databind|annotation)");

    @Test
    void sourcesImportNothingOfTheOtherModules() throws IOException {
        List<String> found = new ArrayList<>();
        Path root = Path.of("src/main/java").toAbsolutePath();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (FORBIDDEN.matcher(lines.get(i)).find()) {
                        found.add("%s:%d -> %s".formatted(root.relativize(file), i + 1, lines.get(i)));
                    }
                }
            }
            assertThat(Files.exists(root.resolve("org/uatwin/plcadapters/modbus/LinkLoop.java")))
                    .isTrue();
        }
        assertThat(found).isEmpty();
    }
}
