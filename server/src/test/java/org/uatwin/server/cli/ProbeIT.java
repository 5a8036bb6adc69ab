package org.uatwin.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.plant.WordOrder;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.device.VirtualModbusServer;

/** {@code uatwin probe modbus} against a device on a real socket. */
class ProbeIT {
    private static final RegisterFormat FLOAT =
            new RegisterFormat(RegisterType.FLOAT32, WordOrder.of(true, false), 1, 0, -1, 0, 1, 0);

    @TempDir
    Path directory = Path.of("unset");

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger writes = new AtomicInteger();
    private VirtualModbusServer device;
    private Thread process;

    @BeforeEach
    void start() throws Exception {
        device = VirtualModbusServer.start(InetAddress.getLoopbackAddress(), 0);
        device.unit(7).mostPerRead(20);
        device.unit(7).missing(30, 31);
        device.unit(7).onWrite((table, offset, quantity) -> writes.incrementAndGet());
        process = new Thread(this::move, "process");
        process.start();
    }

    /** Five measured values that move. */
    private void move() {
        for (int t = 0; !isOver.get(); t++) {
            for (int i = 0; i < 5; i++) {
                double value = 20 * (i + 1) + Math.sin(t / 10.0 + i) + 0.013 * (t % 7);
                device.unit(7).set(ModbusTable.HOLDING_REGISTER, 10 + 2 * i, FLOAT, ValueType.FLOAT, value);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    @AfterEach
    void stop() throws Exception {
        isOver.set(true);
        process.join();
        device.close();
    }

    private Cli.Result probe(String... more) {
        String[] line = new String[10 + more.length];
        System.arraycopy(
                new String[] {
                    "probe",
                    "modbus",
                    "modbus://127.0.0.1:" + device.port() + "/7",
                    "--table",
                    "holding",
                    "--count",
                    "40",
                    "--every",
                    "60ms",
                    "--pause=1ms"
                },
                0,
                line,
                0,
                10);
        System.arraycopy(more, 0, line, 10, more.length);
        return Cli.run(line);
    }

    @Test
    void theReadingsAreShownSideBySideAndTheRightOneIsMarked() {
        Cli.Result result = probe("--units", "6-8", "--timeout", "200ms");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains(
                        "7  answers",
                        "38 of 40 can be read, 20 in one request and no more",
                        "holding register 30..31: exception 02",
                        "FLOAT32 ABCD",
                        "Byte order: CDAB, ", // how clear it is depends on how far values moved between polls
                        "CDAB  best",
                        "holding 10 float32 CDAB",
                        "changes by at most",
                        "registersPerRead: 20");
        assertThat(writes).hasValue(0);
    }

    @Test
    void theDraftIsAPlantFileThatCheckAccepts() throws IOException {
        Path draft = directory.resolve("draft.yaml");
        assertThat(probe("--draft", draft.toString()).code()).isZero();
        assertThat(Files.readString(draft)).contains("Holding00010: holding 10 float32 CDAB", "registersPerRead: 20");
        Cli.Result check = Cli.run("check", draft.toString());
        assertThat(check.out()).contains("nothing to mend");
        assertThat(check.code()).isZero();
        Cli.Result again = probe("--draft", draft.toString());
        assertThat(again.code()).isEqualTo(Exit.USAGE);
        assertThat(again.err()).contains("--force");
    }

    @Test
    void theSameAsJson() {
        Cli.Result result = probe("--json");
        assertThat(result.out())
                .contains(
                        "\"order\": \"CDAB\"", "\"certainty\": \"clear\"", "\"largestRead\": 20", "\"isLimit\": true");
    }

    @Test
    void aDeviceThatDoesNotAnswerIsNoConnection() {
        Cli.Result result = Cli.run(
                "probe", "modbus", "modbus://127.0.0.1:" + device.port() + "/9", "--timeout", "20ms", "--pause=1ms");
        assertThat(result.code()).isEqualTo(Exit.NO_CONNECTION);
        assertThat(result.out()).contains("no answer");
    }

    @Test
    void wrongTargetsSayWhatToWrite() {
        for (String target : new String[] {"10.0.0.5", "modbus://", "modbus://h:1/300", "modbus-rtu:/dev/x?speed=9"}) {
            Cli.Result result = Cli.run("probe", "modbus", target);
            assertThat(result.code()).as(target).isEqualTo(Exit.USAGE);
            assertThat(result.err()).as(target).contains("Fix: write modbus://HOST");
        }
    }
}
