package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uatwin.server.contracts.Eventually.eventually;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ModelChangeStructureDataType;
import org.eclipse.milo.opcua.stack.core.types.structured.SemanticChangeStructureDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.reload.ReloadResult;

/** A plant that changes while clients are connected (contracts sections 1, 3, 6 and 7): what they notice and what not. */
class ReloadGoldenIT {
    private static final long BAD_NODE_ID_UNKNOWN = StatusCodes.Bad_NodeIdUnknown;
    private static final long SEMANTICS_CHANGED = 0x4000;
    private static final long POLL_MS = 100;

    private static final String PROBE_03 =
            """
              - {id: probe-03, type: Probe, device: line-1/plc, points: {Steady: holding 11 uint16}}
            """;
    private static final String BOTH = GoldenPlant.PUMP + GoldenPlant.PROBES;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path data;

    @SuppressWarnings("NullAway.Init") // set before each test
    private GoldenPlant devices;

    @SuppressWarnings("NullAway.Init")
    private UatwinServer server;

    @SuppressWarnings("NullAway.Init")
    private PlantClient client;

    @BeforeEach
    void start() throws Exception {
        devices = GoldenPlant.open();
        server = devices.start(data, "golden", BOTH);
        client = PlantClient.connect(server.endpointUrl(), "operator");
        eventually(() -> {
            assertThat(client.read("probe-01/Steady").statusCode().isGood()).isTrue();
            assertThat(client.read("probe-02/Steady").statusCode().isGood()).isTrue();
        });
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
        devices.close();
    }

    private ReloadResult reload(String twins) {
        return reload(GoldenPlant.TYPES, twins);
    }

    private ReloadResult reload(String types, String twins) {
        return server.reloader().reload(devices.reading("golden", types, twins), false, diff -> "");
    }

    private static DataValue last(List<DataValue> values) {
        return values.get(values.size() - 1);
    }

    /** C45: adding one tag restarts and reconnects everything elsewhere. Here nobody else notices. */
    @Test
    void anAddedTwinLeavesSessionsItemsLinksAndIdsAlone() throws Exception {
        Map<String, QualifiedName> before = client.browse();
        List<DataValue> touched = client.watch("probe-01/Steady", 0, 1000, DataChangeTrigger.StatusValueTimestamp);
        List<DataValue> untouched = client.watch("probe-02/Steady", 0, 1000, DataChangeTrigger.StatusValueTimestamp);
        List<List<Variant>> events = client.watchEvents(NodeIds.GeneralModelChangeEventType);
        eventually(() -> assertThat(untouched).hasSizeGreaterThan(3));
        String version = String.valueOf(client.read(":site/NodeVersion").value().value());

        ReloadResult result = reload(BOTH + PROBE_03);

        assertThat(result.outcome()).isEqualTo(ReloadResult.Outcome.APPLIED);
        assertThat(result.added()).isEqualTo(1);
        assertThat(result.removed() + result.changed()).isZero();
        eventually(() ->
                assertThat(client.read("probe-03/Steady").statusCode().isGood()).isTrue());
        int seen = untouched.size();
        eventually(() -> assertThat(untouched).hasSizeGreaterThan(seen + 10));
        for (List<DataValue> values : List.of(touched, untouched)) {
            assertThat(values).allMatch(value -> value.statusCode().isGood());
            assertThat(largestGapMs(values)).as("no gap").isLessThan(5 * POLL_MS);
        }
        assertThat(devices.accepted()).as("no link reconnected").containsExactly(1L, 1L);
        assertThat(client.browse()).containsAllEntriesOf(before).containsKey("ns=2;s=probe-03/Steady");

        eventually(() -> assertThat(changes(events))
                .anyMatch(change -> change.getAffected().equals(PlantClient.id("probe-03"))
                        && change.getVerb().intValue() == 1)
                .anyMatch(change -> change.getAffected().equals(PlantClient.id(":site"))
                        && change.getVerb().intValue() == 4));
        assertThat(client.read(":site/NodeVersion").value().value()).isNotEqualTo(version);
        assertThat(client.read("probe-01/NodeVersion").value().value()).isEqualTo(version);
    }

