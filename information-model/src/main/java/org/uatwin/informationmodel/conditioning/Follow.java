package org.uatwin.informationmodel.conditioning;

import java.time.Duration;
import org.uatwin.informationmodel.expression.Formula;

/**
 * A setpoint that is written whenever what it follows changes.
 *
 * @param source what it follows, in the setpoint's unit.
 * @param every shortest time between two writes.
 * @param deadband change below which nothing is written.
 */
public record Follow(Formula source, Duration every, double deadband) {
    public Follow {
        if (every.isNegative() || !(deadband >= 0)) {
            throw new IllegalArgumentException(
                    "every and deadband must be 0 or more: %s, %s".formatted(every, deadband));
        }
    }
}
