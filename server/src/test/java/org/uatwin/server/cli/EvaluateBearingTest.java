package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a maintenance engineer does with recordings of his bearings, and what he gets wrong. */
class EvaluateBearingTest {
    private static final double RATE = 6_000;
    private static final double INNER = 5.4152;
    private static final double OUTER = 3.5848;

    private final Path folder;

    EvaluateBearingTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** Noise, and knocks at an order that ring at a resonance; 2 s in g, packed. */
    private void record(String name, double order, double resonance, double rpm, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("accel_g\n");
        double every = RATE / (order * rpm / 60);
        for (int i = 0; i < 2 * RATE; i++) {
            double since = i % every / RATE;
            double ring = order > 0 ? Math.exp(-since / 0.001) * Math.sin(2 * Math.PI * resonance * since) : 0;
            text.append(String.format(Locale.ROOT, "%.5f%n", 0.1 * random.nextGaussian() + 2 * ring));
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private String list(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n")
                .toString();
    }

    private String known() throws IOException {
        record("a.csv.gz", INNER, 1_200, 1797, 1);
        record("b.csv.gz", OUTER, 2_000, 1797, 2);
        record("c.csv.gz", 0, 1, 1797, 3);
        return list(
                "known.csv",
                "file,fault,load,rpm,sample_rate_hz",
                "a.csv.gz,IR,0,1797,6000",
                "b.csv.gz,OR,0,1797,6000",
                "c.csv.gz,normal,0,1797,6000");
    }

    private String asked() throws IOException {
        record("x.csv.gz", OUTER, 2_000, 1750, 11);
        record("y.csv.gz", INNER, 1_200, 1750, 12);
        record("z.csv.gz", 0, 1, 1750, 13);
        return list(
                "asked.csv",
                "rpm,file,sample_rate_hz",
                "1750,x.csv.gz,6000",
                "1750,y.csv.gz,6000",
                "1750,z.csv.gz,6000");
    }

    private Cli.Result run(String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of("evaluate", "bearing"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--out", folder.resolve("out/fault.csv").toString()));
        return Cli.run(arguments.toArray(String[]::new));
    }

    @Test
    void faultsAreNamedWithTheirEvidence() throws IOException {
        Cli.Result result = run("--train", known(), "--in", asked(), "--machine", "class-i");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("BECAUSE", "spectrum like b.csv.gz", "the order of the outer race shows", "zone ")
                .contains("learned from 3 records: IR, OR, normal", "inner race 5.4152", "3 records:")
                .doesNotContain("column fault");
        List<String> lines = Files.readAllLines(folder.resolve("out/fault.csv"));
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("file,fault,confidence,order_expected,order_found,");
        assertThat(lines.get(1)).startsWith("x.csv.gz,OR,");
        assertThat(lines.get(2)).startsWith("y.csv.gz,IR,");
        assertThat(lines.get(3)).startsWith("z.csv.gz,normal,");
        int columns = lines.get(0).split(",", -1).length;
        assertThat(lines).allMatch(line -> line.split(",", -1).length == columns);
    }

    @Test
    void withoutKnownRecordsOrdersDecideAndJsonHasAllOfIt() throws IOException {
        Cli.Result result = run("--in", asked(), "--geometry", "9,7.94,39.04,0", "--json");
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains(
                        "\"recordsLearned\": 0", "\"OUTER_RACE\"", "\"orderFound\"", "\"prominenceDb\"", "\"shares\"");
        assertThat(Files.readAllLines(folder.resolve("out/fault.csv")).subList(1, 4))
                .extracting(line -> line.split(",")[1])
                .containsExactly("OR", "IR", "normal");
    }

    /** A record that was learned from proves nothing; the list's own answers are counted, and have no part in them. */
    @Test
    void recordsInBothListsAreToldApart() throws IOException {
        String known = known();
        Cli.Result result = run("--train", known, "--in", known);
        assertThat(result.out())
                .contains("3 of 3 as column fault", "their answers prove nothing: a.csv.gz, b.csv.gz, c.csv.gz");
        list("wrong.csv", "file,fault,rpm,sample_rate_hz", "a.csv.gz,OR,1797,6000");
        assertThat(run("--train", known, "--in", folder.resolve("wrong.csv").toString())
                        .out())
                .contains("0 of 1 as column fault");
    }

    @Test
    void mistakesAreNamedWithPlaceCauseAndFix() throws IOException {
        String asked = asked();
        assertThat(run("--in", asked, "--bearing", "6208X4").code()).isZero(); // a suffix
        assertThat(run("--in", asked, "--bearing", "NU2205").err()).contains("NU2205 is not in the catalogue", "Fix:");
        assertThat(run("--in", asked, "--geometry", "9,7.94,39.04").err()).contains("3 numbers", "Fix:");
        assertThat(run("--in", asked, "--geometry", "9,79.4,39.04,0").err()).contains("79.4 mm", "Fix:");
        assertThat(run("--in", asked, "--machine", "class-v").err()).contains("class-v is no class", "class-iv");
        assertThat(run("--in", asked, "--column", "accel").err()).contains("x.csv.gz", "\"accel\"", "accel_g");
        assertThat(run("--train", asked, "--in", asked).err()).contains("asked.csv: x.csv.gz has no fault", "Fix:");
        assertThat(run("--in", list("n.csv", "file,rpm", "x.csv.gz,1750")).err())
                .contains("n.csv has no column \"sample_rate_hz\"");
        assertThat(run("--in", list("s.csv", "file,rpm,sample_rate_hz", "x.csv.gz,0,6000"))
                        .err())
                .contains("s.csv: row 1: x.csv.gz: rpm 0.0", "Fix:");
        assertThat(run("--in", list("m.csv", "file,rpm,sample_rate_hz", "none.csv,1750,6000"))
                        .err())
                .contains("none.csv is not there");
    }

    @Test
    void wearIsFollowedOverSnapshots() throws IOException {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder("snapshot,t_seconds,accel_h_g\n");
        for (int s = 0; s < 30; s++) {
            text.append(s + 1).append(',').append(600 * s).append(',');
            double wear = 0.002 * s * s;
            for (int i = 0; i < 512; i++) {
                text.append(String.format(
                        Locale.ROOT, "%.4f ", random.nextGaussian() + wear * Math.sin(i) * random.nextGaussian()));
            }
            text.append('\n');
        }
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.writeString(in.resolve("Bearing1.csv"), text);
        Path out = folder.resolve("health");
        Cli.Result result = Cli.run("evaluate", "health", "--in", in.toString(), "--out", out.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("Bearing1.csv", "INDEX AT END");
        List<String> lines = Files.readAllLines(out.resolve("Bearing1.csv"));
        assertThat(lines).hasSize(31);
        assertThat(lines.get(0)).isEqualTo("snapshot,t_seconds,health_index,level,rms,crest,kurtosis");
        double last = 0;
        for (String line : lines.subList(1, 31)) {
            double index = Double.parseDouble(line.split(",", -1)[2]);
            assertThat(index).isGreaterThanOrEqualTo(last);
            last = index;
        }
        assertThat(last).isPositive();
        Files.writeString(in.resolve("Bearing1.csv"), "snapshot,t_seconds,x\n1,0,1 2 3\n2,1,1 b 3\n");
        assertThat(Cli.run("evaluate", "health", "--in", in.toString(), "--out", out.toString())
                        .err())
                .contains("Bearing1.csv: 2 snapshots are too few", "Fix:");
        assertThat(Cli.run("evaluate", "health", "--rate", "0", "--in", in.toString(), "--out", out.toString())
                        .err())
                .contains("--rate 0.0", "Fix:");
    }
}
