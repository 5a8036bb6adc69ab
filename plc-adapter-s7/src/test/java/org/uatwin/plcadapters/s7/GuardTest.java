package org.uatwin.plcadapters.s7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of the module layout: information-model and the adapter interface; PLC4X in one class alone. */
class GuardTest {
    @Test
    void sourcesImportNothingOfTheOtherModules() throws IOException {
        Path root = Path.of("src/main/java").toAbsolutePath();
        assertThat(root.resolve("org/uatwin/plcadapters/s7/Plc4xWire.java")).exists();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                List<String> lines = Files.readAllLines(file);
                assertThat(lines)
                        .as(file.toString())
                        .noneMatch(
                                line -> line.matches(
                                        "import .*(org\\.uatwin\\.(simulation|historian|certs|server)\\b|org\\.eclipse\\.milo|org\\.pcap4j).*"));
                if (!file.endsWith("Plc4xWire.java")) {
                    assertThat(lines).as(file.toString()).noneMatch(line -> line.contains("org.apache.plc4x"));
                }
            }
        }
    }
}
