package org.uatwin.informationmodel.plant;

import java.util.Map;
import org.uatwin.informationmodel.conditioning.Treatment;

/** Treatments of a twin's points by ordinal, those that have one; shared by twins with the same. Immutable. */
record Treatments(Map<Integer, Treatment> byOrdinal) {
    static final Treatments NONE = new Treatments(Map.of());

    Treatments {
        byOrdinal = Map.copyOf(byOrdinal);
    }

    Treatment of(int ordinal) {
        return byOrdinal.isEmpty() ? Treatment.NONE : byOrdinal.getOrDefault(ordinal, Treatment.NONE);
    }
}
