package org.uatwin.server.access;

import java.util.Collection;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/** The well-known roles of OPC UA Part 18, 4.3 that this server enforces, with their NodeIds in namespace 0. */
public enum Role {
    ANONYMOUS("Anonymous", 15644),
    AUTHENTICATED_USER("AuthenticatedUser", 15656),
    OBSERVER("Observer", 15668),
    OPERATOR("Operator", 15680),
    SUPERVISOR("Supervisor", 15692),
    SECURITY_ADMIN("SecurityAdmin", 15704),
    CONFIGURE_ADMIN("ConfigureAdmin", 15716),
    ENGINEER("Engineer", 16036);

    private final String browseName;
    private final int id;

    Role(String browseName, int id) {
        this.browseName = browseName;
        this.id = id;
    }

    /** The name used by the standard, in users.yaml and in messages. */
    public String browseName() {
        return browseName;
    }

    public NodeId nodeId() {
        return new NodeId(0, id);
    }

    /** One bit per role, for bitmaps of role sets in memory. */
    @SuppressWarnings("EnumOrdinal")
    int bit() {
        return 1 << ordinal();
    }

    /** The role with this NodeId, or null for a role this server does not know. */
    public static @Nullable Role of(NodeId nodeId) {
        for (Role role : values()) {
            if (role.nodeId().equals(nodeId)) {
                return role;
            }
        }
        return null;
    }

    /** The role with this name (case as in the standard), or null. */
    public static @Nullable Role named(String name) {
        for (Role role : values()) {
            if (role.browseName.equals(name)) {
                return role;
            }
        }
        return null;
    }

    /** The NodeIds a Milo RoleMapper answers for these roles. */
    public static List<NodeId> nodeIds(Collection<Role> roles) {
        return roles.stream().map(Role::nodeId).toList();
    }
}
