package org.uatwin.server.history;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/** What history asks of the address space. Called on request threads; must not wait. */
public interface HistoricalNodes {
    /** The variable's tag and type; null if the node has no history or does not exist. */
    @Nullable
    HistoricalVariable variable(NodeId nodeId);

    /** Whether there is such a node at all; asked only about nodes without history. */
    boolean exists(NodeId nodeId);
}
