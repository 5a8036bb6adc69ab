package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunControl;

/** Cases of uatwin optimise: those a newcomer copies from, and what is said about wrong ones. */
class OptimiseCaseTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("uatwin.root", ".."), "examples", "optimise");

    @TempDir
    private Path folder = Path.of("");

    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(EXAMPLES)) {
            return all.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    private static OptimiseCase.Reading read(Path file) {
        return OptimiseCase.read(file, ModelRegistry.builtIn());
    }

    @ParameterizedTest
    @MethodSource("files")
    void workedCasesGain(Path file) {
        OptimiseCase.Reading reading = read(file);
        assertThat(reading.findings()).isEmpty();
        Optimum o =
                reading.task().orElseThrow().perform(RunControl.NONE).optimum().orElseThrow();
        assertThat(o.isFeasible()).as(o.text()).isTrue();
        assertThat(o.gainPercent()).as(o.text()).isGreaterThan(1);
        assertThat(o.decisions()).isNotEmpty();
    }

    /** Everything there is to mend, each with its line. */
    @Test
    void mistakesAreNamedWithTheirPlace() throws IOException {
        Path file = Files.writeString(
                folder.resolve("case.yaml"),
                "uatwin: 1\nmodel: Conveyor\nparameters: {RatedSped: 1}\nobjectiv: speed\nstart: {SpeedSetpoint: 1}\n");
        assertThat(read(file).findings()).extracting(Finding::toString).anySatisfy(f -> assertThat(f)
                .contains("case.yaml:3:", "RatedSpeed"));
        Path second = Files.writeString(
                folder.resolve("second.yaml"),
                "uatwin: 1\nmodel: Conveyor\nobjectiv: speed\nstart: {SpeedSetpoint: 1, LoadMassFlow: 50}\n");
        assertThat(read(second).findings()).extracting(Finding::toString).anySatisfy(f -> assertThat(f)
                .contains("second.yaml:3:", "objectiv", "objective"));
    }

    /** A model there is none of, and readings that are missing: the fix says what to write. */
    @Test
    void unknownModelsAndMissingReadingsAreSaidSo() throws IOException {
        Path unknown = Files.writeString(folder.resolve("a.yaml"), "uatwin: 1\nmodel: Conveyer\n");
        assertThat(read(unknown).findings()).extracting(Finding::toString).anySatisfy(f -> assertThat(f)
                .contains("a.yaml:2:", "Conveyor"));
        Path missing = Files.writeString(
                folder.resolve("b.yaml"), "uatwin: 1\nmodel: CentrifugalPump\nstart: {SpeedSetpoint: 2000}\n");
        assertThat(read(missing).findings()).extracting(Finding::toString).anySatisfy(f -> assertThat(f)
                .contains("Not enough data", "under start:"));
    }
}
