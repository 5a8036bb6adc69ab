package org.uatwin.informationmodel.unit;

import java.util.Optional;

/** Units in which a speed of rotation is given. */
public final class SpeedUnits {
    private SpeedUnits() {}

    /** Turns a minute of 1 of a unit: of rotational speed, frequency or angular velocity; empty for others. */
    public static Optional<Double> rpm(Unit unit) {
        return switch (unit.dimension()) {
            case "rotational speed", "frequency" -> Optional.of(60 * unit.factor());
            case "angular velocity" -> Optional.of(60 * unit.factor() / (2 * Math.PI));
            default -> Optional.empty();
        };
    }
}
