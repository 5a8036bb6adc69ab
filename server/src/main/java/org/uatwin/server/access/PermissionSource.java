package org.uatwin.server.access;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/** An address space saying what kind of node each of its nodes is; called on every access, so one hash lookup at most. */
public interface PermissionSource {
    /** A source that knows no node: only namespaces 0 and 1 and managed nodes are classified. */
    PermissionSource NONE = nodeId -> null;

    /** The class of this node, or null when the node is not of this address space. */
    @Nullable
    PermissionClass permissionClass(NodeId nodeId);

    /** AccessRestrictions of the node (Part 3, 8.56): 1 signing, 2 encryption, 4 session required, 8 also on browse. */
    default int accessRestrictions(NodeId nodeId) {
        return 0;
    }

    /**
     * Whether the address space itself answers Bad_NotReadable, Bad_NotWritable and Bad_NotExecutable for this node.
     * False lets the access controller look at the node's AccessLevel, as it must for Milo's own node objects.
     */
    default boolean checksAccessLevel(NodeId nodeId) {
        return true;
    }
}
