package org.uatwin.server.address;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.TwinType;

/** The slots of a twin type, by member path. Immutable once built; shared by all instances of the type. */
final class Layout {
    private final TwinType type;
    private final Slot root;
    private final Map<String, Slot> byPath;
    private final Slot[] points;

    /** @param points slots of the type's points, by ordinal. */
    Layout(TwinType type, Slot root, Map<String, Slot> byPath, Slot[] points) {
        this.type = type;
        this.root = root;
        this.byPath = new LinkedHashMap<>(byPath);
        this.points = points.clone();
    }

    TwinType type() {
        return type;
    }

    Slot root() {
        return root;
    }

    /** Slot of a member path such as {@code Flow/EURange}; null if the type has none. */
    @Nullable
    Slot slot(String path) {
        return byPath.get(path);
    }

    Iterable<Slot> slots() {
        return byPath.values();
    }

    /** Slot of the point with that ordinal. */
    Slot point(int ordinal) {
        return points[ordinal];
    }
}
