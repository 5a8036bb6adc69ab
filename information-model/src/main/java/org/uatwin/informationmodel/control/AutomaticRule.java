package org.uatwin.informationmodel.control;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.expression.PointRef;

/**
 * What a twin's automatic mode may do, and when it has to give up. It is there only if the plant file declares it.
 *
 * @param objective of {@code Optimize} that recommends values; empty: the formulas of the setpoints do.
 * @param horizon the optimisation looks ahead; zero: the objective's own.
 * @param iterations of the optimisation at most; 0: the objective's own.
 * @param period from one recommendation to the next.
 * @param setpoints that it may send, and no others.
 * @param enable has to be true: the switch with which the plant hands over; empty: there is none.
 * @param inputs points that have to be Good beside those of interlocks, formulas and the switch.
 * @param tolerance how long an input may be not Good.
 * @param freshness age from which the last recommendation is too old.
 * @param retries failures in a row that do not yet end it.
 * @param minFit smallest fit of the model, 0..1; 0: it is not looked at.
 * @param mayExtrapolate whether recommendations outside the model's validated range are sent.
 * @param heartbeat a setpoint that changes each {@code heartbeatPeriod} while the mode is on.
 * @param mayOperators whether the role Operator may set the mode; else it takes Engineer.
 * @param resumes whether the mode of before is taken up again after a restart; if not, automatic becomes manual.
 */
public record AutomaticRule(
        Optional<String> objective,
        Duration horizon,
        int iterations,
        Duration period,
        List<AutomaticSetpoint> setpoints,
        Optional<Formula> enable,
        List<PointRef> inputs,
        Duration tolerance,
        Duration freshness,
        int retries,
        double minFit,
        boolean mayExtrapolate,
        Optional<PointRef> heartbeat,
        Duration heartbeatPeriod,
        boolean mayOperators,
        boolean resumes) {
    public AutomaticRule {
        setpoints = List.copyOf(setpoints);
        inputs = List.copyOf(inputs);
        if (period.isNegative() || period.isZero() || heartbeatPeriod.isNegative() || heartbeatPeriod.isZero()) {
            throw new IllegalArgumentException(
                    "periods must be above 0: %s, heartbeat %s".formatted(period, heartbeatPeriod));
        }
        if (freshness.compareTo(period) < 0) {
            throw new IllegalArgumentException(
                    "freshness must be a period at least: %s, period %s".formatted(freshness, period));
        }
        if (!(minFit >= 0 && minFit <= 1)) {
            throw new IllegalArgumentException("minFit must be 0..1: " + minFit);
        }
    }
}
