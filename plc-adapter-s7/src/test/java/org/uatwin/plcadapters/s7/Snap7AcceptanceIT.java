package org.uatwin.plcadapters.s7;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** The link against a CPU we did not write. */
@Tag("acceptance")
class Snap7AcceptanceIT {
    @SuppressWarnings("NullAway.Init") // set before every test
    private static Snap7Server server;

    @BeforeAll
    static void startServer() throws Exception {
        server = Snap7Server.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static Link open(S7Plant plant) {
        Link link = new S7Protocol()
                .open(plant.opening(new LinkEnvironment(
                        InstantSource.system(), System::nanoTime, 1, Executors.defaultThreadFactory(), Runnable::run)));
        link.start();
        return link;
    }

    private static void eventually(ThrowingRunnable check) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(check);
    }

    private static void untilGood(S7Plant plant, Link link, String name) {
        eventually(() -> assertThat(plant.status(name))
                .as("%s: %s", name, link.diagnostics(plant.row(name)).lastError())
                .isEqualTo(StatusCode.GOOD));
    }

    private static WriteResult write(
            S7Plant plant, Link link, String name, long bits, @Nullable Object object, int first) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        return link.write(new WriteCommand(plant.row(name), bits, object, first, deadline))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static WriteResult write(S7Plant plant, Link link, String name, long bits) throws Exception {
        return write(plant, link, name, bits, null, -1);
    }

    @Test
    void everyTypeIsReadAndWritten() throws Exception {
        S7Plant plant = new S7Plant(server.port(), "", S7Plant.ALL);
        try (Link link = open(plant)) {
            untilGood(plant, link, "Name");
            server.poke(1, 0, "41c80000" + "4059000000000000" + "fffe" + "ffffffff" + "ffffffffffffffff" + "c8" + "08");
            server.poke(1, 28, "fe05" + "7072657373");
            server.poke(2, 0, "0001fffe7fff8000" + "4081");
            eventually(() -> assertThat(plant.number("Force")).isEqualTo(25));
            eventually(() -> assertThat(plant.read("Recipe").object()).isEqualTo(new long[] {1, -2, 32767, -32768}));
            assertThat(plant.number("Exact")).isEqualTo(100);
            assertThat(plant.read("Count").bits()).isEqualTo(-2);
            assertThat(plant.read("Total").bits()).isEqualTo(0xFFFF_FFFFL);
            assertThat(plant.read("Large").bits()).isEqualTo(-1);
            assertThat(plant.read("Small").bits()).isEqualTo(200);
            assertThat(plant.read("Running").bits()).isEqualTo(1);
            assertThat(plant.read("Name").object()).isEqualTo("press");
            assertThat(plant.read("Lamps").object())
                    .isEqualTo(new boolean[] {true, false, true, false, false, false, false, false, false, true});

            assertThat(write(plant, link, "Force", Double.doubleToRawLongBits(-1.5)))
                    .isEqualTo(WriteResult.CONFIRMED);
            assertThat(server.peek(1, 0, 4)).isEqualTo("bfc00000");
            assertThat(plant.number("Force")).isEqualTo(-1.5);
            assertThat(write(plant, link, "Exact", Double.doubleToRawLongBits(0.1)))
                    .isEqualTo(WriteResult.CONFIRMED);
            assertThat(write(plant, link, "Count", -300)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(write(plant, link, "Total", 4_000_000_000L)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(write(plant, link, "Large", -2)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(write(plant, link, "Small", 7)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(server.peek(1, 12, 15)).isEqualTo("fed4" + "ee6b2800" + "fffffffffffffffe" + "07");
            assertThat(write(plant, link, "Running", 0)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(write(plant, link, "Marker", 1)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(server.peek(1, 27, 1)).isEqualTo("00");
            assertThat(write(plant, link, "Name", 0, "x".repeat(254), -1)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(server.peek(1, 28, 4)).isEqualTo("fefe7878");
            assertThat(write(plant, link, "Wide", 0, "Straße 5 €", -1)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(plant.read("Wide").object()).isEqualTo("Straße 5 €");
            assertThat(write(plant, link, "Recipe", 0, new long[] {9, -9}, 1)).isEqualTo(WriteResult.CONFIRMED);
            assertThat(server.peek(2, 0, 8)).isEqualTo("0001" + "0009" + "fff7" + "8000");
            assertThat(write(plant, link, "Lamps", 0, new boolean[] {true, true}, 7))
                    .isEqualTo(WriteResult.CONFIRMED);
            assertThat(plant.read("Lamps").object())
                    .isEqualTo(new boolean[] {true, false, true, false, false, false, false, true, true, true});

            WriteResult tooLong = write(plant, link, "Wide", 0, "x".repeat(21), -1);
            assertThat(tooLong.status()).isEqualTo(StatusCode.BAD_OUT_OF_RANGE);
            assertThat(tooLong.text()).contains("21", "20");
        }
    }

    /** What the CPU does not have is an error of its point, also when it lies beside good ones. */
    @Test
    void missingAddressesAreErrorsOfTheirPointsAlone() throws Exception {
        String points = "Count: \"DB2.DBW60\", Beyond: \"DB2.DBW64\", Missing: \"DB77.DBW0\"";
        S7Plant plant = new S7Plant(server.port(), "", points);
        try (Link link = open(plant)) {
            untilGood(plant, link, "Count");
            eventually(() -> assertThat(plant.status("Beyond")).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR));
            eventually(() -> assertThat(plant.status("Missing")).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR));
            assertThat(link.diagnostics(plant.row("Missing")).lastError()).contains("DB77", "Fix");
            assertThat(write(plant, link, "Missing", 1).status()).isEqualTo(StatusCode.BAD_CONFIGURATION_ERROR);
        }
    }

    /** A CPU that goes and comes back: quality falls and returns, and no thread stays behind (peers C16, C17). */
    @Test
    void fiftyRestartsAreSurvivedWithoutALeak() throws Exception {
        S7Plant plant = new S7Plant(server.port(), "", "Count: \"DB2.DBW60\"");
        int threads = 0;
        try (Link link = open(plant)) {
            for (int i = 1; i <= 50; i++) {
                untilGood(plant, link, "Count");
                if (i == 5) {
                    threads = Thread.activeCount();
                }
                server.close();
                eventually(() -> assertThat(plant.status("Count").isGood()).isFalse());
                server = server.startAgain();
            }
            untilGood(plant, link, "Count");
            int before = threads;
            eventually(() -> assertThat(Thread.activeCount()).isLessThanOrEqualTo(before));
            assertThat(link.statistics().reconnects()).isGreaterThanOrEqualTo(50);
        }
        eventually(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("s7-") || name.startsWith("plc4x") || name.startsWith("pool-")));
    }
}
