package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("uatwin.root", ".."), "examples", "simulate");

    @TempDir
    private Path folder = Path.of("");

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("case.yaml"), yaml);
    }

    /** What the manual promises first: a case in, a CSV file out, figures and events on the terminal. */
    @Test
    void caseBecomesCsvFileAndSummary() throws IOException {
        Path out = folder.resolve("out.csv");
        Cli.Result result =
                Cli.run("simulate", EXAMPLES.resolve("frequency-response.yaml").toString(), "--out", out.toString());
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("FrequencyResponse/1.0", "Nadir", "301 rows");
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(302);
        assertThat(lines.get(0)).startsWith("time_s,FrequencyDeviation,Frequency");
        assertThat(lines.get(1)).startsWith("0,0,50,");
    }

    @Test
    void withoutOutRowsGoToTheOutputAndFiguresToTheErrorOutput() {
        Cli.Result result =
                Cli.run("simulate", EXAMPLES.resolve("frequency-response.yaml").toString());
        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("time_s,").doesNotContain("Nadir");
        assertThat(result.err()).contains("Nadir");
    }

    @Test
    void jsonHoldsRowsFiguresAndEvents() {
        Cli.Result result =
                Cli.run("simulate", EXAMPLES.resolve("age-replacement.yaml").toString(), "--json");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("\"model\": \"AgeReplacement/1.0\"", "\"columns\"", "\"rows\"", "\"seed\": 1");
    }

    @Test
    void listAndDescribeShowModelsWithUnitsAndRanges() {
        assertThat(Cli.run("simulate", "--list").out()).contains("RadialFeeder", "WindFarm", "CentrifugalPump");
        Cli.Result described = Cli.run("simulate", "--describe", "RadialFeeder");
        assertThat(described.code()).isZero();
        assertThat(described.out()).contains("BaseVoltage", "kV", "0.1..1000", "p_kW", "Voltage.<bus>", "MinVoltage");
        assertThat(Cli.run("simulate", "--describe", "RadialFeeder", "--json").out())
                .contains("\"parameters\"");
    }

    @Test
    void unknownModelIsUsageWithASuggestion() {
        Cli.Result result = Cli.run("simulate", "--describe", "RadialFeder");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("RadialFeeder");
    }

    @Test
    void errorsOfTheCaseStandAtTheirPlaceAndNothingIsWritten() throws IOException {
        Path file = write("uatwin: 1\nmodel: FrequencyResponse\nparameters: {Droop: 9}\n");
        Path out = folder.resolve("out.csv");
        Cli.Result result = Cli.run("simulate", file.toString(), "--out", out.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("case.yaml:3:21", "Droop", "0.001..1", "Fix:");
        assertThat(out).doesNotExist();
    }

    @Test
    void missingFileAndMissingArgumentAreUsage() {
        assertThat(Cli.run("simulate", folder.resolve("none.yaml").toString()).code())
                .isEqualTo(2);
        Cli.Result result = Cli.run("simulate");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--list");
    }

    /** A loop closed while the feeder runs is the user's to mend, not a stack trace. */
    @Test
    void whatFailsWhileItRunsIsSaidInWords() throws IOException {
        Path file = write(
                """
                uatwin: 1
                model: RadialFeeder
                tables:
                  buses: [{bus: a, p_kW: 0, q_kvar: 0}, {bus: b, p_kW: 9, q_kvar: 1}, {bus: c, p_kW: 9, q_kvar: 1}]
                  branches:
                    - {branch: 1, from: a, to: b, r_ohm: 1, x_ohm: 1}
                    - {branch: 2, from: b, to: c, r_ohm: 1, x_ohm: 1}
                    - {branch: 3, from: a, to: c, r_ohm: 1, x_ohm: 1, closed: 0}
                inputs: {Switch.3: "t < 10 ? 0 : 1"}
                horizon: 20
                step: 1
                """);
        Cli.Result result = Cli.run("simulate", file.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("closes a loop", "Fix:").doesNotContain("\tat ");
    }
}
