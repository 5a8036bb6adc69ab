package org.uatwin.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {
    private final AccessPolicy policy = AccessPolicy.standard();

    private boolean may(int permission, PermissionClass permissionClass, Role... roles) {
        return (policy.permissions(permissionClass, List.of(roles)) & permission) != 0;
    }

    /** An observer on the plant floor must not be able to move anything. */
    @Test
    void observerReadsThePlantAndChangesNothing() {
        for (PermissionClass permissionClass : PermissionClass.values()) {
            assertThat(may(Permission.WRITE, permissionClass, Role.OBSERVER)).isFalse();
        }
        assertThat(may(Permission.READ, PermissionClass.SETPOINT, Role.OBSERVER))
                .isTrue();
        assertThat(may(Permission.READ_HISTORY, PermissionClass.PLANT_READ, Role.OBSERVER))
                .isTrue();
        assertThat(may(Permission.CALL, PermissionClass.METHOD, Role.OBSERVER)).isFalse();
    }

    @Test
    void operatorWritesSetpointsAndCallsMethodsButConfiguresNothing() {
        assertThat(may(Permission.WRITE, PermissionClass.SETPOINT, Role.OPERATOR))
                .isTrue();
        assertThat(may(Permission.CALL, PermissionClass.METHOD, Role.OPERATOR)).isTrue();
        assertThat(may(Permission.WRITE, PermissionClass.CONFIGURATION, Role.OPERATOR))
                .isFalse();
        assertThat(may(Permission.RECEIVE_EVENTS, PermissionClass.AUDIT, Role.OPERATOR))
                .isFalse();
    }

    /** CVE-2026-63248. */
    @Test
    void onlySecurityAdminSeesSecurityDiagnostics() {
        for (Role role : Role.values()) {
            assertThat(may(Permission.READ, PermissionClass.SECURITY_DIAGNOSTICS, role))
                    .isEqualTo(role == Role.SECURITY_ADMIN);
        }
    }

    /** Part 18, 4.2: a session has the union of its roles; without a role it has nothing. */
    @Test
    void permissionsAreTheUnionOfTheRoles() {
        Set<Role> both = EnumSet.of(Role.OBSERVER, Role.CONFIGURE_ADMIN);
        for (PermissionClass permissionClass : PermissionClass.values()) {
            assertThat(policy.permissions(permissionClass, both))
                    .isEqualTo(policy.permissions(permissionClass, Set.of(Role.OBSERVER))
                            | policy.permissions(permissionClass, Set.of(Role.CONFIGURE_ADMIN)));
            assertThat(policy.permissions(permissionClass, Set.of())).isZero();
        }
    }

    @Test
    void userAccessLevelNeverExceedsTheNode() {
        int everything = policy.permissions(PermissionClass.SETPOINT, EnumSet.allOf(Role.class));
        assertThat(AccessPolicy.userAccessLevel(UByte.valueOf(1), everything)).isEqualTo(UByte.valueOf(1));
        assertThat(AccessPolicy.userAccessLevel(UByte.valueOf(15), Permission.READ))
                .isEqualTo(UByte.valueOf(1));
    }

    /** The NodeIds are those of the standard: clients and role files name them. */
    @Test
    void rolesHaveTheirWellKnownNodeIds() {
        assertThat(Role.OPERATOR.nodeId().toParseableString()).isEqualTo("i=15680");
        for (Role role : Role.values()) {
            assertThat(Role.of(role.nodeId())).isEqualTo(role);
            assertThat(Role.named(role.browseName())).isEqualTo(role);
        }
    }
}
