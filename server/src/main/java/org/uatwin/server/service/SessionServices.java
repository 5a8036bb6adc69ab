package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.channel.Channel;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.SessionListener;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.types.structured.X509IdentityToken;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.event.AuditTrail;
import org.uatwin.server.wire.Connection;

/**
 * What Milo's sessions lack (OPC UA Part 4, 5.7): when all places are taken the oldest session that was never activated
 * makes room; a session always has a name; an X.509 user must prove possession of the key.
 */
final class SessionServices {
    private final TwinServer server;
    private final ServerLimits limits;
    private final AuditTrail audit;
    private final CountingDiagnostics diagnostics;
    // authentication token of every open session; removed when it closes
    private final Map<NodeId, NodeId> tokens = new ConcurrentHashMap<>();
    // the name of every open session, by its SessionId
    private final Map<NodeId, String> names = new ConcurrentHashMap<>();
    private final Set<String> namesInUse = ConcurrentHashMap.newKeySet();
    // the connection each session was activated over last; removed with the session
    private final Map<NodeId, Channel> connections = new ConcurrentHashMap<>();

    SessionServices(TwinServer server, ServerLimits limits, AuditTrail audit, CountingDiagnostics diagnostics) {
        this.server = server;
        this.limits = limits;
        this.audit = audit;
        this.diagnostics = diagnostics;
        server.getSessionManager().addSessionListener(new SessionListener() {
            @Override
            public void onSessionClosed(Session session) {
                tokens.remove(session.getSessionId());
                connections.remove(session.getSessionId());
                String name = names.remove(session.getSessionId());
                if (name != null) {
                    namesInUse.remove(name);
                }
            }
        });
    }

    CreateSessionResponse create(ServiceRequestContext context, CreateSessionRequest request) throws UaException {
        if (server.getSessionManager().getAllSessions().size() >= limits.sessions()) {
            makeRoom(context);
        }
        String name = freeName(request.getSessionName());
        CreateSessionRequest named = new CreateSessionRequest(
                request.getRequestHeader(),
                request.getClientDescription(),
                request.getServerUri(),
                request.getEndpointUrl(),
                name,
                request.getClientNonce(),
                request.getClientCertificate(),
                request.getRequestedSessionTimeout(),
                request.getMaxResponseMessageSize());
        try {
            CreateSessionResponse response = server.getSessionManager().createSession(context, named);
            tokens.put(response.getSessionId(), response.getAuthenticationToken());
            names.put(response.getSessionId(), name);
            diagnostics.sessionCreated();
            audit.sessionCreated(request, response, context.getSecureChannel().getChannelId());
            return response;
        } catch (UaException | RuntimeException e) {
            namesInUse.remove(name);
            UaException refusal = Failures.asUaException(e);
            diagnostics.sessionRefused(refusal.getStatusCode());
            audit.sessionRefused(
                    "CreateSession", request.getRequestHeader().getAuditEntryId(), refusal.getStatusCode());
            throw refusal;
        }
    }

    /**
     * The client's name, with a number when another session has it: Milo makes the name a BrowseName below
     * SessionsDiagnosticsSummary, and BrowseNames are unique there (Part 3, 4.6.4). A made-up one when there is none.
     */
    private String freeName(@Nullable String wanted) {
        String base = wanted == null || wanted.isEmpty() ? "Session-" + UUID.randomUUID() : wanted;
        String name = base;
        for (int number = 2; !namesInUse.add(name); number++) {
            name = "%s (%d)".formatted(base, number);
        }
        return name;
    }

    /**
     * The oldest session that nobody activated, else the oldest one of an anonymous user whose connection has ended and who
     * could only come back to it: floods of either must not lock users out.
     */
    private void makeRoom(ServiceRequestContext context) {
        Session pending = oldest(session -> session.getIdentity() == null);
        if (pending != null) {
            endPending(context, pending);
            return;
        }
        Session orphan = oldest(this::isAnonymousOrphan);
        if (orphan != null) {
            server.getSessionManager().killSession(orphan.getSessionId(), true);
        }
    }

