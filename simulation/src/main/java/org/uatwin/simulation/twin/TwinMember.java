package org.uatwin.simulation.twin;

import java.util.Map;

/**
 * A twin that is part of a system twin.
 *
 * @param id of the twin; its points are {@code <id>/<Point>} among the readings of the system.
 * @param parent id of the twin it is part of: the system, or another of its members.
 * @param types name of its type, then of those it extends.
 * @param values ratings and model parameters by name.
 */
public record TwinMember(String id, String parent, java.util.List<String> types, Map<String, Double> values) {
    /** Whether its type is, or extends, the one of this name. */
    public boolean is(String type) {
        return types.contains(type);
    }

    /** A rating or model parameter; NaN leaves the choice to the model. */
    public Double value(String name) {
        return values.getOrDefault(name, Double.NaN);
    }

    public TwinMember {
        types = java.util.List.copyOf(types);
        values = Map.copyOf(values);
    }
}
