package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
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

    /** A day has 24 rows; a bump by night on the twentieth day. */
    private String stream(int rows) {
        StringBuilder text = new StringBuilder("timestamp,value,label\n");
        for (int i = 0; i < rows; i++) {
            LocalDateTime time = LocalDateTime.of(2026, 3, 1, 0, 0).plusHours(i);
            double value = 20 + 5 * Math.sin(i * Math.PI / 12) + 0.3 * random.nextGaussian();
            text.append(time.toString().replace('T', ' '))
                    .append(":00,")
                    .append(
                            i == 90
                                    ? ""
                                    : number(i >= 480 && i < 486 ? 33 : value).strip())
                    .append(i >= 480 && i < 486 ? ",1\n" : ",0\n");
        }
        return text.toString();
    }

    @Test
    void aStreamIsScoredRowByRowInTheSameTree() throws IOException {
        Path in = folder.resolve("in");
        Files.createDirectories(in.resolve("pump"));
        Files.move(packed("flow.csv.gz", stream(600)), in.resolve("pump/flow.csv.gz"));
        Path out = folder.resolve("out");
        Cli.Result result = Cli.run("evaluate", "stream", "--in", in.toString(), "--out", out.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("pump/flow.csv.gz", "2026-03-21 00:00:00", "not the value of this time of day");
        List<String> lines = Files.readAllLines(out.resolve("pump/flow.csv"));
        assertThat(lines).hasSize(601).first().isEqualTo("timestamp,anomaly_score");
        assertThat(lines.get(91)).isEqualTo("2026-03-04 18:00:00,0.000000"); // no value
        assertThat(Double.parseDouble(lines.get(481).split(",")[1])).isBetween(0.5, 1.0);
        Cli.Result json = Cli.run("evaluate", "stream", "--in", in.toString(), "--out", out.toString(), "--json");
        assertThat(json.err()).isEmpty();
        assertThat(json.out())
                .contains(
                        "\"missing\": 1",
                        "\"timestamp\": \"2026-03-21 00:00:00\"",
                        "\"reason\": \"not the value of this time of day\"");
    }

    /** A score made with rows that come later would be worth nothing on a live point. */
    @Test
    void aStreamCutAtAnyRowHasTheSameScoresUpToThere() throws IOException {
        List<String> rows = stream(700).lines().toList();
        Path in = Files.createDirectories(folder.resolve("in"));
        Path out = folder.resolve("out");
        Files.write(in.resolve("whole.csv"), rows);
        int[] cuts = random.ints(6, 1, 701).toArray();
        for (int cut : cuts) {
            Files.write(in.resolve("cut%d.csv".formatted(cut)), rows.subList(0, cut + 1));
        }
        assertThat(Cli.run("evaluate", "stream", "--in", in.toString(), "--out", out.toString())
                        .code())
                .isZero();
        List<String> whole = Files.readAllLines(out.resolve("whole.csv"));
        for (int cut : cuts) {
            assertThat(Files.readAllLines(out.resolve("cut%d.csv".formatted(cut))))
                    .isEqualTo(whole.subList(0, cut + 1));
        }
    }

    @Test
    void aStreamThatDoesNotFitIsNamed() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.writeString(in.resolve("a.csv"), "timestamp,value\nyesterday,3\n");
        Cli.Result time = Cli.run("evaluate", "stream", "--in", in.toString(), "--out", folder.toString());
        assertThat(time.code()).isEqualTo(Exit.USAGE);
        assertThat(time.err()).contains("a.csv: row 1: timestamp: 'yesterday' is no moment", "Fix:");
        Files.writeString(in.resolve("a.csv"), "timestamp,Value\n2026-01-01 00:00:00,3\n");
        Cli.Result column = Cli.run("evaluate", "stream", "--in", in.toString(), "--out", folder.toString());
        assertThat(column.code()).isEqualTo(Exit.USAGE);
        assertThat(column.err()).contains("no column \"value\"", "Value");
    }

    /** Cycles in which a valve opens quickly or slowly, ten cycles each in turn. */
    private void cycles(Path folder, int first, int number, boolean isLabelled) throws IOException {
        Files.createDirectories(folder);
        StringBuilder pressure = new StringBuilder("cycle,t0,t1,t2,t3,t4,t5,t6,t7,t8,t9,t10,t11\n");
        StringBuilder labels = new StringBuilder("cycle,valve,pump\n");
        for (int c = first; c < first + number; c++) {
            boolean isSlow = c / 10 % 2 == 1;
            pressure.append(c);
            for (int i = 0; i < 12; i++) {
                double level = 8 * (1 - Math.exp(-i / (isSlow ? 4.0 : 2.0)));
                pressure.append(',')
                        .append(number(level + 0.2 * random.nextGaussian()).strip());
            }
            pressure.append('\n');
            labels.append("%d,%s,%d%n".formatted(c, isSlow ? "slow" : "quick", c / 10 % 2));
        }
        Files.writeString(folder.resolve("Pressure.csv"), pressure);
        if (isLabelled) {
            Files.writeString(folder.resolve("labels.csv"), labels);
        }
    }

    private Cli.Result condition(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "evaluate",
                "condition",
                "--train",
                folder.resolve("train").toString(),
                "--in",
                folder.resolve("in").toString(),
                "--out",
                folder.resolve("answers/out.csv").toString()));
        words.addAll(List.of(more));
        return Cli.run(words.toArray(String[]::new));
    }

    @Test
    void conditionsOfComponentsAreToldCycleByCycle() throws IOException {
        cycles(folder.resolve("train"), 1, 80, true);
        cycles(folder.resolve("in"), 201, 40, false);
        Cli.Result result = condition();
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("valve", "quick: 2", "Pressure 100", "learned from 80 cycles; 40 cycles:");
        List<String> lines = Files.readAllLines(folder.resolve("answers/out.csv"));
        assertThat(lines).hasSize(41).first().isEqualTo("cycle,valve,pump");
        int right = 0;
        for (String line : lines.subList(1, 41)) {
            int cycle = Integer.parseInt(line.split(",")[0]);
            right += line.equals(cycle + (cycle / 10 % 2 == 1 ? ",slow,1" : ",quick,0")) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(35);
        cycles(folder.resolve("in"), 201, 40, true);
        Cli.Result json = condition("--json");
        assertThat(json.err()).isEmpty();
        assertThat(json.out())
                .contains("\"component\": \"valve\"", "\"meanProbability\"", "\"accuracyLeftOut\"", "\"accuracy\": ")
                .doesNotContain("\"accuracy\": null");
    }

    @Test
    void cyclesThatDoNotFitAreNamed() throws IOException {
        Path train = folder.resolve("train");
        Path in = folder.resolve("in");
        cycles(train, 1, 40, true);
        cycles(in, 201, 4, false);
        refused("no whole number", () -> append(in.resolve("Pressure.csv"), "x,1,2,3,4,5,6,7,8,9,10,11,12\n"));
        refused("cycle 203 once more", () -> append(in.resolve("Pressure.csv"), "203,1,2,3,4,5,6,7,8,9,10,11,12\n"));
        refused(
                "Pressure.csv:6: '' is no finite number",
                () -> append(in.resolve("Pressure.csv"), "9,1,,3,4,5,6,7,8,9,10,11,12\n"));
        refused("Pressure.csv:6: 3 cells", () -> append(in.resolve("Pressure.csv"), "9,1,2\n"));
        refused("no Pressure.csv", () -> Files.move(in.resolve("Pressure.csv"), in.resolve("Druck.csv")));
        Files.delete(in.resolve("Druck.csv"));
        refused(
                "labels.csv: cycle 41 has no valve",
                () -> append(train.resolve("Pressure.csv"), "41,1,2,3,4,5,6,7,8,9,10,11,12\n"));
        refused(
                "Flow.csv: cycle 1 is missing",
                () -> Files.writeString(train.resolve("Flow.csv"), "cycle,a,b,c,d,e,f,g,h\n2,1,2,3,4,5,6,7,8\n"));
        Files.delete(train.resolve("Flow.csv"));
        refused("no labels.csv", () -> Files.delete(train.resolve("labels.csv")));
    }

    /** Something goes wrong with the files. */
    @FunctionalInterface
    private interface Harm {
        void come() throws IOException;
    }

    private void refused(String because, Harm harm) throws IOException {
        harm.come();
        Cli.Result result = condition();
        assertThat(result.code()).as(result.err()).isEqualTo(Exit.USAGE);
        assertThat(result.err()).contains(because, "Fix:");
        cycles(folder.resolve("train"), 1, 40, true);
        cycles(folder.resolve("in"), 201, 4, false);
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line, StandardOpenOption.APPEND);
    }
}
