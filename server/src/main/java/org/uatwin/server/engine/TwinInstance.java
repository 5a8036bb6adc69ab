package org.uatwin.server.engine;

import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinType;

/**
 * A twin with its rows: the point with ordinal {@code i} of its type lives in row {@code firstRow + i}. Links, devices and
 * the plant file itself are instances as well. Immutable; a reload that changes the twin makes another instance.
 */
public final class TwinInstance {
    private final Twin twin;
    private final int firstRow;
    private final boolean isSystem;

    TwinInstance(Twin twin, int firstRow, boolean isSystem) {
        this.twin = twin;
        this.firstRow = firstRow;
        this.isSystem = isSystem;
    }

    public String id() {
        return twin.id();
    }

    public TwinType type() {
        return twin.type();
    }

    public Text displayName() {
        return twin.displayName();
    }

    /** What the plant says about it. */
    public Twin twin() {
        return twin;
    }

    /** Whether it belongs to the system: the twin of a link, of a device or of the plant file. */
    public boolean isSystem() {
        return isSystem;
    }

    public int firstRow() {
        return firstRow;
    }

    /** Row of a point by name; -1 if the type has no such point. */
    public int row(String pointName) {
        int ordinal = type().pointOrdinal(pointName);
        return ordinal < 0 ? -1 : firstRow + ordinal;
    }

    /** Binding of the point with that ordinal; null if it is not bound or belongs to the system. */
    public @Nullable Binding binding(int ordinal) {
        return isSystem ? null : twin.binding(ordinal);
    }

    /** Whether it was once called {@code twinId}, or is now. */
    public boolean answersTo(String twinId) {
        return id().equals(twinId) || twin.aliases().contains(twinId);
    }

    @Override
    public String toString() {
        return id();
    }
}
