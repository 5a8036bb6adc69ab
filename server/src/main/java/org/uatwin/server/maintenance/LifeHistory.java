package org.uatwin.server.maintenance;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.maintenance.MaintenanceAction;
import org.uatwin.simulation.maintenance.WeibullFit;

/**
 * Ages and lives of parts as the records of maintenance tell them: a life begins when the asset was put to work or the part was replaced,
 * and ends with a failure, or unfinished with a planned replacement or now. A repair that restores a share of the damage takes away
 * that share of the age (Kijima 1989, model II). Pure functions over what was read once.
 */
final class LifeHistory {
    private static final double TICKS_PER_HOUR = 3600.0 * UaTime.TICKS_PER_SECOND;

    private final Map<TwinInstance, List<MaintenanceRecord>> records;
    private final List<TwinInstance> fleet;
    private final long now;

    /** @param fleet twins whose lives may be put together, by type. */
    LifeHistory(MaintenanceStore store, List<TwinInstance> fleet, long now) {
        this.fleet = fleet;
        this.now = now;
        records = store.records(fleet);
    }

    /** Hours a part has lived; empty if nobody said since when. */
    OptionalDouble age(TwinInstance twin, String task) {
        return walk(twin, task, new ArrayList<>());
    }

    /** The life of such parts in all twins of a type; empty while too few have failed. */
    Optional<WeibullFit> learned(TwinInstance of, String task) {
        List<WeibullFit.Life> lives = new ArrayList<>();
        for (TwinInstance twin : fleet) {
            if (twin.type().name().equals(of.type().name())) {
                walk(twin, task, lives);
            }
        }
        return WeibullFit.of(lives);
    }

    /** Tasks by which a twin has failed at least once. */
    List<String> failedBy(TwinInstance of) {
        return fleet.stream()
                .filter(twin -> twin.type().name().equals(of.type().name()))
                .flatMap(twin -> records.getOrDefault(twin, List.of()).stream())
                .filter(MaintenanceRecord::isFailure)
                .map(MaintenanceRecord::task)
                .distinct()
                .sorted()
                .toList();
    }

    private OptionalDouble walk(TwinInstance twin, String task, List<WeibullFit.Life> lives) {
        boolean isKnown = false;
        long since = 0;
        double age = 0; // at that time, hours
        var inService = twin.twin().maintenance().inService();
        if (inService.isPresent()) {
            isKnown = true;
            since = UaTime.ofInstant(
                    inService.get().atStartOfDay(ZoneOffset.UTC).toInstant());
        }
        List<MaintenanceRecord> all = records.getOrDefault(twin, List.of());
        for (int i = all.size() - 1; i >= 0; i--) { // the earliest first
            MaintenanceRecord record = all.get(i);
            if (!record.task().equals(task) && !record.task().equals(MaintenanceAction.OVERHAUL)) {
                continue;
            }
            boolean isFailure = record.isFailure() && record.task().equals(task);
            double end = age + (isFailure ? hours(since, record.failedAt()) : hours(since, record.performedAt()));
            if (isKnown && end > age) {
                lives.add(new WeibullFit.Life(age, end, isFailure));
            }
            isKnown = isKnown || record.restored() == 1;
            age = record.restored() == 1 ? 0 : Math.max(0, end) * (1 - record.restored());
            since = record.performedAt();
        }
        double age0 = age + hours(since, now);
        if (isKnown && age0 > age) {
            lives.add(new WeibullFit.Life(age, age0, false));
        }
        return isKnown ? OptionalDouble.of(Math.max(0, age0)) : OptionalDouble.empty();
    }

    private static double hours(long from, long to) {
        return (to - from) / TICKS_PER_HOUR;
    }
}
