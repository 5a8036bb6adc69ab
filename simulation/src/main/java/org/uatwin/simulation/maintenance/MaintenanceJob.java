package org.uatwin.simulation.maintenance;

import java.util.List;
import org.uatwin.simulation.prognosis.LifeDistribution;

/**
 * Work that is due some day.
 *
 * @param id unique in a plan.
 * @param asset it is done to: two jobs of one asset are not done at the same time.
 * @param task name of what is done, such as a failure mode.
 * @param hours it takes.
 * @param crew people it takes.
 * @param skills they need.
 * @param plannedCost of doing it planned, without the loss of production.
 * @param failureCost of the failure it prevents, repair and loss of production included.
 * @param downtimeCost of an hour in which the asset stands for it, beside that of the window.
 * @param meanLifeHours of a new part: what is thrown away of it by early work is a share of the planned cost.
 * @param riskLimit probability of failure it may wait for, above 0; NaN: that of the plan; 1: any.
 * @param life when the failure may come, hours from now.
 */
public record MaintenanceJob(
        String id,
        String asset,
        String task,
        double hours,
        int crew,
        List<String> skills,
        double plannedCost,
        double failureCost,
        double downtimeCost,
        double meanLifeHours,
        double riskLimit,
        LifeDistribution life) {
    public MaintenanceJob {
        skills = List.copyOf(skills);
        if (!(hours > 0)
                || crew < 1
                || !(plannedCost >= 0)
                || !(failureCost >= 0)
                || !(downtimeCost >= 0)
                || !(meanLifeHours > 0)
                || riskLimit <= 0
                || riskLimit > 1) {
            throw new IllegalArgumentException(
                    "%s: %s h, crew %d, costs %s, %s and %s an hour, mean life %s h, risk limit %s"
                            .formatted(
                                    id, hours, crew, plannedCost, failureCost, downtimeCost, meanLifeHours, riskLimit));
        }
    }

    /** One that needs no skills, costs no production and has the risk limit of the plan. */
    public MaintenanceJob(
            String id,
            String asset,
            String task,
            double hours,
            int crew,
            double plannedCost,
            double failureCost,
            double meanLifeHours,
            LifeDistribution life) {
        this(id, asset, task, hours, crew, List.of(), plannedCost, failureCost, 0, meanLifeHours, Double.NaN, life);
    }
}