    private static long largestGapMs(List<DataValue> values) {
        long largest = 0;
        for (int i = 1; i < values.size(); i++) {
            largest = Math.max(
                    largest,
                    Objects.requireNonNull(values.get(i).sourceTime()).getJavaTime()
                            - Objects.requireNonNull(values.get(i - 1).sourceTime())
                                    .getJavaTime());
        }
        return largest;
    }

    private List<ModelChangeStructureDataType> changes(List<List<Variant>> events) {
        return client.structures(events, ModelChangeStructureDataType.class);
    }

    /** SCADA tags of a twin that goes are told so, once; they come back by themselves when the twin does. */
    @Test
    void itemsOfARemovedTwinReviveWithIt() throws Exception {
        List<DataValue> values = client.watch("probe-01/Steady", 0, 100, null);
        List<DataValue> range = client.watch("probe-01/Steady/EURange", 250, 100, null);
        eventually(() -> assertThat(values).isNotEmpty());
        eventually(() -> assertThat(range).hasSize(1));
        int seen = values.size();

        assertThat(reload(GoldenPlant.PUMP).removed()).isEqualTo(2);
        eventually(() -> assertThat(last(values).statusCode().getValue()).isEqualTo(BAD_NODE_ID_UNKNOWN));
        eventually(() -> assertThat(last(range).statusCode().getValue()).isEqualTo(BAD_NODE_ID_UNKNOWN));
        assertThat(client.read("probe-01/Steady").statusCode().getValue()).isEqualTo(BAD_NODE_ID_UNKNOWN);
        reload(GoldenPlant.PUMP.replace("holding 0", "holding 100")); // another change tells them nothing new
        assertThat(values).hasSize(seen + 1);

        devices.firstUnit().setHolding(10, 8);
        assertThat(reload(BOTH).added()).isEqualTo(2);
        eventually(() -> assertThat(last(values).value().value()).isEqualTo(8.0));
        eventually(() -> assertThat(last(range).statusCode().isGood()).isTrue());
        assertThat(client.history("probe-01/Steady"))
                .as("the history of before is there again")
                .extracting(value -> value.value().value())
                .contains(7.0, 8.0);
    }

    /** A renamed twin answers to its old id, and its history is one. */
    @Test
    void aRenamedTwinKeepsItsOldIdItsItemsAndItsHistory() throws Exception {
        List<DataValue> values = client.watch("probe-01/Steady", 0, 100, null);
        eventually(() -> assertThat(values).isNotEmpty());
        List<List<Variant>> events = client.watchEvents(NodeIds.GeneralModelChangeEventType);

        ReloadResult result = reload(BOTH.replace("{id: probe-01,", "{id: level-01, aliases: [probe-01],"));
        assertThat(result.changed()).isEqualTo(1);
        assertThat(result.added() + result.removed()).isZero();
        assertThat(client.read("level-01/Steady").statusCode().isGood()).isTrue();
        devices.firstUnit().setHolding(10, 9);
        eventually(() -> assertThat(last(values).value().value()).isEqualTo(9.0));
        assertThat(values).allMatch(value -> value.statusCode().isGood());
        eventually(() -> assertThat(client.history("level-01/Steady"))
                .extracting(value -> value.value().value())
                .contains(7.0, 9.0));
        assertThat(client.history("probe-01/Steady")).isEqualTo(client.history("level-01/Steady"));
        eventually(() -> assertThat(changes(events))
                .anyMatch(change -> change.getAffected().equals(PlantClient.id("level-01"))
                        && change.getVerb().intValue() == 1)
                .anyMatch(change -> change.getAffected().equals(PlantClient.id("probe-01"))
                        && change.getVerb().intValue() == 2));
    }

