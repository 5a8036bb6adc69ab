package org.uatwin.server.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.identity.Identity;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.jspecify.annotations.Nullable;

/**
 * The roles of each session as a bitmap, computed once and again when ActivateSession changed the user or the endpoint,
 * or after {@link #invalidate()} (a change of the users must reach live sessions, Part 18, 4.4).
 */
public final class SessionRoles {
    private record Cached(@Nullable Identity identity, @Nullable EndpointDescription endpoint, int bits) {}

    private final Map<Session, Cached> cache = new ConcurrentHashMap<>();

    /** The bitmap of the session's roles; a session not yet activated has none. */
    @SuppressWarnings("ReferenceEquality") // the same object or look again
    int bits(Session session) {
        Cached cached = cache.get(session);
        if (cached != null
                && cached.identity() == session.getIdentity()
                && cached.endpoint() == session.getEndpoint()) {
            return cached.bits();
        }
        Cached fresh = new Cached(session.getIdentity(), session.getEndpoint(), compute(session));
        if (cache.put(session, fresh) == null) {
            session.addLifecycleListener((closed, deleted) -> cache.remove(closed));
        }
        return fresh.bits();
    }

    /** The roles of a session. */
    public Set<Role> roles(Session session) {
        int bits = bits(session);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if ((bits & role.bit()) != 0) {
                roles.add(role);
            }
        }
        return roles;
    }

    /** Forget everything: the mapping of users to roles has changed. */
    public void invalidate() {
        cache.replaceAll((session, cached) -> new Cached(null, null, 0));
    }

    private static int compute(Session session) {
        if (session.getIdentity() == null) {
            return 0;
        }
        int bits = 0;
        for (NodeId roleId : session.getRoleIds().orElse(List.of())) {
            Role role = Role.of(roleId);
            if (role != null) {
                bits |= role.bit();
            }
        }
        return bits;
    }
}
