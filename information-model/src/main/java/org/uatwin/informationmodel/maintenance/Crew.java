package org.uatwin.informationmodel.maintenance;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * People who do maintenance together.
 *
 * @param people how many are there.
 * @param skills what they can do.
 * @param hours when they work; empty: at any time.
 */
public record Crew(String name, int people, Set<String> skills, Optional<WorkCalendar> hours) {
    public Crew {
        skills = Set.copyOf(skills);
        if (people < 1) {
            throw new IllegalArgumentException("%s has %d people".formatted(name, people));
        }
    }

    /** Whether they can do work of so many people and these skills. */
    public boolean can(int peopleNeeded, Collection<String> skillsNeeded) {
        return people >= peopleNeeded && skills.containsAll(skillsNeeded);
    }
}
