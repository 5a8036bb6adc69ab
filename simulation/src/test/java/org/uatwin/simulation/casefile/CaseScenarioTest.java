package org.uatwin.simulation.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.system.Port;

/** Scenarios in case files: the words of {@code Simulate} offline, for every model. */
class CaseScenarioTest {
    private static final String LINE =
            """
            uatwin: 1
            model: ProductionLine
            parameters: {ArrivalRate: 40}
            tables:
              stations:
                - {station: cut, time_s: 40, distribution: lognormal, buffer: 20}
                - {station: weld, time_s: 45, distribution: lognormal, buffer: 20}
            horizon: 8 h
            step: 5 min
            """;
    private static final String PUMP =
            """
            uatwin: 1
            model: CentrifugalPump
            inputs: {SpeedSetpoint: "2800 + t/10"}
            horizon: 30 min
            step: 1 s
            every: 10 s
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private record Run(List<String> columns, List<double[]> rows, CaseRun.Answer answer) {
        double at(double seconds, String column) {
            double[] row = rows.stream()
                    .filter(r -> r[0] >= seconds - 1e-6)
                    .findFirst()
                    .orElseThrow();
            return row[1 + columns.indexOf(column)];
        }

        Kpi kpi(String name) {
            return answer.kpis().stream()
                    .filter(k -> k.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Run ask(String yaml) {
        return ask(yaml, 1);
    }

    private Run ask(String yaml, int threads) {
        CaseReader.Reading reading = Cases.read(folder, yaml);
        assertThat(reading.findings()).isEmpty();
        Case c = reading.found().orElseThrow();
        List<double[]> rows = new ArrayList<>();
        CaseRun.Answer answer = CaseRun.ask(c, threads, (t, y) -> {
            double[] row = new double[y.length + 1];
            row[0] = t;
            System.arraycopy(y, 0, row, 1, y.length);
            rows.add(row);
        });
        return new Run(c.columns().stream().map(Port::name).toList(), rows, answer);
    }

    /** An offset rides on the profile of the case, and ends when it should. */
    @Test
    void changesRideOnProfiles() {
        Run run = ask(PUMP + "actions:\n  - {offset: SpeedSetpoint, by: -300, at: 10 min, until: 20 min}\n");
        assertThat(run.at(590, "Speed")).isCloseTo(2859, within(2.0));
        assertThat(run.at(1190, "Speed")).isCloseTo(2800 + 119 - 300, within(2.0));
        assertThat(run.at(1500, "Speed")).isCloseTo(2950, within(2.0));
        assertThat(run.kpi("Speed.Mean").delta()).isCloseTo(-100, within(2.0));
        assertThat(run.kpi("Speed.End").delta()).isCloseTo(0, within(1e-6));
    }

    /** A ramp begins from where the input is at that time. */
    @Test
    void rampsBeginWhereTheInputIs() {
        Run run = ask(PUMP + "actions:\n  - {ramp: SpeedSetpoint, to: 2000, at: 600, over: 600}\n");
        assertThat(run.at(900, "Speed")).isCloseTo((2860 + 2000) / 2.0, within(3.0));
        assertThat(run.at(1300, "Speed")).isCloseTo(2000, within(2.0));
    }

    /** A machine's parameter changes in the middle and comes back; a worn part is replaced. */
    @Test
    void parametersComeBackAndPartsAreReplaced() {
        Run run = ask(
                """
                uatwin: 1
                model: CentrifugalPump
                start: {State.ImpellerArea: 50}
                horizon: 30 min
                step: 1 s
                every: 10 s
                actions:
                  - {set: SystemResistance, to: 4, at: 5 min, until: 10 min}
                  - {replace: ImpellerArea, at: 20 min}
                """);
        double before = run.at(290, "Flow");
        assertThat(run.at(590, "Flow")).isLessThan(0.8 * before);
        assertThat(run.at(1100, "Flow")).isCloseTo(before, within(0.5));
        assertThat(run.at(1790, "ImpellerWear")).isCloseTo(0, within(1e-3));
        assertThat(run.at(1790, "Flow")).isNotCloseTo(before, within(1.0));
    }

    /** An event-driven line gets more to do from one moment on; until then nothing differs. */
    @Test
    void linesTakeAnotherRateWhileTheyRun() {
        Run run = ask(LINE + "actions:\n  - {scale: ArrivalRate, by: 1.6, at: 4 h}\n");
        Run calm = ask(LINE + "uncertainty: {ArrivalRate: 0}\n");
        assertThat(run.at(4 * 3600, "Finished")).isEqualTo(calm.at(4 * 3600, "Finished"));
        double change = run.kpi("Finished.End").delta();
        assertThat(change).isBetween(60.0, 110.0); // 24 an hour more for four hours, less what is still in the line
        assertThat(run.kpi("WorkInProcess.Max").delta()).isPositive();
    }

    /** A coupled system: a parameter of one member changes while all run. */
    @Test
    void membersOfACompositeChangeWhileItRuns() {
        Run run = ask(
                """
                uatwin: 1
                model: Composite
                tables:
                  members:
                    - {member: first, model: ProcessWithDeadTime}
                    - {member: second, model: ProcessWithDeadTime}
                  parameters:
                    - {member: first, parameter: Gain, value: 2}
                  couplings:
                    - {from: first.Output, to: second.Input}
                inputs: {first.Input: 10}
                horizon: 1 h
                step: 1 s
                actions:
                  - {set: first.Gain, to: 3, at: 20 min}
                """);
        double before = run.at(1199, "second.Output");
        assertThat(run.kpi("second.Output.End").baseline()).isCloseTo(before, within(1e-6));
        assertThat(run.at(1200, "second.Output")).as("no leap").isCloseTo(before, within(0.5));
        assertThat(run.at(3600, "first.Output") / run.at(1199, "first.Output")).isCloseTo(1.5, within(0.02));
        assertThat(run.at(3600, "second.Output")).isGreaterThan(before * 1.4);
    }

    /** Replicates of a chance model are pairs on the same chance: what the change does not touch is the same in both. */
    @Test
    void replicatesAreComparedOnTheSameChance() {
        String text = LINE + "replicates: 20\nactions:\n  - {set: StationSpeed.weld, to: 1.3}\n";
        Run run = ask(text);
        Kpi finished = run.kpi("Finished.End");
        assertThat(finished.lower()).isLessThan(finished.value());
        assertThat(finished.upper()).isGreaterThan(finished.value());
        assertThat(finished.delta()).isNotNegative();
        assertThat(run.kpi("Working.cut.Mean").delta())
                .as("cutting sees the same parts")
                .isCloseTo(0, within(0.01));
        assertThat(run.answer().bands()).hasSize(run.columns().size());
        assertThat(ask(text).answer().kpis()).isEqualTo(run.answer().kpis());
    }

    /** The analysis of a case does not depend on threads, and what matters by the equations matters in it. */
    @Test
    void sensitivityOfACaseFindsWhatMatters() {
        String text =
                """
                uatwin: 1
                model: LoraLink
                sensitivity:
                  method: sobol
                  samples: 256
                  factors: {TransmitCurrent: [20, 60], SelfDischarge: [0, 0.001], Period: [300, 301]}
                  figures: [MeanCurrent]
                """;
        Run alone = ask(text);
        assertThat(ask(text, 3).answer().sensitivity()).isEqualTo(alone.answer().sensitivity());
        assertThat(alone.answer().sensitivity())
                .filteredOn(
                        r -> r.factor().equals("TransmitCurrent") && r.index().equals("FirstOrder"))
                .singleElement()
                .satisfies(r -> assertThat(r.value()).isGreaterThan(0.95));
        assertThat(alone.answer().sensitivity())
                .filteredOn(r -> r.factor().equals("SelfDischarge"))
                .allSatisfy(r -> assertThat(r.value()).isCloseTo(0, within(1e-9)));
    }

    /** What cannot change while a model runs is refused with the reason, at its place. */
    @Test
    void mistakesHaveAPlaceAReasonAndAFix() {
        List<String> findings = Cases.read(
                        folder,
                        LINE
                                + """
                                actions:
                                  - {set: WarmUp, to: 60, at: 1 h}
                                  - {set: ArivalRate, to: 60}
                                  - {fault: SlowLine, at: 1 h, over: 3}
                                  - {replace: Queue.cut, to: 0, at: 1 h}
                                sensitivity: {method: morris, factors: {ArrivalRate: [60, 30]}}
                                """)
                .findings()
                .stream()
                .filter(f -> f.severity() == Finding.Severity.ERROR)
                .map(Finding::toString)
                .toList();
        assertThat(findings).hasSize(5);
        assertThat(findings.get(0)).contains("case.yaml:11:11", "WarmUp", "it says from when on figures count");
        assertThat(findings.get(1)).contains("case.yaml:12:11", "ArrivalRate");
        assertThat(findings.get(2)).contains("case.yaml:13:", "over");
        assertThat(findings.get(3)).contains("case.yaml:14:5", "Queue.cut", "at the start");
        assertThat(findings.get(4)).contains("case.yaml:15:", "rising");
    }
}
