package org.uatwin.simulation.maintenance;

import java.util.List;
import java.util.Set;

/**
 * A time in which work may be done: production allows it and there are people.
 *
 * @param id unique in a plan.
 * @param startHours from now.
 * @param endHours from now.
 * @param shifts who works in it and when; what lies outside of it does not count.
 * @param openingCost of using it at all, however many jobs share it: the stop of production, the crane.
 * @param hourlyCost from the begin of its first job to the end of its last: the loss of production.
 * @param isStandstill whether the assets stand anyway: then none of them loses production by the work.
 */
public record MaintenanceWindow(
        String id,
        double startHours,
        double endHours,
        List<CrewShift> shifts,
        double openingCost,
        double hourlyCost,
        boolean isStandstill) {
    public MaintenanceWindow {
        shifts = List.copyOf(shifts);
        if (!(startHours >= 0 && endHours > startHours) || !(openingCost >= 0) || !(hourlyCost >= 0)) {
            throw new IllegalArgumentException("%s: %s..%s h, opening %s, %s an hour"
                    .formatted(id, startHours, endHours, openingCost, hourlyCost));
        }
    }

    /** One with a crew that can do everything and is there all the time. */
    public MaintenanceWindow(String id, double startHours, double endHours, int crew, double openingCost) {
        this(
                id,
                startHours,
                endHours,
                List.of(new CrewShift("", crew, Set.of(), startHours, endHours)),
                openingCost,
                0,
                false);
    }

    /** Length, hours. */
    public double hours() {
        return endHours - startHours;
    }
}
