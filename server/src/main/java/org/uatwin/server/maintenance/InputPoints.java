package org.uatwin.server.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Limits;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.estimation.Followable;
import org.uatwin.simulation.health.HealthInputs;

/** Bound points of a twin, whose quality and limits count for its health. Any thread. */
final class InputPoints {
    private final TwinInstance instance;
    private final PointTable table;
    private final int[] inputRows;

    InputPoints(TwinInstance instance, PointTable table, Optional<Followable> followable) {
        this.instance = instance;
        this.table = table;
        inputRows = inputRows(instance, followable);
    }

    /** Points that are bound and that the model takes; all that are bound where there is none. */
    private static int[] inputRows(TwinInstance instance, Optional<Followable> followable) {
        List<Integer> rows = new ArrayList<>();
        List<Member.Point> points = instance.type().declaredPoints();
        for (int i = 0; i < points.size(); i++) {
            Binding binding = instance.binding(i);
            boolean isListened = instance.twin().treatment(i).vibration().isPresent();
            boolean isNumber = points.get(i).dataType().isNumeric()
                    && (!points.get(i).isArray() || isListened)
                    && !(binding instanceof Binding.Analysed); // says itself what it stands on
            String name = points.get(i).name();
            boolean isTaken = followable
                    .map(f -> f.description().unitOfPoint(name) != null)
                    .orElse(true);
            if (isNumber && (isTaken || isListened) && binding != null && !(binding instanceof Binding.Constant)) {
                rows.add(instance.firstRow() + i);
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The worst of the points' own limits that is passed, if one is. */
    HealthInputs.@Nullable PointLimit passedLimit() {
        HealthInputs.PointLimit worst = null;
        PointValue value = new PointValue();
        for (int row : inputRows) {
            Member.Point point = instance.type().points().get(row - instance.firstRow());
            table.read(row, value);
            if (!point.limits().isEmpty()
                    && !point.isArray()
                    && value.hasValue()
                    && value.status().isGood()) {
                HealthInputs.PointLimit passed = passed(point, point.dataType().toDouble(value.bits));
                boolean isWorse = passed != null && (worst == null || (passed.isAlarm() && !worst.isAlarm()));
                worst = isWorse ? passed : worst;
            }
        }
        return worst;
    }

    private static HealthInputs.@Nullable PointLimit passed(Member.Point point, double value) {
        Limits limits = point.limits();
        boolean isOut = value >= limits.highHigh().orElse(Double.POSITIVE_INFINITY)
                || value <= limits.lowLow().orElse(Double.NEGATIVE_INFINITY);
        boolean isBeyond = isOut
                || value >= limits.high().orElse(Double.POSITIVE_INFINITY)
                || value <= limits.low().orElse(Double.NEGATIVE_INFINITY);
        return isBeyond ? new HealthInputs.PointLimit(point.name(), isOut ? 1.5 : 1, isOut) : null;
    }

    /** Whether all are good. */
    boolean areGood() {
        PointValue value = new PointValue();
        for (int row : inputRows) {
            table.read(row, value);
            if (!value.status().isGood()) {
                return false;
            }
        }
        return true;
    }
}
