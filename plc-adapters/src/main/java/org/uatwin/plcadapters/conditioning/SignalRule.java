package org.uatwin.plcadapters.conditioning;

import java.util.Optional;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.type.Member;

/**
 * What a device shows for a quantity, and what a chain makes of what it shows: scale, unit and calibration, both ways. For
 * those who stand in for devices.
 */
public final class SignalRule {
    private final Rule rule;

    private SignalRule(Rule rule) {
        this.rule = rule;
    }

    /** Empty if signal and quantity of the point are the same number. */
    public static Optional<SignalRule> of(Member.Point point, Treatment treatment) {
        return Rule.isNumeric(point, treatment)
                ? Optional.of(new SignalRule(new Rule(point, treatment)))
                : Optional.empty();
    }

    /** The signal of a quantity at a time; NaN if there is none. */
    public double signal(double quantity, long ticks) {
        return rule.signal(quantity, ticks);
    }

    /** The quantity of a signal at a time. */
    public double quantity(double signal, long ticks) {
        return rule.quantity(signal, ticks);
    }
}
