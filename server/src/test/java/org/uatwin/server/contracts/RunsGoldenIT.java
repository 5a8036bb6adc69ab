package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uatwin.server.contracts.DemoRuns.LIMIT;
import static org.uatwin.server.contracts.DemoRuns.LONG;
import static org.uatwin.server.contracts.DemoRuns.SHORT;
import static org.uatwin.server.contracts.DemoRuns.awaitState;
import static org.uatwin.server.contracts.DemoRuns.outputs;
import static org.uatwin.server.contracts.DemoRuns.run;
import static org.uatwin.server.contracts.DemoRuns.simulate;
import static org.uatwin.server.contracts.DemoRuns.value;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ModelChangeStructureDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.demo.DemoServer;
import org.uatwin.server.types.AddressSpaceWalk;
import org.uatwin.server.types.BuiltInStructures;
import org.uatwin.server.types.StructureDeclaration;
import org.uatwin.server.types.StructureValue;

/** Runs as nodes (information model 4.8), and the structured variants of methods (4.7). */
class RunsGoldenIT {

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static DemoServer demo;

    @SuppressWarnings("NullAway.Init")
    private static PlantClient operator;

    @SuppressWarnings("NullAway.Init")
    private static PlantClient engineer;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        demo = DemoServer.start(data, 0, Optional.empty());
        operator = PlantClient.operator(demo.server().endpointUrl());
        engineer = PlantClient.connect(demo.server().endpointUrl(), "admin");
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        operator.read("pump-01/BearingTemperature").statusCode().isGood())
                .isTrue());
    }

    @AfterAll
    static void stop() throws Exception {
        operator.close();
        engineer.close();
        demo.close();
    }

    private static StatusCode call(PlantClient client, String object, NodeId method) throws Exception {
        return Objects.requireNonNull(client.milo
                        .call(List.of(new CallMethodRequest(PlantClient.id(object), method, new Variant[0])))
                        .getResults())[0]
                .getStatusCode();
    }

    private static List<String> texts(List<DataValue> values) {
        return values.stream()
                .filter(value -> value.value().value() instanceof LocalizedText)
                .map(value ->
                        ((LocalizedText) Objects.requireNonNull(value.value().value())).text())
                .toList();
    }

    @Test
    void runIsAProgramWhoseStateAndProgressArePushed() throws Exception {
        String first = simulate(operator, LONG); // keeps the pool busy, so that the next one waits
        awaitState(operator, first, 1);
        String id = simulate(operator, SHORT);
        List<DataValue> states = operator.watch(run(id) + "/CurrentState", 0, 100, null);
        List<DataValue> transitions = operator.watch(run(id) + "/LastTransition", 0, 100, null);
        List<DataValue> progress = operator.watch(run(first) + "/Progress", 0, 1000, null);
        Awaitility.await().atMost(LIMIT).until(() -> progress.size() > 3);
        assertThat(value(operator, run(id) + "/CurrentState/Number")).isEqualTo(UInteger.valueOf(12));

        assertThat(call(operator, run(first), PlantClient.id(run(first) + "/Halt")))
                .isEqualTo(StatusCode.GOOD);
        awaitState(operator, first, 3);
        awaitState(operator, id, 2);
        assertThat(value(operator, run(first) + "/CurrentState/Number")).isEqualTo(UInteger.valueOf(11));
        assertThat(value(operator, run(id) + "/ResultId")).isEqualTo(id);
        assertThat(value(operator, run(id) + "/RandomSeed")).isEqualTo(5L);
        assertThat(value(operator, run(id) + "/Requester")).isEqualTo("operator");
        assertThat(value(operator, run(id) + "/Progress")).isEqualTo(100.0);
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(texts(states)).containsExactly("Ready", "Running", "Ready");
            assertThat(texts(transitions)).containsExactly("HaltedToReady", "ReadyToRunning", "RunningToReady");
        });
        assertThat(progress.stream()
                        .map(value ->
                                (Double) Objects.requireNonNull(value.value().value()))
                        .toList())
                .isSorted();

        AddressSpaceWalk.Report report = new AddressSpaceWalk(demo.server().server()).walk();
        assertThat(report.breaches())
                .filteredOn(b -> b.node().getNamespaceIndex().intValue() > 1)
                .isEmpty();
    }

    @Test
    void onlyHaltCanBeCalledAndOnlyWhileTheRunGoesOn() throws Exception {
        String id = simulate(operator, LONG);
        awaitState(operator, id, 1);
        assertThat(operator.attribute(run(id) + "/Halt", AttributeId.UserExecutable))
                .isEqualTo(true);
        assertThat(operator.attribute(run(id) + "/Start", AttributeId.Executable))
                .isEqualTo(false);
        assertThat(call(operator, run(id), NodeIds.ProgramStateMachineType_Suspend))
                .isEqualTo(new StatusCode(StatusCodes.Bad_NotExecutable));
        assertThat(call(operator, run(id), NodeIds.ProgramStateMachineType_Halt))
                .isEqualTo(StatusCode.GOOD);
        awaitState(operator, id, 3);
        assertThat(call(operator, run(id), NodeIds.ProgramStateMachineType_Halt))
                .isEqualTo(new StatusCode(StatusCodes.Bad_InvalidState));
        assertThat(operator.attribute(run(id) + "/Halt", AttributeId.Executable))
                .isEqualTo(false);
        assertThat(call(operator, run(id), NodeIds.Server_GetMonitoredItems))
                .isEqualTo(new StatusCode(StatusCodes.Bad_MethodInvalid));
    }

    // A stranger's run cannot be told from one that never was, in any service.
    @Test
    void runOfAnotherUserIsNotThere() throws Exception {
        List<List<Variant>> changes = operator.watchEvents(NodeIds.GeneralModelChangeEventType);
        List<List<Variant>> seen = engineer.watchEvents(NodeIds.GeneralModelChangeEventType);
        Object version = value(operator, "pump-01/Runs/NodeVersion");
        String id = simulate(engineer, LONG);
        for (String path : List.of(run(id), run(UUID.randomUUID().toString()))) {
            assertThat(operator.read(path + "/Progress").statusCode())
                    .isEqualTo(new StatusCode(StatusCodes.Bad_NodeIdUnknown));
            assertThat(call(operator, path, NodeIds.ProgramStateMachineType_Halt))
                    .isEqualTo(new StatusCode(StatusCodes.Bad_NodeIdUnknown));
            assertThat(operator.write(path + "/Progress", 1.0))
                    .isEqualTo(new StatusCode(StatusCodes.Bad_NodeIdUnknown));
        }
        String node = PlantClient.id(run(id)).toParseableString();
        assertThat(operator.browse().keySet()).doesNotContain(node);
        assertThat(engineer.browse().keySet()).contains(node);
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        engineer.structures(seen, ModelChangeStructureDataType.class))
                .extracting(ModelChangeStructureDataType::getAffected)
                .contains(PlantClient.id(run(id)), PlantClient.id("pump-01/Runs")));
        assertThat(value(operator, "pump-01/Runs/NodeVersion")).isNotEqualTo(version);

        String own = simulate(operator, SHORT);
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        operator.structures(changes, ModelChangeStructureDataType.class))
                .extracting(ModelChangeStructureDataType::getAffected)
                .contains(PlantClient.id(run(own)))
                .doesNotContain(PlantClient.id(run(id))));
        engineer.call("pump-01", "CancelRun", id);
    }

    @Test
    void everyTransitionAndTheResultAreEvents() throws Exception {
        List<List<Variant>> transitions = operator.watchEvents(NodeIds.ProgramTransitionEventType);
        List<List<Variant>> results = operator.watchEvents(new NodeId(3, 11));
        simulate(operator, SHORT);
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(messages(transitions)).hasSize(3);
            assertThat(messages(results)).hasSize(1);
        });
        assertThat(messages(transitions))
                .extracting(text -> text.replaceAll("\\..*", ""))
                .containsExactly(
                        "pump-01: Simulate of its own is queued",
                        "pump-01: Simulate of its own is running",
                        "pump-01: Simulate of its own is completed");
    }

    private static List<String> messages(List<List<Variant>> events) {
        return events.stream()
                .map(event -> String.valueOf(
                        ((LocalizedText) Objects.requireNonNull(event.get(1).value())).text()))
                .toList();
    }

    private static StructureDeclaration type(String name) {
        return BuiltInStructures.named(name).orElseThrow();
    }

    private static ExtensionObject encoded(String type, Object... fields) {
        return ExtensionObject.encode(
                demo.server().server().getStaticEncodingContext(), new StructureValue(type(type), fields));
    }

    private static @Nullable Object field(CallMethodResult result, String field) {
        ExtensionObject answer = (ExtensionObject) Objects.requireNonNull(outputs(result)[0].value());
        StructureValue value =
                (StructureValue) answer.decode(demo.server().server().getStaticEncodingContext());
        for (int i = 0; i < value.values().size(); i++) {
            if (value.type().fields().get(i).name().equals(field)) {
                return value.values().get(i);
            }
        }
        throw new AssertionError("no field " + field);
    }

    @Test
    void structuredVariantsAnswerWhatTheFlatMethodsDoAndMore() throws Exception {
        ExtensionObject request = encoded(
                "SimulationRequestDataType",
                "suction-drop",
                60.0,
                0.0,
                new String[] {"ValvePosition"},
                new Double[] {60.0},
                2,
                77L);
        CallMethodResult started = operator.call("pump-01", "SimulateDetailed", request);
        assertThat(field(started, "Success")).isEqualTo(true);
        String id = String.valueOf(field(started, "RunId"));
        awaitState(operator, id, 2);
        CallMethodResult status = operator.call("pump-01", "GetRunStatusDetailed", id);
        assertThat(field(status, "RandomSeed")).isEqualTo(77L);
        assertThat(field(status, "Requester")).isEqualTo("operator");
        assertThat((String[]) field(status, "InputValues")).contains("suction-drop");

        Variant[] flat = outputs(operator.call("pump-01", "GetRunResult", id));
        CallMethodResult result = operator.call(
                "pump-01",
                "GetRunResultDetailed",
                encoded("RunResultRequestDataType", id, new String[] {"Flow", "Flow.P50"}, UInteger.valueOf(30)));
        assertThat(field(result, "KpiValues")).isEqualTo(flat[4].value());
        assertThat(field(result, "OutputNames")).isEqualTo(new String[] {"Flow", "Flow.P50"});
        Matrix trajectories = (Matrix)
                Objects.requireNonNull(((Variant) Objects.requireNonNull(field(result, "Trajectories"))).value());
        assertThat(trajectories.getDimensions()).containsExactly(30, 2);
        assertThat((Double[]) field(result, "TimesSeconds"))
                .hasSize(30)
                .startsWith(0.0)
                .endsWith(60.0);
        CallMethodResult unknown = operator.call(
                "pump-01",
                "GetRunResultDetailed",
                encoded("RunResultRequestDataType", id, new String[] {"Flaw"}, UInteger.valueOf(30)));
        assertThat(unknown.getInputArgumentResults()).containsExactly(new StatusCode(StatusCodes.Bad_NoMatch));
    }

    @Test
    void optimisationIsARunLikeAnyOther() throws Exception {
        CallMethodResult started = operator.call(
                "pump-01", "OptimizeDetailed", encoded("OptimizationRequestDataType", "", 0.0, UInteger.valueOf(60)));
        assertThat(field(started, "Success"))
                .as("%s", field(started, "Message"))
                .isEqualTo(true);
        String id = String.valueOf(field(started, "RunId"));
        awaitState(operator, id, 2);
        assertThat(value(operator, run(id) + "/MethodName")).isEqualTo("Optimize");
        CallMethodResult status = operator.call("pump-01", "GetRunStatusDetailed", id);
        assertThat((String[]) field(status, "InputNames"))
                .containsExactly("ObjectiveName", "HorizonSeconds", "MaxIterations");
        CallMethodResult result = operator.call(
                "pump-01",
                "GetRunResultDetailed",
                encoded("RunResultRequestDataType", id, new String[0], UInteger.valueOf(20)));
        assertThat((String[]) field(result, "KpiNames")).contains("Objective", "Gain");
    }

    @Test
    void badFieldOfAStructureIsABadArgument() throws Exception {
        CallMethodResult refused = operator.call(
                "pump-01", "WhatIfDetailed", encoded("WhatIfRequestDataType", "SpeedSetpoint", 1e9, "Flow", 10.0));
        assertThat(refused.getStatusCode()).isEqualTo(new StatusCode(StatusCodes.Bad_InvalidArgument));
        assertThat(refused.getInputArgumentResults()).containsExactly(new StatusCode(StatusCodes.Bad_OutOfRange));
        CallMethodResult other = operator.call(
                "pump-01", "WhatIfDetailed", encoded("RunSeriesRequestDataType", "x", "y", UInteger.valueOf(1)));
        assertThat(other.getInputArgumentResults()).containsExactly(new StatusCode(StatusCodes.Bad_TypeMismatch));
        CallMethodResult answered = operator.call(
                "pump-01", "WhatIfDetailed", encoded("WhatIfRequestDataType", "SpeedSetpoint", 2500.0, "Flow", 10.0));
        Variant[] flat = outputs(operator.call("pump-01", "WhatIf", "SpeedSetpoint", 2500.0, "Flow", 10.0));
        assertThat(field(answered, "Success")).isEqualTo(flat[0].value());
    }
}
