package org.uatwin.informationmodel.type;

import java.util.OptionalDouble;

/**
 * Limits of a measured point, in its unit; absent ones are empty. Present ones are ordered LowLow ≤ Low &lt; High ≤
 * HighHigh (names of OPC UA Part 9, LimitAlarmType).
 */
public record Limits(OptionalDouble highHigh, OptionalDouble high, OptionalDouble low, OptionalDouble lowLow) {
    public static final Limits NONE =
            new Limits(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    public Limits {
        double last = Double.NEGATIVE_INFINITY;
        for (OptionalDouble limit : new OptionalDouble[] {lowLow, low, high, highHigh}) {
            if (limit.isPresent()) {
                if (!(limit.getAsDouble() >= last)) {
                    throw new IllegalArgumentException(
                            "limits must rise from LowLow over Low and High to HighHigh: %s after %s"
                                    .formatted(limit.getAsDouble(), last));
                }
                last = limit.getAsDouble();
            }
        }
    }

    public boolean isEmpty() {
        return highHigh.isEmpty() && high.isEmpty() && low.isEmpty() && lowLow.isEmpty();
    }
}
