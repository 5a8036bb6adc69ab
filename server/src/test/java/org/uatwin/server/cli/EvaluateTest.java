package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a maintenance engineer does first with data of his own. */
class EvaluateTest {
    private final SplittableRandom random = new SplittableRandom(8);
    private final Path folder;

    EvaluateTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private String number(double value) {
        return String.format(Locale.ROOT, " %.4f", value);
    }

    private String fleet(int units, boolean isWhole) {
        StringBuilder text = new StringBuilder();
        for (int u = 1; u <= units; u++) {
            int life = 60 + random.nextInt(40);
            int cycles = isWhole ? life : life - 20;
            for (int t = 0; t < cycles; t++) {
                text.append(u).append(' ').append(t + 1).append(" 0 0 100");
                for (int s = 0; s < 21; s++) {
                    double wear = s < 4 ? 5 * Math.exp((t - life) / 15.0) + 0.5 * random.nextGaussian() : 0;
                    text.append(number(100 + wear));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private Path packed(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    @Test
    void livesAreForetoldFromPackedFiles() throws IOException {
        Path train = packed("train.txt.gz", fleet(12, true));
        Path test = Files.writeString(folder.resolve("test.txt"), fleet(3, false));
        Path out = folder.resolve("rul.csv");
        Cli.Result result = Cli.run(
                "evaluate", "rul", "--train", train.toString(), "--test", test.toString(), "--out", out.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("learned from 12 units, 1 operating regime;", "asked most:", "3 units:");
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("unit,rul,lower,upper");
        for (String line : lines.subList(1, 4)) {
            String[] cells = line.split(",");
            double rul = Double.parseDouble(cells[1]);
            assertThat(rul).isBetween(5.0, 40.0); // the truth is 20
            assertThat(Double.parseDouble(cells[2])).isLessThan(rul);
            assertThat(Double.parseDouble(cells[3])).isGreaterThan(rul);
        }
    }

    @Test
    void aMissingFileAndABadRowAreNamed() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.txt"), "1 1 0 0\n");
        Cli.Result row =
                Cli.run("evaluate", "rul", "--train", bad.toString(), "--test", bad.toString(), "--out", "x.csv");
        assertThat(row.code()).isEqualTo(Exit.USAGE);
        assertThat(row.err()).contains("bad.txt:1: 4 numbers", "Fix:");
        Path none = folder.resolve("none.txt");
        Cli.Result missing =
                Cli.run("evaluate", "rul", "--train", none.toString(), "--test", none.toString(), "--out", "x.csv");
        assertThat(missing.code()).isEqualTo(Exit.USAGE);
        assertThat(missing.err()).contains("none.txt is not there");
    }

    @Test
    void anomaliesAreMarkedInTheSameTree() throws IOException {
        StringBuilder text = new StringBuilder("datetime;Flow;Pressure;anomaly;changepoint\n");
        for (int i = 0; i < 300; i++) {
            double flow = 4 + Math.sin(i / 20.0);
            double pressure = (i < 200 ? 10 - flow : 10 - 0.5 * flow) + 0.05 * random.nextGaussian();
            text.append("2026-01-01 00:%02d:%02d;".formatted(i / 60, i % 60))
                    .append(number(flow).strip())
                    .append(';')
                    .append(number(pressure).strip())
                    .append(";0;0\n");
        }
        Path in = folder.resolve("in");
        Files.createDirectories(in.resolve("valve"));
        Files.writeString(in.resolve("valve/0.csv"), text);
        Path out = folder.resolve("out");
        Cli.Result result =
                Cli.run("evaluate", "anomaly", "--train-rows", "150", "--in", in.toString(), "--out", out.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("valve/0.csv", "BECAUSE OF", "Pressure")
                .doesNotContain("changepoint");
        List<String> lines = Files.readAllLines(out.resolve("valve/0.csv"));
        assertThat(lines).hasSize(301);
        assertThat(lines.get(0)).isEqualTo("datetime,anomaly,score");
        assertThat(lines.subList(1, 200)).allMatch(line -> line.contains(",0,"));
        assertThat(lines.subList(230, 301)).allMatch(line -> line.contains(",1,"));
        Cli.Result json = Cli.run(
                "evaluate", "anomaly", "--train-rows", "150", "--in", in.toString(), "--out", out.toString(), "--json");
        assertThat(json.err()).isEmpty();
        assertThat(json.out()).contains("\"trainRows\": 150", "\"file\": \"valve/0.csv\"", "\"anomalies\"");
    }

    @Test
    void aColumnIsExpectedFromTheOthers() throws IOException {
        StringBuilder text = new StringBuilder("index,Wind,Power\n");
        for (int i = 0; i < 400; i++) {
            double wind = 8 + 4 * Math.sin(i / 9.0);
            text.append(i)
                    .append(',')
                    .append(wind)
                    .append(',')
                    .append(10 * wind)
                    .append('\n');
        }
        Path data = Files.writeString(folder.resolve("wind.csv"), text);
        Path out = folder.resolve("out.csv");
        Cli.Result result = Cli.run(
                "evaluate",
                "expected",
                "--train",
                data.toString(),
                "--in",
                data.toString(),
                "--target",
                "Power",
                "--key",
                "index",
                "--out",
                out.toString(),
                "--json");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("\"rmse\"", "\"calendarShare\": 0.0");
        assertThat(Files.readAllLines(out)).hasSize(401).first().isEqualTo("index,Power,lower,upper");
        Cli.Result unknown = Cli.run(
                "evaluate",
                "expected",
                "--train",
                data.toString(),
                "--in",
                data.toString(),
                "--target",
                "power",
                "--key",
                "index",
                "--out",
                out.toString());
        assertThat(unknown.code()).isEqualTo(Exit.USAGE);
        assertThat(unknown.err()).contains("no column \"power\"", "Power");
    }
}
