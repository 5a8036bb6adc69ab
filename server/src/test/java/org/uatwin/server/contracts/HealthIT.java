package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uatwin.server.contracts.DemoRuns.outputs;
import static org.uatwin.server.contracts.DemoRuns.value;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.maintenance.VirtualTimePlant;
import org.uatwin.simulation.virtual.VirtualFault;

/** The health of a twin as clients see it (information model 4.6, 4.7 and 4.9). One server in virtual time; tests follow its life. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HealthIT {
    private static final String REMAINING_LIFE = "pump-01/LifetimeCounters/RemainingUsefulLife";
    private static final int DI = 4;
    private static final int TYPES = 3;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static VirtualTimePlant plant;

    @SuppressWarnings("NullAway.Init")
    private static PlantClient operator;

    @SuppressWarnings("NullAway.Init")
    private static PlantClient engineer;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        plant = new VirtualTimePlant(data, 1);
        operator = PlantClient.operator(plant.server().endpointUrl());
        engineer = PlantClient.connect(plant.server().endpointUrl(), "admin");
    }

    @AfterAll
    static void stop() throws Exception {
        operator.close();
        engineer.close();
        plant.close();
    }

    private static double number(String path) throws Exception {
        return (Double) Objects.requireNonNull(value(operator, path));
    }

    private static StatusCode status(String path) throws Exception {
        return operator.read(path).statusCode();
    }

    // A number that nobody has computed yet must never look like one: 0 hours left stops a line.
    @Test
    @Order(1)
    void whatCannotBeToldYetHasNoValue() throws Exception {
        plant.run(70);
        for (String point : List.of(REMAINING_LIFE, "pump-01/RemainingUsefulLifeLower", "pump-01/AnomalyScore")) {
            assertThat(status(point).getValue()).as(point).isEqualTo(StatusCodes.Bad_WaitingForInitialData);
            assertThat(operator.read(point).value().value()).as(point).isNull();
        }
        CallMethodResult answer = operator.call("pump-01", "PredictRemainingUsefulLife", 1.0);
        assertThat(outputs(answer)[0].value()).isEqualTo(false);
        assertThat(String.valueOf(outputs(answer)[1].value())).contains("Not predictable yet");
    }

    // Clients of OPC 10000-100 and 40001-1 know these types and properties, not ours.
    @Test
    @Order(2)
    void theLifetimeIsThatOfTheStandards() throws Exception {
        assertThat(operator.browse())
                .containsKeys(
                        "ns=2;s=" + REMAINING_LIFE,
                        "ns=2;s=" + REMAINING_LIFE + "/StartValue",
                        "ns=2;s=pump-01/DeviceHealth");
        assertThat(value(operator, REMAINING_LIFE + "/LimitValue")).isEqualTo(0.0);
        assertThat((Double[]) value(operator, REMAINING_LIFE + "/WarningValues"))
                .containsExactly(168.0, 24.0);
        assertThat(value(operator, REMAINING_LIFE + "/Indication")).isEqualTo(new NodeId(DI, 474));
        assertThat(operator.attribute("pump-01/DeviceHealth", AttributeId.DataType))
                .isEqualTo(new NodeId(DI, 6244));
        assertThat(operator.attribute("pump-01", AttributeId.EventNotifier)).hasToString("1");
        assertThat(operator.write("pump-01/HealthScore", 100.0).isBad()).isTrue();
    }

    @Test
    @Order(3)
    void aHealthyPumpSaysSo() throws Exception {
        plant.run(7_200);
        assertThat((Double) value(operator, "pump-01/HealthScore")).isBetween(80.0, 100.0);
        assertThat(value(operator, "pump-01/DeviceHealth")).isEqualTo(0);
        assertThat(value(operator, "pump-01/DiagnosedFault")).isEqualTo("");
        assertThat((Double) value(operator, "pump-01/AnomalyScore")).isLessThan(1.0);
        double median = number(REMAINING_LIFE);
        assertThat(median)
                .isBetween(number("pump-01/RemainingUsefulLifeLower"), number("pump-01/RemainingUsefulLifeUpper"));
        assertThat(number(REMAINING_LIFE + "/StartValue")).isPositive();
        Variant[] life = outputs(operator.call("pump-01", "PredictRemainingUsefulLife", 0.0));
        assertThat(life[0].value()).isEqualTo(true);
        assertThat(life[life.length - 1].value()).isNotNull();
    }

    // Not one wrong argument may reach the model, and each has its own status.
    @Test
    @Order(4)
    void wrongArgumentsAreRefusedOneByOne() throws Exception {
        CallMethodResult load = operator.call("pump-01", "PredictRemainingUsefulLife", -1.0);
        assertThat(results(load)).containsExactly(StatusCodes.Bad_OutOfRange);
        DateTime later = new DateTime(java.time.Instant.parse("2027-01-01T00:00:00Z"));
        CallMethodResult record = engineer.call("pump-01", "RecordMaintenance", "Nonsense", later, 2.0, "");
        assertThat(results(record))
                .containsExactly(StatusCodes.Bad_NoMatch, StatusCodes.Bad_OutOfRange, StatusCodes.Bad_OutOfRange, 0L);
        CallMethodResult plan = engineer.call("pump-01", "PlanMaintenance", later, DateTime.MIN_VALUE, -1.0);
        assertThat(results(plan)).containsExactly(0L, 0L, StatusCodes.Bad_OutOfRange);
        assertThat(results(engineer.call("pump-01", "RollbackModel", "baseline/7")))
                .containsExactly(StatusCodes.Bad_NoMatch);
        assertThat(results(engineer.call("pump-01", "ExportModel", ""))).containsExactly(StatusCodes.Bad_NoMatch);
    }

    private static List<Long> results(CallMethodResult answer) {
        assertThat(answer.getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_InvalidArgument);
        return List.of(Objects.requireNonNull(answer.getInputArgumentResults())).stream()
                .map(StatusCode::getValue)
                .toList();
    }

    @Test
    @Order(5)
    void operatorsAskAndEngineersDecide() throws Exception {
        for (String method : List.of("PlanMaintenance", "RecordMaintenance", "LearnBaseline", "ListModels")) {
            assertThat(operator.attribute("pump-01/MethodSet/" + method, AttributeId.UserExecutable))
                    .as(method)
                    .isEqualTo(false);
            assertThat(engineer.attribute("pump-01/MethodSet/" + method, AttributeId.UserExecutable))
                    .as(method)
                    .isEqualTo(true);
        }
        assertThat(operator.attribute("pump-01/MethodSet/AssessHealth", AttributeId.UserExecutable))
                .isEqualTo(true);
        CallMethodResult refused =
                operator.call("pump-01", "RecordMaintenance", "Overhaul", DateTime.MIN_VALUE, 0.0, "");
        assertThat(refused.getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_UserAccessDenied);
    }

    @Test
    @Order(6)
    void baselinesAreLearnedKeptRolledBackAndExported() throws Exception {
        learn();
        learn();
        Variant[] list = outputs(engineer.call("pump-01", "ListModels"));
        assertThat((String[]) list[2].value()).containsExactly("baseline/2", "baseline/1");
        assertThat((Boolean[]) list[5].value()).containsExactly(true, false);
        assertThat(outputs(engineer.call("pump-01", "RollbackModel", ""))[2].value())
                .isEqualTo("baseline/1");
        String document = String.valueOf(outputs(engineer.call("pump-01", "ExportModel", ""))[2].value());
        assertThat(document).contains("\"version\": \"baseline/1\"", "\"model\": \"");
        plant.run(120);
        assertThat(String.valueOf(value(operator, "pump-01/AnomalyDetail"))).contains("compared with baseline/1");
        assertThat(outputs(engineer.call("pump-01", "RollbackModel", "none"))[2].value())
                .isEqualTo("");
    }

    private static void learn() throws Exception {
        Variant[] started = outputs(engineer.call("pump-01", "LearnBaseline", DateTime.MIN_VALUE, DateTime.MIN_VALUE));
        assertThat(started[0].value()).as("%s", started[1]).isEqualTo(true);
        String run = String.valueOf(started[2].value());
        Awaitility.await().atMost(DemoRuns.LIMIT).untilAsserted(() -> {
            Variant[] status = outputs(engineer.call("pump-01", "GetRunStatus", run));
            assertThat(status[2].value()).as("%s", status[1]).isEqualTo(2);
        });
    }

    // What a maintenance engineer waits for: it is told once, with a name, and both client and event say the same.
    @Test
    @Order(7)
    void aWornImpellerIsAnnouncedNamedAndPlannedFor() throws Exception {
        List<List<Variant>> anomalies = operator.watchEvents(new NodeId(TYPES, 84));
        List<List<Variant>> recommended = operator.watchEvents(new NodeId(TYPES, 85));
        List<org.eclipse.milo.opcua.stack.core.types.builtin.DataValue> scores =
                operator.watch("pump-01/AnomalyScore", 0, 1_000, null);
        plant.machine("pump-01").setFault(VirtualFault.IMPELLER_WEAR, 0.3);
        plant.run(3_600);
        assertThat(value(operator, "pump-01/DiagnosedFault")).isEqualTo("ImpellerWear");
        Variant[] diagnosis = outputs(operator.call("pump-01", "Diagnose"));
        assertThat(diagnosis[2].value()).isEqualTo("ImpellerWear");
        Variant[] plan =
                outputs(engineer.call("pump-01", "PlanMaintenance", DateTime.MIN_VALUE, DateTime.MIN_VALUE, 0.0));
        assertThat(plan[0].value()).as("%s", plan[1]).isEqualTo(true);
        assertThat(plan[6].value()).isEqualTo("ImpellerWear");
        Awaitility.await().untilAsserted(() -> {
            assertThat(anomalies).hasSize(1);
            assertThat(recommended).isNotEmpty();
            assertThat(scores).anyMatch(value -> value.value().value() instanceof Double score && score >= 1);
        });
    }

    // The part is new: what was learned of the old one must not be held against it.
    @Test
    @Order(8)
    void recordedMaintenanceLetsThePartBeginAnew() throws Exception {
        double worn = number(REMAINING_LIFE);
        List<List<Variant>> records = operator.watchEvents(new NodeId(TYPES, 86));
        plant.machine("pump-01").clearFaults();
        plant.machine("pump-01").repair();
        Variant[] answer = outputs(
                engineer.call("pump-01", "RecordMaintenance", "Overhaul", DateTime.MIN_VALUE, 0.0, "new impeller"));
        assertThat((String[]) answer[3].value()).contains("ImpellerArea");
        Awaitility.await().untilAsserted(() -> assertThat(records).hasSize(1));
        plant.run(7_200);
        assertThat(value(operator, "pump-01/DiagnosedFault")).isEqualTo("");
        assertThat((Double) value(operator, "pump-01/HealthScore")).isGreaterThan(70);
        assertThat((Double) value(operator, REMAINING_LIFE)).isGreaterThan(10 * worn);
    }

    // Data that stop must not leave a confident number behind.
    @Test
    @Order(9)
    void withoutDataNothingIsGood() throws Exception {
        plant.machine("pump-01").setFault(VirtualFault.CABLE, 1);
        plant.run(300);
        assertThat(status("pump-01/HealthScore").getValue()).isEqualTo(StatusCodes.Uncertain_LastUsableValue);
        assertThat(status(REMAINING_LIFE).getValue()).isEqualTo(StatusCodes.Uncertain_LastUsableValue);
        assertThat(operator.attribute(REMAINING_LIFE, AttributeId.DataType)).isEqualTo(NodeIds.Double);
    }
}
