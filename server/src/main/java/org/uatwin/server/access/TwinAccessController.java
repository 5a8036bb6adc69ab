package org.uatwin.server.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.WriteMask;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.AccessController;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.AccessRestrictionType;
import org.eclipse.milo.opcua.stack.core.types.structured.AddReferencesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteNodesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteReferencesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/**
 * Role-aware access control in place of Milo's (which reads six attributes per node and compares no role ids). One
 * permission class lookup per node; the roles of a session are a cached bitmap.
 *
 * <p>Order of refusals, as in OPC UA Part 4, 5.11: attribute id, security mode, what the node itself cannot do
 * (Bad_NotReadable, Bad_NotWritable, Bad_NotExecutable), then what this user may not do (Bad_UserAccessDenied). A node
 * nobody knows is let through, so that its address space answers Bad_NodeIdUnknown.
 */
public final class TwinAccessController implements AccessController {
    private static final AccessResult NOT_READABLE = new AccessResult.Denied(StatusCodes.Bad_NotReadable);
    private static final AccessResult NOT_WRITABLE = new AccessResult.Denied(StatusCodes.Bad_NotWritable);
    private static final AccessResult NOT_EXECUTABLE = new AccessResult.Denied(StatusCodes.Bad_NotExecutable);
    private static final int SIGNING_REQUIRED = 1;
    private static final int ENCRYPTION_REQUIRED = 2;
    private static final int APPLY_TO_BROWSE = 8;

    private final OpcUaServer server;
    private final Supplier<PermissionSource> source;
    private final AccessPolicy policy = AccessPolicy.standard();
    private final SessionRoles roles = new SessionRoles();

    /**
     * @param source asked on every access, because the address spaces are built after the server.
     */
    public TwinAccessController(OpcUaServer server, Supplier<PermissionSource> source) {
        this.server = server;
        this.source = source;
    }

    /** The roles of live sessions. */
    public SessionRoles roles() {
        return roles;
    }

    /** What is known of one node when access to it is decided. */
    private record Target(@Nullable PermissionClass permissionClass, @Nullable UaNode node, int restrictions) {}

    private Target target(NodeId nodeId) {
        PermissionSource permissions = source.get();
        PermissionClass known = permissions.permissionClass(nodeId);
        if (known != null && permissions.checksAccessLevel(nodeId)) {
            return new Target(known, null, permissions.accessRestrictions(nodeId));
        }
        UaNode node = server.getAddressSpaceManager().getManagedNode(nodeId).orElse(null);
        if (node == null) {
            return new Target(known, null, known == null ? 0 : permissions.accessRestrictions(nodeId));
        }
        PermissionClass permissionClass = known != null ? known : ServerNodeClasses.of(server, node);
        AccessRestrictionType restrictions = node.getAccessRestrictions();
        return new Target(
                permissionClass,
                node,
                restrictions == null ? 0 : restrictions.getValue().intValue());
    }

    /** The class of a node, {@link PermissionClass#SERVER_PUBLIC} when nobody classifies it. */
    public PermissionClass classOf(NodeId nodeId) {
        PermissionClass permissionClass = target(nodeId).permissionClass();
        return permissionClass == null ? PermissionClass.SERVER_PUBLIC : permissionClass;
    }

    /** The PermissionType bits of this session on this node. */
    public int permissions(Session session, NodeId nodeId) {
        return policy.permissions(classOf(nodeId), roles.bits(session));
    }

    /** The PermissionType bits of this session on nodes of this class. */
    public int permissions(Session session, PermissionClass permissionClass) {
        return policy.permissions(permissionClass, roles.bits(session));
    }

    // -------- one entry at a time

    public AccessResult checkRead(Session session, NodeId nodeId, UInteger attributeId) {
        AttributeId attribute = AttributeId.from(attributeId).orElse(null);
        if (attribute == null) {
            return AccessResult.DENIED_ATTRIBUTE_ID_INVALID;
        }
        Target target = target(nodeId);
        PermissionClass permissionClass = target.permissionClass();
        if (permissionClass == null) {
            return AccessResult.ALLOWED;
        }
        // Part 3, 5.2.11: what Browse shows of a node can be read as well; its value needs the security mode.
        AccessResult mode = checkSecurityMode(session, target.restrictions(), attribute != AttributeId.Value);
        if (mode.isDenied()) {
            return mode;
        }
        int granted = policy.permissions(permissionClass, roles.bits(session));
        if ((granted & Permission.BROWSE) == 0) {
            return AccessResult.DENIED_USER_ACCESS;
        }
        if (attribute == AttributeId.RolePermissions) {
            return allowedIf((granted & Permission.READ_ROLE_PERMISSIONS) != 0);
        }
        if (attribute != AttributeId.Value) {
            return AccessResult.ALLOWED;
        }
        if (target.node() instanceof UaVariableNode variable
                && !AccessLevel.fromValue(variable.getAccessLevel()).contains(AccessLevel.CurrentRead)) {
            return NOT_READABLE;
        }
        return allowedIf((granted & Permission.READ) != 0 && userMay(target.node(), AccessLevel.CurrentRead));
    }

