package org.uatwin.server.virtual.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A schedule is written by hand: everything wrong with it is said at its line, in one go. */
class FaultScheduleTest {
    @Test
    void faultsAreSortedByTheirTimeWithDefaultsFilledIn() {
        FaultSchedule schedule = FaultSchedule.parse(
                """
                seed: 42
                faults:
                  - {at: 2 min, for: 30 s, target: line-1/plc, kind: exception}
                  - {target: pump-01/Flow, kind: bias, offset: 4}
                """,
                "f.yaml");
        assertThat(schedule.seed()).hasValue(42);
        assertThat(schedule.faults())
                .extracting(f -> f.order().toString())
                .containsExactly("pump-01/Flow bias offset=4", "line-1/plc exception code=4");
        assertThat(schedule.faults().get(1).at()).isEqualTo(Duration.ofMinutes(2));
        assertThat(schedule.faults().get(1).lasting()).contains(Duration.ofSeconds(30));
        assertThat(schedule.faults().get(0).lasting()).isEmpty();
    }

    @Test
    void everyProblemIsReportedAtItsPlace() {
        assertThatThrownBy(() -> FaultSchedule.parse(
                        """
                        faults:
                          - {at: soon, target: a/B, kind: stuck}
                          - {target: a/B, kind: bias}
                          - {target: a/B, kind: beer}
                          - {target: a/B, kind: bias, offset: 1, factor: 2}
                          - {kind: stuck}
                        sead: 1
                        """,
                        "f.yaml"))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("f.yaml:2:10: \"soon\" is no duration")
                .hasMessageContaining("f.yaml:3:25: bias needs offset")
                .hasMessageContaining("f.yaml:4:25: there is no fault \"beer\"")
                .hasMessageContaining("f.yaml:5:25: bias has no parameter \"factor\"")
                .hasMessageContaining("f.yaml:6:5: a fault needs target and kind")
                .hasMessageContaining("f.yaml:7:7: unknown key \"sead\"");
    }

    /** Whoever scores a detector reads the equation there, so the page must have every kind and parameter. */
    @Test
    void theReferenceNamesEveryKindWithItsEquationAndParameters() throws IOException {
        Path page = Path.of(System.getProperty("uatwin.root", ".."), "docs", "reference", "virtual-devices.md");
        String text = Files.readString(page);
        for (FaultKind kind : FaultKind.values()) {
            assertThat(text)
                    .contains("| `%s` | %s | %s |"
                            .formatted(kind.usage(), kind.target().form(), kind.equation()));
            for (FaultParameter parameter : kind.parameters()) {
                assertThat(text).contains("`%s`".formatted(kind.usage()));
                assertThat(text).as(kind.text() + " " + parameter.name()).contains(parameter.doc());
            }
        }
    }
}
