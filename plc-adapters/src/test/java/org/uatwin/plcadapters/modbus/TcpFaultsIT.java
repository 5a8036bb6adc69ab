package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;
import org.uatwin.plcadapters.device.Fault;
import org.uatwin.plcadapters.device.VirtualModbusServer;

/** The real adapter against a device on a real socket that misbehaves by command, in both framings (must-show 5). */
class TcpFaultsIT {
    /** Scheduling noise of a shared machine; the exact bounds are asserted over virtual time. */
    private static final long NOISE_MS = 1_000;

    private VirtualModbusServer server;
    private VirtualModbusServer other;

    @BeforeEach
    void start() throws Exception {
        server = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0);
        other = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0);
        server.unit(1).setHolding(0, 42);
        other.unit(1).setHolding(0, 43);
    }

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    private static Fixture fixture(VirtualModbusServer server, boolean isRtu) {
        Fixture f = new Fixture(
                isRtu
                        ? new Transport.RtuOverTcp("127.0.0.1", server.port())
                        : new Transport.Tcp("127.0.0.1", server.port()));
        ModbusDevice device = f.device("plc", 1);
        f.holding(device, Fixture.FAST, 0);
        f.holding(device, Fixture.FAST, 50);
        return f;
    }

    private static boolean allGood(Fixture f) {
        return f.points.stream().allMatch(p -> f.isGood(p.row()));
    }

    private static boolean noneGood(Fixture f) {
        return f.points.stream().noneMatch(p -> f.isGood(p.row()));
    }

    private static VirtualModbusServer device(boolean isRtu) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        VirtualModbusServer device =
                isRtu ? VirtualModbusServer.startRtu(loopback, 0) : VirtualModbusServer.start(loopback, 0);
        device.unit(1).setHolding(0, 42);
        device.unit(1).setHolding(50, 17);
        return device;
    }

    /** Must-show 5: non-Good within max(2 periods, timeout x tries + 1 period). */
    private static Duration stale(Fixture f) {
        return Duration.ofMillis(f.timeout.toMillis() * f.tries + 100 + NOISE_MS);
    }

    /** Must-show 5: Good again within max(5 s, 2 x largest back-off). */
    private static Duration recovery(Fixture f) {
        return Duration.ofMillis(Math.max(5_000, 2 * f.largestBackOff.toMillis()) + NOISE_MS);
    }

    static Stream<Arguments> faults() {
        Map<Fault, StatusCode> all = new LinkedHashMap<>();
        all.put(Fault.SILENT, StatusCode.BAD_NO_COMMUNICATION);
        all.put(Fault.GARBAGE, StatusCode.BAD_COMMUNICATION_ERROR);
        all.put(Fault.WRONG_TRANSACTION_ID, StatusCode.BAD_COMMUNICATION_ERROR); // with RTU: a wrong CRC
        all.put(Fault.WRONG_UNIT_ID, StatusCode.BAD_COMMUNICATION_ERROR);
        all.put(Fault.TRUNCATED, StatusCode.BAD_COMMUNICATION_ERROR);
        all.put(Fault.CUT, StatusCode.BAD_NO_COMMUNICATION);
        all.put(Fault.slow(350), StatusCode.BAD_NO_COMMUNICATION);
        all.put(Fault.drip(150), StatusCode.BAD_COMMUNICATION_ERROR);
        all.put(Fault.exception(1), StatusCode.BAD_CONFIGURATION_ERROR);
        all.put(Fault.exception(2), StatusCode.BAD_CONFIGURATION_ERROR);
        all.put(Fault.exception(3), StatusCode.BAD_CONFIGURATION_ERROR);
        all.put(Fault.exception(4), StatusCode.BAD_DEVICE_FAILURE);
        all.put(Fault.exception(6), StatusCode.BAD_NO_COMMUNICATION);
        all.put(Fault.exception(11), StatusCode.BAD_NO_COMMUNICATION);
        return Stream.of(false, true).flatMap(isRtu -> all.entrySet().stream()
                .map(e -> Arguments.of(isRtu ? "RTU over TCP" : "TCP", e.getKey(), e.getValue())));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultyAnswersTurnThePointsLeaveTheOtherLinkAloneAndHeal(String framing, Fault fault, StatusCode expected)
            throws IOException {
        boolean isRtu = framing.startsWith("RTU");
        try (VirtualModbusServer faulty = device(isRtu)) {
            Fixture f = fixture(faulty, isRtu);
            Fixture untouched = fixture(other, false);
            untouched.timeout = Duration.ofSeconds(2); // a busy machine must not look like a fault
            AtomicBoolean wasTouched = new AtomicBoolean();
            try (Link link = f.open();
                    Link calm = untouched.open()) {
                link.start();
                calm.start();
                await().atMost(Duration.ofSeconds(20)).until(() -> allGood(f) && allGood(untouched));
                untouched.table.addListener((shard, batch) -> {
                    for (int i = 0; i < batch.size(); i++) {
                        wasTouched.compareAndSet(false, !batch.status(i).isGood());
                    }
                });
                faulty.fault(fault);
                await().pollInterval(Duration.ofMillis(5)).atMost(stale(f)).until(() -> noneGood(f));
                await().atMost(Duration.ofSeconds(12)).until(() -> f.points.stream()
                        .allMatch(p -> f.status(p.row()).equals(expected)));
                faulty.fault(Fault.NONE);
                await().atMost(recovery(f)).until(() -> allGood(f));
                assertThat(f.read(f.points.get(0).row()).bits()).isEqualTo(42);
                assertThat(f.read(f.points.get(1).row()).bits()).isEqualTo(17);
                assertThat(wasTouched).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void halfOpenConnectionTurnsThePointsAndHeals(boolean isRtu) throws IOException {
        try (VirtualModbusServer device = device(isRtu)) {
            Fixture f = fixture(device, isRtu);
            try (Link link = f.open()) {
                link.start();
                await().atMost(Duration.ofSeconds(20)).until(() -> allGood(f));
                device.halfOpen(true);
                await().atMost(stale(f)).until(() -> noneGood(f));
                device.halfOpen(false);
                await().atMost(recovery(f)).until(() -> allGood(f));
            }
        }
    }

    /** RTU has no transaction id; the CRC is all there is, and j2mod's own RTU-over-TCP transport ignores it. */
    @Test
    void rtuOverTcpSaysThatTheCrcWasWrong() throws Exception {
        try (VirtualModbusServer rtu = device(true)) {
            Fixture f = fixture(rtu, true);
            try (Link link = f.open()) {
                link.start();
                await().atMost(Duration.ofSeconds(20)).until(() -> allGood(f));
                int row = f.points.get(0).row();
                assertThat(Fixture.write(link, row, 99)).isEqualTo(WriteResult.CONFIRMED);
                rtu.fault(Fault.WRONG_TRANSACTION_ID);
                await().atMost(Duration.ofSeconds(12))
                        .until(() -> f.status(row).equals(StatusCode.BAD_COMMUNICATION_ERROR));
                assertThat(link.diagnostics(row).lastError()).contains("CRC");
            }
        }
    }

    /** Must-show 5: 50 flaps on real sockets leave neither thread nor socket behind. */
    @Test
    void fiftyFlapsLeaveNoThreadAndNoSocketBehind() throws Exception {
        Fixture f = fixture(server, false);
        f.largestBackOff = Duration.ofMillis(200);
        try (Link link = f.open()) {
            link.start();
            flap(f, 5);
            int threads = linkThreads();
            long sockets = sockets();
            flap(f, 50);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(linkThreads()).isEqualTo(threads);
                assertThat(sockets()).isEqualTo(sockets);
                assertThat(server.connections()).isEqualTo(1);
            });
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> linkThreads() == 0);
    }

    private void flap(Fixture f, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> allGood(f));
            server.stop();
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> noneGood(f));
            server.restart();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> allGood(f));
    }

    private static int linkThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("modbus-line"))
                .count();
    }

    /** Open sockets of this process, where the system tells. */
    private static long sockets() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.filter(TcpFaultsIT::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed between listing and reading
        }
    }

    /** Must-show 5: 200 writes at once to 20 dead and 20 live links; the live ones confirm, reads do not notice. */
    @Test
    void writesToDeadLinksHoldUpNobody() throws Exception {
        List<Link> links = new ArrayList<>();
        List<Fixture> live = new ArrayList<>();
        List<Fixture> dead = new ArrayList<>();
        try (ServerSocket blackHole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            server.unit(2).fault(Fault.SILENT);
            for (int i = 0; i < 40; i++) {
                boolean isLive = i % 2 == 0;
                int port = isLive ? other.port() : i % 4 == 1 ? blackHole.getLocalPort() : server.port();
                Fixture f = new Fixture(new Transport.Tcp("127.0.0.1", port));
                f.name = "line" + i;
                ModbusDevice device = f.device("plc", isLive ? 1 : 2);
                for (int p = 0; p < 5; p++) {
                    f.holding(device, Fixture.FAST, 10 * i + p);
                }
                (isLive ? live : dead).add(f);
                Link link = f.open();
                links.add(link);
                link.start();
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> live.stream().allMatch(TcpFaultsIT::allGood));
            double calmP99 = readGapP99(live);
            long begun = System.nanoTime();
            List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
            List<CompletableFuture<WriteResult>> liveAnswers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Fixture f = i % 2 == 0 ? live.get(i / 2) : dead.get(i / 2);
                for (int p = 0; p < 5; p++) {
                    CompletableFuture<WriteResult> answer = links.get(i)
                            .write(WriteCommand.scalar(f.points.get(p).row(), 7 + p, begun + 1_000_000_000L))
                            .toCompletableFuture();
                    answers.add(answer);
                    if (i % 2 == 0) {
                        liveAnswers.add(answer);
                    }
                }
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isLessThan(500);
            CompletableFuture.allOf(liveAnswers.toArray(CompletableFuture[]::new))
                    .get(2, TimeUnit.SECONDS);
            assertThat(liveAnswers).allMatch(a -> a.join().status().isGood());
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(2, TimeUnit.SECONDS);
            assertThat(answers).filteredOn(a -> a.join().status().isGood()).hasSize(100);
            assertThat(readGapP99(live)).isLessThan(calmP99 + 100);
        } finally {
            links.forEach(Link::close);
        }
    }

    /** 99th percentile of the age of live values over half a second, milliseconds. */
    private static double readGapP99(List<Fixture> live) {
        List<Long> ages = new ArrayList<>();
        long end = System.nanoTime() + 500_000_000L;
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    long now = org.uatwin.informationmodel.value.UaTime.ofInstant(java.time.Instant.now());
                    for (Fixture f : live) {
                        ages.add((now - f.read(f.points.get(0).row()).receiveTime()) / 10_000);
                    }
                    return System.nanoTime() > end;
                });
        ages.sort(null);
        return ages.get(ages.size() * 99 / 100);
    }
}
