package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.uatwin.server.contracts.DemoRuns.outputs;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.maintenance.PlannedPlant;

/** A plan that sends a crew on its day off, or forgets a part, is worse than none. One line of machines, its parts of known life. */
class PlanIT {
    private static final DateTime NONE = DateTime.MIN_VALUE;

    private static String text(Variant[] answer) {
        return String.valueOf(((LocalizedText) Objects.requireNonNull(answer[1].value())).text());
    }

    private static Instant instant(Object time) {
        return ((DateTime) time).getJavaInstant();
    }

    @Test
    void aLineIsPlannedWithAllItsPartsUnderCrewsAndCalendars(@TempDir Path data) throws Exception {
        try (PlannedPlant plant = new PlannedPlant(data);
                PlantClient engineer = PlantClient.connect(plant.endpointUrl(), "admin")) {
            Variant[] plan = outputs(engineer.call("line-1", "ScheduleMaintenance", NONE, NONE, 0.0));
            String all = Arrays.toString(plan);
            List<String> tasks = List.of((String[]) Objects.requireNonNull(plan[2].value()));
            List<String> twins = List.of((String[]) Objects.requireNonNull(plan[3].value()));
            DateTime[] starts = (DateTime[]) Objects.requireNonNull(plan[4].value());
            String[] crews = (String[]) Objects.requireNonNull(plan[7].value());
            String[] policies = (String[]) Objects.requireNonNull(plan[15].value());
            assertThat(tasks).as(all).containsExactlyInAnyOrder("Seal", "Fuse", "Seal", "Fuse");
            int seal = 0;
            assertThat(twins.get(seal)).as(all).isEqualTo("press-1");
            assertThat(tasks.get(seal)).as(all).isEqualTo("Seal");
            // A Saturday at six in Berlin: the line stands and the crew is there.
            assertThat(instant(starts[seal])
                            .atZone(java.time.ZoneId.of("Europe/Berlin"))
                            .getDayOfWeek())
                    .as(all)
                    .isEqualTo(java.time.DayOfWeek.SATURDAY);
            assertThat(instant(starts[seal]).toString()).as(all).contains("T05:00:00");
            assertThat(crews[seal]).isEqualTo("fitters");
            assertThat(policies[seal]).contains("by age: best replaced at", "it is 2064 h old", "plant file");
            int fuse = tasks.indexOf("Fuse");
            assertThat(policies[fuse]).contains("no optimum, run to failure: it does not wear out");
            assertThat(starts[fuse]).isEqualTo(NONE);
            // 12 h at a stretch in a shift of 8 h
            assertThat(text(plan))
                    .contains("press-2/Seal: not planned, no window has room for it", "longest time there is");
            assertThat(((String[]) Objects.requireNonNull(plan[19].value()))[0])
                    .contains("saw-1 Blade: its life is not known yet: 0 failures are on record, 3 are needed");
            assertThat((Double) plan[16].value()).isLessThanOrEqualTo((Double) plan[17].value());
            assertThat(plan[18].value()).isEqualTo("EUR");

            Variant[] first = outputs(engineer.call("line-1", "PlanMaintenance", NONE, NONE, 0.0));
            assertThat(first[2].value()).isEqualTo(starts[seal]);
            assertThat(first[6].value()).isEqualTo("press-1/Seal");
            assertThat(text(first)).contains("while it stands anyway", "A week later the risk is", "EUR");

            Variant[] deferred = outputs(engineer.call(
                    "line-1",
                    "DeferMaintenance",
                    "press-1/Seal",
                    new DateTime(PlannedPlant.BEGIN.plus(Duration.ofDays(60)))));
            assertThat((Double) deferred[6].value()).isGreaterThan((Double) deferred[5].value());
            assertThat((Double) deferred[7].value()).as(text(deferred)).isPositive();
            CallMethodResult wrong = engineer.call("line-1", "DeferMaintenance", "Paint", NONE);
            assertThat(wrong.getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_InvalidArgument);
        }
    }

    /** Three blades failed: their life is learned, the saw's age is known, and its blade comes into the plan. */
    @Test
    void failuresAreKeptListedAndLearnedFrom(@TempDir Path data) throws Exception {
        try (PlannedPlant plant = new PlannedPlant(data)) {
            try (PlantClient engineer = PlantClient.connect(plant.endpointUrl(), "admin");
                    PlantClient operator = PlantClient.operator(plant.endpointUrl())) {
                CallMethodResult wrong = engineer.call(
                        "press-1",
                        "RecordFailure",
                        "Overhaul",
                        new DateTime(PlannedPlant.BEGIN.plusSeconds(9)),
                        NONE,
                        2.0,
                        "");
                assertThat(Arrays.stream(Objects.requireNonNull(wrong.getInputArgumentResults()))
                                .map(StatusCode::getValue))
                        .containsExactly(
                                StatusCodes.Bad_NoMatch,
                                StatusCodes.Bad_OutOfRange,
                                0L,
                                StatusCodes.Bad_OutOfRange,
                                0L);
                outputs(engineer.call("saw-1", "RecordMaintenance", "Blade", NONE, 0.0, "first blade"));
                for (int days : new int[] {40, 55, 48}) {
                    plant.pass(Duration.ofDays(days));
                    Variant[] kept =
                            outputs(engineer.call("saw-1", "RecordFailure", "Blade", NONE, NONE, 0.0, "broke"));
                    assertThat(text(kept)).contains("Failure by Blade", "nothing begins anew");
                }
                plant.pass(Duration.ofDays(30));
                Variant[] list = outputs(operator.call("line-1", "ListMaintenance"));
                assertThat((String[]) list[5].value())
                        .containsExactly("Corrective", "Corrective", "Corrective", "Preventive");
                assertThat((String[]) list[3].value()).containsOnly("saw-1");
                assertThat((DateTime[]) list[7].value()).endsWith(NONE);
                Variant[] plan = outputs(engineer.call("saw-1", "ScheduleMaintenance", NONE, NONE, 0.0));
                assertThat((String[]) plan[2].value()).containsExactly("Blade");
                assertThat(((String[]) Objects.requireNonNull(plan[15].value()))[0])
                        .contains("it is 720 h old", "3 failures among 4 lives on record");
                assertThat(operator.call("saw-1", "ScheduleMaintenance", NONE, NONE, 0.0)
                                .getStatusCode()
                                .getValue())
                        .isEqualTo(StatusCodes.Bad_UserAccessDenied);
            }
        }
    }

    /** Optimum by hand: beta 3, eta 3000 h, planned 500, failure 6000 + 5 h at 1000 an hour. */
    @Test
    void theOptimalAgeIsThatOfTheCosts(@TempDir Path data) throws Exception {
        try (PlannedPlant plant = new PlannedPlant(data);
                PlantClient engineer = PlantClient.connect(plant.endpointUrl(), "admin")) {
            Variant[] plan = outputs(engineer.call("press-1", "ScheduleMaintenance", NONE, NONE, 0.0));
            double age = ((Double[]) Objects.requireNonNull(plan[13].value()))[0];
            double exact = new org.uatwin.simulation.maintenance.AgePolicy(3, 3000, 500, 11_000)
                    .optimalAge()
                    .orElseThrow();
            assertThat(age).isCloseTo(exact, within(1e-6 * exact));
            assertThat(((Double[]) Objects.requireNonNull(plan[13].value()))[1]).isZero();
        }
    }
}
