package org.uatwin.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.maintenance.DemoStand.Announced;

/**
 * Issue 5, must show 8: a month of the demo plant without a fault, by the server's own engine over virtual time, has at most one false
 * alarm of each twin at defaults, and at most one recommendation of work. What is counted is what {@code AnomalyDetected} and
 * {@code MaintenanceRecommended} events are made of.
 */
@Tag("acceptance")
class MonthWithoutFaultTest {
    private static final long SEED = Long.getLong("uatwin.month.seed", 21);
    private static final int DAYS = Integer.getInteger("uatwin.month.days", 30);

    @Test
    void aMonthWithoutAFaultHasAtMostOneAlarmOfEachTwin(@TempDir Path directory) {
        try (DemoStand stand = new DemoStand(directory.resolve("state.db"), SEED)) {
            stand.run(DAYS * 86_400L);
            for (String twin : List.of("pump-01", "conveyor-01")) {
                List<Announced> alarms = announced(stand, twin, "anomaly");
                List<Announced> work = announced(stand, twin, "recommendation");
                System.out.printf(
                        "%s, seed %d: %d alarms and %d recommendations in %d days%n",
                        twin, SEED, alarms.size(), work.size(), DAYS);
                assertThat(alarms).as(twin).hasSizeLessThanOrEqualTo(1);
                assertThat(work).as(twin).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private static List<Announced> announced(DemoStand stand, String twin, String kind) {
        return stand.announced.stream()
                .filter(a -> a.twin().equals(twin) && a.kind().equals(kind))
                .toList();
    }
}
