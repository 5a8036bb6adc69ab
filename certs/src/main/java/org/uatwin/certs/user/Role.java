package org.uatwin.certs.user;

import java.util.Arrays;
import java.util.Optional;

/** The well-known roles a user can be given (OPC UA Part 3, 4.9.2; node ids of namespace 0 from Part 6's NodeIds table). */
public enum Role {
    OBSERVER("Observer", 15668),
    OPERATOR("Operator", 15680),
    ENGINEER("Engineer", 16036),
    SUPERVISOR("Supervisor", 15692),
    CONFIGURE_ADMIN("ConfigureAdmin", 15716),
    SECURITY_ADMIN("SecurityAdmin", 15704);

    private final String wellKnownName;
    private final int nodeId;

    Role(String wellKnownName, int nodeId) {
        this.wellKnownName = wellKnownName;
        this.nodeId = nodeId;
    }

    /** The BrowseName of the role, as written in {@code users.yaml} and on the command line. */
    public String wellKnownName() {
        return wellKnownName;
    }

    /** Numeric identifier in namespace 0. */
    public int nodeId() {
        return nodeId;
    }

    /** By its name; case does not matter, because no two differ only in it. */
    public static Optional<Role> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.wellKnownName.equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    /** All names, for messages: {@code Observer, Operator, ...}. */
    public static String allNames() {
        return String.join(
                ", ", Arrays.stream(values()).map(Role::wellKnownName).toList());
    }
}
