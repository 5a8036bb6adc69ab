package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.assembly.StartException;
import org.uatwin.server.demo.DemoServer;
import org.uatwin.server.types.AddressSpaceWalk;

/** The demo as a whole: its address space, the runs of its methods (contracts section 4), its languages (section 7). */
class DemoGoldenIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final StatusCode BAD_NO_MATCH = new StatusCode(StatusCodes.Bad_NoMatch);
    private static final StatusCode BAD_INVALID_ARGUMENT = new StatusCode(StatusCodes.Bad_InvalidArgument);
    private static final int RUN_ID = 2; // after Success and Message
    private static final int STATE = 2;
    private static final int COMPLETED = 2;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static DemoServer demo;

    @SuppressWarnings("NullAway.Init")
    private static AddressSpaceWalk.Report report;

    @SuppressWarnings("NullAway.Init")
    private static PlantClient operator;

    @SuppressWarnings("NullAway.Init")
    private static PlantClient admin;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        demo = DemoServer.start(data, 0, Optional.empty());
        report = new AddressSpaceWalk(demo.server().server()).walk(); // before Milo adds nodes for each session
        operator = PlantClient.operator(demo.server().endpointUrl());
        admin = PlantClient.connect(demo.server().endpointUrl(), "admin");
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        operator.read("pump-01/BearingTemperature").statusCode().isGood())
                .isTrue());
    }

    @AfterAll
    static void stop() throws Exception {
        operator.close();
        admin.close();
        demo.close();
    }

    @Test
    void noNodeOfOursBreaksARuleAndMilosDeviationsDoNotGrow() {
        assertThat(report.nodes()).isGreaterThan(5_500);
        assertThat(report.breaches())
                .filteredOn(b -> b.node().getNamespaceIndex().intValue() > 1)
                .isEmpty();
        Set<String> unlisted = report.miloKeys();
        unlisted.removeAll(AddressSpaceWalk.listedMiloDeviations());
        assertThat(unlisted)
                .as("breaches of namespaces 0 and 1 that the list does not hold")
                .isEmpty();
    }

    // The files of a running demo tell `uatwin demo fault` where it is; a second one must not touch them.
    @Test
    void secondDemoInTheSameDirectoryIsRefusedAndChangesNothing() throws Exception {
        Path data = Objects.requireNonNull(demo.plantFile().getParent());
        byte[] plant = Files.readAllBytes(demo.plantFile());
        byte[] panel = Files.readAllBytes(data.resolve("demo-panel-port"));

        assertThatThrownBy(() -> DemoServer.start(data, 0, Optional.empty()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("in use by another");

        assertThat(demo.plantFile()).hasBinaryContent(plant);
        assertThat(data.resolve("demo-panel-port")).hasBinaryContent(panel);
    }

    private static CallMethodResult simulate(PlantClient client) throws Exception {
        return client.call("pump-01", "Simulate", "", 60.0, 1.0, new String[] {"SpeedSetpoint"}, new Double[] {2500.0});
    }

    private static String runId(CallMethodResult started) {
        assertThat(started.getStatusCode()).isEqualTo(StatusCode.GOOD);
        Variant[] outputs = Objects.requireNonNull(started.getOutputArguments());
        assertThat(outputs[0].value()).as("%s", outputs[1]).isEqualTo(true);
        String id = String.valueOf(outputs[RUN_ID].value());
        assertThat(UUID.fromString(id).version()).as("unguessable: %s", id).isEqualTo(4);
        return id;
    }

    private static void assertUnknown(CallMethodResult result) {
        assertThat(result.getStatusCode()).isEqualTo(BAD_INVALID_ARGUMENT);
        assertThat(Objects.requireNonNull(result.getInputArgumentResults())[0]).isEqualTo(BAD_NO_MATCH);
    }

    // A stranger's run cannot be told from one that never was.
    @Test
    void runIsVisibleToItsRequesterAndToEngineerOnly() throws Exception {
        String ofAdmin = runId(simulate(admin));
        String unknown = UUID.randomUUID().toString();
        for (String id : List.of(ofAdmin, unknown)) {
            assertUnknown(operator.call("pump-01", "GetRunStatus", id));
            assertUnknown(operator.call("pump-01", "CancelRun", id));
            assertUnknown(operator.call("pump-01", "GetRunSeries", id, "Flow", UInteger.valueOf(10)));
        }
        String ofOperator = runId(simulate(operator));
        for (PlantClient client : List.of(operator, admin)) {
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(Objects.requireNonNull(
                            client.call("pump-01", "GetRunStatus", ofOperator).getOutputArguments())[STATE]
                            .value())
                    .isEqualTo(COMPLETED));
        }
        CallMethodResult series = operator.call("pump-01", "GetRunSeries", ofOperator, "Flow", UInteger.valueOf(10));
        Variant[] outputs = Objects.requireNonNull(series.getOutputArguments());
        Object[] times = (Object[]) Objects.requireNonNull(outputs[2].value());
        Double[] values = (Double[]) Objects.requireNonNull(outputs[3].value());
        assertThat(times).hasSameSizeAs(values).hasSizeBetween(2, 10);
        assertThat(values).allMatch(Double::isFinite);
        assertUnknown(operator.call("conveyor-01", "GetRunStatus", ofOperator)); // it belongs to the pump
    }

    @Test
    void wrongArgumentsAreNamedOneByOne() throws Exception {
        CallMethodResult unknownPoint = operator.call("pump-01", "WhatIf", "NoSuchPoint", 1.0, "Flow", 10.0);
        assertThat(unknownPoint.getStatusCode()).isEqualTo(BAD_INVALID_ARGUMENT);
        assertThat(unknownPoint.getInputArgumentResults())
                .containsExactly(BAD_NO_MATCH, StatusCode.GOOD, StatusCode.GOOD, StatusCode.GOOD);
        CallMethodResult outOfRange = operator.call("pump-01", "WhatIf", "SpeedSetpoint", 1e9, "Flow", 10.0);
        assertThat(outOfRange.getStatusCode()).isEqualTo(BAD_INVALID_ARGUMENT);
        assertThat(Objects.requireNonNull(outOfRange.getInputArgumentResults())[1])
                .isEqualTo(new StatusCode(StatusCodes.Bad_OutOfRange));
        assertThat(operator.call("pump-01", "WhatIf", "SpeedSetpoint").getStatusCode())
                .isEqualTo(new StatusCode(StatusCodes.Bad_ArgumentsMissing));
    }

    @Test
    void textsFollowTheSessionsLocaleAndBrowseNamesNever() throws Exception {
        String url = demo.server().endpointUrl();
        try (PlantClient german = PlantClient.connect(url, "operator", "de");
                PlantClient english = PlantClient.connect(url, "operator", "en")) {
            assertThat(german.attribute("pump-01", AttributeId.DisplayName))
                    .isEqualTo(new LocalizedText("de", "Speisepumpe 1"));
            assertThat(english.attribute("pump-01", AttributeId.DisplayName))
                    .isEqualTo(new LocalizedText("en", "Feed pump 1"));
            assertThat(german.attribute("pump-01/Flow", AttributeId.BrowseName))
                    .isEqualTo(english.attribute("pump-01/Flow", AttributeId.BrowseName))
                    .isEqualTo(new QualifiedName(3, "Flow"));
        }
    }

    // Not announced otherwise, so that a client may ask for 0 and get every sample.
    @Test
    void minimumSamplingIntervalIsZero() throws Exception {
        for (String path : List.of("pump-01/Flow", "pump-01/State", "conveyor-01/ZoneSpeedSetpoints")) {
            assertThat(operator.attribute(path, AttributeId.MinimumSamplingInterval))
                    .isEqualTo(0.0);
        }
    }
}
