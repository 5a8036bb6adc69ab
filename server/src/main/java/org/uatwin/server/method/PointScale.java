package org.uatwin.server.method;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;

/** How values of a point become those of a model: a type of a plant file may show the same quantity in another unit. */
public record PointScale(double factor, double offset) {
    private static final String PERCENT = "P1";
    private static final double PER_CENT = 0.01;
    private static final PointScale SAME = new PointScale(1, 0);

    /**
     * @param point null when the type has no such point.
     * @param modelUnit symbol; empty for a pure number, null when the model does not name the point.
     */
    public static PointScale of(Member.@Nullable Point point, @Nullable String modelUnit) {
        if (point == null || modelUnit == null || point.unit().isEmpty()) {
            return SAME;
        }
        String code = point.unit().get().code();
        if (modelUnit.isEmpty()) {
            return code.equals(PERCENT) ? new PointScale(PER_CENT, 0) : SAME;
        }
        Optional<Unit> from = Units.find(code);
        Optional<Unit> to = Units.find(modelUnit);
        boolean isConvertible = from.isPresent()
                && to.isPresent()
                && from.get().dimension().equals(to.get().dimension());
        if (!isConvertible || from.get().equals(to.get())) {
            return SAME;
        }
        double zero = from.get().convert(0, to.get());
        return new PointScale(from.get().convert(1, to.get()) - zero, zero);
    }

    /** A value of the point in the unit of the model. */
    public double toModel(double value) {
        return factor * value + offset;
    }

    /** A value of the model in the unit of the point. */
    public double toPoint(double value) {
        return (value - offset) / factor;
    }
}
