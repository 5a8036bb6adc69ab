package org.uatwin.server.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.virtual.fault.FaultOrder;
import org.uatwin.server.virtual.fault.FaultSchedule;

/** The plant file's own server in front of its virtual devices: real sockets, and no path that knows they are virtual. */
class VirtualDevicesIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static VirtualPlantOptions options(
            double speed, Optional<Duration> length, String faults, Optional<Path> truth) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        return new VirtualPlantOptions(
                InetAddress.getLoopbackAddress(),
                Map.of(),
                Map.of(),
                Physics.NONE,
                5,
                speed,
                Duration.ofMillis(50),
                length,
                FaultSchedule.parse(faults, "f.yaml"),
                truth,
                InstantSource.fixed(start));
    }

    private static Plant at(Plant plant, VirtualDevices devices) {
        return plant.withServer(s -> s.withPort(0)).withConnections(c -> {
            Endpoint endpoint = devices.endpoints().stream()
                    .filter(e -> e.connection().equals(c.name()))
                    .findFirst()
                    .orElseThrow();
            return endpoint.instead(c);
        });
    }

    private static Sample read(UatwinServer server, String twin, String point) {
        TwinInstance instance = Objects.requireNonNull(server.live().instance(twin));
        return server.live().table().read(instance.row(point));
    }

    private static void awaitSample(UatwinServer server, String twin, String point, Predicate<Sample> wanted) {
        await().atMost(20, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> wanted.test(read(server, twin, point)));
    }

    private static double number(Sample sample) {
        return Double.longBitsToDouble(sample.bits());
    }

    private static void set(VirtualDevices devices, String target, String kind, Map<String, String> parameters) {
        devices.set(FaultOrder.of(target, kind, parameters), Double.POSITIVE_INFINITY);
    }

    @Test
    void serverSeesWhatTheDevicesServeAndEachFaultAsItsQuality() {
        try (VirtualDevices devices = VirtualDevices.start(
                        VirtualSiteTest.plant(), options(1, Optional.empty(), "", Optional.empty()));
                UatwinServer server = UatwinServer.start(
                        at(VirtualSiteTest.plant(), devices), new ServerOptions(folder, List.of()))) {
            awaitSample(server, "pump-1", "Flow", s -> s.status().isGood() && number(s) > 1);
            awaitSample(server, "oven-1", "Temperature", s -> s.status().isGood() && number(s) > 1);

            set(devices, "pump-1/Flow", "swapped-words", Map.of());
            awaitSample(server, "pump-1", "Flow", s -> s.status().isGood() && !(number(s) > 1 && number(s) < 1_000));
            devices.clear("all");
            awaitSample(server, "pump-1", "Flow", s -> s.status().isGood() && number(s) > 1 && number(s) < 1_000);

            set(devices, "line-1/drive", "exception", Map.of("code", "4"));
            awaitSample(server, "pump-1", "Flow", s -> s.status().sameCode(StatusCode.BAD_DEVICE_FAILURE));
            assertThat(read(server, "oven-1", "Level").status().isGood()).isTrue();
            devices.clear("all");
            awaitSample(server, "pump-1", "Flow", s -> s.status().isGood());

            for (String wire : List.of("half-open", "off")) {
                set(devices, "line-1", wire, Map.of());
                awaitSample(server, "oven-1", "Level", s -> s.status().sameCode(StatusCode.BAD_NO_COMMUNICATION));
                devices.clear("all");
                awaitSample(server, "oven-1", "Level", s -> s.status().isGood());
            }
            for (String spoiled : List.of("reset", "garbage", "wrong-transaction")) {
                set(devices, "line-1", spoiled, Map.of());
                awaitSample(server, "oven-1", "Level", s -> !s.status().isGood());
                devices.clear("all");
                awaitSample(server, "oven-1", "Level", s -> s.status().isGood());
            }
        }
    }

    /** Late answers within the time-out are answers, later ones are none; lost ones neither; a dead gateway is told apart. */
    @Test
    void serverHoldsWhatANetworkLosesAndForgetsItAfterTheHoldTime() {
        String text = VirtualSiteTest.PLANT.replace("{normal: 100 ms}", "{normal: {period: 100 ms, hold: 2 s}}");
        Plant plant =
                PlantFile.read(text, "t.yaml", Protocols.onClassPath()).plant().orElseThrow();
        try (VirtualDevices devices = VirtualDevices.start(plant, options(1, Optional.empty(), "", Optional.empty()));
                UatwinServer server = UatwinServer.start(at(plant, devices), new ServerOptions(folder, List.of()))) {
            awaitSample(server, "oven-1", "Level", s -> s.status().isGood());
            set(devices, "line-1", "network", Map.of("delay", "30", "jitter", "10"));
            long since = read(server, "oven-1", "Level").sourceTime();
            awaitSample(server, "oven-1", "Level", s -> s.status().isGood() && s.sourceTime() > since);
            devices.clear("all");

            set(devices, "line-1/drive", "network", Map.of("p", "1", "r", "0", "h", "1"));
            awaitSample(server, "pump-1", "Flow", s -> s.status()
                    .sameCode(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE));
            awaitSample(server, "pump-1", "Flow", s -> s.status().sameCode(StatusCode.BAD_NO_COMMUNICATION));
            awaitSample(server, "oven-1", "Level", s -> s.status().isGood()); // the other device of the line
            devices.clear("all");
            awaitSample(server, "pump-1", "Flow", s -> s.status().isGood());

            set(devices, "line-1", "network", Map.of("delay", "400")); // the time-out is 300 ms
            awaitSample(server, "oven-1", "Level", s -> s.status().sameCode(StatusCode.BAD_NO_COMMUNICATION));
            devices.clear("all");
            awaitSample(server, "oven-1", "Level", s -> s.status().isGood());

            set(devices, "line-1", "gateway-down", Map.of());
            awaitSample(server, "oven-1", "Level", s -> s.status().sameCode(StatusCode.BAD_NO_COMMUNICATION));
            awaitSample(server, "pump-1", "Flow", s -> s.status().sameCode(StatusCode.BAD_NO_COMMUNICATION));
            devices.clear("all");
            awaitSample(server, "oven-1", "Level", s -> s.status().isGood());
        }
    }

    /** What is lost is counted in the ground truth, and is what the model says. */
    @Test
    void lossesOnTheWireAreThoseOfTheModelAndOfTheGroundTruth() throws IOException {
        Path truth = folder.resolve("truth.csv");
        int requests = 2_000;
        int answers = 0;
        try (VirtualDevices devices =
                VirtualDevices.start(VirtualSiteTest.plant(), options(1, Optional.empty(), "", Optional.of(truth)))) {
            set(devices, "line-1/plc", "network", Map.of("p", "0.05", "r", "0.25", "h", "0.8"));
            Endpoint endpoint = devices.endpoints().get(0);
            try (Socket socket = new Socket(endpoint.host(), endpoint.port())) {
                socket.setSoTimeout(5_000);
                byte[] all = new byte[12 * requests];
                for (int i = 0; i < requests; i++) {
                    byte[] request = {(byte) (i >> 8), (byte) i, 0, 0, 0, 6, 3, 4, 0, 0, 0, 1};
                    System.arraycopy(request, 0, all, 12 * i, 12);
                }
                socket.getOutputStream().write(all);
                // The last one goes to a unit whose way is clear.
                socket.getOutputStream().write(new byte[] {(byte) 0xFF, (byte) 0xFF, 0, 0, 0, 6, 4, 4, 0, 10, 0, 1});
                for (byte[] answer = socket.getInputStream().readNBytes(11);
                        answer[0] != (byte) 0xFF || answer[1] != (byte) 0xFF;
                        answer = socket.getInputStream().readNBytes(11)) {
                    answers++;
                }
            }
            devices.clear("all");
        }
        double survives = 1 - 0.05 / 0.30 * 0.8;
        double share = (double) answers / requests;
        assertThat(share).isBetween(survives * survives - 0.06, survives + 0.02); // two packets, in bursts
        String account = Files.readAllLines(truth).stream()
                .filter(l -> l.contains(",packets,line-1/plc,network,"))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(account).contains(" lost=%d ".formatted(requests - answers));
    }

    @Test
    void aDuplicateIsTheSameAnswerTwice() throws IOException {
        try (VirtualDevices devices =
                VirtualDevices.start(VirtualSiteTest.plant(), options(1, Optional.empty(), "", Optional.empty()))) {
            set(devices, "line-1/plc", "duplicate", Map.of());
            Endpoint endpoint = devices.endpoints().get(0);
            try (Socket socket = new Socket(endpoint.host(), endpoint.port())) {
                socket.setSoTimeout(5_000);
                // transaction 1, protocol 0, length 6, unit 3: read 1 input register at 0
                socket.getOutputStream().write(new byte[] {0, 1, 0, 0, 0, 6, 3, 4, 0, 0, 0, 1});
                byte[] first = socket.getInputStream().readNBytes(11);
                byte[] second = socket.getInputStream().readNBytes(11);
                assertThat(first).startsWith(0, 1, 0, 0, 0, 5, 3, 4, 2);
                assertThat(second).isEqualTo(first);
            }
        }
    }

    @Test
    void outOfOrderAnAnswerComesAfterTheNextOne() throws IOException {
        try (VirtualDevices devices =
                VirtualDevices.start(VirtualSiteTest.plant(), options(1, Optional.empty(), "", Optional.empty()))) {
            set(devices, "line-1/plc", "out-of-order", Map.of());
            Endpoint endpoint = devices.endpoints().get(0);
            try (Socket socket = new Socket(endpoint.host(), endpoint.port())) {
                socket.setSoTimeout(5_000);
                for (byte transaction = 1; transaction <= 2; transaction++) {
                    socket.getOutputStream().write(new byte[] {0, transaction, 0, 0, 0, 6, 3, 4, 0, 0, 0, 1});
                }
                assertThat(socket.getInputStream().readNBytes(11)).startsWith(0, 2);
                assertThat(socket.getInputStream().readNBytes(11)).startsWith(0, 1);
            }
        }
    }

    @Test
    void serialLinesAreServedAsRtuOverTcp() {
        String text = VirtualSiteTest.PLANT.replace(
                "    host: 192.0.2.10\n",
                "    protocol: modbus-rtu\n    serialPort: /dev/ttyS9\n    baudRate: 19200\n");
        Plant plant =
                PlantFile.read(text, "t.yaml", Protocols.onClassPath()).plant().orElseThrow();
        try (VirtualDevices devices = VirtualDevices.start(plant, options(1, Optional.empty(), "", Optional.empty()));
                UatwinServer server = UatwinServer.start(at(plant, devices), new ServerOptions(folder, List.of()))) {
            assertThat(devices.endpoints()).extracting(Endpoint::protocol).containsExactly("modbus-rtu-over-tcp");
            awaitSample(server, "pump-1", "Flow", s -> s.status().isGood() && number(s) > 1);
        }
    }

    /** An hour of faults in seconds, twice: the truth a detector is scored against must not depend on the machine. */
    @Test
    void groundTruthIsTheSameBytesForTheSameSeed() throws Exception {
        String faults =
                """
                faults:
                  - {at: 10 min, for: 5 min, target: oven-1/Level, kind: drift, rate: 60}
                  - {at: 20 min, for: 1 min, target: pump-1/Flow, kind: spike, size: 30}
                  - {at: 30 min, for: 1 min, target: line-1/plc, kind: exception, code: 6}
                """;
        String first = truth("a.csv", faults);
        assertThat(truth("b.csv", faults)).isEqualTo(first);
        List<String> lines = first.lines().toList();
        assertThat(lines.get(0)).isEqualTo("time,seconds,event,target,kind,parameters,point,true,served");
        assertThat(lines).filteredOn(l -> l.contains(",begin,")).hasSize(3);
        assertThat(lines).filteredOn(l -> l.contains(",end,")).hasSize(3);
        assertThat(lines).filteredOn(l -> l.contains(",sample,oven-1/Level,")).hasSize(6_000);
        String last = lines.stream()
                .filter(l -> l.contains(",sample,oven-1/Level,"))
                .reduce((a, b) -> b)
                .orElseThrow();
        String[] cells = last.split(",");
        double error = Double.parseDouble(cells[8]) - Double.parseDouble(cells[7]);
        assertThat(error).isBetween(4.4, 5.6); // 60 an hour after 5 minutes, in whole percent of a UINT16
    }

    private String truth(String name, String faults) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        try (VirtualDevices devices = VirtualDevices.start(
                VirtualSiteTest.plant(),
                options(Double.POSITIVE_INFINITY, Optional.of(Duration.ofHours(1)), faults, Optional.of(file)))) {
            devices.await();
            assertThat(devices.failure()).isEmpty();
        }
        return Files.readString(file);
    }

    @Test
    void panelSetsListsAndClears() throws IOException {
        try (VirtualDevices devices = VirtualDevices.start(
                        VirtualSiteTest.plant(), options(1, Optional.empty(), "", Optional.empty()));
                FaultPanel panel = FaultPanel.open(devices, 0)) {
            assertThat(FaultPanel.ask(panel.port(), "fault oven-1/Level bias offset=3 for=1h"))
                    .containsExactly("ok oven-1/Level bias offset=3 on 1 points");
            assertThat(FaultPanel.ask(panel.port(), "list"))
                    .hasSize(2)
                    .element(1)
                    .asString()
                    .startsWith("oven-1/Level bias offset=3  since");
            assertThat(FaultPanel.ask(panel.port(), "clear all")).containsExactly("ok 1 faults cleared");
            assertThat(FaultPanel.ask(panel.port(), "fault nobody stuck").get(0))
                    .startsWith("error nothing here");
            assertThat(FaultPanel.ask(panel.port(), "POST / HTTP/1.1").get(0)).startsWith("error unknown command");
        }
    }
}
