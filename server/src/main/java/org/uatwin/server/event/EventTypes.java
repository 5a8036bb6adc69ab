package org.uatwin.server.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.jspecify.annotations.Nullable;

/** Questions about event types, answered from the type nodes of the address space. */
final class EventTypes {
    private static final int MAX_DEPTH = 32;

    private final OpcUaServer server;

    EventTypes(OpcUaServer server) {
        this.server = server;
    }

    boolean isEventType(NodeId typeId) {
        return isSubtype(typeId, NodeIds.BaseEventType);
    }

    /** Whether {@code typeId} is {@code superTypeId} or derived from it. */
    boolean isSubtype(NodeId typeId, NodeId superTypeId) {
        NodeId current = typeId;
        for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
            if (current.equals(superTypeId)) {
                return true;
            }
            current = superType(current);
        }
        return false;
    }

    /** Whether the type, one of its supertypes, or for BaseEventType any event type at all, declares this field. */
    boolean declares(NodeId typeId, QualifiedName[] path) {
        NodeId current = typeId;
        for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
            if (has(current, path)) {
                return true;
            }
            current = superType(current);
        }
        return typeId.equals(NodeIds.BaseEventType) && anySubtypeDeclares(path);
    }

    /** With BaseEventType the path alone decides, whatever type the event has (Part 4, 7.7.4.5). */
    private boolean anySubtypeDeclares(QualifiedName[] path) {
        Set<NodeId> seen = new HashSet<>();
        Deque<NodeId> open = new ArrayDeque<>();
        open.add(NodeIds.BaseEventType);
        while (!open.isEmpty()) {
            NodeId type = open.remove();
            if (!seen.add(type)) {
                continue;
            }
            if (has(type, path)) {
                return true;
            }
            for (Reference reference : server.getAddressSpaceManager().getManagedReferences(type)) {
                if (reference.isForward() && NodeIds.HasSubtype.equals(reference.getReferenceTypeId())) {
                    reference
                            .getTargetNodeId()
                            .toNodeId(server.getNamespaceTable())
                            .ifPresent(open::add);
                }
            }
        }
        return false;
    }

    private boolean has(NodeId typeId, QualifiedName[] path) {
        UaNode node = server.getAddressSpaceManager().getManagedNode(typeId).orElse(null);
        if (!(node instanceof UaObjectTypeNode)) {
            return false;
        }
        for (QualifiedName name : path) {
            node = node == null ? null : child(node, name);
        }
        return node != null;
    }

    private @Nullable UaNode child(UaNode parent, QualifiedName name) {
        for (Reference reference : parent.getReferences()) {
            boolean isChild = reference.isForward()
                    && (NodeIds.HasProperty.equals(reference.getReferenceTypeId())
                            || NodeIds.HasComponent.equals(reference.getReferenceTypeId()));
            if (isChild) {
                UaNode target = server.getAddressSpaceManager()
                        .getManagedNode(reference.getTargetNodeId())
                        .orElse(null);
                if (target != null && name.equals(target.getBrowseName())) {
                    return target;
                }
            }
        }
        return null;
    }

    private @Nullable NodeId superType(NodeId typeId) {
        for (Reference reference : server.getAddressSpaceManager().getManagedReferences(typeId)) {
            if (reference.isInverse() && NodeIds.HasSubtype.equals(reference.getReferenceTypeId())) {
                return reference
                        .getTargetNodeId()
                        .toNodeId(server.getNamespaceTable())
                        .orElse(null);
            }
        }
        return null;
    }
}
