package org.uatwin.server.service;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.methods.AbstractMethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.access.PermissionClass;
import org.uatwin.server.access.PermissionSource;

/**
 * Milo's own node objects, as a plant would have them: a writable number, text and array, an analog item, a read-only
 * value, a large folder and a method with arguments, all sampled by Milo's SubscriptionModel.
 */
final class TestNamespace extends ManagedNamespaceWithLifecycle implements PermissionSource {
    static final String URI = "urn:uatwin:test";
    static final int LARGE_FOLDER = 2_500;

    final AtomicInteger calls = new AtomicInteger();

    private final SubscriptionModel sampling;

    TestNamespace(OpcUaServer server) {
        super(server, URI);
        sampling = new SubscriptionModel(server, this);
        getLifecycleManager().addLifecycle(sampling);
        getLifecycleManager().addStartupTask(this::build);
    }

    NodeId id(String name) {
        return newNodeId(name);
    }

    private void build() {
        UaFolderNode folder = folder("Plant", NodeIds.ObjectsFolder);
        variable(folder, "Setpoint", NodeIds.Double, -1, 1.0, true);
        variable(folder, "Counter", NodeIds.Int32, -1, 1, true);
        variable(folder, "Label", NodeIds.String, -1, "label", true);
        variable(folder, "Curve", NodeIds.Double, 1, new Double[] {1.0, 2.0, 3.0, 4.0}, true);
        variable(folder, "Measured", NodeIds.Double, -1, 5.0, false);
        UaVariableNode level = variable(folder, "Level", NodeIds.Double, -1, 50.0, true);
        level.addReference(new Reference(
                level.getNodeId(),
                NodeIds.HasTypeDefinition,
                NodeIds.BaseDataVariableType.expanded(),
                Reference.Direction.FORWARD));
        analog(folder, "Pressure");
        UaFolderNode large = folder("Large", folder.getNodeId());
        for (int i = 0; i < LARGE_FOLDER; i++) {
            variable(large, "v" + i, NodeIds.Int32, -1, i, false);
        }
        method(folder);
    }

    private UaFolderNode folder(String name, NodeId parent) {
        UaFolderNode folder = new UaFolderNode(
                getNodeContext(), id(name), new QualifiedName(namespace(), name), LocalizedText.english(name));
        getNodeManager().addNode(folder);
        folder.addReference(
                new Reference(folder.getNodeId(), NodeIds.Organizes, parent.expanded(), Reference.Direction.INVERSE));
        return folder;
    }

    private int namespace() {
        return getNamespaceIndex().intValue();
    }

    private UaVariableNode variable(
            UaFolderNode parent, String name, NodeId dataType, int rank, Object value, boolean isWritable) {
        UaVariableNode node = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                .setNodeId(id(name))
                .setAccessLevel(isWritable ? AccessLevel.READ_WRITE : AccessLevel.READ_ONLY)
                .setUserAccessLevel(isWritable ? AccessLevel.READ_WRITE : AccessLevel.READ_ONLY)
                .setBrowseName(new QualifiedName(namespace(), name))
                .setDisplayName(LocalizedText.english(name))
                .setDataType(dataType)
                .setValueRank(rank)
                .setTypeDefinition(NodeIds.BaseDataVariableType)
                .build();
        node.setValue(new DataValue(new Variant(value)));
        getNodeManager().addNode(node);
        parent.addOrganizes(node);
        return node;
    }

    private void analog(UaFolderNode parent, String name) {
        UaVariableNode node = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                .setNodeId(id(name))
                .setAccessLevel(AccessLevel.READ_WRITE)
                .setUserAccessLevel(AccessLevel.READ_WRITE)
                .setBrowseName(new QualifiedName(namespace(), name))
                .setDisplayName(LocalizedText.english(name))
                .setDataType(NodeIds.Double)
                .setTypeDefinition(NodeIds.AnalogItemType)
                .build();
        node.setValue(new DataValue(new Variant(4.0)));
        getNodeManager().addNode(node);
        parent.addOrganizes(node);
        UaVariableNode range = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                .setNodeId(id(name + "/EURange"))
                .setBrowseName(new QualifiedName(0, "EURange"))
                .setDisplayName(LocalizedText.english("EURange"))
                .setDataType(NodeIds.Range)
                .setTypeDefinition(NodeIds.PropertyType)
                .build();
        range.setValue(new DataValue(new Variant(org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject.encode(
                getServer().getStaticEncodingContext(), new Range(0.0, 200.0)))));
        getNodeManager().addNode(range);
        node.addReference(new Reference(
                node.getNodeId(), NodeIds.HasProperty, range.getNodeId().expanded(), Reference.Direction.FORWARD));
    }

    private void method(UaFolderNode parent) {
        UaObjectNode device = new UaObjectNode.UaObjectNodeBuilder(getNodeContext())
                .setNodeId(id("Device"))
                .setBrowseName(new QualifiedName(namespace(), "Device"))
                .setDisplayName(LocalizedText.english("Device"))
                .setTypeDefinition(NodeIds.BaseObjectType)
                .build();
        getNodeManager().addNode(device);
        parent.addOrganizes(device);
        UaMethodNode method = UaMethodNode.builder(getNodeContext())
                .setNodeId(id("Device/Square"))
                .setBrowseName(new QualifiedName(namespace(), "Square"))
                .setDisplayName(LocalizedText.english("Square"))
                .build();
        Square handler = new Square(method);
        method.setInputArguments(handler.getInputArguments());
        method.setOutputArguments(handler.getOutputArguments());
        method.setInvocationHandler(handler);
        getNodeManager().addNode(method);
        device.addComponent(method);
    }

    private final class Square extends AbstractMethodInvocationHandler {
        Square(UaMethodNode node) {
            super(node);
        }

        @Override
        public Argument[] getInputArguments() {
            return new Argument[] {new Argument("X", NodeIds.Double, -1, null, LocalizedText.english("a number"))};
        }

        @Override
        public Argument[] getOutputArguments() {
            return new Argument[] {new Argument("Y", NodeIds.Double, -1, null, LocalizedText.english("its square"))};
        }

        @Override
        protected Variant[] invoke(InvocationContext context, Variant[] inputs) {
            calls.incrementAndGet();
            double x = inputs[0].value() instanceof Double number ? number : Double.NaN;
            return new Variant[] {new Variant(x * x)};
        }
    }

    @Override
    public @Nullable PermissionClass permissionClass(NodeId nodeId) {
        if (!nodeId.getNamespaceIndex().equals(getNamespaceIndex())
                || !getNodeManager().containsNode(nodeId)) {
            return null;
        }
        return switch (String.valueOf(nodeId.getIdentifier())) {
            case "Setpoint", "Counter", "Label", "Curve", "Level", "Pressure", "Measured" -> PermissionClass.SETPOINT;
            case "Device/Square" -> PermissionClass.METHOD;
            default -> PermissionClass.PLANT_READ;
        };
    }

    @Override
    public boolean checksAccessLevel(NodeId nodeId) {
        return false;
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
