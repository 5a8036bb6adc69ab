package org.uatwin.simulation.maintenance;

import java.util.Set;

/**
 * A time in which a crew works without a break.
 *
 * @param crew its name; empty where nobody is told apart.
 * @param people there.
 * @param skills what they can do.
 * @param startHours from now.
 * @param endHours from now.
 */
public record CrewShift(String crew, int people, Set<String> skills, double startHours, double endHours) {
    public CrewShift {
        skills = Set.copyOf(skills);
        if (people < 1 || !(endHours > startHours)) {
            throw new IllegalArgumentException(
                    "crew %s: %d people, %s..%s h".formatted(crew, people, startHours, endHours));
        }
    }

    /** Length, hours. */
    public double hours() {
        return endHours - startHours;
    }

    /** Whether they can do the job, time aside. */
    boolean can(MaintenanceJob job) {
        return people >= job.crew() && skills.containsAll(job.skills());
    }
}
