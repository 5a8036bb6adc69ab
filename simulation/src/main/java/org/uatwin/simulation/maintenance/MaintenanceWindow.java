package org.uatwin.simulation.maintenance;

/**
 * A time in which work may be done: production allows it and there are people.
 *
 * @param id unique in a plan.
 * @param startHours from now.
 * @param endHours from now.
 * @param crew people there.
 * @param openingCost of using it at all, however many jobs share it: the stop of production, the crane.
 */
public record MaintenanceWindow(String id, double startHours, double endHours, int crew, double openingCost) {
    public MaintenanceWindow {
        if (!(startHours >= 0 && endHours > startHours) || crew < 1 || !(openingCost >= 0)) {
            throw new IllegalArgumentException(
                    "%s: %s..%s h, crew %d, opening %s".formatted(id, startHours, endHours, crew, openingCost));
        }
    }

    /** Length, hours. */
    public double hours() {
        return endHours - startHours;
    }
}
