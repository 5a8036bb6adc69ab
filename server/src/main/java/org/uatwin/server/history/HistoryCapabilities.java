package org.uatwin.server.history;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/**
 * What HistoryServerCapabilities (OPC UA Part 11, 5.4.2) says: raw values can be read, nothing else.
 *
 * @param hasHistory whether anything is historized; false says that history is not there at all.
 * @param maxReturnDataValues most values of one node in one response; 0 would mean no limit.
 */
public record HistoryCapabilities(boolean hasHistory, int maxReturnDataValues) {
    private static final List<NodeId> NOT_SUPPORTED = List.of(
            NodeIds.HistoryServerCapabilities_AccessHistoryEventsCapability,
            NodeIds.HistoryServerCapabilities_InsertDataCapability,
            NodeIds.HistoryServerCapabilities_ReplaceDataCapability,
            NodeIds.HistoryServerCapabilities_UpdateDataCapability,
            NodeIds.HistoryServerCapabilities_DeleteRawCapability,
            NodeIds.HistoryServerCapabilities_DeleteAtTimeCapability,
            NodeIds.HistoryServerCapabilities_InsertAnnotationCapability,
            NodeIds.HistoryServerCapabilities_InsertEventCapability,
            NodeIds.HistoryServerCapabilities_ReplaceEventCapability,
            NodeIds.HistoryServerCapabilities_UpdateEventCapability,
            NodeIds.HistoryServerCapabilities_DeleteEventCapability);

    public static HistoryCapabilities of(HistoryLimits limits) {
        return new HistoryCapabilities(true, limits.valuesPerPage());
    }

    /** Every property of the HistoryServerCapabilities object with its value. */
    public Map<NodeId, Variant> values() {
        Map<NodeId, Variant> values = new LinkedHashMap<>();
        values.put(NodeIds.HistoryServerCapabilities_AccessHistoryDataCapability, Variant.ofBoolean(hasHistory));
        values.put(NodeIds.HistoryServerCapabilities_MaxReturnDataValues, Variant.ofUInt32(uint(maxReturnDataValues)));
        values.put(NodeIds.HistoryServerCapabilities_MaxReturnEventValues, Variant.ofUInt32(uint(0)));
        values.put(NodeIds.HistoryServerCapabilities_ServerTimestampSupported, Variant.ofBoolean(hasHistory));
        NOT_SUPPORTED.forEach(id -> values.put(id, Variant.ofBoolean(false)));
        return values;
    }

    /**
     * Writes the values to the server's nodes of namespace 0.
     *
     * @return the nodes this Milo does not have, so that the caller can add or report them.
     */
    public List<NodeId> writeTo(OpcUaServer server) {
        List<NodeId> missing = new ArrayList<>();
        values().forEach((id, value) -> {
            if (server.getAddressSpaceManager().getManagedNode(id).orElse(null) instanceof UaVariableNode node) {
                node.setValue(new DataValue(value));
            } else {
                missing.add(id);
            }
        });
        return missing;
    }
}
