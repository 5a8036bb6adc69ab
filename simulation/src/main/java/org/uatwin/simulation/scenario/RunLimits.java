package org.uatwin.simulation.scenario;

import java.time.Duration;

/**
 * Bounds of the run manager.
 *
 * @param unfinishedPerUser runs of one user that may wait or run at a time.
 * @param unfinishedPerTwin runs of one twin that may wait or run at a time.
 * @param unfinishedInAll runs that may wait or run at a time.
 * @param kept finished runs that are remembered; the oldest go first.
 * @param keptFor how long a finished run is remembered.
 * @param keptBytes what results of finished runs may take, roughly; the oldest go first.
 * @param maxSteps longest run.
 */
public record RunLimits(
        int unfinishedPerUser,
        int unfinishedPerTwin,
        int unfinishedInAll,
        int kept,
        Duration keptFor,
        long keptBytes,
        long maxSteps) {
    public RunLimits {
        if (unfinishedPerUser < 1
                || unfinishedPerTwin < 1
                || unfinishedInAll < 1
                || kept < 0
                || keptFor.isNegative()
                || keptBytes < 0
                || maxSteps < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** 4 per user, 8 per twin, 64 in all; 100 finished runs and 64 MB of results kept for a day; 5 million steps. */
    public static RunLimits defaults() {
        return new RunLimits(4, 8, 64, 100, Duration.ofDays(1), 64L << 20, 5_000_000);
    }

    /** The same with other bounds of what is remembered. */
    public RunLimits keeping(int runs, Duration time, long bytes) {
        return new RunLimits(unfinishedPerUser, unfinishedPerTwin, unfinishedInAll, runs, time, bytes, maxSteps);
    }
}
