package org.uatwin.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.SampleListener;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.plcadapters.recording.Recorder;
import org.uatwin.plcadapters.recording.RecordingLimits;
import org.uatwin.plcadapters.recording.RecordingReader;
import org.uatwin.server.assembly.PlantWithoutServer;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.virtual.Endpoint;
import org.uatwin.server.virtual.Physics;
import org.uatwin.server.virtual.VirtualDevices;
import org.uatwin.server.virtual.VirtualPlantOptions;
import org.uatwin.server.virtual.fault.FaultOrder;
import org.uatwin.server.virtual.fault.FaultSchedule;

/** An incident on real sockets, recorded, and replayed through the whole path. */
class ReplayIT {
    private static final String PLANT =
            """
            uatwin: 1
            siteId: incident
            server: {securityNone: true, anonymous: Observer, port: 0, historyInMemory: 1 h}
            connections:
              line-1:
                host: 192.0.2.10
                pollGroups: {normal: 50 ms}
                timeout: 200 ms
                devices: {plc: {unit: 3}}
              line-2:
                host: 192.0.2.11
                pollGroups: {normal: 70 ms}
                timeout: 200 ms
                devices: {plc: {unit: 3}}
            twins:
              - {id: pump-1, type: CentrifugalPump, device: line-1/plc, points: {Flow: input 0 float32, SpeedSetpoint: holding 0 float32}}
              - {id: pump-2, type: CentrifugalPump, device: line-2/plc, points: {Flow: input 0 float32}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static Plant plant() {
        return PlantFile.read(PLANT, "t.yaml", Protocols.onClassPath()).plant().orElseThrow();
    }

    private static Plant at(VirtualDevices devices) {
        return plant().withConnections(c -> {
            Endpoint endpoint = devices.endpoints().stream()
                    .filter(e -> e.connection().equals(c.name()))
                    .findFirst()
                    .orElseThrow();
            return ((ModbusConnection) c).withTransport(new Transport.Tcp(endpoint.host(), endpoint.port()));
        });
    }

    /** Runs until a device has failed and come back; answers what the point table took, line by line. */
    private List<String> record(Path recording) {
        VirtualPlantOptions options = new VirtualPlantOptions(
                InetAddress.getLoopbackAddress(),
                Map.of(),
                Map.of(),
                Physics.NONE,
                5,
                1,
                Duration.ofMillis(50),
                Optional.empty(),
                FaultSchedule.NONE,
                Optional.empty(),
                InstantSource.system());
        List<String> values = new ArrayList<>();
        try (VirtualDevices devices = VirtualDevices.start(plant(), options);
                Recorder recorder = Recorder.start(
                        recording, "incident", RecordingLimits.defaults(), InstantSource.system(), System::nanoTime)) {
            LinkOpener links = opening -> Protocols.onClassPath()
                    .open(opening.withTap(recorder.tap(
                            opening.connection().name(), opening.connection().protocol())));
            try (PlantWithoutServer live = new PlantWithoutServer(at(devices), links, InstantSource.system())) {
                int row = Objects.requireNonNull(live.live().instance("pump-1")).row("Flow");
                SampleListener listener = (shard, batch) -> {
                    for (int i = 0; i < batch.size(); i++) {
                        if (batch.row(i) == row && batch.status(i).isGood() && !batch.isRefresh(i)) {
                            values.add(Long.toHexString(batch.bits(i)));
                        }
                    }
                };
                live.live().table().addListener(listener);
                live.start();
                awaitRow(live, row, s -> s.status().isGood());
                devices.set(FaultOrder.of("line-1/plc", "exception", Map.of("code", "4")), Double.POSITIVE_INFINITY);
                awaitRow(live, row, s -> s.status().sameCode(StatusCode.BAD_DEVICE_FAILURE));
                devices.clear("all");
                awaitRow(live, row, s -> s.status().isGood());
                live.live().table().removeListener(listener);
            }
        }
        return values;
    }

    private static void awaitRow(PlantWithoutServer live, int row, java.util.function.Predicate<Sample> wanted) {
        await().atMost(20, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(() -> wanted.test(live.live().table().read(row)));
    }

    private Path replayToFile(Path recording, String name) throws IOException {
        Path file = folder.resolve(name);
        try (ReplayEngine engine = new ReplayEngine(Protocols.onClassPath(), RecordingReader.open(recording));
                PlantWithoutServer live = new PlantWithoutServer(plant(), engine, engine.clock());
                SampleFile samples = new SampleFile(file, live.live())) {
            live.live().table().addListener(samples);
            live.start();
            engine.runToEnd();
            live.live().table().removeListener(samples);
        }
        return file;
    }

    @Test
    void theSameRecordingGivesTheSameBytesAndTheValuesOfThen() throws IOException {
        Path recording = folder.resolve("recording");
        List<String> then = record(recording);
        String first = Files.readString(replayToFile(recording, "a.csv"));
        assertThat(Files.readString(replayToFile(recording, "b.csv"))).isEqualTo(first);
        List<String> replayed = first.lines()
                .filter(l -> l.startsWith("pump-1/Flow,") && l.endsWith(",false") && l.contains(",0x00000000,"))
                .map(l -> Long.toHexString(Double.doubleToRawLongBits(Double.parseDouble(l.split(",")[1]))))
                .toList();
        assertThat(then).isNotEmpty();
        assertThat(replayed).containsSubsequence(then); // the last samples of then came after the listener had gone
        assertThat(first).contains("pump-1/Flow,,0x808B0000,").contains("pump-2/Flow,");
    }

    /** Clients of the replaying server see the recording's values and times, and history has them too. */
    @Test
    void clientsSeeTheIncidentWithItsOwnTimes() throws Exception {
        Path recording = folder.resolve("recording");
        record(recording);
        try (ReplayEngine engine = new ReplayEngine(Protocols.onClassPath(), RecordingReader.open(recording))) {
            ServerOptions options =
                    new ServerOptions(folder.resolve("data"), List.of()).withLinks(engine, engine.clock());
            try (UatwinServer server = UatwinServer.start(plant(), options)) {
                engine.start(Double.POSITIVE_INFINITY);
                engine.await();
                int row =
                        Objects.requireNonNull(server.live().instance("pump-1")).row("Flow");
                Sample last = server.live().table().read(row);
                DataValue seen = read(server);
                assertThat(Objects.requireNonNull(seen.getSourceTime()).getUtcTime())
                        .isEqualTo(last.sourceTime());
                assertThat(UaTime.toInstant(last.sourceTime()))
                        .isBeforeOrEqualTo(engine.clock().instant());
            }
        }
    }

    private static DataValue read(UatwinServer server) throws Exception {
        OpcUaClient client = OpcUaClient.create(server.endpointUrl());
        client.connect();
        try {
            return client.readValue(0, TimestampsToReturn.Both, NodeId.parse("ns=2;s=pump-1/Flow"));
        } finally {
            client.disconnect();
        }
    }
}
