package org.uatwin.informationmodel.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a twin says about values sent to its setpoints.
 *
 * @param setpoints rules by name of the point; a setpoint without one has {@link SetpointRule#NONE}.
 */
public record ControlRules(
        Map<String, SetpointRule> setpoints,
        List<Interlock> interlocks,
        ApplyRule apply,
        Optional<AutomaticRule> automatic) {
    public static final ControlRules NONE = new ControlRules(Map.of(), List.of(), ApplyRule.STANDARD, Optional.empty());

    public ControlRules {
        setpoints = Map.copyOf(setpoints);
        interlocks = List.copyOf(interlocks);
    }

    public SetpointRule of(String setpoint) {
        return setpoints.getOrDefault(setpoint, SetpointRule.NONE);
    }

    /** Whether a value may not simply be sent to a setpoint of this name. */
    public boolean guards(String setpoint) {
        return setpoints.containsKey(setpoint) || interlocks.stream().anyMatch(interlock -> interlock.guards(setpoint));
    }
}
