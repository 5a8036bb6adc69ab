package org.uatwin.informationmodel.maintenance;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a plant file says about the maintenance of one asset, or of all of a type.
 *
 * @param tasks by name: a failure mode that is averted, {@code Overhaul}, {@code Inspection}, or a name of the file's own with a life.
 * @param standard for what a task does not say.
 * @param downtimeCost of an hour in which it stands while it should produce.
 * @param openingCost of stopping it at all, however much is done then.
 * @param standstill when it stands anyway.
 * @param inService when it was put to work; until something is replaced the age of its parts counts from here.
 */
public record AssetMaintenance(
        Map<String, TaskRule> tasks,
        TaskRule standard,
        OptionalDouble downtimeCost,
        OptionalDouble openingCost,
        Optional<WorkCalendar> standstill,
        Optional<LocalDate> inService) {
    /** Says nothing. */
    public static final AssetMaintenance NONE = new AssetMaintenance(
            Map.of(),
            TaskRule.NONE,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty());

    public AssetMaintenance {
        tasks = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tasks)); // in the order of the file
    }

    /** This, and what another says where this says nothing. */
    public AssetMaintenance or(AssetMaintenance other) {
        Map<String, TaskRule> all = new LinkedHashMap<>(other.tasks);
        tasks.forEach((name, rule) -> all.merge(name, rule, (below, own) -> own.or(below)));
        return new AssetMaintenance(
                all,
                standard.or(other.standard),
                TaskRule.either(downtimeCost, other.downtimeCost),
                TaskRule.either(openingCost, other.openingCost),
                standstill.or(other::standstill),
                inService.or(other::inService));
    }

    /** What is said of a task. */
    public TaskRule task(String name) {
        return tasks.getOrDefault(name, TaskRule.NONE).or(standard);
    }

    /** Whether any part has a life of which nothing has to be measured. */
    public boolean hasLives() {
        return tasks.values().stream().anyMatch(rule -> rule.life().isPresent());
    }
}
