package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uatwin.server.contracts.Eventually.eventually;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.device.Fault;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.engine.TwinInstance;

/** Contracts sections 2 and 3: what a client sees of a sample, a silent device and a burst of changes. */
class SamplesGoldenIT {
    private static final int OWN_SHARD = 0; // of what no link writes

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static GoldenPlant devices;

    @SuppressWarnings("NullAway.Init")
    private static UatwinServer server;

    @SuppressWarnings("NullAway.Init")
    private static PlantClient client;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        devices = GoldenPlant.open();
        server = devices.start(data, "golden", GoldenPlant.PUMP + GoldenPlant.PROBES);
        client = PlantClient.operator(server.endpointUrl());
        eventually(() -> {
            assertThat(client.read("probe-01/Steady").statusCode().isGood()).isTrue();
            assertThat(client.read("probe-02/Steady").statusCode().isGood()).isTrue();
        });
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.close();
        devices.close();
    }

    private static List<String> statuses(List<DataValue> values) {
        List<String> runs = new ArrayList<>();
        for (DataValue value : values) {
            String name = StatusCodes.lookup(value.statusCode().getValue())
                    .map(names -> names[0])
                    .orElse(value.statusCode().toString());
            if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(name)) {
                runs.add(name);
            }
        }
        return runs;
    }

    // The quality table, as a client sees it: the last value for the hold time, then none; the other link is not
    // touched.
    @Test
    void silentDeviceTurnsUncertainThenBadThenGoodAgain() throws Exception {
        List<DataValue> silent = client.watch("probe-01/Steady", 0, 100, null);
        List<DataValue> other = client.watch("probe-02/Steady", 0, 100, null);
        eventually(() -> assertThat(silent).isNotEmpty());

        devices.firstUnit().fault(Fault.SILENT);
        try {
            eventually(() -> assertThat(statuses(silent))
                    .containsExactly("Good", "Uncertain_NoCommunicationLastUsableValue", "Bad_NoCommunication"));
        } finally {
            devices.firstUnit().fault(Fault.NONE);
        }
        eventually(() -> assertThat(statuses(silent))
                .containsExactly("Good", "Uncertain_NoCommunicationLastUsableValue", "Bad_NoCommunication", "Good"));

        for (DataValue value : silent) {
            assertThat(value.value().isNull())
                    .as("%s", value)
                    .isEqualTo(value.statusCode().isBad());
        }
        assertThat(statuses(other)).containsExactly("Good");
        List<DataValue> history = client.history("probe-01/Steady");
        assertThat(statuses(history))
                .endsWith("Good", "Uncertain_NoCommunicationLastUsableValue", "Bad_NoCommunication", "Good");
    }

    @Test
    void exceptionCodesOfADeviceTellWhatToMend() throws Exception {
        int[] codes = {1, 2, 3, 4};
        String[] expected = {
            "Bad_ConfigurationError", "Bad_ConfigurationError", "Bad_ConfigurationError", "Bad_DeviceFailure"
        };
        for (int i = 0; i < codes.length; i++) {
            int code = codes[i];
            String name = expected[i];
            devices.firstUnit().fault(Fault.exception(code));
            try {
                eventually(() -> assertThat(statuses(List.of(client.read("probe-01/Steady"))))
                        .as("exception %d", code)
                        .containsExactly(name));
            } finally {
                devices.firstUnit().fault(Fault.NONE);
            }
            eventually(
                    () -> assertThat(client.read("probe-01/Steady").statusCode().isGood())
                            .isTrue());
        }
    }

    @Test
    void unboundPointsSayNotConnected() throws Exception {
        assertThat(client.read("pump-01/BearingTemperature").statusCode())
                .isEqualTo(new StatusCode(StatusCodes.Bad_NotConnected));
    }

    // Equal value and status is a refresh: stamped, no history row, delivered to timestamp triggers only.
    @Test
    void refreshesReachTimestampTriggersOnly() throws Exception {
        List<DataValue> byValue = client.watch("probe-02/Steady", 0, 1000, null);
        List<DataValue> byTime = client.watch("probe-02/Steady", 0, 1000, DataChangeTrigger.StatusValueTimestamp);
        eventually(() -> assertThat(byTime).hasSizeGreaterThan(10));

        assertThat(byValue).hasSize(1);
        assertThat(byTime).isSortedAccordingTo((a, b) -> Long.compare(ticks(a), ticks(b)));
        assertThat(byTime.stream().map(SamplesGoldenIT::ticks).distinct()).hasSizeGreaterThan(10);
        DataValue now = client.read("probe-02/Steady");
        assertThat(ticks(now)).isGreaterThan(ticks(byValue.get(0)));
        assertThat(Objects.requireNonNull(now.serverTime()).getUtcTime()).isGreaterThanOrEqualTo(ticks(now));
        assertThat(client.history("probe-02/Steady")).hasSize(1);
    }

    private static long ticks(DataValue value) {
        return Objects.requireNonNull(value.sourceTime()).getUtcTime();
    }

    // "None lost" means samplingInterval 0 and a queue that holds the changes of a publish.
    @Test
    void samplingIntervalZeroDeliversEverySampleAndAPositiveOneTheLast() throws Exception {
        int samples = 500;
        List<DataValue> every = client.watch("probe-01/Pushed", 0, 2 * samples, null);
        List<DataValue> conflated = client.watch("probe-01/Pushed", 500, 2 * samples, null);
        eventually(() -> {
            assertThat(every).hasSize(1);
            assertThat(conflated).hasSize(1);
        });

        push("probe-01", "Pushed", samples);

        eventually(() -> {
            assertThat(every).hasSize(1 + samples);
            assertThat(conflated.get(conflated.size() - 1).value().value()).isEqualTo((double) samples);
        });
        for (int i = 1; i <= samples; i++) {
            assertThat(every.get(i).value().value()).isEqualTo((double) i);
        }
        assertThat(conflated).hasSizeLessThan(samples / 4);
    }

    /** Values 1 to count as samples of their own, 100 ns apart. */
    private static void push(String twin, String point, int count) {
        TwinInstance instance = Objects.requireNonNull(server.live().instance(twin));
        int row = instance.firstRow() + instance.type().pointOrdinal(point);
        PointTable table = server.live().table();
        long now = UaTime.ofInstant(Instant.now());
        for (int i = 1; i <= count; i++) {
            SampleBatch batch = new SampleBatch(1);
            batch.add(
                    row,
                    Double.doubleToRawLongBits(i),
                    org.uatwin.informationmodel.value.StatusCode.GOOD,
                    now + i,
                    now + i);
            table.submit(OWN_SHARD, batch);
        }
    }
}
