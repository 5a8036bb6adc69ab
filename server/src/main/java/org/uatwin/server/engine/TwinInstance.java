package org.uatwin.server.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinType;

/**
 * A twin with its rows: the point with ordinal {@code i} of its type lives in row {@code firstRow + i}. Links and
 * devices of the system are instances as well; they have no {@link #twin()}.
 */
public final class TwinInstance {
    private final String id;
    private final TwinType type;
    private final Text displayName;
    private final @Nullable Twin twin;
    private final int firstRow;
    private @Nullable TwinInstance parent; // set while LivePlant is built
    private @Nullable List<TwinInstance> children; // grown while LivePlant is built

    TwinInstance(String id, TwinType type, Text displayName, @Nullable Twin twin, int firstRow) {
        this.id = id;
        this.type = type;
        this.displayName = displayName;
        this.twin = twin;
        this.firstRow = firstRow;
    }

    void addChild(TwinInstance child) {
        if (children == null) {
            children = new ArrayList<>(2);
        }
        children.add(child);
        child.parent = this;
    }

    public String id() {
        return id;
    }

    public TwinType type() {
        return type;
    }

    public Text displayName() {
        return displayName;
    }

    /** What the plant file says about it; null for the system's own links and devices. */
    public @Nullable Twin twin() {
        return twin;
    }

    public int firstRow() {
        return firstRow;
    }

    public @Nullable TwinInstance parent() {
        return parent;
    }

    public List<TwinInstance> children() {
        List<TwinInstance> now = children;
        return now == null ? List.of() : now;
    }

    /** Row of a point by name; -1 if the type has no such point. */
    public int row(String pointName) {
        int ordinal = type.pointOrdinal(pointName);
        return ordinal < 0 ? -1 : firstRow + ordinal;
    }

    /** Binding of the point with that ordinal; null if it is not bound or belongs to the system. */
    public @Nullable Binding binding(int ordinal) {
        return twin == null ? null : twin.binding(ordinal);
    }

    @Override
    public String toString() {
        return id;
    }
}
