package org.uatwin.demobroker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The broker needs the JDK and the interface it implements, and the server does not need the broker. */
class GuardTest {
    @Test
    void sourcesImportTheJdkAndTheServiceAlone() throws IOException {
        Path root = Path.of("src/main/java").toAbsolutePath();
        assertThat(root.resolve("org/uatwin/demobroker/DemoBroker.java")).exists();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                assertThat(Files.readAllLines(file))
                        .as(file.toString())
                        .filteredOn(line -> line.startsWith("import "))
                        .allMatch(
                                line -> line.matches(
                                        "import (java\\.|org\\.slf4j\\.|org\\.jspecify\\.|org\\.uatwin\\.plcadapters\\.device\\.Broker;).*"));
            }
        }
    }

    @Test
    void serverHasItForTestsOnly() throws IOException {
        String pom = Files.readString(Path.of("..", "server", "pom.xml"));
        assertThat(pom).containsPattern("uatwin-demo-broker</artifactId>\\s*<scope>test</scope>");
    }
}
