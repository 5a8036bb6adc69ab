package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.methods.MethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.model.objects.ServerCapabilitiesTypeNode;
import org.eclipse.milo.opcua.sdk.server.model.objects.ServerTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/**
 * Makes the Server object of namespace 0 tell the truth (OPC UA Part 5, 8.3): what is announced is enforced, what is not
 * implemented is not there or not executable.
 */
final class ServerObject {
    private static final String PROFILE_STANDARD_2017 = "http://opcfoundation.org/UA-Profile/Server/StandardUA2017";
    private static final String PROFILE_METHODS = "http://opcfoundation.org/UA-Profile/Server/Methods";

    /** Optional children Milo leaves without a value or without behaviour. */
    private static final List<NodeId> WITHOUT_CONTENT = List.of(
            NodeIds.Server_LocalTime,
            NodeIds.Server_UrisVersion,
            NodeIds.Server_EstimatedReturnTime,
            NodeIds.Server_SetSubscriptionDurable,
            NodeIds.Server_RequestServerStateChange,
            NodeIds.ServerConfiguration);

    private ServerObject() {}

    static void configure(TwinServer server, ServerLimits limits) {
        for (NodeId nodeId : WITHOUT_CONTENT) {
            server.getAddressSpaceManager().getManagedNode(nodeId).ifPresent(UaNode::delete);
        }
        UaNode node =
                server.getAddressSpaceManager().getManagedNode(NodeIds.Server).orElseThrow();
        if (!(node instanceof ServerTypeNode serverNode)) {
            throw new IllegalStateException("i=2253 is not the Server object: " + node);
        }
        serverNode.setAuditing(true);
        serverNode.setServiceLevel(ubyte(255));
        serverNode.getServerDiagnosticsNode().setEnabledFlag(true);

        ServerCapabilitiesTypeNode capabilities = serverNode.getServerCapabilitiesNode();
        capabilities.setServerProfileArray(new String[] {PROFILE_STANDARD_2017, PROFILE_METHODS});
        capabilities.setMaxMonitoredItems(uint(limits.monitoredItems()));
        capabilities.setMaxMonitoredItemsQueueSize(uint(limits.monitoredItemQueue()));
        disableUnimplementedMethods(server);
        protectEnabledFlag(server);
    }

    /** LocaleIdArray: the languages the address space has texts in. */
    static void announceLocales(TwinServer server, List<String> locales) {
        server.getAddressSpaceManager()
                .getManagedNode(NodeIds.Server_ServerCapabilities_LocaleIdArray)
                .filter(UaVariableNode.class::isInstance)
                .map(UaVariableNode.class::cast)
                .orElseThrow()
                .setValue(new DataValue(new Variant(locales.toArray(new String[0]))));
    }

    private static void disableUnimplementedMethods(TwinServer server) {
        for (UaNode node : server.getOpcUaNamespace().getNodeManager().getNodes()) {
            if (node instanceof UaMethodNode method
                    && method.getInvocationHandler() == MethodInvocationHandler.NOT_IMPLEMENTED
                    && !isOfType(server, method)) {
                method.setExecutable(false);
                method.setUserExecutable(false);
            }
        }
    }

    /** The method of a type only declares; an instance may be called by its id (Part 4, 5.12.2). */
    private static boolean isOfType(TwinServer server, UaMethodNode method) {
        for (Reference reference : method.getReferences()) {
            if (reference.isInverse()
                    && NodeIds.HasComponent.equals(reference.getReferenceTypeId())
                    && server.getAddressSpaceManager()
                                    .getManagedNode(reference.getTargetNodeId())
                                    .orElse(null)
                            instanceof UaObjectTypeNode) {
                return true;
            }
        }
        return false;
    }

    /** Milo leaves it writable for everybody; the access controller narrows it to ConfigureAdmin. */
    private static void protectEnabledFlag(TwinServer server) {
        UaNode flag = server.getAddressSpaceManager()
                .getManagedNode(NodeIds.Server_ServerDiagnostics_EnabledFlag)
                .orElseThrow();
        if (flag instanceof UaVariableNode variable) {
            variable.setAccessLevel(AccessLevel.toValue(AccessLevel.READ_WRITE));
            variable.setUserAccessLevel(AccessLevel.toValue(AccessLevel.READ_WRITE));
            variable.setValue(new DataValue(new Variant(true)));
        }
    }
}
