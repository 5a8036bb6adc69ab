package org.uatwin.plcadapters.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of the module layout: this module knows information-model, the adapter interface and Milo's client. */
class GuardTest {
    private static final Pattern FORBIDDEN = Pattern.compile(
            "org\\.uatwin\\.(simulation|historian|certs|server)\\b|org\\.uatwin\\.plcadapters\\.(modbus|mqtt|s7)|milo\\.opcua\\.sdk\\.server");

    @Test
    void sourcesImportNothingOfTheOtherModules() throws IOException {
        Path root = Path.of("src/main/java").toAbsolutePath();
        assertThat(root.resolve("org/uatwin/plcadapters/opcua/UpstreamLoop.java"))
                .exists();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                List<String> lines = Files.readAllLines(file);
                assertThat(lines)
                        .as(file.toString())
                        .noneMatch(line -> FORBIDDEN.matcher(line).find());
            }
        }
    }
}
