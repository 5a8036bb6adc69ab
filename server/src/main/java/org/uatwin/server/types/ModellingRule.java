package org.uatwin.server.types;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** What instances make of an instance declaration (OPC UA Part 3, 6.4.4). */
public enum ModellingRule {
    /** Every instance has it. */
    MANDATORY(78),
    /** An instance may have it. */
    OPTIONAL(80),
    /** Stands for at least one member with a name of its own. */
    MANDATORY_PLACEHOLDER(11510),
    /** Stands for any number of members with names of their own. */
    OPTIONAL_PLACEHOLDER(11508);

    private final int id; // in namespace 0

    ModellingRule(int id) {
        this.id = id;
    }

    public NodeId nodeId() {
        return new NodeId(0, id);
    }
}
