package org.uatwin.server.service;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * Which nodes report by exception. Only their monitored items may have sampling interval 0; all others are sampled by
 * Milo's SubscriptionModel, which would spin.
 */
@FunctionalInterface
public interface PushedNodes {
    PushedNodes NONE = nodeId -> false;

    boolean isPushed(NodeId nodeId);
}
