package org.uatwin.historian.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.uatwin.historian.store.HistoryBatch;
import org.uatwin.historian.store.HistoryTag;
import org.uatwin.historian.store.TagDefinition;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

/**
 * A process of its own that stores 50 000 values a second and is killed without warning. Values count up from the run's
 * first number; those acknowledged are told on standard output.
 */
final class KilledProcess {
    static final int TAGS = 100;
    static final long VALUES_PER_RUN = 10_000_000;

    private static final int PER_SECOND = 50_000;
    private static final int BATCH = 500;
    private static final Instant START = Instant.parse("2026-03-01T22:00:00Z");

    private KilledProcess() {}

    static StoreSettings settings(Path directory) {
        return StoreSettings.of(directory, Duration.ofDays(1000), 1L << 40)
                .withCommitWindow(Duration.ofMillis(5))
                .withOpenSamples(5_000); // blocks are made ten times a second: kills hit that too
    }

    static InstantSource clock() {
        return InstantSource.fixed(START);
    }

    static TagDefinition definition(int tag) {
        return new TagDefinition("plant", "pump", "Value" + tag, ValueType.INT64, 0);
    }

    /** A minute apart for each run; one in 97 is late, by up to two seconds. */
    static long time(long number) {
        long run = number / VALUES_PER_RUN;
        long lateness = number % 97 == 0 ? 2 * UaTime.TICKS_PER_SECOND + 7 : 0;
        return UaTime.ofInstant(START)
                + run * 60 * UaTime.TICKS_PER_SECOND
                + number % VALUES_PER_RUN * (UaTime.TICKS_PER_SECOND / PER_SECOND)
                - lateness;
    }

    /** What the parent reads before it kills: the largest number of which all before it are acknowledged. */
    static long killedAfter(Path directory, int run, Duration running) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(KilledProcess.class.getName(), directory.toString(), "" + run));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            long acknowledged = -1;
            long end = Long.MAX_VALUE;
            String line = out.readLine();
            while (line != null) {
                acknowledged = Long.parseLong(line);
                end = end == Long.MAX_VALUE ? System.nanoTime() + running.toNanos() : end;
                if (System.nanoTime() - end >= 0) {
                    process.toHandle().destroyForcibly(); // SIGKILL; what is still in the pipe counts
                    end = Long.MAX_VALUE - 1;
                }
                line = out.readLine();
            }
            return acknowledged;
        } finally {
            process.destroyForcibly();
        }
    }

    public static void main(String[] arguments) {
        SqliteHistoryStore store = SqliteHistoryStore.open(settings(Path.of(arguments[0])), clock());
        List<HistoryTag> tags = new ArrayList<>();
        for (int tag = 0; tag < TAGS; tag++) {
            tags.add(store.register(definition(tag)));
        }
        long number = Long.parseLong(arguments[1]) * VALUES_PER_RUN;
        long last = number + 20L * PER_SECOND; // it ends by itself if nobody kills it
        long due = System.nanoTime();
        while (number < last) {
            HistoryBatch batch = new HistoryBatch(BATCH);
            for (int i = 0; i < BATCH; i++, number++) {
                int tag = tags.get((int) (number % TAGS)).id();
                batch.add(tag, number, null, 0, time(number), time(number));
            }
            long acknowledged = number - 1;
            store.append(batch).thenRun(() -> {
                System.out.println(acknowledged);
                System.out.flush();
            });
            due += 1_000_000_000L * BATCH / PER_SECOND;
            LockSupport.parkNanos(due - System.nanoTime());
        }
        store.close();
        System.exit(3);
    }
}
