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
    private static final long NORMAL_S = 5_400;
    private static final long HALF_A_DAY_S = 43_200; // until slow temperatures are known well
    private static final List<String> BEARINGS = List.of("RadialBearingWear", "ThrustBearingWear");

    /**
     * A fault and what is to be said of it.
     *
     * @param names of which one is right.
     * @param isWear whether it ends the life: then that is short, and something is planned.
     */
    private record Fault(String twin, VirtualFault fault, double severity, List<String> names, boolean isWear) {
        static Fault pump(VirtualFault fault, double severity, String name) {
            return new Fault("pump-01", fault, severity, List.of(name), false);
        }

        static Fault conveyor(VirtualFault fault, double severity, String name) {
            return new Fault("conveyor-01", fault, severity, List.of(name), false);
        }
    }

    /**
     * Faults of both machines at once.
     *
     * @param normal seconds without a fault before.
     * @param seconds after which they are looked at.
     */
    private record Scenario(long seed, long normal, long seconds, Fault pump, Fault conveyor) {
        @Override
        public String toString() {
            return "pump %s, conveyor %s"
                    .formatted(pump.fault().text(), conveyor.fault().text());
        }
    }

    /** Every failure mode of both models. */
    private static final List<Scenario> SCENARIOS = List.of(
            new Scenario(
                    1,
                    NORMAL_S,
                    3_600,
                    new Fault("pump-01", VirtualFault.IMPELLER_WEAR, 0.3, List.of("ImpellerWear"), true),
                    Fault.conveyor(VirtualFault.BEARING_WEAR, 0.3, "BearingFailure")),
            new Scenario(
                    2,
                    NORMAL_S,
                    2_400,
                    new Fault("pump-01", VirtualFault.BEARING_WEAR, 0.3, BEARINGS, true),
                    Fault.conveyor(VirtualFault.SENSOR_STUCK, 1, "Sensor BeltLoad")),
            new Scenario(
                    1,
                    NORMAL_S,
                    1_800,
                    Fault.pump(VirtualFault.SENSOR_STUCK, 1, "Sensor Flow"),
                    Fault.conveyor(VirtualFault.ROLLERS_WORN, 0.3, "RollersWorn")),
            new Scenario(
                    2,
                    NORMAL_S,
                    1_800,
                    Fault.pump(VirtualFault.JAM, 0.3, "Clogged"),
                    Fault.conveyor(VirtualFault.JAM, 0.8, "Jam")),
            new Scenario(
                    1,
                    NORMAL_S,
                    1_800,
                    Fault.pump(VirtualFault.PIPE_BLOCKED, 0.3, "PipeBlocked"),
                    Fault.conveyor(VirtualFault.BELT_WEAR, 0.8, "BeltWear")),
            new Scenario(
                    2,
                    NORMAL_S,
                    3_600,
                    Fault.pump(VirtualFault.LUBRICATION_LOST, 0.3, "LubricationLost"),
                    Fault.conveyor(VirtualFault.LUBRICATION_LOST, 0.8, "LubricationLost")),
            new Scenario(
                    1,
                    HALF_A_DAY_S,
                    7_200,
                    Fault.pump(VirtualFault.IMPELLER_WEAR, 0.3, "ImpellerWear"),
                    Fault.conveyor(VirtualFault.COOLING_FOULED, 0.8, "CoolingFouled")));

    @TestFactory
    List<DynamicTest> faultsAreFoundNamedAndPlannedFor(@TempDir Path directory) throws Exception {
        NodeProgram program =
                NodeProgram.install(Program.root().resolve("server/src/test/node"), directory.resolve("node"));
        List<DynamicTest> tests = new ArrayList<>();
        for (Scenario scenario : SCENARIOS) {
            Path folder = Files.createDirectories(directory.resolve("s" + tests.size()));
            tests.add(DynamicTest.dynamicTest(scenario.toString(), () -> run(program, folder, scenario)));
        }
        return tests;
    }

    private static void run(NodeProgram program, Path folder, Scenario scenario) throws Exception {
        try (VirtualTimePlant plant = new VirtualTimePlant(folder.resolve("data"), scenario.seed())) {
            plant.run(scenario.normal());
            JsonNode before = look(program, plant, folder.resolve("before.json"), "pump-01");
            String quiet = before.toPrettyString();
            assertThat(before.at("/points/DiagnosedFault/value").asText())
                    .as(quiet)
                    .isEmpty();
            assertThat(before.at("/points/HealthScore/value").asDouble())
                    .as(quiet)
                    .isGreaterThan(80);
            assertThat(before.at("/points/DeviceHealth/value").asInt())
                    .as(quiet)
                    .isZero();
            double healthy = before.at("/points/LifetimeCounters~1RemainingUsefulLife/value")
                    .asDouble();
            for (Fault fault : List.of(scenario.pump(), scenario.conveyor())) {
                plant.machine(fault.twin()).setFault(fault.fault(), fault.severity());
            }
            plant.run(scenario.seconds());
            for (Fault fault : List.of(scenario.pump(), scenario.conveyor())) {
                JsonNode after = look(program, plant, folder.resolve(fault.twin() + ".json"), fault.twin());
                check(fault, healthy, after, after.toPrettyString());
            }
        }
    }

    private static void check(Fault fault, double healthy, JsonNode after, String all) {
        assertThat(after.at("/points/AnomalyScore/value").asDouble()).as(all).isGreaterThanOrEqualTo(1);
        assertThat(after.at("/points/HealthScore/value").asDouble()).as(all).isLessThan(60);
        assertThat(after.at("/points/DeviceHealth/value").asInt()).as(all).isNotZero();
        assertThat(after.at("/points/DiagnosedFault/value").asText()).as(all).isIn(fault.names());
        assertThat(after.at("/methods/Diagnose/FaultName").asText()).as(all).isIn(fault.names());
        assertThat(after.at("/methods/Diagnose/Evidence").size()).as(all).isPositive();
        JsonNode life = after.at("/methods/PredictRemainingUsefulLife");
        double median = life.path("RemainingHours").asDouble();
        assertThat(life.path("Success").asBoolean()).as(all).isTrue();
        assertThat(life.path("Lower").asDouble()).as(all).isLessThanOrEqualTo(median);
        assertThat(life.path("Upper").asDouble()).as(all).isGreaterThanOrEqualTo(median);
        JsonNode plan = after.at("/methods/PlanMaintenance");
        assertThat(plan.path("status").asText()).as(all).isEqualTo("Good");
        assertThat(plan.path("Success").asBoolean()).as(all).isTrue();
        if (fault.isWear()) {
            assertThat(median).as(all).isLessThan(0.5 * healthy);
            assertThat(life.path("DominantMode").asText()).as(all).isIn(fault.names());
            assertThat(plan.path("Task").asText()).as(all).isIn(fault.names());
            assertThat(plan.path("RiskAfter").asDouble())
                    .as(all)
                    .isLessThan(plan.path("RiskBefore").asDouble());
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
