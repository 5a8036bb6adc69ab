package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.structured.AxisInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserDirectory.PlainUser;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.device.Fault;
import org.uatwin.plcadapters.device.VirtualModbusServer;
import org.uatwin.plcadapters.device.VirtualModbusUnit;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.event.EventRecord;

/** Chains, computed points, votes, followers and a reduced channel from Modbus registers to an OPC UA client. */
class ConditioningIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<PlainUser> USERS =
            List.of(new PlainUser("operator", "operator", Set.of(Role.OBSERVER, Role.OPERATOR)));

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static VirtualModbusServer device;

    @SuppressWarnings("NullAway.Init")
    private static VirtualModbusUnit unit;

    @SuppressWarnings("NullAway.Init")
    private static UatwinServer server;

    @SuppressWarnings("NullAway.Init")
    private static PlantClient client;

    private static final String PLANT =
            """
            uatwin: 1
            siteId: skids
            server: {host: localhost, securityNone: true, anonymous: Observer, historyInMemory: 10 min}
            connections:
              line-1: {host: 127.0.0.1, port: %1$d, timeout: 300 ms, tries: 1, backOff: {first: 100 ms, largest: 300 ms}, pollGroups: {fast: {period: 50 ms, hold: 500 ms}}, devices: {plc: {unit: 1}}}
              line-2: {host: 127.0.0.1, port: %1$d, timeout: 300 ms, tries: 1, pollGroups: {fast: {period: 50 ms, hold: 500 ms}}, devices: {plc: {unit: 2}}}
            types:
              Skid:
                version: 1.0.0
                points:
                  Flow: {unit: m3/h, euRange: [0, 200], validity: [0, 220], condition: {scale: {from: [0, 1000], to: [0, 200]}, missing: {values: [65535]}}}
                  In: {unit: bar, euRange: [0, 16], condition: {unit: mbar}}
                  Out: {unit: bar, euRange: [0, 16], condition: {unit: mbar}}
                  Power: {unit: kW, euRange: [0, 100], expression: "to(Flow * (Out - In), 'kW')"}
                  Both: {unit: kW, euRange: [0, 200], expression: "'skid-1/Power' + 'skid-2/Power'"}
                  A: {unit: bar, euRange: [0, 16]}
                  B: {unit: bar, euRange: [0, 16]}
                  C: {unit: bar, euRange: [0, 16]}
                  Voted: {unit: bar, euRange: [0, 16], vote: {of: [A, B, C], tolerance: 1, discrepancy: Who}}
                  Who: {kind: plain, type: Byte}
                  Setpoint: {unit: m3/h, euRange: [0, 200], writable: true, condition: {scale: {from: [0, 27648], to: [0, 200]}}}
                  Followed: {unit: m3/h, euRange: [0, 200], writable: true}
                  Vib: {unit: m/s2, euRange: [-50, 50], array: 50}
                  VibRms: {unit: m/s2, euRange: [0, 50]}
                  VibWave: {kind: waveform, unit: m/s2, euRange: [-50, 50], array: 64, historized: false}
            twins:
              - id: skid-1
                type: Skid
                device: line-1/plc
                points:
                  Flow: input 0 uint16
                  In: input 1 uint16
                  Out: input 2 uint16
                  A: input 3 uint16
                  B: input 4 uint16
                  C: input 5 uint16
                  Setpoint: holding 0 uint16
                  Followed: {address: holding 1 uint16, follow: {expression: "'skid-2/Flow' * 0.5", every: 100 ms}}
                  Vib: {address: input 100 int16, condition: {scale: {from: [0, 100], to: [0, 1]}}, reduce: {every: 500 ms, sampleRate: 1000, to: {rms: VibRms}, waveform: VibWave}}
              - id: skid-2
                type: Skid
                device: line-2/plc
                points: {Flow: input 0 uint16, In: input 1 uint16, Out: input 2 uint16}
            """;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        device = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0);
        unit = device.unit(1);
        unit.setInput(0, 180, 1000, 11_000, 5, 5, 5);
        int[] wave = new int[50];
        for (int i = 0; i < 50; i++) {
            wave[i] = i % 2 == 0 ? 300 : 0xFFFF & -300;
        }
        unit.setInput(100, wave);
        device.unit(2).setInput(0, 90, 1000, 11_000);
        PlantReading reading = PlantFile.read(PLANT.formatted(device.port()), "skids.yaml");
        server = UatwinServer.start(
                reading.plant()
                        .orElseThrow(() -> new AssertionError(reading.findings().toString()))
                        .withServer(s -> s.withPort(0)),
                new ServerOptions(data, USERS));
        client = PlantClient.operator(server.endpointUrl());
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.close();
        device.close();
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }

    private static double number(String path) throws Exception {
        return ((Number) Objects.requireNonNull(client.read(path).value().value())).doubleValue();
    }

    private static long status(String path) throws Exception {
        return client.read(path).statusCode().getValue();
    }

    /** 36 m³/h against 10 bar are 10 kW, 18 m³/h are 5 kW. */
    @Test
    void registersBecomeQuantitiesAndQuantitiesBecomePower() throws Exception {
        eventually(() -> {
            assertThat(number("skid-1/Flow")).isEqualTo(36);
            assertThat(number("skid-1/Out")).isEqualTo(11);
            assertThat(number("skid-1/Power")).isCloseTo(10, within(1e-9));
            assertThat(number("skid-2/Both")).isCloseTo(15, within(1e-9));
        });
        assertThat(client.read("skid-1/Power").statusCode().isGood()).isTrue();
        assertThat(client.read("skid-1/Power").sourceTime()).isNotNull();
        assertThat(client.read("skid-1/Power/SourceAddress").value().value())
                .isEqualTo("= to(Flow * (Out - In), 'kW')");
        assertThat((String) client.read("skid-1/Flow/Conditioning").value().value())
                .contains(" samples");
        assertThat(client.history("skid-2/Both")).isNotEmpty();
    }

    /** What the sensor cannot know nobody downstream may claim to know. */
    @Test
    void missingValueMakesWhatIsComputedFromItBad() throws Exception {
        eventually(() -> assertThat(number("skid-1/Power")).isCloseTo(10, within(1e-9)));
        List<DataValue> seen = client.watch("skid-1/Both", 0, 100, null);
        unit.setInput(0, 65_535);
        eventually(() -> {
            assertThat(status("skid-1/Flow")).isEqualTo(StatusCodes.Bad_SensorFailure);
            assertThat(status("skid-1/Power")).isEqualTo(StatusCodes.Bad_SensorFailure);
            assertThat(status("skid-2/Both")).isEqualTo(StatusCodes.Bad_SensorFailure);
            assertThat(client.read("skid-1/Flow/LastError").value().value())
                    .asString()
                    .contains("sent 65535");
            assertThat(client.read("skid-1/Power/LastError").value().value()).isEqualTo("Flow is Bad_SensorFailure");
        });
        unit.setInput(0, 180);
        eventually(() -> {
            assertThat(client.read("skid-2/Both").statusCode().isGood()).isTrue();
            assertThat(seen).anyMatch(value -> value.statusCode().isBad());
            assertThat(seen.get(seen.size() - 1).statusCode().isGood()).isTrue();
        });
    }

    @Test
    void sensorThatDeviatesIsVotedOut() {
        eventually(() -> assertThat(number("skid-1/Voted")).isEqualTo(5));
        unit.setInput(4, 12);
        eventually(() -> {
            assertThat(number("skid-1/Who")).isEqualTo(2);
            assertThat(status("skid-1/Voted")).isEqualTo(StatusCodes.Uncertain_SubNormal);
            assertThat(number("skid-1/Voted")).isEqualTo(5);
        });
        unit.setInput(4, 5);
        eventually(() ->
                assertThat(client.read("skid-1/Voted").statusCode().isGood()).isTrue());
    }

    /** C9, C10: the read path's scale is the write path's, too. */
    @Test
    void setpointIsWrittenThroughTheInverseOfItsScale() throws Exception {
        eventually(() ->
                assertThat(client.read("skid-1/Setpoint").statusCode().isGood()).isTrue());
        assertThat(client.write("skid-1/Setpoint", 125.0).isGood()).isTrue();
        assertThat(unit.holding(0)).isEqualTo(17_280);
        eventually(() -> assertThat(number("skid-1/Setpoint")).isEqualTo(125));
    }

    /** C27: what arrives from one device flows on to another. */
    @Test
    void setpointFollowsAnotherDevice() {
        eventually(() -> assertThat(unit.holding(1)).isEqualTo(9)); // half of 18 m³/h
        device.unit(2).setInput(0, 200);
        eventually(() -> {
            assertThat(unit.holding(1)).isEqualTo(20);
            assertThat(number("skid-1/Followed")).isEqualTo(20);
        });
        device.unit(2).setInput(0, 90);
        eventually(() -> assertThat(unit.holding(1)).isEqualTo(9));
    }

    /** Who wrote a setpoint at night must be found, also if it was the server itself (Part 4, 6.5). */
    @Test
    void whatAFollowerWritesIsAudited() {
        List<EventRecord> writes = new CopyOnWriteArrayList<>();
        server.server().events().addSink(event -> {
            if (event.eventType().equals(NodeIds.AuditWriteUpdateEventType)) {
                writes.add(event);
            }
        });
        eventually(() -> assertThat(unit.holding(1)).isEqualTo(9));

        device.unit(2).setInput(0, 300);

        eventually(() -> assertThat(writes).isNotEmpty());
        EventRecord write = writes.get(0);
        assertThat(write.sourceNode()).isEqualTo(PlantClient.id("skid-1/Followed"));
        assertThat(write.field("0:ClientUserId").value()).isEqualTo("System/follow/skid-1/Followed");
        assertThat(write.field("0:OldValue").value()).isEqualTo(9.0);
        assertThat(write.field("0:NewValue").value()).isEqualTo(30.0);
        assertThat(write.field("0:Status").value()).isEqualTo(true);
        device.unit(2).setInput(0, 90);
        eventually(() -> assertThat(unit.holding(1)).isEqualTo(9));
    }

    @Test
    void burstsBecomeARecordAndAWaveformWithItsAxis() throws Exception {
        eventually(() -> {
            assertThat(number("skid-1/VibRms")).isCloseTo(3, within(1e-9));
            double[] wave = doubles(client.read("skid-1/VibWave"));
            assertThat(wave).hasSize(64);
            assertThat(Math.abs(wave[0])).isEqualTo(3);
        });
        Object axis = client.read("skid-1/VibWave/XAxisDefinition").value().value();
        AxisInformation x = (AxisInformation)
                ((ExtensionObject) Objects.requireNonNull(axis)).decode(client.milo.getStaticEncodingContext());
        assertThat(x.getEuRange().getHigh()).isCloseTo(0.063, within(1e-9));
        assertThat(x.getEngineeringUnits().getDisplayName().text()).isEqualTo("s");
        assertThat(client.read("skid-1/VibRms/SourceAddress").value().value()).isEqualTo("rms of Vib");
        assertThat(client.read("skid-1/VibRms/LastError").value().value()).isEqualTo("");
    }

    private static double[] doubles(DataValue value) {
        Object array = Objects.requireNonNull(value.value().value());
        if (array instanceof Double[] numbers) {
            return java.util.Arrays.stream(numbers)
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
        return (double[]) array;
    }

    /** A device that falls silent is felt by what is computed from it, by the same table as by its own points. */
    @Test
    void silenceReachesWhatIsComputed() throws Exception {
        eventually(() ->
                assertThat(client.read("skid-2/Power").statusCode().isGood()).isTrue());
        device.unit(2).fault(Fault.SILENT);
        try {
            eventually(() -> {
                assertThat(status("skid-2/Power")).isEqualTo(StatusCodes.Bad_NoCommunication);
                assertThat(status("skid-1/Both")).isEqualTo(StatusCodes.Bad_NoCommunication);
            });
            assertThat(client.read("skid-1/Power").statusCode().isGood()).isTrue();
        } finally {
            device.unit(2).fault(Fault.NONE);
        }
        eventually(() ->
                assertThat(client.read("skid-1/Both").statusCode().isGood()).isTrue());
    }
}
