package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.reload.ReloadResult;

/** Must-show 3: 100 reloads, each adding, removing, renaming and moving something, leave nothing behind. */
class ReloadLeakIT {
    private static final int WARM_UP = 20;
    private static final int RELOADS = 100;
    private static final double HEAP_MARGIN = 1.02;
    private static final long HEAP_GRAIN = 256 << 10; // what a session and its statistics come and go by

    private static final String OTHER_TYPES = GoldenPlant.TYPES
            + """
                  First: {unit: m, euRange: [0, 5]}
              Mixer:
                version: 1.0.0
                points:
                  Speed: {unit: r/min, euRange: [0, 3000]}
            """;
    /** Everything on line-1; the twin on line-2 is the same in all, so that this link is never touched. */
    private static final String TWINS = GoldenPlant.PUMP
            + """
              - {id: probe-01, type: Probe, device: line-1/plc, points: {Steady: holding 10 uint16}}
              - {id: probe-02, type: Probe, device: line-1/plc, points: {Steady: holding 10 uint16}}
              - {id: still-01, type: Tank, device: line-2/plc, points: {Level: input 8 float32}}
            """;

    private static final String OTHER_TWINS = GoldenPlant.PUMP
            + """
              - {id: level-01, aliases: [probe-01], type: Probe, device: line-1/plc, points: {Steady: holding 10 uint16}}
              - {id: probe-02, type: Probe, device: line-1/plc, points: {Steady: holding 12 uint16, First: holding 13 uint16}}
              - {id: still-01, type: Tank, device: line-2/plc, points: {Level: input 8 float32}}
              - {id: mixer-01, type: Mixer, device: line-3/plc, points: {Speed: holding 10 uint16}}
              - {id: tank-01, type: Tank, device: line-3/plc, points: {Level: input 8 float32}}
            """;

    /** What may leak, at one moment. */
    private record Held(Map<String, Long> threads, long sockets, int rows, int shards, long heap) {}

    private static Held held(UatwinServer server) throws Exception {
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            heap = Math.min(
                    heap,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        Map<String, Long> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("modbus-") || name.startsWith("uatwin-") || name.startsWith("history-"))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
        return new Held(
                threads,
                sockets(),
                server.live().table().size(),
                server.live().table().shardCount(),
                heap);
    }

    /** Open sockets of this process, where the system tells. */
    private static long sockets() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.filter(ReloadLeakIT::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed while we looked
        }
    }

    @Test
    void aHundredReloadsLeaveNothingBehind(@TempDir Path data) throws Exception {
        try (GoldenPlant devices = GoldenPlant.open();
                UatwinServer server = devices.start(data, "golden", TWINS);
                PlantClient client = PlantClient.operator(server.endpointUrl())) {
            List<DataValue> values = client.watch("probe-01/Steady", 0, 10, DataChangeTrigger.StatusValue);
            reload(devices, server, WARM_UP);
            Held before = settled(devices, server);

            reload(devices, server, RELOADS);

            Held after = settled(devices, server);
            assertThat(after.threads()).isEqualTo(before.threads());
            assertThat(after.sockets()).as("sockets").isLessThanOrEqualTo(before.sockets()); // others may be closing
            assertThat(after.shards()).isEqualTo(before.shards());
            // Each pair of reloads takes some 60 new rows. Old ones are used again when the links have confirmed and
            // the
            // garbage is collected, so the table may hold a few generations, but not fifty.
            assertThat(after.rows()).as("rows of the table").isLessThan(before.rows() + 6 * 60);
            assertThat((double) after.heap())
                    .as("heap after GC, before %d", before.heap())
                    .isLessThan(before.heap() * HEAP_MARGIN + HEAP_GRAIN);
            devices.firstUnit().setHolding(10, 55);
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            values.get(values.size() - 1).value().value())
                    .isEqualTo(55.0));
        }
    }

    /** An even number of reloads, there and back; now and then the garbage is collected so that rows can be used again. */
    private static void reload(GoldenPlant devices, UatwinServer server, int times) {
        String site = "golden";
        String there = devices.text(site, OTHER_TYPES, OTHER_TWINS)
                .replace(
                        "types:",
                        "  line-3: {protocol: modbus-tcp, host: 127.0.0.1, port: %d, devices: {plc: {unit: 1}}}\ntypes:"
                                .formatted(devices.secondPort()));
        String back = devices.text(site, GoldenPlant.TYPES, TWINS);
        for (int i = 0; i < times; i++) {
            ReloadResult result =
                    server.reloader().reload(GoldenPlant.read(i % 2 == 0 ? there : back), false, diff -> "");
            assertThat(result.outcome()).as("%s", result).isEqualTo(ReloadResult.Outcome.APPLIED);
            if (i % 4 == 3) {
                System.gc();
            }
        }
    }

    /** Waits until closed links are gone and the two others connected: one connection at each device. */
    private static Held settled(GoldenPlant devices, UatwinServer server) throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(devices.connections()).containsExactly(1, 1);
            assertThat(server.live().links()).hasSize(2);
        });
        return held(server);
    }
}
