package org.uatwin.server.maintenance;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.simulation.prognosis.FleetLives;
import org.uatwin.simulation.prognosis.IndicatorRun;

/**
 * Runs to failure of points that wear, in all twins of a type, and what they say of those that still live. A run is kept when
 * {@code RecordMaintenance} names the failure mode of a point, and a time of failure, or the point had come to its limit. What is learned of them is made anew when there is
 * another one: it is always that of all runs that are kept. Any thread.
 */
final class FleetRuns {
    private final MaintenanceStore store;
    private final Collection<Watched> watched;
    private final Map<String, Optional<FleetLives>> learned = new HashMap<>(); // by type and point; guarded by this

    /** @param watched all twins; read later on. */
    FleetRuns(MaintenanceStore store, Collection<Watched> watched) {
        this.store = store;
        this.watched = watched;
    }

    /**
     * A part was repaired: where that ended a run to failure, it is kept, and its type learns.
     *
     * @param at when it failed or was replaced, ticks.
     * @param hasFailed whether the record says that it had failed; else it had if its point was at the limit.
     */
    void repaired(Watched of, String id, String task, long at, boolean hasFailed, PastValues past) {
        if (!of.isWearing()) {
            return;
        }
        long since = store.records(of.instance).stream()
                .filter(record -> record.task().equals(task) && record.performedAt() < at)
                .mapToLong(MaintenanceRecord::performedAt)
                .max()
                .orElse(Long.MIN_VALUE);
        Map<String, IndicatorRun> runs = of.runs(task, since, at, hasFailed, past);
        String type = of.instance.type().name();
        runs.forEach((point, run) -> store.add(type, point, id, run));
        if (!runs.isEmpty()) {
            synchronized (this) {
                runs.keySet().forEach(point -> learned.remove(key(type, point)));
            }
            watched.stream()
                    .filter(one -> one.instance.type().name().equals(type))
                    .forEach(this::learn);
        }
    }

    /** Lets a twin use what its type knows. */
    void learn(Watched of) {
        Map<String, FleetLives> lives = new HashMap<>();
        of.modeByPoint().forEach((point, mode) -> lives(of.instance.type().name(), point, mode)
                .ifPresent(known -> lives.put(point, known)));
        of.learnFrom(lives);
    }

    private synchronized Optional<FleetLives> lives(String type, String point, String mode) {
        return learned.computeIfAbsent(key(type, point), key -> {
            List<IndicatorRun> runs = store.runs(type, point);
            return runs.size() < FleetLives.FEWEST ? Optional.empty() : Optional.of(FleetLives.learn(mode, runs));
        });
    }

    private static String key(String type, String point) {
        return type + "/" + point;
    }
}
