package org.uatwin.server.service;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * Finds a child by its name without listing its siblings, for TranslateBrowsePathsToNodeIds. A hint only: when it answers
 * null the service goes through the references of the parent.
 */
@FunctionalInterface
public interface NameLookup {
    NameLookup NONE = (parent, browseName) -> null;

    /** The one child of {@code parent} by a forward hierarchical reference with this BrowseName, or null. */
    @Nullable
    NodeId child(NodeId parent, QualifiedName browseName);
}
