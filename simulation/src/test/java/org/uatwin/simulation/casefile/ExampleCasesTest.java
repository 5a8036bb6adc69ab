package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked cases under examples/simulate are what a newcomer copies from. */
class ExampleCasesTest {
    static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(Cases.EXAMPLES)) {
            return all.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    private static CaseReader.Reading read(Path file) {
        return CaseReader.read(file, SystemModels.builtIn());
    }

    @ParameterizedTest
    @MethodSource("files")
    void runsWithoutFindingsToTheSameFiniteNumbersTwice(Path file) {
        assertThat(read(file).findings()).isEmpty();
        Cases.Outcome first = Cases.run(read(file));
        Cases.Outcome second = Cases.run(read(file));
        assertThat(first.rows()).isNotEmpty().hasSameSizeAs(second.rows());
        for (int i = 0; i < first.rows().size(); i++) {
            assertThat(first.rows().get(i)).containsExactly(second.rows().get(i));
            for (double value : first.rows().get(i)) {
                assertThat(value).isFinite();
            }
        }
        assertThat(first.result().figures()).isEqualTo(second.result().figures());
    }

    @Test
    void everyModelHasAWorkedCase() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (Path file : files()) {
            shown.add(read(file).found().orElseThrow().model().card().name());
        }
        assertThat(shown).isEqualTo(new TreeSet<>(SystemModels.builtIn().names()));
    }

    /** An output outside its announced range would be drawn off the scale of a display. */
    @ParameterizedTest
    @MethodSource("files")
    void outputsStayInTheirAnnouncedRange(Path file) {
        Case c = read(file).found().orElseThrow();
        CaseRun.run(c, (t, y) -> {
            for (int i = 0; i < y.length; i++) {
                assertThat(y[i])
                        .as("%s at %s s", c.columns().get(i).name(), t)
                        .isBetween(
                                c.columns().get(i).lower() - 1e-6,
                                c.columns().get(i).upper() + 1e-6);
            }
        });
    }
}
