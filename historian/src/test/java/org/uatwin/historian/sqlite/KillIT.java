package org.uatwin.historian.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.historian.store.HistoryPage;
import org.uatwin.historian.store.HistorySamples;
import org.uatwin.historian.store.HistoryTag;
import org.uatwin.historian.store.RawQuery;

/** kill -9 at 50 000 values a second loses nothing that was acknowledged and leaves no duplicate. */
class KillIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void aFewKillsLoseNothingAcknowledgedAndLeaveNoDuplicate() throws IOException {
        kill(3);
    }

    @Test
    @Tag("acceptance")
    void aHundredKillsLoseNothingAcknowledgedAndLeaveNoDuplicate() throws IOException {
        kill(100);
    }

    private void kill(int runs) throws IOException {
        long seed = System.nanoTime();
        System.out.printf("seed %d%n", seed);
        Random random = new Random(seed);
        long acknowledgedInAll = 0;
        long foundInAll = 0;
        for (int run = 0; run < runs; run++) {
            long first = run * KilledProcess.VALUES_PER_RUN;
            long acknowledged = KilledProcess.killedAfter(directory, run, Duration.ofMillis(20 + random.nextInt(300)));
            assertThat(acknowledged).as("run %d of seed %d", run, seed).isGreaterThan(first);
            try (SqliteHistoryStore store = SqliteHistoryStore.open(
                    KilledProcess.settings(directory).withOpenSamples(1_000_000), KilledProcess.clock())) {
                boolean isLast = run == runs - 1;
                int found = check(store, isLast ? 0 : first, first, acknowledged);
                foundInAll = isLast ? found : foundInAll;
            }
            acknowledgedInAll += acknowledged - first + 1;
        }
        System.out.printf(
                "%d kills: %d values acknowledged, %d found, 0 lost, 0 twice%n", runs, acknowledgedInAll, foundInAll);
        assertThat(foundInAll).isGreaterThanOrEqualTo(acknowledgedInAll);
    }

    /** Reads everything from the time of {@code from} on: in order, nothing twice, nothing acknowledged missing. */
    private static int check(SqliteHistoryStore store, long from, long first, long acknowledged) {
        BitSet found = new BitSet();
        int others = 0;
        for (int tag = 0; tag < KilledProcess.TAGS; tag++) {
            HistoryTag id = store.register(KilledProcess.definition(tag));
            Optional<RawQuery> next = Optional.of(RawQuery.of(id).from(KilledProcess.time(from) - 30_000_000));
            long before = Long.MIN_VALUE;
            while (next.isPresent()) {
                HistoryPage page = store.read(next.get());
                HistorySamples samples = page.samples();
                for (int i = 0; i < samples.size(); i++) {
                    long number = samples.bits(i);
                    assertThat(samples.sourceTime(i))
                            .isEqualTo(KilledProcess.time(number))
                            .isGreaterThan(before);
                    before = samples.sourceTime(i);
                    assertThat(number % KilledProcess.TAGS).isEqualTo(tag);
                    if (number >= first) {
                        found.set((int) (number - first));
                    } else {
                        others++;
                    }
                }
                next = page.next();
            }
        }
        assertThat(found.nextClearBit(0)).as("first value missing").isGreaterThan((int) (acknowledged - first));
        return found.cardinality() + others;
    }
}
