package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.simulation.system.Port;

/** Runs cases as {@code uatwin simulate} does. */
final class Cases {
    static final Path EXAMPLES = Path.of(System.getProperty("uatwin.root", ".."), "examples", "simulate");

    /** Rows and figures of one run. */
    record Outcome(List<String> columns, List<double[]> rows, CaseRun.Result result) {
        /** The value of a column in a row; row -1 is the last. */
        double at(int row, String column) {
            int index = columns.indexOf(column);
            assertThat(index).as(column + " of " + columns).isNotNegative();
            return rows.get(row < 0 ? rows.size() + row : row)[1 + index];
        }

        CaseRun.Summary summary(String name) {
            return result.figures().stream()
                    .filter(f -> f.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no figure " + name + " in " + result.figures()));
        }

        double figure(String name) {
            return summary(name).value();
        }
    }

    private Cases() {}

    static CaseReader.Reading read(Path folder, String yaml) {
        try {
            Path file = folder.resolve("case.yaml");
            Files.writeString(file, yaml);
            return CaseReader.read(file, SystemModels.builtIn());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Outcome run(Path folder, String yaml) {
        return run(read(folder, yaml));
    }

    static Outcome run(CaseReader.Reading reading) {
        assertThat(reading.findings().stream().filter(f -> f.severity() == Finding.Severity.ERROR))
                .isEmpty();
        Case c = reading.found().orElseThrow();
        List<double[]> rows = new ArrayList<>();
        List<String> names = c.columns().stream().map(Port::name).toList();
        CaseRun.Result result = CaseRun.run(c, (t, y) -> {
            double[] row = new double[y.length + 1];
            row[0] = t;
            System.arraycopy(y, 0, row, 1, y.length);
            rows.add(row);
        });
        return new Outcome(names, rows, result);
    }
}
