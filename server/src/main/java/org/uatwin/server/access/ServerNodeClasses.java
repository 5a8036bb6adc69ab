package org.uatwin.server.access;

import java.util.Set;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Classifies Milo's own nodes in namespaces 0 and 1. Session diagnostics have random NodeIds in namespace 1, so security
 * diagnostics are recognised by the type of the node or of what contains it.
 */
final class ServerNodeClasses {
    private static final int MAX_DEPTH = 6; // array, element, member and a margin
    private static final Set<NodeId> SECURITY_TYPES =
            Set.of(NodeIds.SessionSecurityDiagnosticsType, NodeIds.SessionSecurityDiagnosticsArrayType);

    private ServerNodeClasses() {}

    static PermissionClass of(OpcUaServer server, UaNode node) {
        NodeId nodeId = node.getNodeId();
        int namespace = nodeId.getNamespaceIndex().intValue();
        if (namespace == 0) {
            if (nodeId.equals(NodeIds.Server_ServerDiagnostics_EnabledFlag)) {
                return PermissionClass.SERVER_CONFIGURATION;
            }
            if (nodeId.equals(
                    NodeIds.Server_ServerDiagnostics_SessionsDiagnosticsSummary_SessionSecurityDiagnosticsArray)) {
                return PermissionClass.SECURITY_DIAGNOSTICS;
            }
            return PermissionClass.SERVER_PUBLIC;
        }
        return namespace == 1 && isSecurityDiagnostics(server, node)
                ? PermissionClass.SECURITY_DIAGNOSTICS
                : PermissionClass.SERVER_PUBLIC;
    }

    private static boolean isSecurityDiagnostics(OpcUaServer server, UaNode node) {
        UaNode current = node;
        for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
            UaNode container = null;
            for (Reference reference : current.getReferences()) {
                if (reference.isForward() && NodeIds.HasTypeDefinition.equals(reference.getReferenceTypeId())) {
                    NodeId type = reference
                            .getTargetNodeId()
                            .toNodeId(server.getNamespaceTable())
                            .orElse(NodeId.NULL_VALUE);
                    if (SECURITY_TYPES.contains(type)) {
                        return true;
                    }
                } else if (container == null
                        && reference.isInverse()
                        && isContainment(reference.getReferenceTypeId())) {
                    container = node(server, reference);
                }
            }
            current = container;
        }
        return false;
    }

    private static boolean isContainment(NodeId referenceTypeId) {
        return NodeIds.HasComponent.equals(referenceTypeId) || NodeIds.HasProperty.equals(referenceTypeId);
    }

    private static @Nullable UaNode node(OpcUaServer server, Reference reference) {
        return server.getAddressSpaceManager()
                .getManagedNode(reference.getTargetNodeId())
                .orElse(null);
    }
}
