package org.uatwin.informationmodel.maintenance;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a plant file says about one kind of work; what it does not say is empty.
 *
 * @param durationHours how long it takes.
 * @param people it takes.
 * @param skills they need, all in one crew.
 * @param plannedCost of the work when it is planned, without the loss of production.
 * @param failureCost of the failure it averts, repair included, without the loss of production.
 * @param failureDowntimeHours how long the asset stands after the failure.
 * @param restoration share of the damage it takes away, 0..1.
 * @param riskLimit probability of failure up to which it may wait.
 * @param life of the part it replaces.
 */
public record TaskRule(
        OptionalDouble durationHours,
        OptionalInt people,
        Optional<List<String>> skills,
        OptionalDouble plannedCost,
        OptionalDouble failureCost,
        OptionalDouble failureDowntimeHours,
        OptionalDouble restoration,
        OptionalDouble riskLimit,
        Optional<LifeRule> life) {
    /** Says nothing. */
    public static final TaskRule NONE = new TaskRule(
            OptionalDouble.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty());

    public TaskRule {
        skills = skills.map(List::copyOf);
    }

    /** This, and what another says where this says nothing. */
    public TaskRule or(TaskRule other) {
        return new TaskRule(
                either(durationHours, other.durationHours),
                people.isPresent() ? people : other.people,
                skills.or(other::skills),
                either(plannedCost, other.plannedCost),
                either(failureCost, other.failureCost),
                either(failureDowntimeHours, other.failureDowntimeHours),
                either(restoration, other.restoration),
                either(riskLimit, other.riskLimit),
                life.or(other::life));
    }

    static OptionalDouble either(OptionalDouble first, OptionalDouble second) {
        return first.isPresent() ? first : second;
    }
}
