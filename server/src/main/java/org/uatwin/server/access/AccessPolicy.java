package org.uatwin.server.access;

import static org.uatwin.server.access.Permission.BROWSE;
import static org.uatwin.server.access.Permission.CALL;
import static org.uatwin.server.access.Permission.DELETE_HISTORY;
import static org.uatwin.server.access.Permission.INSERT_HISTORY;
import static org.uatwin.server.access.Permission.MODIFY_HISTORY;
import static org.uatwin.server.access.Permission.READ;
import static org.uatwin.server.access.Permission.READ_HISTORY;
import static org.uatwin.server.access.Permission.READ_ROLE_PERMISSIONS;
import static org.uatwin.server.access.Permission.RECEIVE_EVENTS;
import static org.uatwin.server.access.Permission.WRITE;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.structured.PermissionType;
import org.eclipse.milo.opcua.stack.core.types.structured.RolePermissionType;

/**
 * Who may do what, as one pure table: (permission class, roles) to PermissionType bits. A session has the union of its
 * roles (OPC UA Part 18, 4.2).
 */
@SuppressWarnings("EnumOrdinal") // the ordinals index tables that never leave memory
public final class AccessPolicy {
    private static final int CURRENT_READ = 1;
    private static final int CURRENT_WRITE = 1 << 1;
    private static final int HISTORY_READ = 1 << 2;
    private static final int HISTORY_WRITE = 1 << 3;

    private static final int LOOK = BROWSE | READ;
    private static final int WATCH = LOOK | READ_HISTORY | RECEIVE_EVENTS;
    private static final int EDIT_HISTORY = INSERT_HISTORY | MODIFY_HISTORY | DELETE_HISTORY;

    private static final AccessPolicy STANDARD = new AccessPolicy();

    // [permission class][role]; written in the constructor only
    private final int[][] bits = new int[PermissionClass.values().length][Role.values().length];

    private AccessPolicy() {
        Set<Role> everybody = EnumSet.allOf(Role.class);
        Set<Role> plant = EnumSet.of(Role.OBSERVER, Role.OPERATOR, Role.SUPERVISOR, Role.ENGINEER);
        Set<Role> control = EnumSet.of(Role.OPERATOR, Role.SUPERVISOR, Role.ENGINEER);
        Set<Role> admins = EnumSet.of(Role.CONFIGURE_ADMIN, Role.SECURITY_ADMIN);
        Set<Role> trusted = EnumSet.of(Role.ENGINEER, Role.CONFIGURE_ADMIN, Role.SECURITY_ADMIN);

        grant(PermissionClass.SERVER_PUBLIC, everybody, LOOK | CALL | RECEIVE_EVENTS);
        grant(PermissionClass.SERVER_CONFIGURATION, everybody, LOOK | RECEIVE_EVENTS);
        grant(PermissionClass.SERVER_CONFIGURATION, EnumSet.of(Role.CONFIGURE_ADMIN), WRITE | CALL);
        grant(PermissionClass.SECURITY_DIAGNOSTICS, EnumSet.of(Role.SECURITY_ADMIN), LOOK);
        grant(PermissionClass.SECURITY_CONFIGURATION, everybody, LOOK);
        grant(PermissionClass.SECURITY_CONFIGURATION, EnumSet.of(Role.SECURITY_ADMIN), WRITE | CALL | RECEIVE_EVENTS);
        for (PermissionClass ofPlant : List.of(
                PermissionClass.PLANT_READ,
                PermissionClass.SETPOINT,
                PermissionClass.METHOD,
                PermissionClass.CONFIGURATION)) {
            grant(ofPlant, plant, WATCH);
            grant(ofPlant, admins, BROWSE);
            // Part 3 asks for the Call bit on the object as well as on the method.
            grant(ofPlant, control, CALL);
            grant(ofPlant, EnumSet.of(Role.ENGINEER), EDIT_HISTORY);
        }
        grant(PermissionClass.SETPOINT, control, WRITE);
        grant(PermissionClass.CONTROL, plant, WATCH);
        grant(PermissionClass.CONTROL, admins, BROWSE);
        grant(PermissionClass.CONTROL, EnumSet.of(Role.ENGINEER), CALL);
        grant(PermissionClass.CONFIGURATION, EnumSet.of(Role.ENGINEER, Role.CONFIGURE_ADMIN), READ | WRITE);
        Set<Role> keepers = EnumSet.of(Role.ENGINEER, Role.CONFIGURE_ADMIN);
        grant(PermissionClass.ADMINISTRATION, plant, WATCH);
        grant(PermissionClass.ADMINISTRATION, admins, LOOK);
        grant(PermissionClass.ADMINISTRATION, keepers, WATCH | CALL);
        grant(PermissionClass.AUDIT, trusted, RECEIVE_EVENTS);
        for (PermissionClass permissionClass : PermissionClass.values()) {
            grant(permissionClass, EnumSet.of(Role.SECURITY_ADMIN), READ_ROLE_PERMISSIONS);
        }
    }

