package org.uatwin.plcadapters.adapter;

import java.util.Optional;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.ValueType;

/**
 * A row of the PointTable and where its value comes from.
 *
 * @param type the point's data type; decides the form of its value in the table.
 * @param arrayLength 0 for a scalar, else the number of elements.
 * @param validity outside it the point is Bad_SensorFailure.
 * @param engineeringRange present if values outside it are declared Uncertain_EngineeringUnitsExceeded.
 */
public record BoundPoint(
        int row,
        Binding binding,
        ValueType type,
        int arrayLength,
        Optional<Range> validity,
        Optional<Range> engineeringRange) {
    public static BoundPoint of(int row, Binding binding, ValueType type, int arrayLength) {
        return new BoundPoint(row, binding, type, arrayLength, Optional.empty(), Optional.empty());
    }
}
