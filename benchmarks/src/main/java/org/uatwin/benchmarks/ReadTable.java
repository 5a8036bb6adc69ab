package org.uatwin.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/** Bulk read, 1 000 values a request, one client, one request at a time. */
final class ReadTable {
    private static final int POINTS = 20_000;
    private static final int PER_READ = 1_000;
    private static final int REQUESTS = 400;
    private static final int WARM_UP = 1_500;
    private static final List<String> FLAGS = List.of("-Xmx1g", "-XX:+UseSerialGC");

    private ReadTable() {}

    static void run(Path directory) throws IOException, UaException {
        Path plant = Plants.write(directory, POINTS, false);
        List<Double> product = new ArrayList<>();
        List<Double> peer = new ArrayList<>();
        List<Double> productCpu = new ArrayList<>();
        List<Double> peerCpu = new ArrayList<>();
        try (ServerProcess uatwin = Main.product(directory, FLAGS, plant, POINTS);
                ServerProcess milo = Main.peer(directory, FLAGS, POINTS, POINTS)) {
            uatwin.ask("feed 1");
            milo.ask("feed 1");
            try (Client a = Client.connect(uatwin.url());
                    Client b = Client.connect(milo.url())) {
                measure(a, Plants::id, WARM_UP);
                measure(b, i -> "n" + i, WARM_UP);
                for (int run = 0; run < Report.RUNS; run++) {
                    double cpu = uatwin.ask("cpu");
                    product.add(measure(a, Plants::id, REQUESTS));
                    productCpu.add((uatwin.ask("cpu") - cpu) / 1e6 / REQUESTS);
                    cpu = milo.ask("cpu");
                    peer.add(measure(b, i -> "n" + i, REQUESTS));
                    peerCpu.add((milo.ask("cpu") - cpu) / 1e6 / REQUESTS);
                }
            }
        }
        double ours = Report.row("uatwin, values a second", "1/s", product);
        double theirs = Report.row("bare Milo, values a second", "1/s", peer);
        double oursCpu = Report.row("uatwin, server CPU a request", "ms", productCpu);
        double theirsCpu = Report.row("bare Milo, server CPU a request", "ms", peerCpu);
        Report.verdict("values a second, uatwin / bare Milo", ours / theirs, ">= 3", ours >= 3 * theirs);
        Report.line("server CPU a request, bare Milo / uatwin: %.2f".formatted(theirsCpu / oursCpu));
    }

    /** Values a second. */
    private static double measure(Client client, IntFunction<String> id, int requests) throws UaException {
        List<List<ReadValueId>> pages = IntStream.range(0, POINTS / PER_READ)
                .mapToObj(page -> IntStream.range(0, PER_READ)
                        .mapToObj(i -> Client.value(Client.id(id.apply(page * PER_READ + i))))
                        .toList())
                .toList();
        long start = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            var values = client.read(pages.get(i % pages.size()));
            if (!values[i % PER_READ].statusCode().isGood()) {
                throw new IllegalStateException("a value is " + values[i % PER_READ].statusCode());
            }
        }
        return requests * (double) PER_READ / ((System.nanoTime() - start) / 1e9);
    }
}
