package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bars of docs/reference/evaluate.md on recorded data: one configuration for all of it, asked as its user would ask. */
@Tag("acceptance")
@Tag("shared")
class EvaluateAcceptanceTest {
    static final Path DATA = Path.of(
            System.getProperty(
                    "uatwin.shared",
                    Path.of(System.getProperty("uatwin.root", ".."), "..", "shared")
                            .toString()),
            "data");
    private static final double CAP = 125;

    private final Path folder;

    EvaluateAcceptanceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    static List<String> lines(Path file) throws IOException {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz")
                        ? new GZIPInputStream(Files.newInputStream(file))
                        : Files.newInputStream(file),
                StandardCharsets.UTF_8))) {
            return text.lines().toList();
        }
    }

    private void lives(String subset, double bar) throws IOException {
        Path out = folder.resolve(subset + ".csv");
        Cli.Result result = Cli.run(
                "evaluate",
                "rul",
                "--train",
                DATA.resolve("cmapss/train_" + subset + ".txt.gz").toString(),
                "--test",
                DATA.resolve("cmapss/test_" + subset + ".txt.gz").toString(),
                "--out",
                out.toString());
        assertThat(result.code()).as(result.err()).isZero();
        Map<String, String[]> predictions = new HashMap<>();
        for (String line : lines(out)) {
            predictions.put(line.split(",")[0], line.split(","));
        }
        double squares = 0;
        int held = 0;
        List<String> truths = lines(DATA.resolve("cmapss/RUL_" + subset + "_visible.csv"));
        for (String line : truths.subList(1, truths.size())) {
            String[] cells = line.split(",");
            String[] answer = predictions.getOrDefault(cells[0], new String[0]);
            double truth = Math.min(CAP, Double.parseDouble(cells[1]));
            squares += Math.pow(Double.parseDouble(answer[1]) - truth, 2);
            held += truth >= Double.parseDouble(answer[2]) && truth <= Double.parseDouble(answer[3]) ? 1 : 0;
        }
        int n = truths.size() - 1;
        assertThat(Math.sqrt(squares / n)).as("RMSE of " + subset).isLessThanOrEqualTo(bar);
        assertThat((double) held / n).as("coverage of " + subset).isBetween(0.7, 0.9);
    }

    @Test
    void livesOfEnginesUnderOneConditionAndUnderSix() throws IOException {
        lives("FD001", 12.0);
        lives("FD002", 11.5);
    }

    @Test
    void aClosingValve() throws IOException {
        Path out = folder.resolve("skab");
        Cli.Result result = Cli.run(
                "evaluate", "anomaly", "--in", DATA.resolve("skab/valve1").toString(), "--out", out.toString());
        assertThat(result.code()).as(result.err()).isZero();
        int[] counts = new int[4]; // truth, then answer: bits
        for (int run = 0; run < 16; run++) {
            List<String> truths = lines(DATA.resolve("skab/valve1/%d.csv.gz".formatted(run)));
            List<String> answers = lines(out.resolve(run + ".csv"));
            for (int i = 401; i < truths.size(); i++) {
                int truth = truths.get(i).split(";")[9].startsWith("1") ? 2 : 0;
                counts[truth + Integer.parseInt(answers.get(i).split(",")[1])]++;
            }
        }
        double tp = counts[3];
        assertThat(tp / (tp + (counts[1] + counts[2]) / 2.0)).as("F1").isGreaterThanOrEqualTo(0.8);
        assertThat((double) counts[1] / (counts[0] + counts[1]))
                .as("false alarms")
                .isLessThanOrEqualTo(0.2);
    }
}
