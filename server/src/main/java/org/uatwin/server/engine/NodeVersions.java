package org.uatwin.server.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * NodeVersion by twin id (OPC UA Part 3, NodeVersion): the fingerprint of the plant and the number of reloads at which the
 * node last changed. Twins that never changed since the start share one. Immutable.
 */
final class NodeVersions {
    private final int generation;
    private final String first;
    private final String current;
    private final Map<String, String> changed;

    private NodeVersions(int generation, String first, String current, Map<String, String> changed) {
        this.generation = generation;
        this.first = first;
        this.current = current;
        this.changed = changed;
    }

    static NodeVersions first(String fingerprint) {
        String version = fingerprint + "-0";
        return new NodeVersions(0, version, version, Map.of());
    }

    /** After a reload that changed the nodes of {@code ids}; {@code known} tells which twins there are now. */
    NodeVersions next(String fingerprint, Set<String> ids, Set<String> known) {
        String version = fingerprint + "-" + (generation + 1);
        Map<String, String> versions = new HashMap<>(changed);
        versions.keySet().retainAll(known);
        ids.forEach(id -> versions.put(id, version));
        return new NodeVersions(generation + 1, first, version, versions);
    }

    String current() {
        return current;
    }

    String of(String id) {
        return changed.getOrDefault(id, first);
    }
}
