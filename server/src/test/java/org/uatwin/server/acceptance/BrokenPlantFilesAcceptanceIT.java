package org.uatwin.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code uatwin check} as an engineer runs it: place, cause and fix of every broken file, and the exit codes. */
@Tag("acceptance")
class BrokenPlantFilesAcceptanceIT {
    private static final Path FOLDER =
            Program.root().resolve("information-model/src/test/resources/org/uatwin/informationmodel/plant/broken");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    static Stream<List<String>> cases() throws IOException {
        return Files.readAllLines(FOLDER.resolve("expected.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> List.of(line.split(" \\| ")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void messageNamesLineColumnCauseAndFix(List<String> expected) {
        Program.Outcome check = check(FOLDER.resolve(expected.get(0)));

        Optional<String> first =
                check.out().lines().filter(l -> l.contains(".yaml:")).findFirst();
        assertThat(first).as("%s", check).isPresent();
        assertThat(first.get()).matches(".*\\.yaml:\\d+:\\d+: .+");
        assertThat(check.out()).contains("Fix: ");
        assertThat(check.out()).contains(expected.subList(1, expected.size()));
        if (expected.contains("warning")) {
            assertThat(check.exitCode()).as("%s", check).isZero();
        } else {
            assertThat(check.exitCode()).as("%s", check).isIn(1, 2);
        }
    }

    @Test
    void thereAreAtLeastTwentyFive() throws IOException {
        assertThat(cases().count()).isGreaterThanOrEqualTo(25);
    }

    @Test
    void exitCodesTellFindingsFromUnreadable() {
        assertThat(check(Program.root().resolve("examples/small-pump.yaml")).exitCode())
                .isZero();
        assertThat(check(FOLDER.resolve("unknown-type.yaml")).exitCode()).isEqualTo(1);
        assertThat(check(FOLDER.resolve("not-yaml.yaml")).exitCode()).isEqualTo(2);
        assertThat(check(FOLDER.resolve("no-such-file.yaml")).exitCode()).isEqualTo(2);
    }

    private static Program.Outcome check(Path file) {
        return Program.run(Program.root(), LIMIT, List.of(Program.launcher().toString(), "check", file.toString()));
    }
}