    public AccessResult checkWrite(Session session, NodeId nodeId, UInteger attributeId) {
        AttributeId attribute = AttributeId.from(attributeId).orElse(null);
        if (attribute == null) {
            return AccessResult.DENIED_ATTRIBUTE_ID_INVALID;
        }
        Target target = target(nodeId);
        PermissionClass permissionClass = target.permissionClass();
        if (permissionClass == null) {
            return AccessResult.ALLOWED;
        }
        AccessResult mode = checkSecurityMode(session, target.restrictions(), false);
        if (mode.isDenied()) {
            return mode;
        }
        int granted = policy.permissions(permissionClass, roles.bits(session));
        if ((granted & Permission.BROWSE) == 0) {
            return AccessResult.DENIED_USER_ACCESS;
        }
        UaNode node = target.node();
        if (node != null && !AttributeId.getAttributes(node.getNodeClass()).contains(attribute)) {
            return AccessResult.DENIED_ATTRIBUTE_ID_INVALID;
        }
        int needed = writePermission(attribute);
        if (!policy.anyRoleHas(permissionClass, needed)) {
            // No user could: the node refuses, not the user.
            return node == null ? AccessResult.ALLOWED : NOT_WRITABLE;
        }
        if (attribute == AttributeId.Value) {
            if (node instanceof UaVariableNode variable
                    && !AccessLevel.fromValue(variable.getAccessLevel()).contains(AccessLevel.CurrentWrite)) {
                return NOT_WRITABLE;
            }
            return allowedIf((granted & needed) != 0 && userMay(node, AccessLevel.CurrentWrite));
        }
        if (node != null && !WriteMask.fromMask(node.getWriteMask()).contains(WriteMask.forAttribute(attribute))) {
            return NOT_WRITABLE;
        }
        boolean inUserMask =
                node == null || WriteMask.fromMask(node.getUserWriteMask()).contains(WriteMask.forAttribute(attribute));
        return allowedIf((granted & needed) != 0 && inUserMask);
    }

    private static int writePermission(AttributeId attribute) {
        return switch (attribute) {
            case Value -> Permission.WRITE;
            case RolePermissions -> Permission.WRITE_ROLE_PERMISSIONS;
            case Historizing -> Permission.WRITE_HISTORIZING;
            default -> Permission.WRITE_ATTRIBUTE;
        };
    }

    public AccessResult checkBrowse(Session session, NodeId nodeId) {
        Target target = target(nodeId);
        PermissionClass permissionClass = target.permissionClass();
        if (permissionClass == null) {
            return AccessResult.ALLOWED;
        }
        AccessResult mode = checkSecurityMode(session, target.restrictions(), true);
        if (mode.isDenied()) {
            return mode;
        }
        return allowedIf((policy.permissions(permissionClass, roles.bits(session)) & Permission.BROWSE) != 0);
    }

    /** The Call bit is needed on the object and on the method (Part 3, 8.55). */
    public AccessResult checkCall(Session session, NodeId objectId, NodeId methodId) {
        int sessionRoles = roles.bits(session);
        for (NodeId nodeId : List.of(objectId, methodId)) {
            Target target = target(nodeId);
            PermissionClass permissionClass = target.permissionClass();
            if (permissionClass == null) {
                continue;
            }
            AccessResult mode = checkSecurityMode(session, target.restrictions(), false);
            if (mode.isDenied()) {
                return mode;
            }
            if (target.node() instanceof UaMethodNode method) {
                if (!Boolean.TRUE.equals(method.isExecutable())) {
                    return NOT_EXECUTABLE;
                }
                if (!Boolean.TRUE.equals(method.isUserExecutable())) {
                    return AccessResult.DENIED_USER_ACCESS;
                }
            }
            if ((policy.permissions(permissionClass, sessionRoles) & Permission.CALL) == 0) {
                return AccessResult.DENIED_USER_ACCESS;
            }
        }
        return AccessResult.ALLOWED;
    }

