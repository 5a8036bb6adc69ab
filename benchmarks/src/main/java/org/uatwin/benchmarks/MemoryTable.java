package org.uatwin.benchmarks;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;

/** A million points in 350 MB: starts, answers a full read and 10 000 random browses, and what a point costs. */
final class MemoryTable {
    private static final int POINTS = 1_000_000;
    private static final int FEW = 20;
    private static final int PEER_NODES = 50_000;
    private static final int PER_READ = 1_000;
    private static final int BROWSES = 10_000;
    private static final List<String> FLAGS = List.of("-Xmx350m", "-XX:+UseSerialGC");
    private static final ViewDescription NO_VIEW = new ViewDescription(NodeId.NULL_VALUE, DateTime.NULL_VALUE, uint(0));

    private MemoryTable() {}

    static void run(Path directory) throws IOException, UaException {
        double few = heap(directory, FEW);
        try (ServerProcess server = product(directory, POINTS)) {
            double rest = settled(server);
            Report.row("live heap, %d points, at rest".formatted(POINTS), "bytes", List.of(rest));
            Report.row("live heap, %d points".formatted(FEW), "bytes", List.of(few));
            double perPoint = (rest - few) / (POINTS - FEW);
            Report.verdict("bytes a point at rest", perPoint, "<= 100", perPoint <= 100);
            try (Client client = Client.connect(server.url())) {
                readAll(client);
                browse(client);
            }
            Report.row("live heap after reads and browses", "bytes", List.of(server.ask("gc")));
            Report.line("server alive in -Xmx350m: " + server.isAlive());
        }
        double empty = peerHeap(directory, 0);
        double full = peerHeap(directory, PEER_NODES);
        Report.row("bare Milo, bytes a node, no properties", "bytes", List.of((full - empty) / PEER_NODES));
    }

    private static ServerProcess product(Path directory, int points) throws IOException {
        Path plant = Plants.write(directory, points, true);
        return ServerProcess.start(
                FLAGS,
                FedServer.class.getName(),
                plant.toString(),
                directory.resolve("data").toString(),
                "1");
    }

    private static double heap(Path directory, int points) throws IOException {
        try (ServerProcess server = product(directory, points)) {
            return settled(server);
        }
    }

    /** Live heap once it no longer falls: the links have said that nobody answers, what the start needed is gone. */
    private static double settled(ServerProcess server) throws IOException {
        double least = server.ask("gc");
        for (int same = 0; same < 3; ) {
            LockSupport.parkNanos(1_000_000_000L);
            double now = server.ask("gc");
            same = now < 0.99 * least ? 0 : same + 1;
            least = Math.min(least, now);
        }
        return least;
    }

    private static double peerHeap(Path directory, int nodes) throws IOException {
        try (ServerProcess server = Main.peer(directory, List.of("-Xmx1g", "-XX:+UseSerialGC"), nodes, 1)) {
            return server.ask("gc");
        }
    }

    private static void readAll(Client client) throws UaException {
        long start = System.nanoTime();
        int unknown = 0;
        for (int from = 0; from < POINTS; from += PER_READ) {
            List<ReadValueId> ids = new ArrayList<>(PER_READ);
            for (int i = from; i < from + PER_READ; i++) {
                ids.add(Client.value(Client.id(Plants.id(i))));
            }
            for (DataValue value : client.read(ids)) {
                unknown += value.serverTime() == null ? 1 : 0; // an unknown node has no time; a point without value has
            }
        }
        Report.line("full read: %d values in %.1f s, %d not answered by their point"
                .formatted(POINTS, (System.nanoTime() - start) / 1e9, unknown));
    }

    private static void browse(Client client) throws UaException {
        SplittableRandom random = new SplittableRandom(2);
        long start = System.nanoTime();
        int bad = 0;
        long references = 0;
        for (int i = 0; i < BROWSES; i++) {
            int point = random.nextInt(POINTS);
            String id = i % 2 == 0 ? Plants.id(point) : Plants.twinId(point / Plants.POINTS_PER_TWIN);
            if (i % 1_000 == 0) {
                id = ":area:Area %d:Line %d".formatted(1, 1 + i / 1_000);
            }
            BrowseResult result = client.milo.browse(
                            NO_VIEW,
                            uint(0),
                            List.of(new BrowseDescription(
                                    Client.id(id), BrowseDirection.Both, NodeIds.References, true, uint(0), uint(63))))
                    .getResults()[0];
            bad += result.getStatusCode().isGood() ? 0 : 1;
            references += result.getReferences() == null ? 0 : result.getReferences().length;
        }
        Report.line("%d random browses in %.1f s, %d references, %d failed"
                .formatted(BROWSES, (System.nanoTime() - start) / 1e9, references, bad));
    }
}