    private boolean isAnonymousOrphan(Session session) {
        Channel channel = connections.get(session.getSessionId());
        return session.getIdentity() != null
                && session.getIdentity().getUserTokenType() == UserTokenType.Anonymous
                && channel != null
                && !channel.isActive();
    }

    private @Nullable Session oldest(Predicate<Session> condition) {
        return server.getSessionManager().getAllSessions().stream()
                .filter(condition)
                .min(Comparator.comparing(session -> session.getConnectionTime().getUtcTime()))
                .orElse(null);
    }

    /** Milo closes a session that is used before it was activated, which is the one way in from outside. */
    private void endPending(ServiceRequestContext context, Session pending) {
        NodeId token = tokens.get(pending.getSessionId());
        if (token == null) {
            return;
        }
        RequestHeader header = new RequestHeader(token, DateTime.now(), uint(0), uint(0), null, uint(0), null);
        try {
            server.getSessionManager().getSession(context, header);
        } catch (UaException expected) {
            if (expected.getStatusCode().getValue() != StatusCodes.Bad_SessionNotActivated
                    && expected.getStatusCode().getValue() != StatusCodes.Bad_SessionIdInvalid) {
                throw new IllegalStateException("evicting a pending session", expected);
            }
        }
    }

    ActivateSessionResponse activate(ServiceRequestContext context, ActivateSessionRequest request) throws UaException {
        NodeId token = request.getRequestHeader().getAuthenticationToken();
        Session session = byToken(token);
        try {
            if (session != null) {
                requireProofOfPossession(session, request);
            }
            ActivateSessionResponse response = server.getSessionManager().activateSession(context, request);
            if (session != null) {
                occupy(context, session);
                audit.sessionActivated(session, request.getRequestHeader().getAuditEntryId());
            }
            return response;
        } catch (UaException e) {
            diagnostics.sessionRefused(e.getStatusCode());
            audit.sessionRefused("ActivateSession", request.getRequestHeader().getAuditEntryId(), e.getStatusCode());
            throw e;
        }
    }

    /** The connection now has a session, as long as the session is open and has not moved to another channel. */
    private void occupy(ServiceRequestContext context, Session session) {
        long channel = context.getSecureChannel().getChannelId();
        connections.put(session.getSessionId(), context.getChannel());
        Connection.of(context.getChannel())
                .activated(() -> tokens.containsKey(session.getSessionId()) && session.getSecureChannelId() == channel);
    }

    private @Nullable Session byToken(@Nullable NodeId token) {
        if (token == null) {
            return null;
        }
        for (Session session : server.getSessionManager().getAllSessions()) {
            if (token.equals(tokens.get(session.getSessionId()))) {
                return session;
            }
        }
        return null;
    }

    /** Without a security policy there is no signature, and a certificate alone is public knowledge. */
    private void requireProofOfPossession(Session session, ActivateSessionRequest request) throws UaException {
        if (request.getUserIdentityToken() == null
                || request.getUserIdentityToken().isNull()) {
            return;
        }
        Object token;
        try {
            token = request.getUserIdentityToken().decode(server.getStaticEncodingContext());
        } catch (RuntimeException | StackOverflowError e) {
            throw new UaException(StatusCodes.Bad_IdentityTokenInvalid, e);
        }
        if (!(token instanceof X509IdentityToken certificate)) {
            return;
        }
        UserTokenPolicy[] policies = session.getEndpoint().getUserIdentityTokens();
        for (UserTokenPolicy policy : policies == null ? new UserTokenPolicy[0] : policies) {
            if (policy.getTokenType() == UserTokenType.Certificate
                    && java.util.Objects.equals(policy.getPolicyId(), certificate.getPolicyId())) {
                String own = policy.getSecurityPolicyUri();
                String uri =
                        own == null || own.isEmpty() ? session.getEndpoint().getSecurityPolicyUri() : own;
                if (SecurityPolicy.None.getUri().equals(uri)) {
                    throw new UaException(StatusCodes.Bad_IdentityTokenRejected);
                }
            }
        }
    }
}
