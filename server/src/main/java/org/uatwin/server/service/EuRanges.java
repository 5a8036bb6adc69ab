package org.uatwin.server.service;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Range;

/** The EURange of an analog variable, for percent deadbands. */
@FunctionalInterface
public interface EuRanges {
    EuRanges NONE = nodeId -> null;

    /** The range, or null when the node is not of this address space or has none; its EURange property is read then. */
    @Nullable
    Range euRange(NodeId nodeId);
}
