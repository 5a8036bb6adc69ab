package org.uatwin.certs.user;

import java.util.Set;

/** A person whose logon succeeded. */
public record AuthenticatedUser(String name, Set<Role> roles) {
    public AuthenticatedUser {
        roles = Set.copyOf(roles);
    }
}
