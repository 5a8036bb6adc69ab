package org.uatwin.benchmarks.peer;

import java.util.List;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** One folder of Double variables {@code n0, n1, ...}, sampled by Milo's SubscriptionModel. */
final class PeerNamespace extends ManagedNamespaceWithLifecycle {
    private final SubscriptionModel sampling;
    private final UaVariableNode[] nodes;

    PeerNamespace(OpcUaServer server, int count) {
        super(server, "urn:uatwin:benchmark-peer:nodes");
        nodes = new UaVariableNode[count];
        sampling = new SubscriptionModel(server, this);
        getLifecycleManager().addLifecycle(sampling);
        getLifecycleManager().addStartupTask(this::build);
    }

    private void build() {
        int index = getNamespaceIndex().intValue();
        UaFolderNode folder = new UaFolderNode(
                getNodeContext(), newNodeId("Peer"), new QualifiedName(index, "Peer"), LocalizedText.english("Peer"));
        getNodeManager().addNode(folder);
        folder.addReference(new Reference(
                folder.getNodeId(), NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), Reference.Direction.INVERSE));
        for (int i = 0; i < nodes.length; i++) {
            String name = "n" + i;
            nodes[i] = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                    .setNodeId(newNodeId(name))
                    .setAccessLevel(AccessLevel.READ_ONLY)
                    .setUserAccessLevel(AccessLevel.READ_ONLY)
                    .setBrowseName(new QualifiedName(index, name))
                    .setDisplayName(LocalizedText.english(name))
                    .setDataType(NodeIds.Double)
                    .setTypeDefinition(NodeIds.BaseDataVariableType)
                    .build();
            nodes[i].setValue(new DataValue(new Variant(0.0)));
            getNodeManager().addNode(nodes[i]);
            folder.addOrganizes(nodes[i]);
        }
    }

    /** Sets the nodes {@code from <= i < to} to {@code value}. */
    void change(int from, int to, double value) {
        for (int i = from; i < to; i++) {
            nodes[i].setValue(new DataValue(new Variant(value)));
        }
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
