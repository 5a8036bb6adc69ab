package org.uatwin.historian.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.historian.store.HistoryBatch;
import org.uatwin.historian.store.HistoryTag;
import org.uatwin.historian.store.TagDefinition;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;

/** What a plant's history takes on the disk. */
class BytesPerSampleIT {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final int TAGS = 10_000;
    private static final int SECONDS = 500;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    /** 10 000 random walks of two decimals, one sample a second each, one in a hundred of bad status. */
    @Test
    @Tag("acceptance")
    void randomWalksTakeAtMostFiveBytesASample() throws IOException {
        Random random = new Random(1);
        double[] walk = random.doubles(TAGS, 0, 100).toArray();
        StoreSettings settings =
                StoreSettings.of(directory, Duration.ofDays(1), 1L << 40).withCommitWindow(Duration.ZERO);
        try (SqliteHistoryStore store = SqliteHistoryStore.open(settings, () -> START)) {
            HistoryTag[] tags = new HistoryTag[TAGS];
            for (int t = 0; t < TAGS; t++) {
                tags[t] =
                        store.register(new TagDefinition("plant", "twin" + t / 10, "P" + t % 10, ValueType.DOUBLE, 0));
            }
            for (int second = 0; second < SECONDS; second++) {
                long time = UaTime.ofInstant(START.plusSeconds(second));
                HistoryBatch batch = new HistoryBatch(TAGS);
                for (int t = 0; t < TAGS; t++) {
                    walk[t] = Math.round((walk[t] + random.nextGaussian()) * 100) / 100.0;
                    int status = random.nextInt(100) == 0 ? 0x8031_0000 : 0;
                    batch.add(tags[t].id(), Double.doubleToRawLongBits(walk[t]), null, status, time, time);
                }
                store.append(batch).toCompletableFuture().join();
            }
        }
        long bytes;
        try (Stream<Path> files = Files.list(directory)) {
            bytes = files.mapToLong(file -> file.toFile().length()).sum();
        }
        double each = (double) bytes / TAGS / SECONDS;
        System.out.printf("%.2f bytes a sample, journal and tag names included%n", each);
        assertThat(each).isLessThanOrEqualTo(5);
    }
}
