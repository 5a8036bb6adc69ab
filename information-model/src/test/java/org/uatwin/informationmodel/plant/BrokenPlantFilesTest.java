package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every broken file of the resources: the message says place, cause and fix. The list also serves the CLI's test. */
class BrokenPlantFilesTest {
    static final Path FOLDER = Path.of("src/test/resources/org/uatwin/informationmodel/plant/broken");

    static Stream<List<String>> cases() throws IOException {
        return Files.readAllLines(FOLDER.resolve("expected.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split(" \\| ")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void messageNamesPlaceCauseAndFix(List<String> expected) {
        Path file = FOLDER.resolve(expected.get(0));
        PlantReading reading = PlantFile.read(file);
        assertThat(reading.findings()).isNotEmpty();
        String message = reading.findings().get(0).toString();
        assertThat(message).startsWith(file + ":").contains("\n  Fix: ");
        assertThat(message).contains(expected.subList(1, expected.size()));
        boolean isWarning = expected.contains("warning");
        assertThat(reading.plant().isPresent()).isEqualTo(isWarning);
        assertThat(reading.findings().get(0).line()).isPositive();
        assertThat(reading.exitCode()).isEqualTo(isWarning ? 0 : reading.isUnreadable() ? 2 : 1);
    }

    @Test
    void thereAreAtLeastTwentyFive() throws IOException {
        assertThat(cases().count()).isGreaterThanOrEqualTo(25);
    }

    /** One run reports everything: nobody mends a plant file one message at a time. */
    @Test
    void allFindingsOfAFileComeSortedByPlace() {
        PlantReading reading = PlantFile.read(
                """
                uatwin: 1
                siteId: demo
                connections:
                  line-1: {host: x, prot: 1, devices: {plc: {unit: 300}}}
                twins:
                  - {id: a, type: Tnak}
                  - {id: b, type: Tank, points: {Level: holdin 1}}
                """,
                "plant.yaml");
        assertThat(reading.findings())
                .extracting(f -> f.line() + ":" + f.column())
                .containsExactly("4:21", "4:52", "6:19", "7:41");
    }
}
