package org.uatwin.server.service;

import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredDataItem;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes report by exception. Only their monitored items may have sampling interval 0; all others are sampled by
 * Milo's SubscriptionModel, which would spin.
 */
@FunctionalInterface
public interface PushedNodes {
    PushedNodes NONE = nodeId -> false;

    boolean isPushed(NodeId nodeId);

    /** How monitored items on the whole value of a pushed node are made; null where Milo's own kind does. */
    default @Nullable Function<NewItem, MonitoredDataItem> itemsOf(NodeId nodeId) {
        return null;
    }
}
