package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Published figures reproduced by case files over the reference folder, as {@code uatwin simulate} runs them. The comparison of each
 * figure is written to {@code target/model-references-*.txt}; docs/reference/model-references.md tells of it.
 */
@Tag("acceptance")
@Tag("shared")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReferenceCases {
    private static final Path SHARED = System.getProperty("uatwin.shared") == null
            ? Path.of(System.getProperty("uatwin.root", ".."), "..", "shared")
            : Path.of(System.getProperty("uatwin.shared"));

    @TempDir
    Path folder = Path.of("");

    final List<String> table = new ArrayList<>();

    /** One line of a reference file by the names of its columns. */
    record Row(Map<String, String> cells) {
        String get(String column) {
            return of(cells, column);
        }
    }

    /** What stands under a key that must be there. */
    static <T> T of(Map<String, T> map, String key) {
        T value = map.get(key);
        assertThat(value).as(key + " of " + map.keySet()).isNotNull();
        return Objects.requireNonNull(value);
    }

    static Path reference(String name) {
        return SHARED.resolve("reference").resolve(name).toAbsolutePath().normalize();
    }

    /** Runs a case; {@code @x} stands for the path of x in the reference folder. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation is of a library we do not have
    Cases.Outcome run(String yaml, Object... values) {
        String text = yaml.formatted(values).replaceAll("@([a-z0-9_/.]+)", reference("") + "/$1");
        return Cases.run(folder, "uatwin: 1\n" + text);
    }

    void same(String what, double published, double ours, double tolerance) {
        double deviation = published == 0 ? Math.abs(ours) : Math.abs(ours / published - 1);
        table.add(String.format(
                Locale.ROOT, "%-58s %14.6g %14.6g %10.2e %8.1e", what, published, ours, deviation, tolerance));
        assertThat(deviation)
                .as("%s: published %s, ours %s", what, published, ours)
                .isLessThanOrEqualTo(tolerance);
    }

    @AfterAll
    void write() throws IOException {
        table.sort(null);
        Files.write(Path.of("target", "model-references-" + getClass().getSimpleName() + ".txt"), table);
    }

    static List<Row> csv(String name) throws IOException {
        List<String> lines = Files.readAllLines(reference(name));
        String[] head = lines.get(0).split(",", -1);
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < head.length; i++) {
                row.put(head[i], i < cells.length ? cells[i] : "");
            }
            rows.add(new Row(row));
        }
        return rows;
    }

    static double number(Row row, String column) {
        return Double.parseDouble(row.get(column));
    }

    static Offset<Double> within(double value) {
        return org.assertj.core.api.Assertions.within(value);
    }
    /** The 95 % interval of one seed misses one time in twenty: three standard errors are required, the interval is reported. */
    void brackets(String what, double exact, CaseRun.Summary ours) {
        table.add(String.format(
                Locale.ROOT,
                "%-58s %14.6g %14.6g +- %.2e %s",
                "queueing_line " + what,
                exact,
                ours.value(),
                ours.halfWidth(),
                Math.abs(ours.value() - exact) <= ours.halfWidth() ? "inside" : "outside"));
        assertThat(Math.abs(ours.value() - exact)).as(what).isLessThanOrEqualTo(ours.halfWidth() * 3 / 2.045);
    }
}
