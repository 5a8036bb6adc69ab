package org.uatwin.informationmodel.control;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.type.Range;

/**
 * What may be sent to one setpoint.
 *
 * @param limits narrower than the range of its type; empty: that range.
 * @param rate fastest change in units a second; empty: any.
 * @param step largest change at once, in units; present if and only if there is a rate.
 * @param isRamped whether a larger change is sent in steps; if not, it is refused.
 * @param order place among setpoints that are sent together, the smallest first.
 * @param safe values that interlocks never keep back, for example 0 to stop.
 */
public record SetpointRule(
        Optional<Range> limits,
        OptionalDouble rate,
        OptionalDouble step,
        boolean isRamped,
        int order,
        List<Double> safe) {
    /** Any value of the type's range at any speed. */
    public static final SetpointRule NONE =
            new SetpointRule(Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty(), true, 0, List.of());

    public SetpointRule {
        safe = List.copyOf(safe);
        if (rate.isPresent() != step.isPresent()) {
            throw new IllegalArgumentException("rate and step belong together: %s, %s".formatted(rate, step));
        }
        if (!(rate.orElse(1) > 0) || !(step.orElse(1) > 0)) {
            throw new IllegalArgumentException("rate and step must be above 0: %s, %s".formatted(rate, step));
        }
    }
}
