package org.uatwin.simulation.maintenance;

import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.type.Text;

/**
 * Which job is done when.
 *
 * @param jobs in the order they were given.
 * @param cost expected; what waits is done after the last window.
 * @param costOfNothing expected if all is done after the last window.
 * @param isProven whether no plan costs less; else it is the best that was found.
 */
public record MaintenancePlan(List<Entry> jobs, double cost, double costOfNothing, boolean isProven) {
    /**
     * A job in the plan.
     *
     * @param window in which it is done; empty if it waits.
     * @param crew who does it; empty if it waits, or crews are not told apart.
     * @param startHours from now; the end of the plan if it waits.
     * @param latestHours until which the risk of failure stays within the limit; infinite if it does beyond the horizon.
     * @param riskBefore probability that the failure comes before the end of the plan if the job is not done.
     * @param riskAfter the same with the plan: that it comes before the job.
     * @param costDelta expected cost of the plan for this job, its share of the window included, less that of waiting; below 0 it saves.
     * @param reason in words.
     */
    public record Entry(
            MaintenanceJob job,
            Optional<MaintenanceWindow> window,
            String crew,
            double startHours,
            double latestHours,
            double riskBefore,
            double riskAfter,
            double costDelta,
            Text reason) {}

    public MaintenancePlan {
        jobs = List.copyOf(jobs);
    }
}
