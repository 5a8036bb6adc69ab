package org.uatwin.server.assembly;

import java.util.AbstractList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.conditioning.TreatedPoint;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowRuns;
import org.uatwin.server.engine.TwinInstance;

/**
 * The points of a link, made on the fly while it is opened. Links that keep the list keep no plant alive by it: once
 * {@link #close closed} it lets go of the plant, which a reload may replace.
 */
final class BoundPoints extends AbstractList<BoundPoint> {
    private final RowRuns rows;
    private @Nullable LivePlant live;

    BoundPoints(LivePlant live, RowRuns rows) {
        this.live = live;
        this.rows = rows;
    }

    /** The link has read what it needs. */
    void close() {
        live = null;
    }

    @Override
    public BoundPoint get(int index) {
        LivePlant plant = live;
        if (plant == null) {
            throw new IllegalStateException("the points of a link are read while it is opened, not later");
        }
        int row = rows.get(index);
        TwinInstance instance = plant.ownerOf(row);
        int ordinal = row - instance.firstRow();
        Binding binding = instance.binding(ordinal);
        if (binding == null || binding.connection().isEmpty()) {
            throw new IllegalStateException(plant.label(row) + " has no address");
        }
        Member.Point point = instance.type().points().get(ordinal);
        Treatment treatment = instance.twin().treatment(ordinal);
        return new BoundPoint(
                row,
                binding,
                TreatedPoint.deliveredType(point, treatment),
                point.arrayLength(),
                TreatedPoint.deliveredValidity(point, treatment),
                Optional.empty());
    }

    @Override
    public int size() {
        return rows.size();
    }
}
