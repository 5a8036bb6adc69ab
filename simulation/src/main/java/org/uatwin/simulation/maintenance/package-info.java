/**
 * What to do about wear, and when: what an action resets, limits by age and by condition, jobs into windows, the cost of putting them
 * off; and closed forms of reliability as system models (degradation, cracks, fatigue under a mix of loads, a line run by predictions).
 *
 * <p>{@link org.uatwin.simulation.maintenance.MaintenancePlanner} plans, {@link org.uatwin.simulation.maintenance.MaintenanceAction} says what a repair
 * does to damage states, {@link org.uatwin.simulation.maintenance.AgePolicy} and {@link org.uatwin.simulation.maintenance.ConditionPolicy} find limits.
 *
 * <p>Stateless, any thread. The life of a twin from its own state belongs to {@code prognosis}.
 */
@NullMarked
package org.uatwin.simulation.maintenance;

import org.jspecify.annotations.NullMarked;
