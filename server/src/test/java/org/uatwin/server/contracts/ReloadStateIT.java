package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.uatwin.server.contracts.Eventually.eventually;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.reload.ReloadResult;

/** What chains, computed points and filters remember goes through a reload, unless the reload is about them. */
class ReloadStateIT {
    private static final int PERCENT = 2;

    private static final String TYPES =
            """
              Probe:
                version: 1.0.0
                level: component
                points:
                  Steady: {unit: m, euRange: [0, 100]}
                  Total: {unit: m, euRange: [0, 1000000], condition: {rollover: 1000}}
                  Starts: {kind: plain, type: UInt32, expression: "count(Steady > 50)"}
                  Other: {unit: m, euRange: [0, 100]}
            """;
    private static final String PROBE =
            "  - {id: probe-01, type: Probe, device: line-1/plc, points: {Steady: holding 10 uint16, Total: holding 12 uint16%s}}\n";

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
        server = devices.start(data, "golden", TYPES, PROBE.formatted(""));
        client = PlantClient.connect(server.endpointUrl(), "operator");
        shows("probe-01/Steady", 7);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
        devices.close();
    }

    private void reload(String types, String twins) {
        ReloadResult result = server.reloader().reload(devices.reading("golden", types, twins), false, diff -> "");
        assertThat(result.outcome()).as(result.toString()).isEqualTo(ReloadResult.Outcome.APPLIED);
    }

    private double number(String path) throws Exception {
        return client.read(path).value().value() instanceof Number n ? n.doubleValue() : Double.NaN;
    }

    private void shows(String path, double value) {
        eventually(() -> assertThat(number(path)).isEqualTo(value));
    }

    /** A counter that has begun again once: 990, then 5, is 1005. */
    private void rollOver() {
        devices.firstUnit().setHolding(12, 990);
        shows("probe-01/Total", 990);
        devices.firstUnit().setHolding(12, 5);
        shows("probe-01/Total", 1005);
    }

    @Test
    void aTotalGoesOnWhenAnotherPointOfItsTwinChanges() {
        rollOver();

        reload(TYPES, PROBE.formatted(", Other: holding 14 uint16"));
        devices.firstUnit().setHolding(12, 8);

        shows("probe-01/Total", 1008);
    }

    /** Another range of any point gives all twins of the type new rows. */
    @Test
    void aTotalGoesOnWhenItsTypeChanges() {
        rollOver();

        reload(TYPES.replace("euRange: [0, 1000000]", "euRange: [0, 2000000]"), PROBE.formatted(""));
        devices.firstUnit().setHolding(12, 8);

        shows("probe-01/Total", 1008);
    }

    @Test
    void aChainThatChangesBeginsAnew() {
        rollOver();

        reload(TYPES.replace("rollover: 1000", "rollover: 2000"), PROBE.formatted(""));

        shows("probe-01/Total", 5);
    }

    @Test
    void aCountGoesOnWhenAnotherPointChangesAndBeginsAnewWhenItsFormulaDoes() {
        devices.firstUnit().setHolding(10, 60);
        shows("probe-01/Starts", 1);
        devices.firstUnit().setHolding(10, 40);
        shows("probe-01/Steady", 40);

        reload(TYPES.replace("euRange: [0, 1000000]", "euRange: [0, 2000000]"), PROBE.formatted(""));
        devices.firstUnit().setHolding(10, 61);
        shows("probe-01/Starts", 2);

        reload(TYPES.replace("Steady > 50", "Steady > 51"), PROBE.formatted(""));
        shows("probe-01/Starts", 0);
    }

    /** Part 4, 7.22.2: percent of the EURange, so of the one there is. */
    @Test
    void aPercentDeadbandFollowsTheRange() throws Exception {
        List<Double> seen = new CopyOnWriteArrayList<>();
        OpcUaSubscription subscription = new OpcUaSubscription(client.milo, 100.0);
        OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(PlantClient.id("probe-01/Steady"));
        item.setSamplingInterval(0.0);
        item.setQueueSize(uint(100));
        item.setFilter(new DataChangeFilter(DataChangeTrigger.StatusValue, uint(PERCENT), 10.0));
        item.setDataValueListener((i, value) -> seen.add(value.value().value() instanceof Double d ? d : Double.NaN));
        subscription.addMonitoredItem(item);
        subscription.create();
        subscription.synchronizeMonitoredItems();
        eventually(() -> assertThat(seen).containsExactly(7.0));
        devices.firstUnit().setHolding(10, 12); // 5 of 100: within
        shows("probe-01/Steady", 12);
        assertThat(seen).containsExactly(7.0);

        reload(TYPES.replace("euRange: [0, 100]}\n      Total", "euRange: [0, 20]}\n      Total"), PROBE.formatted(""));
        // The range is told with one value, and the next one is again without that mark.
        eventually(() -> assertThat(seen).containsExactly(7.0, 12.0, 12.0));
        devices.firstUnit().setHolding(10, 15); // 3 of 20: beyond
        eventually(() -> assertThat(seen).containsExactly(7.0, 12.0, 12.0, 15.0));

        reload(TYPES, PROBE.formatted(""));
        eventually(() -> assertThat(seen).hasSize(6));
        devices.firstUnit().setHolding(10, 18); // 3 of 100: within again
        shows("probe-01/Steady", 18);
        devices.firstUnit().setHolding(10, 40);
        eventually(() -> assertThat(seen).containsExactly(7.0, 12.0, 12.0, 15.0, 15.0, 15.0, 40.0));
    }
}
