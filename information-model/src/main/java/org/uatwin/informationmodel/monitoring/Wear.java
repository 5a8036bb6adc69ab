package org.uatwin.informationmodel.monitoring;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * A point that goes one way until its asset fails: a thickness, a vibration, a differential pressure, a counter.
 *
 * @param limit at which it has failed, in the point's unit.
 * @param failureMode what then has happened; a name as failure modes of models have one.
 * @param asNew what the point shows of a new part; empty: what it shows first.
 * @param over how far back the past counts.
 */
public record Wear(double limit, String failureMode, OptionalDouble asNew, Duration over) {
    public Wear {
        if (!Double.isFinite(limit) || failureMode.isEmpty() || over.isNegative() || over.isZero()) {
            throw new IllegalArgumentException("limit %s, mode \"%s\", over %s".formatted(limit, failureMode, over));
        }
        if (asNew.isPresent() && !(Math.abs(asNew.getAsDouble() - limit) > 0)) {
            throw new IllegalArgumentException("a new part must not be at the limit: " + limit);
        }
    }
}
