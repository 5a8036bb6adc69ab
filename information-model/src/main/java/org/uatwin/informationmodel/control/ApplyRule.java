package org.uatwin.informationmodel.control;

import java.time.Duration;

/**
 * Who may send several setpoints at once, and what happens when one of them fails.
 *
 * @param mayOperators whether the role Operator suffices; else it takes Engineer.
 * @param maxAge oldest recommendation that is still sent.
 * @param isRolledBack whether what was sent is taken back when a later setpoint fails.
 */
public record ApplyRule(boolean mayOperators, Duration maxAge, boolean isRolledBack) {
    public static final ApplyRule STANDARD = new ApplyRule(false, Duration.ofMinutes(10), false);

    public ApplyRule {
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("maxAge must be above 0: " + maxAge);
        }
    }
}
