package org.uatwin.plcadapters.opcua;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** Variables {@code Temperature} (Double), {@code Setpoint} (Float), {@code Count} (Int32), {@code Name} (String), {@code Levels} (Double[3]), {@code Fixed} (read only). */
final class UpstreamNodes extends ManagedNamespaceWithLifecycle {
    static final String URI = "urn:test:upstream:nodes";

    private final SubscriptionModel sampling;
    private final Map<String, UaVariableNode> nodes = new HashMap<>();

    UpstreamNodes(OpcUaServer server) {
        super(server, URI);
        sampling = new SubscriptionModel(server, this);
        getLifecycleManager().addLifecycle(sampling);
        getLifecycleManager().addStartupTask(this::build);
    }

    private void build() {
        add("Temperature", NodeIds.Double, 20.5, true);
        add("Setpoint", NodeIds.Float, 50f, true);
        add("Count", NodeIds.Int32, 7, true);
        add("Name", NodeIds.String, "press", true);
        add("Levels", NodeIds.Double, new Double[] {1.0, 2.0, 3.0}, true);
        add("Fixed", NodeIds.Double, 3.5, false);
    }

    private void add(String name, NodeId type, Object value, boolean isWritable) {
        UaVariableNode node = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                .setNodeId(newNodeId(name))
                .setAccessLevel(isWritable ? AccessLevel.READ_WRITE : AccessLevel.READ_ONLY)
                .setUserAccessLevel(isWritable ? AccessLevel.READ_WRITE : AccessLevel.READ_ONLY)
                .setBrowseName(new QualifiedName(getNamespaceIndex().intValue(), name))
                .setDisplayName(LocalizedText.english(name))
                .setDataType(type)
                .setTypeDefinition(NodeIds.BaseDataVariableType)
                .build();
        if (value.getClass().isArray()) {
            node.setValueRank(1);
        }
        node.setValue(new DataValue(new Variant(value)));
        getNodeManager().addNode(node);
        nodes.put(name, node);
    }

    void set(String name, DataValue value) {
        node(name).setValue(value);
    }

    Object value(String name) {
        return Objects.requireNonNull(node(name).getValue().getValue().getValue());
    }

    private UaVariableNode node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {
        sampling.onDataItemsCreated(items);
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {
        sampling.onDataItemsModified(items);
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {
        sampling.onDataItemsDeleted(items);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {
        sampling.onMonitoringModeChanged(items);
    }
}
