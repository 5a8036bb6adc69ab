package org.uatwin.server.assembly;

import org.eclipse.milo.opcua.sdk.server.Session;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.access.Permission;
import org.uatwin.server.access.PermissionClass;
import org.uatwin.server.access.Role;
import org.uatwin.server.address.PlantAccess;
import org.uatwin.server.service.TwinServer;

/** What sessions may do with the plant, from the server's access policy. */
record SessionAccess(TwinServer server) implements PlantAccess {
    private boolean has(@Nullable Session session, PermissionClass permissionClass, int permission) {
        return session == null || (server.access().permissions(session, permissionClass) & permission) != 0;
    }

    @Override
    public boolean mayRead(@Nullable Session session) {
        return has(session, PermissionClass.PLANT_READ, Permission.READ);
    }

    @Override
    public boolean mayReadHistory(@Nullable Session session) {
        return has(session, PermissionClass.PLANT_READ, Permission.READ_HISTORY);
    }

    @Override
    public boolean mayWrite(@Nullable Session session) {
        return has(session, PermissionClass.SETPOINT, Permission.WRITE);
    }

    @Override
    public boolean mayCall(@Nullable Session session) {
        return has(session, PermissionClass.METHOD, Permission.CALL);
    }

    @Override
    public boolean mayAdminister(@Nullable Session session) {
        return has(session, PermissionClass.ADMINISTRATION, Permission.CALL);
    }

    @Override
    public boolean isEngineer(@Nullable Session session) {
        return session == null || server.access().roles().roles(session).contains(Role.ENGINEER);
    }
}