    /** A type that gets a member moves the rows of its twins; their points go on as if nothing had happened. */
    @Test
    void aMemberAddedToATypeAppearsAndTheOthersGoOn() throws Exception {
        List<DataValue> values = client.watch("probe-01/Steady", 0, 1000, DataChangeTrigger.StatusValueTimestamp);
        List<DataValue> pushed = client.watch("probe-01/Pushed", 0, 100, null);
        eventually(() -> assertThat(values).hasSizeGreaterThan(2));
        List<DataValue> history = client.history("probe-01/Steady");

        ReloadResult result = reload(GoldenPlant.TYPES + "      First: {unit: m, euRange: [0, 5]}\n", BOTH);
        assertThat(result.changed()).isEqualTo(2);
        assertThat(result.findings()).noneMatch(text -> text.contains("breaking"));
        int seen = values.size();
        eventually(() -> assertThat(values).hasSizeGreaterThan(seen + 5));
        assertThat(values).allMatch(value -> value.statusCode().isGood());
        assertThat(largestGapMs(values)).isLessThan(5 * POLL_MS);
        assertThat(pushed).hasSizeLessThanOrEqualTo(2);
        assertThat(client.attribute("probe-01/First", AttributeId.BrowseName)).isNotNull();
        assertThat(client.attribute("types/ProbeType/First", AttributeId.BrowseName))
                .isNotNull();
        assertThat(client.history("probe-01/Steady")).containsAll(history);

        ReloadResult back = reload(BOTH);
        assertThat(back.findings()).anyMatch(text -> text.contains("breaking") && text.contains("First is gone"));
        assertThat(client.read("probe-01/First").statusCode().getValue()).isEqualTo(BAD_NODE_ID_UNKNOWN);
        assertThat(client.read("types/ProbeType/First").statusCode().getValue()).isEqualTo(BAD_NODE_ID_UNKNOWN);
        assertThat(devices.accepted()).containsExactly(1L, 1L);
    }

    /** Part 8: a client that converts units must learn that the range is another one. */
    @Test
    void anotherRangeIsToldWithTheNextValueAndByAnEvent() throws Exception {
        List<DataValue> values = client.watch("probe-01/Steady", 0, 100, null);
        List<DataValue> range = client.watch("probe-01/Steady/EURange", 250, 100, null);
        List<List<Variant>> events = client.watchEvents(NodeIds.SemanticChangeEventType);
        eventually(() -> assertThat(values).isNotEmpty());
        eventually(() -> assertThat(range).hasSize(1));

        reload(
                GoldenPlant.TYPES.replace(
                        "Steady: {unit: m, euRange: [0, 100]}", "Steady: {unit: m, euRange: [0, 50]}"),
                BOTH);
        eventually(() -> assertThat(values).anyMatch(v -> v.statusCode().getValue() == SEMANTICS_CHANGED));
        eventually(() -> assertThat(last(values).statusCode().getValue()).isZero());
        eventually(() -> assertThat(range).hasSize(2));
        eventually(() -> assertThat(client.structures(events, SemanticChangeStructureDataType.class))
                .anyMatch(change -> change.getAffected().equals(PlantClient.id("probe-01/Steady")))
                .noneMatch(change -> change.getAffected().equals(PlantClient.id("probe-01/Pushed"))));
    }

    /** A point that is read from elsewhere shows nothing of its old source. */
    @Test
    void aPointMovesToAnotherLink() throws Exception {
        List<DataValue> values = client.watch("probe-01/Steady", 0, 100, null);
        eventually(() -> assertThat(values).isNotEmpty());
        devices.secondUnit().setHolding(20, 33);

        reload(BOTH.replace(
                "{id: probe-01, type: Probe, device: line-1/plc, points: {Steady: holding 10 uint16}}",
                "{id: probe-01, type: Probe, device: line-2/plc, points: {Steady: holding 20 uint16}}"));
        eventually(() -> assertThat(last(values).value().value()).isEqualTo(33.0));
        devices.firstUnit().setHolding(10, 99);
        eventually(() ->
                assertThat(client.read("pump-01/Flow").statusCode().isGood()).isTrue());
        assertThat(values)
                .extracting(value -> value.statusCode().getValue())
                .contains(StatusCodes.Bad_WaitingForInitialData);
        assertThat(values).extracting(value -> value.value().value()).doesNotContain(99.0);
        assertThat(devices.accepted()).containsExactly(1L, 1L);
    }

