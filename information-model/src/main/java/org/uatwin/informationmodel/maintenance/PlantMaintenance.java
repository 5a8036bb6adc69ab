package org.uatwin.informationmodel.maintenance;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a plant file says about the maintenance of the whole plant.
 *
 * @param currency ISO 4217 code of all costs; empty if the file has none: then they are in parts of one planned job.
 * @param crews who can be sent; none: as many as are needed, at any time.
 * @param standard for assets that say nothing of their own.
 */
public record PlantMaintenance(String currency, List<Crew> crews, AssetMaintenance standard) {
    /** Says nothing. */
    public static final PlantMaintenance NONE = new PlantMaintenance("", List.of(), AssetMaintenance.NONE);

    /** How long work takes of which nothing is said. */
    public static final double DURATION_HOURS = 4;

    /** What planned work costs of which nothing is said: one planned job. */
    public static final double PLANNED_COST = 1;

    /** What a failure costs of which nothing is said, in planned jobs. */
    public static final double FAILURE_FACTOR = 5;

    /** Probability of failure up to which work may wait if nothing is said. */
    public static final double RISK_LIMIT = 0.05;

    public PlantMaintenance {
        crews = List.copyOf(crews);
    }

    /**
     * All that is known of a task of an asset, defaults included.
     *
     * @param asset what is said of it.
     */
    public Task task(AssetMaintenance asset, String name) {
        TaskRule rule = asset.task(name).or(standard.task(name));
        double planned = rule.plannedCost().orElse(PLANNED_COST);
        return new Task(
                name,
                rule.durationHours().orElse(DURATION_HOURS),
                rule.people().orElse(1),
                rule.skills().orElse(List.of()),
                planned,
                rule.failureCost().orElse(FAILURE_FACTOR * planned),
                rule.failureDowntimeHours().orElse(0),
                rule.restoration().orElse(1),
                rule.riskLimit().orElse(RISK_LIMIT),
                rule.life());
    }

    /** Whether the file says anything of costs. */
    public boolean hasCosts() {
        return !currency.isEmpty();
    }

    /** What stopping an asset costs at all. */
    public double openingCost(AssetMaintenance asset) {
        OptionalDouble own = asset.openingCost();
        return own.orElse(standard.openingCost().orElse(0));
    }

    /**
     * A task with everything said.
     *
     * @param people and so on as in {@link TaskRule}.
     */
    public record Task(
            String name,
            double durationHours,
            int people,
            List<String> skills,
            double plannedCost,
            double failureCost,
            double failureDowntimeHours,
            double restoration,
            double riskLimit,
            java.util.Optional<LifeRule> life) {
        public Task {
            skills = List.copyOf(skills);
        }
    }
}
