package org.uatwin.informationmodel.unit;

import java.util.List;
import org.uatwin.informationmodel.type.EngineeringUnit;

/**
 * One unit of the table.
 *
 * @param engineeringUnit symbol, UNECE code and English name.
 * @param dimension what it measures, for example {@code pressure}; units of one dimension convert into each other.
 * @param factor SI value = value × factor + offset; finite, above 0.
 * @param offset see factor; 0 but for temperatures.
 * @param spellings further spellings the plant file may use, for example {@code m3/h}.
 */
public record Unit(
        EngineeringUnit engineeringUnit, String dimension, double factor, double offset, List<String> spellings) {
    public Unit {
        spellings = List.copyOf(spellings);
        if (!(factor > 0) || Double.isInfinite(factor) || !Double.isFinite(offset)) {
            throw new IllegalArgumentException("%s: factor must be finite and above 0, offset finite: %s, %s"
                    .formatted(engineeringUnit, factor, offset));
        }
    }

    public String code() {
        return engineeringUnit.code();
    }

    public String symbol() {
        return engineeringUnit.symbol();
    }

    /**
     * {@code value} of this unit expressed in {@code target}.
     *
     * @throws IllegalArgumentException if the dimensions differ.
     */
    public double convert(double value, Unit target) {
        if (!dimension.equals(target.dimension)) {
            throw new IllegalArgumentException("%s is a %s, %s a %s: they do not convert"
                    .formatted(symbol(), dimension, target.symbol(), target.dimension));
        }
        return (value * factor + offset - target.offset) / target.factor;
    }
}
