package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.WriteResult;
import org.uatwin.plcadapters.device.Fault;
import org.uatwin.plcadapters.device.VirtualModbusServer;

/** A USB serial adapter is pulled out and comes back while two devices on its line are polled (must-show 5). */
@Tag("acceptance")
class SerialPortIT {
    /** Scheduling noise of a shared machine; the exact bounds are asserted over virtual time. */
    private static final long NOISE_MS = 1_000;

    @TempDir
    static Path directory = Path.of("unset");

    private VirtualModbusServer devices;
    private PtyLine line;
    private Fixture fixture;
    private int first;
    private int second;

    @BeforeEach
    void start() throws Exception {
        devices = VirtualModbusServer.startRtu(InetAddress.getLoopbackAddress(), 0);
        devices.unit(1).setHolding(0, 11);
        devices.unit(2).setHolding(0, 22);
        line = new PtyLine(directory.resolve("ttyUSB-" + devices.port()), devices.port());
        fixture = new Fixture(line.transport());
        first = fixture.holding(fixture.device("drive", 1), Fixture.FAST, 0);
        second = fixture.holding(fixture.device("meter", 2), Fixture.FAST, 0);
    }

    @AfterEach
    void stop() throws Exception {
        line.close();
        devices.close();
    }

    private boolean allGood() {
        return fixture.points.stream().allMatch(p -> fixture.isGood(p.row()));
    }

    private boolean noneGood() {
        return fixture.points.stream().noneMatch(p -> fixture.isGood(p.row()));
    }

    private long staleMs() {
        return Math.max(200, fixture.timeout.toMillis() * fixture.tries + 100);
    }

    private void awaitGood() {
        long bound = Math.max(5_000, 2 * fixture.largestBackOff.toMillis());
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMillis(bound + NOISE_MS))
                .until(this::allGood);
    }

    private void pullAndAwaitNonGood() throws Exception {
        line.pull();
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMillis(staleMs() + NOISE_MS))
                .until(this::noneGood);
    }

    @Test
    void portThatVanishesTurnsThePointsAndHealsWhenItReturns() throws Exception {
        line.plug();
        try (Link link = fixture.open()) {
            link.start();
            awaitGood();
            pullAndAwaitNonGood();
            assertThat(fixture.status(first))
                    .isIn(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE, StatusCode.BAD_NO_COMMUNICATION);
            await().atMost(Duration.ofMillis(300 + NOISE_MS))
                    .until(() -> fixture.status(first).equals(StatusCode.BAD_NO_COMMUNICATION)
                            && fixture.status(second).equals(StatusCode.BAD_NO_COMMUNICATION));
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> link.statistics().state() == LinkStatistics.State.BACKING_OFF);
            assertThat(link.diagnostics(first).lastError())
                    .contains(line.transport().device(), "no such serial port");
            assertThat(Fixture.write(link, first, 5).status()).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
            devices.unit(1).setHolding(0, 12);
            line.plug();
            awaitGood();
            assertThat(fixture.read(first).bits()).isEqualTo(12);
            assertThat(Fixture.write(link, second, 23)).isEqualTo(WriteResult.CONFIRMED);
        }
        assertThat(fixture.failures).isEmpty();
    }

    /** The port was not there when the server started: the same as one that vanished. */
    @Test
    void portThatAppearsLaterIsTaken() throws Exception {
        try (Link link = fixture.open()) {
            link.start();
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> fixture.status(first).equals(StatusCode.BAD_NO_COMMUNICATION));
            line.plug();
            awaitGood();
        }
    }

    /** The same as through a serial device server: a slow device, and no transaction id to tell its answers apart. */
    @Test
    void lateAnswerIsNeverTakenForAnother() throws Exception {
        line.plug();
        LateAnswersIT.neverTakesALateAnswerForAnother(devices, line.transport());
    }

    /** No fixed sleep between frames: a device that answers at once is asked as often as it is told. */
    @Test
    void aFastDeviceIsNotSlowedDownByTheLine() throws Exception {
        line.plug();
        Fixture fast = new Fixture(line.transport());
        fast.holding(fast.device("drive", 1), Fixture.group("g", 10), 0);
        try (Link link = fast.open()) {
            link.start();
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> fast.isGood(fast.points.get(0).row()));
            long before = devices.requests();
            // Five a second is the complaint; a hundred would be right, and half of it leaves room for a busy machine.
            await().atMost(Duration.ofSeconds(2)).until(() -> devices.requests() >= before + 50);
        }
    }

    /** One probe round later every demoted device of the line is back. */
    @Test
    void deviceThatWasDemotedWhenThePortWasPulledReturnsWithinOneProbeRound() throws Exception {
        line.plug();
        try (Link link = fixture.open()) {
            link.start();
            awaitGood();
            devices.unit(2).fault(Fault.SILENT);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> link.statistics().devices().get(1).state() == LinkStatistics.DeviceState.DEMOTED);
            assertThat(fixture.isGood(first)).isTrue();
            line.pull();
            await().atMost(Duration.ofSeconds(5)).until(this::noneGood);
            devices.unit(2).fault(Fault.NONE);
            line.plug();
            awaitGood();
        }
    }

    @Test
    void twentyUnplugsLeaveNoThreadAndNoOpenPortBehind() throws Exception {
        fixture.largestBackOff = Duration.ofMillis(200);
        line.plug();
        try (Link link = fixture.open()) {
            link.start();
            flap(3);
            long threads = threads();
            long ports = openPorts();
            flap(20);
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                assertThat(threads()).isEqualTo(threads);
                assertThat(openPorts()).isEqualTo(ports);
            });
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(openPorts()).isZero());
    }

    private void flap(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            awaitGood();
            pullAndAwaitNonGood();
            line.plug();
        }
        awaitGood();
    }

    /** All threads but those of the device at the far end and of the waiting test. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> !t.getName().startsWith("virtual-modbus")
                        && !t.getName().startsWith("awaitility"))
                .count();
    }

    /** Terminals this process holds open. */
    private static long openPorts() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(SerialPortIT::isTerminal).count();
        }
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("/dev/pts/");
        } catch (IOException e) {
            return false; // closed between listing and reading
        }
    }
}
