package org.uatwin.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.maintenance.VirtualTimePlant;
import org.uatwin.simulation.virtual.VirtualFault;

/**
 * Issue 5, must show 8: faults of the demo plant are found, named, and answered with a remaining life and a plan, as a client we did not
 * write sees it. The server runs in virtual time, so that the hours of learning take seconds; faults are as severe as said here.
 */
@Tag("acceptance")
class HealthAcceptanceIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long NORMAL_S = 7_200;

    /**
     * A fault and what is to be said of it.
     *
     * @param seconds after which it is looked at.
     * @param names of which one is right.
     * @param isWear whether it ends the life: then that is short, and something is planned.
     */
    private record Scenario(
            String twin, VirtualFault fault, double severity, long seconds, List<String> names, boolean isWear) {}

    private static final List<Scenario> SCENARIOS = List.of(
            new Scenario("pump-01", VirtualFault.IMPELLER_WEAR, 0.3, 3_600, List.of("ImpellerWear"), true),
            new Scenario(
                    "pump-01",
                    VirtualFault.BEARING_WEAR,
                    0.3,
                    5_400,
                    List.of("RadialBearingWear", "ThrustBearingWear"),
                    true),
            new Scenario("pump-01", VirtualFault.SENSOR_STUCK, 1, 1_200, List.of("Sensor Flow"), false),
            new Scenario("conveyor-01", VirtualFault.BEARING_WEAR, 0.3, 3_600, List.of("BearingFailure"), true),
            new Scenario("conveyor-01", VirtualFault.SENSOR_STUCK, 1, 1_200, List.of("Sensor BeltLoad"), false));

    @TestFactory
    List<DynamicTest> faultsAreFoundNamedAndPlannedFor(@TempDir Path directory) throws Exception {
        NodeProgram program =
                NodeProgram.install(Program.root().resolve("server/src/test/node"), directory.resolve("node"));
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < SCENARIOS.size(); i++) {
            Scenario scenario = SCENARIOS.get(i);
            Path folder = Files.createDirectories(directory.resolve("s" + i));
            tests.add(DynamicTest.dynamicTest(
                    "%s %s".formatted(scenario.twin(), scenario.fault().text()), () -> run(program, folder, scenario)));
        }
        return tests;
    }

    private static void run(NodeProgram program, Path folder, Scenario scenario) throws Exception {
        try (VirtualTimePlant plant = new VirtualTimePlant(folder.resolve("data"), 1)) {
            plant.run(NORMAL_S);
            JsonNode before = look(program, plant, folder.resolve("before.json"), scenario.twin());
            assertThat(before.at("/points/DiagnosedFault/value").asText()).isEmpty();
            assertThat(before.at("/points/HealthScore/value").asDouble()).isGreaterThan(80);
            assertThat(before.at("/points/DeviceHealth/value").asInt()).isZero();

            plant.machine(scenario.twin()).setFault(scenario.fault(), scenario.severity());
            plant.run(scenario.seconds());
            JsonNode after = look(program, plant, folder.resolve("after.json"), scenario.twin());
            String all = after.toPrettyString();
            assertThat(after.at("/points/AnomalyScore/value").asDouble())
                    .as(all)
                    .isGreaterThanOrEqualTo(1);
            assertThat(after.at("/points/HealthScore/value").asDouble()).as(all).isLessThan(60);
            assertThat(after.at("/points/DeviceHealth/value").asInt()).as(all).isNotZero();
            assertThat(after.at("/points/DiagnosedFault/value").asText())
                    .as(all)
                    .isIn(scenario.names());
            assertThat(after.at("/methods/Diagnose/FaultName").asText()).as(all).isIn(scenario.names());
            assertThat(after.at("/methods/Diagnose/Evidence").size()).as(all).isPositive();
            double healthy = before.at("/points/LifetimeCounters~1RemainingUsefulLife/value")
                    .asDouble();
            double worn = after.at("/points/LifetimeCounters~1RemainingUsefulLife/value")
                    .asDouble();
            JsonNode life = after.at("/methods/PredictRemainingUsefulLife");
            assertThat(life.path("Success").asBoolean()).as(all).isTrue();
            assertThat(life.path("Lower").asDouble())
                    .as(all)
                    .isLessThanOrEqualTo(life.path("RemainingHours").asDouble());
            assertThat(life.path("Upper").asDouble())
                    .as(all)
                    .isGreaterThanOrEqualTo(life.path("RemainingHours").asDouble());
            JsonNode plan = after.at("/methods/PlanMaintenance");
            assertThat(plan.path("status").asText()).as(all).isEqualTo("Good");
            assertThat(plan.path("Success").asBoolean()).as(all).isTrue();
            if (scenario.isWear()) {
                assertThat(worn).as(all).isLessThan(0.5 * healthy);
                assertThat(life.path("DominantMode").asText()).as(all).isIn(scenario.names());
                assertThat(plan.path("Task").asText()).as(all).isIn(scenario.names());
                assertThat(plan.path("RiskAfter").asDouble())
                        .as(all)
                        .isLessThan(plan.path("RiskBefore").asDouble());
            }
        }
    }

    /** What an engineer sees; an operator sees the same, and may not plan. */
    private static JsonNode look(NodeProgram program, VirtualTimePlant plant, Path json, String twin) throws Exception {
        Program.Outcome outcome = program.run(
                "health.js",
                LIMIT,
                "--endpoint",
                plant.server().endpointUrl(),
                "--twin",
                twin,
                "--work",
                json.resolveSibling("pki").toString(),
                "--json",
                json.toString());
        JsonNode answer = program.answer(json, outcome);
        JsonNode operator = answer.path("operator");
        assertThat(operator.at("/methods/AssessHealth/status").asText()).isEqualTo("Good");
        assertThat(operator.at("/methods/Diagnose/status").asText()).isEqualTo("Good");
        assertThat(operator.at("/methods/PredictRemainingUsefulLife/status").asText())
                .isEqualTo("Good");
        assertThat(operator.at("/methods/PlanMaintenance/status").asText()).isEqualTo("BadUserAccessDenied");
        return answer.path("engineer");
    }
}