    /** For HistoryRead, HistoryUpdate and events: one permission bit on one node. */
    public AccessResult checkPermission(Session session, NodeId nodeId, int permission) {
        Target target = target(nodeId);
        PermissionClass permissionClass = target.permissionClass();
        if (permissionClass == null) {
            return AccessResult.ALLOWED;
        }
        AccessResult mode = checkSecurityMode(session, target.restrictions(), false);
        if (mode.isDenied()) {
            return mode;
        }
        int needed = permission | Permission.BROWSE;
        return allowedIf((policy.permissions(permissionClass, roles.bits(session)) & needed) == needed);
    }

    private static boolean userMay(@Nullable UaNode node, AccessLevel level) {
        return !(node instanceof UaVariableNode variable)
                || variable.getUserAccessLevel() == null
                || AccessLevel.fromValue(variable.getUserAccessLevel()).contains(level);
    }

    private static AccessResult checkSecurityMode(Session session, int restrictions, boolean browsing) {
        if (restrictions == 0 || (browsing && (restrictions & APPLY_TO_BROWSE) == 0)) {
            return AccessResult.ALLOWED;
        }
        MessageSecurityMode mode = session.getEndpoint().getSecurityMode();
        boolean encrypted = mode == MessageSecurityMode.SignAndEncrypt;
        boolean signed = encrypted || mode == MessageSecurityMode.Sign;
        boolean sufficient = ((restrictions & ENCRYPTION_REQUIRED) == 0 || encrypted)
                && ((restrictions & SIGNING_REQUIRED) == 0 || signed);
        return sufficient ? AccessResult.ALLOWED : AccessResult.DENIED_SECURITY_MODE;
    }

    private static AccessResult allowedIf(boolean allowed) {
        return allowed ? AccessResult.ALLOWED : AccessResult.DENIED_USER_ACCESS;
    }

    // -------- Milo's interface, for the code paths of Milo that ask on their own

    @Override
    public Map<ReadValueId, AccessResult> checkReadAccess(Session session, List<ReadValueId> readValueIds) {
        Map<ReadValueId, AccessResult> results = new HashMap<>();
        for (ReadValueId id : readValueIds) {
            results.put(id, checkRead(session, id.getNodeId(), id.getAttributeId()));
        }
        return results;
    }

    @Override
    public Map<WriteValue, AccessResult> checkWriteAccess(Session session, List<WriteValue> writeValues) {
        Map<WriteValue, AccessResult> results = new HashMap<>();
        for (WriteValue value : writeValues) {
            results.put(value, checkWrite(session, value.getNodeId(), value.getAttributeId()));
        }
        return results;
    }

    @Override
    public Map<NodeId, AccessResult> checkBrowseAccess(Session session, List<NodeId> nodeIds) {
        Map<NodeId, AccessResult> results = new HashMap<>();
        for (NodeId nodeId : nodeIds) {
            results.put(nodeId, checkBrowse(session, nodeId));
        }
        return results;
    }

    @Override
    public Map<CallMethodRequest, AccessResult> checkCallAccess(Session session, List<CallMethodRequest> requests) {
        Map<CallMethodRequest, AccessResult> results = new HashMap<>();
        for (CallMethodRequest request : requests) {
            results.put(request, checkCall(session, request.getObjectId(), request.getMethodId()));
        }
        return results;
    }

    @Override
    public Map<AddReferencesItem, AccessResult> checkAddReferencesAccess(
            Session session, List<AddReferencesItem> referencesToAdd) {
        return denied(referencesToAdd);
    }

    @Override
    public Map<DeleteNodesItem, AccessResult> checkDeleteNodesAccess(
            Session session, List<DeleteNodesItem> nodesToDelete) {
        return denied(nodesToDelete);
    }

    @Override
    public Map<DeleteReferencesItem, AccessResult> checkDeleteReferencesAccess(
            Session session, List<DeleteReferencesItem> referencesToDelete) {
        return denied(referencesToDelete);
    }

    private static <T> Map<T, AccessResult> denied(List<T> items) {
        Map<T, AccessResult> results = new HashMap<>();
        items.forEach(item -> results.put(item, AccessResult.DENIED_USER_ACCESS));
        return results;
    }
}
