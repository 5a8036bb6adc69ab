package org.uatwin.informationmodel.conditioning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.expression.PointRef;

/**
 * One value from redundant sensors.
 *
 * @param inputs the sensors, two or more.
 * @param tolerance distance from the voted value, in the point's unit, a sensor may have; empty: any (Boolean points:
 *     none).
 * @param delay how long a sensor has to be off before it counts as deviating.
 * @param required sensors with a usable and agreeing value below which the result is Bad.
 */
public record Vote(
        List<PointRef> inputs,
        Method method,
        OptionalDouble tolerance,
        Duration delay,
        int required,
        Optional<String> discrepancy) {
    /** How the value is found. */
    public enum Method {
        /** The middle one; of an even number the mean of the two middle ones. For Booleans the majority. */
        MEDIAN,
        /** The mean of those that agree. */
        MEAN,
        LOWEST,
        HIGHEST
    }

    public Vote {
        inputs = List.copyOf(inputs);
        if (inputs.size() < 2 || inputs.size() > 31 || required < 1 || required > inputs.size()) {
            throw new IllegalArgumentException(
                    "2 to 31 inputs, 1 to that many required: %d, %d".formatted(inputs.size(), required));
        }
    }
}
