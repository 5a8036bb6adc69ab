package org.uatwin.server.address;

import org.eclipse.milo.opcua.sdk.server.Session;
import org.jspecify.annotations.Nullable;

/** What a session may do with the plant: port towards access control. A null session is the server itself. */
public interface PlantAccess {
    boolean mayRead(@Nullable Session session);

    boolean mayReadHistory(@Nullable Session session);

    /** Whether it may write setpoints. */
    boolean mayWrite(@Nullable Session session);

    /** Whether it may call methods of twins. */
    boolean mayCall(@Nullable Session session);

    /** Whether it may reload the plant. */
    boolean mayAdminister(@Nullable Session session);

    /** Whether it has the role Engineer, which sees everybody's runs. */
    boolean isEngineer(@Nullable Session session);
}
