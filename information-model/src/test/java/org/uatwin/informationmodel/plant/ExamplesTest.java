package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are what people copy: they read without a finding. */
class ExamplesTest {
    static final Path FOLDER = Path.of("../examples");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> list = Files.list(FOLDER)) {
            return list.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void exampleReadsWithoutAFinding(Path file) {
        PlantReading reading = PlantFile.read(file);
        assertThat(reading.findings()).isEmpty();
        assertThat(reading.plant()).isPresent();
    }

    /** What the documents show must work as shown. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../docs/reference/plant-file.md",
                "../docs/how-to/add-a-twin-type.md",
                "../docs/how-to/derived-points.md"
            })
    void filesShownInDocumentsRead(String page) throws IOException {
        String[] parts = Files.readString(Path.of(page)).split("```");
        int read = 0;
        for (String part : parts) {
            if (part.startsWith("yaml\nuatwin: 1")) {
                assertThat(PlantFile.read(part.substring(5), page).findings()).isEmpty();
                read++;
            }
        }
        assertThat(read).isPositive();
    }

    /** "100 000 points on a page" is a promise of the README. */
    @Test
    void bigPlantHoldsAHundredThousandPointsOnAPage() throws IOException {
        Path file = FOLDER.resolve("big-plant.yaml");
        Plant plant = PlantFile.read(file).plant().orElseThrow();
        long bound = plant.twins().stream()
                .mapToLong(twin -> {
                    long count = 0;
                    for (int i = 0; i < twin.pointCount(); i++) {
                        count += twin.binding(i) == null ? 0 : 1;
                    }
                    return count;
                })
                .sum();
        assertThat(bound).isGreaterThanOrEqualTo(100_000);
        assertThat(Files.readAllLines(file)).hasSizeLessThan(70);
    }
}
