package org.uatwin.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.uatwin.benchmarks.peer.HistoryPeer;
import org.uatwin.benchmarks.peer.QuestDbHistory;
import org.uatwin.benchmarks.peer.SqliteRows;
import org.uatwin.historian.sqlite.SqliteHistoryStore;
import org.uatwin.historian.sqlite.StoreSettings;
import org.uatwin.historian.store.HistoryBatch;
import org.uatwin.historian.store.HistoryPage;
import org.uatwin.historian.store.HistoryTag;
import org.uatwin.historian.store.RawQuery;
import org.uatwin.historian.store.TagDefinition;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

/**
 * The store on disk against QuestDB embedded and against a row a sample in SQLite: 10 000 random walks of two decimals, one
 * in a hundred of bad status, one commit a second of samples; then the whole day of single tags. Each in turn, in one
 * process, from empty directories.
 */
final class HistorianTable {
    private static final int TAGS = 10_000;
    private static final int SECONDS = 200;
    private static final int READS = 500;
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final long DAY_START = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond() * 1_000_000;

    private HistorianTable() {}

    @FunctionalInterface
    private interface Opening {
        HistoryPeer open(Path directory) throws Exception;
    }

    private record Figures(List<Double> ingest, List<Double> read, List<Double> bytes) {
        private Figures() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    static void run(Path directory) throws Exception {
        Map<String, Opening> stores = new LinkedHashMap<>();
        stores.put("uatwin, synced", Uatwin::new);
        stores.put("QuestDB 9.3.4, not synced", QuestDbHistory::new);
        stores.put("SQLite, a row a sample, synced", SqliteRows::new);
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (int run = 0; run < Report.RUNS; run++) {
            for (Map.Entry<String, Opening> store : stores.entrySet()) {
                Path files = Files.createDirectory(directory.resolve("run" + run + "-" + figures.size()));
                measure(files, store.getValue(), figures.computeIfAbsent(store.getKey(), name -> new Figures()));
                delete(files);
            }
        }
        List<double[]> medians = new ArrayList<>();
        figures.forEach((name, each) -> medians.add(new double[] {
            Report.row("ingest: " + name, "k rows/s", each.ingest()),
            Report.row("day of one tag, " + SECONDS + " rows: " + name, "ms", each.read()),
            Report.row("on disk: " + name, "bytes/row", each.bytes())
        }));
        double[] ours = medians.get(0);
        double[] questDb = medians.get(1);
        double[] rows = medians.get(2);
        ratio("ingest, uatwin / QuestDB", ours[0] / questDb[0]);
        ratio("ingest, uatwin / rows", ours[0] / rows[0]);
        ratio("day of one tag, QuestDB / uatwin", questDb[1] / ours[1]);
        ratio("day of one tag, rows / uatwin", rows[1] / ours[1]);
        Report.verdict("bytes a sample", ours[2], "<= 5", ours[2] <= 5);
    }

    private static void ratio(String what, double seen) {
        Report.verdict(what, seen, ">= 1", seen >= 1);
    }

    private static void measure(Path files, Opening opening, Figures figures) throws Exception {
        Random random = new Random(1);
        String[] tags = new String[TAGS];
        double[] walk = new double[TAGS];
        int[] statuses = new int[TAGS];
        for (int t = 0; t < TAGS; t++) {
            tags[t] = "twin" + t / 10 + "/P" + t % 10;
            walk[t] = random.nextInt(10_000) / 100.0;
        }
        try (HistoryPeer store = opening.open(files)) {
            long took = 0;
            for (int second = 0; second < SECONDS; second++) {
                for (int t = 0; t < TAGS; t++) {
                    walk[t] = Math.round((walk[t] + random.nextGaussian()) * 100) / 100.0;
                    statuses[t] = random.nextInt(100) == 0 ? 0x8031_0000 : 0;
                }
                long start = System.nanoTime();
                store.append(micros(second), tags, walk, statuses);
                took += System.nanoTime() - start;
            }
            long start = System.nanoTime();
            store.finish();
            took += System.nanoTime() - start;
            figures.ingest().add((double) TAGS * SECONDS / took * 1e6);
            figures.read().add(read(store, tags, random));
        }
        try (Stream<Path> tree = Files.walk(files)) {
            long bytes = tree.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
            figures.bytes().add((double) bytes / TAGS / SECONDS);
        }
    }

    private static long micros(int second) {
        return (START.getEpochSecond() + second) * 1_000_000;
    }

    /** Milliseconds of one read, in the middle of many. */
    private static double read(HistoryPeer store, String[] tags, Random random) throws Exception {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 2 * READS; i++) {
            int tag = random.nextInt(TAGS);
            long start = System.nanoTime();
            int rows = store.read(tags[tag], tag, DAY_START, DAY_START + 86_400_000_000L);
            if (rows != SECONDS) {
                throw new IllegalStateException("%d rows of %d".formatted(rows, SECONDS));
            }
            if (i >= READS) {
                times.add((System.nanoTime() - start) / 1e6);
            }
        }
        return Report.median(times);
    }

    private static void delete(Path files) throws IOException {
        try (Stream<Path> tree = Files.walk(files)) {
            for (Path file : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The product; a few commits may be under way, as they are when the live values feed it. */
    private static final class Uatwin implements HistoryPeer {
        private static final int UNDER_WAY = 4;

        private final SqliteHistoryStore store;
        private final List<HistoryTag> ids = new ArrayList<>();
        private final List<CompletableFuture<Void>> pending = new ArrayList<>();

        Uatwin(Path directory) {
            store = SqliteHistoryStore.open(StoreSettings.of(directory, Duration.ofDays(1), 1L << 40), () -> START);
        }

        @Override
        public void append(long micros, String[] tags, double[] values, int[] statuses) {
            for (int t = ids.size(); t < tags.length; t++) {
                ids.add(store.register(new TagDefinition("plant", "twin" + t / 10, "P" + t % 10, ValueType.DOUBLE, 0)));
            }
            long time = ticks(micros);
            HistoryBatch batch = new HistoryBatch(tags.length);
            for (int t = 0; t < tags.length; t++) {
                batch.add(ids.get(t).id(), Double.doubleToRawLongBits(values[t]), null, statuses[t], time, time);
            }
            pending.add(store.append(batch).toCompletableFuture());
            if (pending.size() >= UNDER_WAY) {
                pending.remove(0).join();
            }
        }

        private static long ticks(long micros) {
            return UaTime.ofInstant(Instant.ofEpochSecond(micros / 1_000_000));
        }

        @Override
        public void finish() {
            pending.forEach(CompletableFuture::join);
        }

        @Override
        public int read(String tag, int tagIndex, long from, long until) {
            int rows = 0;
            double sum = 0;
            Optional<RawQuery> next =
                    Optional.of(RawQuery.of(ids.get(tagIndex)).from(ticks(from)).until(ticks(until)));
            while (next.isPresent()) {
                HistoryPage page = store.read(next.get());
                for (int i = 0; i < page.samples().size(); i++) {
                    sum += Double.longBitsToDouble(page.samples().bits(i));
                }
                rows += page.samples().size();
                next = page.next();
            }
            return Double.isNaN(sum) ? -1 : rows;
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
