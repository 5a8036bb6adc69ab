package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.uatwin.server.contracts.Eventually.eventually;

import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.recording.Recorder;
import org.uatwin.plcadapters.recording.RecordingLimits;
import org.uatwin.server.assembly.UatwinServer;

/** The server's own queues are nodes: whoever loses values can see where (issue "commissioning", tools). */
class ServerQueuesIT {
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
        server = devices.start(data.resolve("data"), "golden", GoldenPlant.PUMP + GoldenPlant.PROBES);
        client = PlantClient.connect(server.endpointUrl(), "operator");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
        devices.close();
    }

    private long number(String point) throws Exception {
        return client.read(":server/" + point).value().value() instanceof Number n ? n.longValue() : -1;
    }

    @Test
    void countersFollowWhatHappens() throws Exception {
        eventually(() -> assertThat(number("HistoryAccepted")).isPositive());
        long before = number("Delivered");
        assertThat(number("MonitoredItems")).isZero();
        client.watch("probe-01/Steady", 0, 1000, DataChangeTrigger.StatusValueTimestamp);

        eventually(() -> {
            assertThat(number("MonitoredItems")).isEqualTo(1);
            assertThat(number("Delivered")).isGreaterThan(before + 5);
        });
        assertThat(number("ItemOverflows")).as("the queue was large enough").isZero();
        assertThat(number("HistoryLost")).isZero();
    }

    /** A queue of 2 with ten values a publishing interval discards, and that is seen after the client is gone too. */
    @Test
    void overflowsOfMonitoredItemsAreCountedAndOutliveTheSubscription() throws Exception {
        OpcUaSubscription slow = new OpcUaSubscription(client.milo, 2_000.0);
        OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(PlantClient.id("probe-01/Steady"));
        item.setSamplingInterval(0.0);
        item.setQueueSize(uint(2));
        item.setFilter(new DataChangeFilter(DataChangeTrigger.StatusValueTimestamp, uint(0), 0.0));
        slow.addMonitoredItem(item);
        slow.create();
        slow.synchronizeMonitoredItems();

        eventually(() -> assertThat(number("ItemOverflows")).isPositive());
        long seen = number("ItemOverflows");
        client.close();
        client = PlantClient.connect(server.endpointUrl(), "operator");

        eventually(() -> assertThat(number("MonitoredItems")).isZero());
        assertThat(number("ItemOverflows")).isGreaterThanOrEqualTo(seen);
    }

    @Test
    void recordingIsNotConnectedUntilTheServerRecords() throws Exception {
        assertThat(client.read(":server/RecordingRecords").statusCode().value())
                .isEqualTo(StatusCodes.Bad_NotConnected);

        try (Recorder recorder = Recorder.start(
                data.resolve("recording"),
                "golden",
                RecordingLimits.defaults(),
                InstantSource.system(),
                System::nanoTime)) {
            server.shows(recorder);
            recorder.tap("line-1", "modbus-tcp").take(TrafficRecord.Kind.STATE, 0, "", new byte[0]);

            eventually(() -> {
                assertThat(number("RecordingRecords")).isEqualTo(1);
                assertThat(number("RecordingLost")).isZero();
                assertThat(client.read(":server/RecordingProblem").value().value())
                        .isEqualTo("");
            });
        }
    }
}
