package org.uatwin.certs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps the arrows of the layout: this module stands alone, without OPC UA server code. */
class ModuleGuardTest {
    @Test
    void mainSourcesUseNothingOfOursAndNoMilo() throws IOException {
        List<String> offences = new ArrayList<>();
        Path sources = Path.of("src", "main", "java");
        int files = 0;
        try (var walk = Files.walk(sources)) {
            for (Path file : walk.filter(f -> f.toString().endsWith(".java")).toList()) {
                files++;
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    String line = lines.get(i).strip();
                    boolean ours = line.contains("org.uatwin.") && !line.contains("org.uatwin.certs");
                    if (ours || line.contains("org.eclipse.milo")) {
                        offences.add("%s:%d -> %s".formatted(file, i + 1, line));
                    }
                }
            }
        }
        assertThat(files).isGreaterThan(20);
        assertThat(offences).isEmpty();
    }
}
