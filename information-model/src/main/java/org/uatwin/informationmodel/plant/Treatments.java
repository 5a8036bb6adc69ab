package org.uatwin.informationmodel.plant;

import java.util.Map;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.monitoring.PointWatch;

/**
 * What is done with the values of a twin's points, and what is watched of them, by ordinal; those that have any. Shared by twins with the
 * same. Immutable.
 */
record Treatments(Map<Integer, Treatment> byOrdinal, Map<Integer, PointWatch> watches) {
    static final Treatments NONE = new Treatments(Map.of(), Map.of());

    Treatments {
        byOrdinal = Map.copyOf(byOrdinal);
        watches = Map.copyOf(watches);
    }

    Treatment of(int ordinal) {
        return byOrdinal.isEmpty() ? Treatment.NONE : byOrdinal.getOrDefault(ordinal, Treatment.NONE);
    }
}