    /** A bad file, another site and settings that need a restart: nothing is half applied, and the reason is said. */
    @Test
    void whatCannotBeTakenOverChangesNothingAndSaysWhy() throws Exception {
        Map<String, QualifiedName> before = client.browse();
        ReloadResult broken = reload(BOTH + "  - {id: x, type: Nonsense}\n");
        assertThat(broken.outcome()).isEqualTo(ReloadResult.Outcome.REFUSED);
        assertThat(broken.findings()).anyMatch(text -> text.contains("golden.yaml:") && text.contains("Nonsense"));

        ReloadResult otherSite =
                server.reloader().reload(devices.reading("annex", GoldenPlant.TYPES, BOTH), false, diff -> "");
        assertThat(otherSite.outcome()).isEqualTo(ReloadResult.Outcome.REFUSED);
        assertThat(otherSite.message()).contains("siteId").contains("annex").contains("Fix:");

        ReloadResult objected = server.reloader()
                .reload(devices.reading("golden", GoldenPlant.TYPES, GoldenPlant.PUMP), false, diff -> "too much");
        assertThat(objected.message()).isEqualTo("too much");
        assertThat(client.browse()).isEqualTo(before);

        ReloadResult port = server.reloader()
                .reload(
                        devices.reading("golden", GoldenPlant.TYPES, BOTH + PROBE_03)
                                .with(plant -> plant.withServer(s -> s.withPort(4))),
                        false,
                        diff -> "");
        assertThat(port.outcome()).isEqualTo(ReloadResult.Outcome.APPLIED);
        assertThat(port.findings()).anyMatch(text -> text.contains("server.port") && text.contains("restart"));
        assertThat(client.read("probe-03/NodeVersion").statusCode().isGood()).isTrue();
        assertThat(client.read(":plant/RefusedReloads").value().value()).hasToString("3");
        assertThat(client.read(":plant/Reloads").value().value()).hasToString("1");
        assertThat(String.valueOf(client.read(":plant/LastMessage").value().value()))
                .contains("1 twins added");
    }

    /** Operators may not change what the server serves; an engineer may, and a dry run changes nothing. */
    @Test
    void reloadIsAMethodForEngineers() throws Exception {
        CallMethodResult refused = client.call(":plant", "Reload", true);
        assertThat(refused.getStatusCode().getValue()).isEqualTo(StatusCodes.Bad_UserAccessDenied);
        try (PlantClient engineer = PlantClient.connect(server.endpointUrl(), "engineer")) {
            devices.write("golden", GoldenPlant.TYPES, BOTH + PROBE_03);
            CallMethodResult dry = engineer.call(":plant", "Reload", true);
            Variant[] outputs = Objects.requireNonNull(dry.getOutputArguments());
            assertThat(outputs[0].value()).isEqualTo(true);
            assertThat(outputs[3].value()).hasToString("1");
            assertThat(client.read("probe-03/Steady").statusCode().getValue()).isEqualTo(BAD_NODE_ID_UNKNOWN);

            outputs = Objects.requireNonNull(
                    engineer.call(":plant", "Reload", false).getOutputArguments());
            assertThat(outputs[0].value()).isEqualTo(true);
            eventually(
                    () -> assertThat(client.read("probe-03/Steady").statusCode().isGood())
                            .isTrue());
            assertThat(engineer.call(":plant", "Reload").getStatusCode().getValue())
                    .isEqualTo(StatusCodes.Bad_ArgumentsMissing);
        }
    }
}
