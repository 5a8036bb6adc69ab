package org.uatwin.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.uatwin.informationmodel.plant.ModelCatalog;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.SampleListener;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;

/**
 * The product, whole, behind a broker: {@code MqttServer PLANT DIR}. Every value of a twin must be the one before plus
 * one; answers {@code fed} with the samples seen, {@code gaps} with those that did not follow, {@code dropped} with the
 * counter of the link, {@code cpu} with seconds.
 */
final class MqttServer {
    private MqttServer() {}

    /** Counts samples of the twins' rows, and those that do not follow the one before. */
    private static final class Gaps implements SampleListener {
        final AtomicLong samples = new AtomicLong();
        final AtomicLong gaps = new AtomicLong();
        private final BitSet rows; // of the plant's own points: what the server tells of the link never rests
        private final double[] last; // by row; owned by the shard's lane

        Gaps(BitSet rows) {
            this.rows = rows;
            last = new double[rows.length()];
        }

        @Override
        public void onSamples(int shard, SampleBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                if (rows.get(batch.row(i)) && batch.status(i).isGood()) {
                    double value = Double.longBitsToDouble(batch.bits(i));
                    samples.incrementAndGet();
                    if (value != last[batch.row(i)] + 1) {
                        gaps.incrementAndGet();
                    }
                    last[batch.row(i)] = value;
                }
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Plant plant = PlantFile.read(Path.of(args[0]), ModelCatalog.UNKNOWN, Protocols.onClassPath())
                .plant()
                .orElseThrow();
        UatwinServer server = UatwinServer.start(plant, new ServerOptions(Path.of(args[1]), List.of()));
        BitSet rows = new BitSet();
        for (Twin twin : plant.twins()) {
            int first =
                    Objects.requireNonNull(server.live().instance(twin.id())).firstRow();
            rows.set(first, first + twin.pointCount());
        }
        int dropped = Objects.requireNonNull(server.live().instance("_broker")).row("Dropped");
        Gaps gaps = new Gaps(rows);
        server.live().table().addListener(gaps);
        System.out.println("ready " + server.endpointUrl());
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                switch (line) {
                    case "fed" -> System.out.println("fed " + gaps.samples.get());
                    case "gaps" -> System.out.println("gaps " + gaps.gaps.get());
                    case "dropped" ->
                        System.out.println(
                                "dropped " + server.live().table().read(dropped).bits());
                    case "cpu" -> System.out.println("cpu " + system.getProcessCpuTime() / 1e9);
                    default -> System.out.println("? " + line);
                }
            }
        }
        server.close();
    }
}