    /** The policy of this server; it has no settings. */
    public static AccessPolicy standard() {
        return STANDARD;
    }

    private void grant(PermissionClass permissionClass, Collection<Role> roles, int permissions) {
        for (Role role : roles) {
            bits[permissionClass.ordinal()][role.ordinal()] |= permissions;
        }
    }

    /** The PermissionType bits that the union of {@code roles} has on a node of this class. */
    public int permissions(PermissionClass permissionClass, Collection<Role> roles) {
        int result = 0;
        for (Role role : roles) {
            result |= bits[permissionClass.ordinal()][role.ordinal()];
        }
        return result;
    }

    /** As {@link #permissions(PermissionClass, Collection)}, for a bitmap of roles. */
    int permissions(PermissionClass permissionClass, int roleBits) {
        int result = 0;
        int[] row = bits[permissionClass.ordinal()];
        for (int role = 0; role < row.length; role++) {
            if ((roleBits & (1 << role)) != 0) {
                result |= row[role];
            }
        }
        return result;
    }

    /** Whether any role at all has this permission; if not, the node itself is what refuses. */
    boolean anyRoleHas(PermissionClass permissionClass, int permission) {
        for (int granted : bits[permissionClass.ordinal()]) {
            if ((granted & permission) != 0) {
                return true;
            }
        }
        return false;
    }

    /** UserAccessLevel (Part 3, 5.6.2): the AccessLevel of the node less what these permission bits do not allow. */
    public static UByte userAccessLevel(UByte accessLevel, int permissions) {
        int level = accessLevel.intValue();
        if ((permissions & READ) == 0) {
            level &= ~CURRENT_READ;
        }
        if ((permissions & WRITE) == 0) {
            level &= ~CURRENT_WRITE;
        }
        if ((permissions & READ_HISTORY) == 0) {
            level &= ~HISTORY_READ;
        }
        if ((permissions & EDIT_HISTORY) == 0) {
            level &= ~HISTORY_WRITE;
        }
        return Unsigned.ubyte(level);
    }

    /** UserExecutable (Part 3, 5.7). */
    public static boolean userExecutable(boolean executable, int permissions) {
        return executable && (permissions & CALL) != 0;
    }

    /** The RolePermissions attribute of a node of this class: one entry per role that may do anything. */
    public RolePermissionType[] rolePermissions(PermissionClass permissionClass) {
        return rolePermissions(permissionClass, EnumSet.allOf(Role.class));
    }

    /** The UserRolePermissions attribute: the entries of the session's own roles (Part 3, 5.2.10). */
    public RolePermissionType[] rolePermissions(PermissionClass permissionClass, Collection<Role> roles) {
        List<RolePermissionType> result = new ArrayList<>();
        for (Role role : roles) {
            int granted = bits[permissionClass.ordinal()][role.ordinal()];
            if (granted != 0) {
                result.add(new RolePermissionType(role.nodeId(), new PermissionType(Unsigned.uint(granted))));
            }
        }
        return result.toArray(new RolePermissionType[0]);
    }
}
