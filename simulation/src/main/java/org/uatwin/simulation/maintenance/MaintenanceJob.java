package org.uatwin.simulation.maintenance;

import org.uatwin.simulation.prognosis.LifeDistribution;

/**
 * Work that is due some day.
 *
 * @param id unique in a plan.
 * @param asset it is done to: two jobs of one asset are not done at the same time.
 * @param task name of what is done, such as a failure mode.
 * @param hours it takes.
 * @param crew people it takes.
 * @param plannedCost of doing it planned.
 * @param failureCost of the failure it prevents, repair included.
 * @param meanLifeHours of a new part: what is thrown away of it by early work is a share of the planned cost.
 * @param life when the failure may come, hours from now.
 */
public record MaintenanceJob(
        String id,
        String asset,
        String task,
        double hours,
        int crew,
        double plannedCost,
        double failureCost,
        double meanLifeHours,
        LifeDistribution life) {
    public MaintenanceJob {
        if (!(hours > 0) || crew < 1 || !(plannedCost >= 0) || !(failureCost >= 0) || !(meanLifeHours > 0)) {
            throw new IllegalArgumentException("%s: %s h, crew %d, costs %s and %s, mean life %s h"
                    .formatted(id, hours, crew, plannedCost, failureCost, meanLifeHours));
        }
    }
}
