package org.uatwin.server.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a generic client relies on when it shows a server it has never seen. */
class AddressSpaceWalkTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void builtInNamespacesBreakNoRuleAndMiloOnlyTheListedOnes() throws IOException {

        try (BareServer bare = new BareServer(directory)) {
            AddressSpaceWalk.Report report = new AddressSpaceWalk(bare.server).walk();

            assertThat(report.nodes()).isGreaterThan(4_500);
            assertThat(report.ofNamespaces(2, 3, 4, 5, 6, 7, 8, 9)).isEmpty();
            Files.write(
                    Path.of("target", "milo-deviations.actual.txt"),
                    report.ofNamespaces(0, 1).stream()
                            .map(b -> b.key() + "  # " + b.text())
                            .sorted()
                            .toList());
            Set<String> unlisted = report.miloKeys();
            unlisted.removeAll(listed());
            assertThat(unlisted)
                    .as("breaches of namespaces 0 and 1 that the list does not hold")
                    .isEmpty();
            Set<String> gone = listed();
            gone.removeAll(report.miloKeys());
            assertThat(gone)
                    .as("listed breaches that are gone: remove their lines")
                    .isEmpty();
        }
    }

    private static Set<String> listed() throws IOException {
        try (InputStream in = AddressSpaceWalkTest.class.getResourceAsStream("milo-deviations.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
