package org.uatwin.server.history;

import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** Whether a session may read the history of a node (PermissionType ReadHistory); asked for every page. */
@FunctionalInterface
public interface HistoryPermission {
    boolean mayReadHistory(Session session, NodeId nodeId);
}
