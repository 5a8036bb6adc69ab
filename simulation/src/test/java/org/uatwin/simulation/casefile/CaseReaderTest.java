package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Finding;

class CaseReaderTest {
    @TempDir
    private Path folder;

    private List<Finding> findings(String yaml) {
        CaseReader.Reading reading = Cases.read(folder, yaml);
        assertThat(reading.found()).isEmpty();
        return reading.findings();
    }

    /** One reading reports everything, each with its place. */
    @Test
    void everyMistakeIsReportedAtItsPlace() {
        List<Finding> found = findings(
                """
                uatwin: 1
                model: FrequencyResponse
                parameters:
                  Inertja: 4
                  Droop: 7
                horizn: 10
                step: soon
                """);
        assertThat(found).extracting(Finding::line).containsExactly(4, 5, 6, 7);
        assertThat(found.get(0).cause()).contains("Inertja");
        assertThat(found.get(0).fix()).contains("Inertia");
        assertThat(found.get(1).cause()).contains("Droop", "7", "0.001..1");
        assertThat(found.get(2).fix()).contains("horizon");
        assertThat(found.get(3).cause()).contains("soon");
    }

    @Test
    void unknownModelIsGuessed() {
        List<Finding> found = findings("uatwin: 1\nmodel: WindFram\n");
        assertThat(found).singleElement().satisfies(f -> {
            assertThat(f.fix()).contains("WindFarm");
            assertThat(f.line()).isEqualTo(2);
            assertThat(f.column()).isEqualTo(8);
        });
    }

    /** A wrong cell of a table is named by the table's own file and line. */
    @Test
    void wrongCellIsReportedInItsFile() throws IOException {
        Files.writeString(folder.resolve("b.csv"), "bus,p_kW,q_kvar\na,0,0\nb,ten,3\n");
        Files.writeString(folder.resolve("l.csv"), "from,to,r_ohm,x_ohm\na,b,1,1\n");
        List<Finding> found = findings("uatwin: 1\nmodel: RadialFeeder\ntables: {buses: b.csv, branches: l.csv}\n");
        assertThat(found).singleElement().satisfies(f -> {
            assertThat(f.file()).isEqualTo("b.csv");
            assertThat(f.line()).isEqualTo(3);
            assertThat(f.column()).isEqualTo(3);
            assertThat(f.cause()).contains("p_kW", "ten");
        });
    }

    /** What only the model can know, a branch to nowhere, is pointed to as well. */
    @Test
    void whatTheModelRefusesIsReportedInTheTable() throws IOException {
        Files.writeString(folder.resolve("b.csv"), "bus,p_kW,q_kvar\na,0,0\nb,10,3\n");
        Files.writeString(folder.resolve("l.csv"), "from,to,r_ohm,x_ohm\na,b,1,1\nb,c,1,1\n");
        List<Finding> found = findings("uatwin: 1\nmodel: RadialFeeder\ntables: {buses: b.csv, branches: l.csv}\n");
        assertThat(found).singleElement().satisfies(f -> {
            assertThat(f.file()).isEqualTo("l.csv");
            assertThat(f.line()).isEqualTo(3);
            assertThat(f.cause()).contains("\"c\"");
        });
    }

    @Test
    void missingTableSaysItsColumns() {
        assertThat(findings("uatwin: 1\nmodel: WindTurbine\n")).singleElement().satisfies(f -> assertThat(f.fix())
                .contains("wind_speed_m_s", "power_kW"));
    }

    @Test
    void formulaErrorSaysTheCharacter() {
        assertThat(findings("uatwin: 1\nmodel: FrequencyResponse\ninputs: {PowerStep: \"0.1*sni(t)\"}\n"))
                .singleElement()
                .satisfies(f -> assertThat(f.cause()).contains("character 5", "sni"));
    }

    @Test
    void startValueTheModelDoesNotHaveIsRefused() {
        assertThat(findings("uatwin: 1\nmodel: CounterWear\nstart: {Damge: 0.5}\n"))
                .singleElement()
                .satisfies(f -> assertThat(f.fix()).contains("Damage"));
    }

    @Test
    void laterParametersWinAndUnitsInNamesAreAccepted() throws IOException {
        Files.writeString(folder.resolve("p.csv"), "name,value\nInertia_s,6\nDroop,0.04\nColour,3\n");
        CaseReader.Reading reading = Cases.read(
                folder,
                "uatwin: 1\nmodel: FrequencyResponse\nparameters: [p.csv, {Droop: 0.05}]\ninputs: {PowerStep: -0.1}\nhorizon: 0\n");
        assertThat(reading.findings()).singleElement().satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(f.file()).isEqualTo("p.csv");
            assertThat(f.line()).isEqualTo(4);
        });
        // Slope of a step: Pstep f0 / 2 H.
        assertThat(Cases.run(reading).at(0, "RateOfChange")).isEqualTo(-0.1 * 50 / 12, within(1e-12));
    }

    @Test
    void profileHoldsStepsOrGoesStraight() throws IOException {
        Files.writeString(folder.resolve("u.csv"), "hour,x\n0,1\n1,3\n");
        String text =
                "uatwin: 1\nmodel: ProcessWithDeadTime\nparameters: {TimeConstant: 1e-3}\nhorizon: 1 h\nstep: 30 min\n"
                        + "inputs: {Input: {file: u.csv, time: hour, timeUnit: h, column: x, interpolate: %s}}\n";
        assertThat(Cases.run(folder, text.formatted("step")).at(1, "DelayedInput"))
                .isEqualTo(1);
        Cases.Outcome straight = Cases.run(folder, text.formatted("linear"));
        assertThat(straight.at(2, "DelayedInput")).isEqualTo(2, within(1e-9));
    }

    /** Replicates differ, and their mean comes with an interval. */
    @Test
    void replicatesHaveAnIntervalOfTheirMean() {
        String text = "uatwin: 1\nmodel: TransferLine\nhorizon: 3000\nstep: 3000\nreplicates: 10\n"
                + "tables: {machines: [{machine: a, p: 0.05, r: 0.2}, {machine: b, p: 0.05, r: 0.2}]}\n";
        Cases.Outcome run = Cases.run(folder, text);
        assertThat(run.summary("Efficiency").halfWidth()).isGreaterThan(0);
        assertThat(Cases.run(folder, text).result().figures())
                .isEqualTo(run.result().figures());
        assertThat(Cases.run(folder, text + "seed: 2\n").figure("Efficiency")).isNotEqualTo(run.figure("Efficiency"));
    }
}
