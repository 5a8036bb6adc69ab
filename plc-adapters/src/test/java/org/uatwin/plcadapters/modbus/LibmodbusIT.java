package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.plant.WordOrder;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.WriteResult;

/**
 * Must-show 4: independent peers. A libmodbus server (peer.c, compiled here) is polled and written over TCP, serial RTU
 * and RTU over TCP; mbpoll reads what we wrote. Needs gcc, libmodbus-dev, socat and mbpoll of Debian.
 */
@Tag("acceptance")
class LibmodbusIT {
    private static final WordOrder ABCD = WordOrder.of(false, false);
    private static final WordOrder CDAB = WordOrder.of(true, false);
    private static final WordOrder BADC = WordOrder.of(false, true);
    private static final WordOrder DCBA = WordOrder.of(true, true);

    @TempDir
    static Path directory = Path.of("unset");

    private static Path peer = Path.of("peer");

    private final List<Process> processes = new ArrayList<>();
    /** Rows and what they must read, by name. */
    private final Map<String, Integer> rows = new LinkedHashMap<>();

    private final Map<String, Object> expected = new LinkedHashMap<>();

    @BeforeAll
    static void compile() throws Exception {
        Path source = directory.resolve("peer.c");
        try (InputStream in =
                Objects.requireNonNull(LibmodbusIT.class.getResourceAsStream("/libmodbus/peer.c"), "peer.c")) {
            Files.copy(in, source);
        }
        peer = directory.resolve("peer");
        Process gcc = new ProcessBuilder(
                        "gcc",
                        "-Wall",
                        "-Wno-overflow",
                        "-o",
                        peer.toString(),
                        source.toString(),
                        "-I/usr/include/modbus",
                        "-lmodbus")
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(gcc.waitFor()).as("gcc").isZero();
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).destroy();
            processes.get(i).waitFor(5, TimeUnit.SECONDS);
        }
    }

    private Process start(boolean waitsForReady, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        if (waitsForReady) {
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
        }
        return process;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static RegisterFormat format(RegisterType type, WordOrder order, int count) {
        return new RegisterFormat(type, order, count, 0, -1, 0, 1, 0);
    }

    private void expect(
            Fixture f, ModbusDevice device, ModbusTable table, int offset, RegisterFormat format, Object value) {
        ValueType type = format.type().natural();
        boolean isArray = value.getClass().isArray();
        int row = f.point(device, Fixture.FAST, table, offset, format, type, isArray ? format.count() : 0);
        String name = "%s %s %d %s".formatted(device.name(), table, offset, format);
        rows.put(name, row);
        expected.put(name, value);
    }

    /** Every type, order and table of one unit, array and string ends. */
    private void expectAll(Fixture f, int unit) {
        ModbusDevice device = f.device("unit" + unit, unit);
        for (ModbusTable table : List.of(ModbusTable.HOLDING_REGISTER, ModbusTable.INPUT_REGISTER)) {
            expect(f, device, table, 0, format(RegisterType.UINT16, ABCD, 1), 1000L + unit);
            expect(f, device, table, 1, format(RegisterType.INT16, ABCD, 1), -2L);
            expect(f, device, table, 2, format(RegisterType.INT32, ABCD, 1), -123456789L);
            expect(f, device, table, 4, format(RegisterType.UINT32, ABCD, 1), 4_000_000_000L);
            expect(f, device, table, 6, format(RegisterType.INT64, ABCD, 1), -1234567890123456789L);
            expect(
                    f,
                    device,
                    table,
                    10,
                    format(RegisterType.UINT64, ABCD, 1),
                    Long.parseUnsignedLong("18000000000000000000"));
            int offset = 14;
            for (WordOrder order : List.of(ABCD, CDAB, BADC, DCBA)) {
                expect(f, device, table, offset, format(RegisterType.FLOAT32, order, 1), (double) 3.14159f);
                expect(
                        f,
                        device,
                        table,
                        22 + 2 * (offset - 14),
                        format(RegisterType.FLOAT64, order, 1),
                        2.718281828459045);
                offset += 2;
            }
            expect(f, device, table, 16, format(RegisterType.FLOAT32, WordOrder.permutation("CDAB"), 1), (double)
                    3.14159f);
            expect(f, device, table, 38, format(RegisterType.BCD16, ABCD, 1), 1234L);
            expect(f, device, table, 39, format(RegisterType.BCD32, ABCD, 1), 12345678L);
            expect(f, device, table, 41, format(RegisterType.BCD64, ABCD, 1), 1234567890123456L);
            expect(f, device, table, 45, format(RegisterType.UINT16, BADC, 1), 0x1234L);
            expect(f, device, table, 46, new RegisterFormat(RegisterType.BOOL, ABCD, 1, 0, 15, 1, 1, 0), 1L);
            expect(f, device, table, 46, new RegisterFormat(RegisterType.BOOL, ABCD, 1, 0, 14, 1, 1, 0), 0L);
            expect(f, device, table, 46, new RegisterFormat(RegisterType.UINT16, ABCD, 1, 0, 4, 8, 1, 0), 0x5CL);
            expect(
                    f,
                    device,
                    table,
                    50,
                    new RegisterFormat(RegisterType.STRING, ABCD, 1, 20, -1, 0, 1, 0),
                    "Modbus string 12345");
            expect(f, device, table, 1997, new RegisterFormat(RegisterType.STRING, ABCD, 1, 6, -1, 0, 1, 0), "endXYZ");
            expect(f, device, table, 60, format(RegisterType.UINT16, ABCD, 100), longs(100, 3));
            double[] halves = new double[60];
            for (int i = 0; i < 60; i++) {
                halves[i] = 0.5 * i;
            }
            expect(f, device, table, 200, format(RegisterType.FLOAT32, ABCD, 60), halves);
            expect(f, device, table, 400, format(RegisterType.UINT16, ABCD, 300), longs(300, 7));
        }
        expectBits(f, device, ModbusTable.COIL, 3);
        expectBits(f, device, ModbusTable.DISCRETE_INPUT, 5);
    }

    private void expectBits(Fixture f, ModbusDevice device, ModbusTable table, int every) {
        expect(f, device, table, 0, format(RegisterType.BOOL, ABCD, 1), 1L);
        expect(f, device, table, 1, format(RegisterType.BOOL, ABCD, 1), 0L);
        expect(f, device, table, 1999, format(RegisterType.BOOL, ABCD, 1), 1L);
        boolean[] bits = new boolean[77];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (101 + i) % every == 0;
        }
        expect(f, device, table, 101, format(RegisterType.BOOL, ABCD, 77), bits);
    }

    private static long[] longs(int n, int factor) {
        long[] values = new long[n];
        for (int i = 0; i < n; i++) {
            values[i] = (long) factor * i;
        }
        return values;
    }

    private void assertReads(Fixture f) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rows.values().stream().allMatch(f::isGood));
        rows.forEach((name, row) ->
                assertThat(value(f, row, expected.get(name))).as(name).isEqualTo(expected.get(name)));
    }

    private static @Nullable Object value(Fixture f, int row, @Nullable Object like) {
        Object object = f.read(row).object();
        if (object != null) {
            return object;
        }
        return like instanceof Double
                ? (Object) Double.longBitsToDouble(f.read(row).bits())
                : (Object) f.read(row).bits();
    }

    /** Writes something else to every writable point, by functions 5, 6, 15, 16 and 22, each confirmed by read-back. */
    private void assertWrites(Link link) throws Exception {
        for (Map.Entry<String, Integer> entry : rows.entrySet()) {
            if (!entry.getKey().contains("HOLDING") && !entry.getKey().contains("COIL")) {
                continue;
            }
            Object old = Objects.requireNonNull(expected.get(entry.getKey()));
            Object fresh = changed(old);
            WriteResult result = fresh instanceof Long bits
                    ? Fixture.write(link, entry.getValue(), bits)
                    : fresh instanceof Double d
                            ? Fixture.write(link, entry.getValue(), Double.doubleToRawLongBits(d))
                            : Fixture.write(link, entry.getValue(), 0, fresh, -1);
            assertThat(result).as(entry.getKey()).isEqualTo(WriteResult.CONFIRMED);
        }
        WriteResult readOnly = Fixture.write(
                link,
                rows.entrySet().stream()
                        .filter(e -> e.getKey().contains("INPUT_REGISTER"))
                        .findFirst()
                        .orElseThrow()
                        .getValue(),
                1);
        assertThat(readOnly.status()).isEqualTo(StatusCode.BAD_NOT_WRITABLE);
    }

    private static Object changed(Object old) {
        if (old instanceof Long l) {
            return l == 0 || l == 1 ? 1 - l : l - 1;
        }
        if (old instanceof Double d) {
            return (double) (float) (d + 1);
        }
        if (old instanceof String s) {
            return s.substring(0, s.length() - 1) + "!";
        }
        if (old instanceof boolean[] bits) {
            boolean[] copy = bits.clone();
            copy[copy.length - 1] = !copy[copy.length - 1];
            return copy;
        }
        if (old instanceof long[] values) {
            long[] copy = values.clone();
            copy[copy.length - 1] = 4242;
            return copy;
        }
        double[] copy = ((double[]) old).clone();
        copy[copy.length - 1] = -8.25;
        return copy;
    }

    /** Registers or bits as mbpoll sees them. */
    private List<String> mbpoll(List<String> options, int unit, String type, int offset, int count) throws Exception {
        List<String> command = new ArrayList<>(List.of("mbpoll", "-q", "-1", "-0", "-a", "" + unit));
        command.addAll(List.of("-t", type, "-r", "" + offset, "-c", "" + count));
        command.addAll(options);
        String output = "";
        int code = -1;
        // On a serial line the answer to the last request of the link that was closed may still be under way: mbpoll
        // takes it for its own.
        for (int attempt = 0; attempt < 3 && code != 0; attempt++) {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            code = process.waitFor();
        }
        assertThat(code).as("mbpoll %s: %s", command, output).isZero();
        List<String> values = new ArrayList<>();
        for (String line : output.split("\n", -1)) {
            if (line.matches("\\[\\d+\\]:.*")) {
                values.add(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return values;
    }

    private void assertMbpollSees(List<String> options, int unit) throws Exception {
        assertThat(mbpoll(options, unit, "4", 0, 1)).containsExactly("" + (999 + unit));
        int pi = Float.floatToRawIntBits((float) ((double) 3.14159f + 1));
        assertThat(mbpoll(options, unit, "4:hex", 14, 2))
                .containsExactly("0x%04X".formatted(pi >>> 16), "0x%04X".formatted(pi & 0xFFFF));
        assertThat(mbpoll(options, unit, "4:hex", 39, 2)).containsExactly("0x1234", "0x5677");
        assertThat(mbpoll(options, unit, "4:hex", 45, 1)).containsExactly("0x3312");
        assertThat(mbpoll(options, unit, "4:hex", 1999, 1)).containsExactly("0x5921"); // Y!
        assertThat(mbpoll(options, unit, "4", 699, 1)).containsExactly("4242");
        assertThat(mbpoll(options, unit, "0", 1999, 1)).containsExactly("0");
    }

    @Test
    void tcpWithUnits1And2And247() throws Exception {
        int port = freePort();
        start(true, peer.toString(), "tcp", "" + port);
        Fixture f = new Fixture(new Transport.Tcp("127.0.0.1", port));
        f.timeout = Duration.ofSeconds(1);
        for (int unit : new int[] {1, 2, 247}) {
            expectAll(f, unit);
        }
        try (Link link = f.open()) {
            link.start();
            assertReads(f);
            assertWrites(link);
            for (int unit : new int[] {1, 2, 247}) {
                assertMbpollSees(List.of("-p", "" + port, "127.0.0.1"), unit);
            }
            assertThat(link.statistics().garbled()).isZero();
        }
    }

    /** A pty pair is the wire: the peer at one end, we at the other. */
    private Path wire() throws Exception {
        Path ours = directory.resolve("tty-ours-" + processes.hashCode());
        Path theirs = directory.resolve("tty-theirs-" + processes.hashCode());
        Files.deleteIfExists(ours);
        Files.deleteIfExists(theirs);
        start(false, "socat", "pty,raw,echo=0,link=" + ours, "pty,raw,echo=0,link=" + theirs);
        await().atMost(Duration.ofSeconds(5)).until(() -> Files.exists(ours) && Files.exists(theirs));
        return ours;
    }

    private static String theirs(Path ours) {
        return ours.toString().replace("tty-ours", "tty-theirs");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 247})
    void serialRtu(int unit) throws Exception {
        Path ours = wire();
        start(true, peer.toString(), "rtu", theirs(ours), "" + unit);
        String port = new File(ours.toString()).getCanonicalPath();
        Fixture f = new Fixture(new Transport.Serial(port, 19_200, 8, Transport.Serial.Parity.EVEN, 1));
        f.timeout = Duration.ofSeconds(1);
        expectAll(f, unit);
        try (Link link = f.open()) {
            link.start();
            assertReads(f);
            assertWrites(link);
        }
        assertMbpollSees(List.of("-m", "rtu", "-b", "19200", "-P", "even", port), unit);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 247})
    void rtuOverTcpThroughARawBridge(int unit) throws Exception {
        Path ours = wire();
        start(true, peer.toString(), "rtu", theirs(ours), "" + unit);
        int port = freePort();
        start(false, "socat", "TCP-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork", "FILE:" + ours + ",raw,echo=0");
        Fixture f = new Fixture(new Transport.RtuOverTcp("127.0.0.1", port));
        f.timeout = Duration.ofSeconds(1);
        expectAll(f, unit);
        try (Link link = f.open()) {
            link.start();
            assertReads(f);
            assertWrites(link);
        }
    }
}
