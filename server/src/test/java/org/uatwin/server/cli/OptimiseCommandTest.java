package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code uatwin optimise} as its user meets it. */
class OptimiseCommandTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("uatwin.root", ".."), "examples", "optimise");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void caseBecomesDecisionLimitsAndSeries() throws IOException {
        Path out = folder.resolve("series.csv");
        Cli.Result result =
                Cli.run("optimise", EXAMPLES.resolve("conveyor-speed.yaml").toString(), "--out", out.toString());
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("Motor power:", "SpeedSetpoint", "<= 80", "active", "series");
        assertThat(Files.readAllLines(out).get(0)).isEqualTo("series,unit,time_s,value");
        assertThat(Files.readString(out)).contains("MotorPower.Baseline,kW,0,");
    }

    @Test
    void jsonHoldsTheOptimumAndItsBaseline() {
        Cli.Result result =
                Cli.run("optimise", EXAMPLES.resolve("conveyor-speed.yaml").toString(), "--json");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("\"optimum\"", "\"baseline\"", "\"stopReason\"", "\"gainPercent\"", "\"series\"");
    }

    @Test
    void listAndDescribeShowObjectivesWithTheirSettings() {
        assertThat(Cli.run("optimise", "--list").out()).contains("PumpStation", "cost", "Conveyor", "speed");
        Cli.Result described = Cli.run("optimise", "--describe", "Building");
        assertThat(described.code()).isZero();
        assertThat(described.out()).contains("ComfortLow", "Cel", "Tariff", "may be a profile");
        Cli.Result unknown = Cli.run("optimise", "--describe", "Bulding");
        assertThat(unknown.code()).isEqualTo(Exit.USAGE);
        assertThat(unknown.err()).contains("Did you mean \"Building\"?");
    }

    /** No solution is an answer with a reason, and a script sees it. */
    @Test
    void problemWithoutSolutionFailsWithItsReason() throws IOException {
        Path file = Files.writeString(
                folder.resolve("case.yaml"),
                """
                uatwin: 1
                model: Conveyor
                start: {SpeedSetpoint: 1.5, BeltSpeed: 1.5, LoadMassFlow: 50, Running: 1}
                settings: {Feed: 250}
                """);
        Cli.Result result = Cli.run("optimise", file.toString());
        assertThat(result.code()).isEqualTo(Exit.FAILED);
        assertThat(result.out()).contains("No solution: Fill must be at most 80 %");
    }

    @Test
    void mistakesOfACaseAreShownWithTheirPlace() throws IOException {
        Path file =
                Files.writeString(folder.resolve("case.yaml"), "uatwin: 1\nmodel: Conveyor\nsettings: {MaxFil: 1}\n");
        Cli.Result result = Cli.run("optimise", file.toString());
        assertThat(result.code()).isEqualTo(Exit.FAILED);
        assertThat(result.err()).contains("case.yaml:3:", "MaxFill");
    }
}
