package org.uatwin.server.service;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.EventNotifier;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.SessionListener;
import org.eclipse.milo.opcua.sdk.server.diagnostics.ServerDiagnosticsSummary;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.AccessController;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.server.access.TwinAccessController;
import org.uatwin.server.event.AuditTrail;
import org.uatwin.server.event.EventHub;
import org.uatwin.server.event.SecurityAudit;
import org.uatwin.server.wire.BoundedContext;
import org.uatwin.server.wire.ChannelAudit;
import org.uatwin.server.wire.ChannelOpening;
import org.uatwin.server.wire.Connections;
import org.uatwin.server.wire.GuardedTransport;

/**
 * Milo's server with our services, access control and events. Order of use: construct, build the address spaces on it,
 * {@link #use} their ports, {@code startup()}.
 *
 * <p>The configuration must carry {@code limits.toMilo()}, {@code limits.encodingLimits()} and a RoleMapper; it must not
 * offer Basic128Rsa15 or Basic256, nor a user name policy without encryption.
 */
public final class TwinServer extends OpcUaServer {
    private static final Logger LOG = LoggerFactory.getLogger(TwinServer.class);

    private final ServerLimits limits;
    private final Connections connections;
    private final @Nullable EncodingContext encoding; // null while Milo's constructor runs
    private final CountingDiagnostics diagnostics = new CountingDiagnostics(this);
    private final PercentDeadbands percentDeadbands = new PercentDeadbands(this);
    private final TwinAccessController access;
    private final EventHub events;
    private final AuditTrail audit;
    private final SecurityAudit securityAudit;
    private volatile ServicePorts ports = ServicePorts.none();

    /** @throws IllegalArgumentException when the configuration would open a hole; the message says which. */
    public TwinServer(OpcUaServerConfig config, ServerLimits limits) {
        this(config, limits, new Connections(limits.wire()), new ChannelAuditRelay());
    }

    private TwinServer(
            OpcUaServerConfig config, ServerLimits limits, Connections connections, ChannelAuditRelay channels) {
        super(checked(config), GuardedTransport.factory(connections, limits.decoderLimits(), channels));
        this.limits = limits;
        this.connections = connections;
        this.encoding = new BoundedContext(super.getStaticEncodingContext(), limits.decoderLimits());
        this.access = new TwinAccessController(this, () -> ports.permissions());
        this.events = new EventHub(this, access, () -> ports.notifiers());
        this.audit = new AuditTrail(events, config.getApplicationUri());
        this.securityAudit = new SecurityAudit(events, audit);
        channels.to(new ChannelAudit() {
            @Override
            public void channel(ChannelOpening opening) {
                securityAudit.channelOpened(opening);
            }

            @Override
            public void requestRefused(long status) {
                diagnostics.requestRefused(status);
            }
        });
        ServerObject.configure(this, limits);
        new ServiceTable(this, diagnostics).install();
        getSessionManager().addSessionListener(new SessionListener() {
            @Override
            public void onSessionClosed(Session session) {
                audit.sessionClosed(session);
            }
        });
    }

    /** Installs the ports of the address spaces; before {@code startup()}, or later as a whole. */
    public void use(ServicePorts newPorts) {
        this.ports = newPorts;
    }

    /** Says in ServerCapabilities in which languages there are texts, {@code en} first; only English when not called. */
    public void announceLocales(List<String> locales) {
        ServerObject.announceLocales(this, locales);
    }

    public ServicePorts ports() {
        return ports;
    }

    public ServerLimits limits() {
        return limits;
    }

    /** Where events are raised. */
    public EventHub events() {
        return events;
    }

    public AuditTrail audit() {
        return audit;
    }

    /** Where refused certificates are reported. */
    public SecurityAudit securityAudit() {
        return securityAudit;
    }

    PercentDeadbands percentDeadbands() {
        return percentDeadbands;
    }

    /** EURanges of the plant may be others now: percent deadbands follow them. */
    public void euRangesChanged() {
        percentDeadbands.rangesChanged();
    }

    /** Null only while Milo's constructor runs, when nobody asks. */
    @Override
    public AccessController getAccessController() {
        return access;
    }

    /** As {@link #getAccessController}, with the checks Milo's interface lacks. */
    public TwinAccessController access() {
        return access;
    }

    @Override
    public EventNotifier getEventNotifier() {
        return events;
    }

    @Override
    public ServerDiagnosticsSummary getDiagnosticsSummary() {
        return diagnostics;
    }

    /** The open connections. */
    public Connections connections() {
        return connections;
    }

    /** Milo's context with bounded decoding, for the extension objects inside requests. */
    @Override
    public EncodingContext getStaticEncodingContext() {
        return encoding == null ? super.getStaticEncodingContext() : encoding;
    }

    /** Tells the audit trail, which does not exist yet when the transport is made. */
    private static final class ChannelAuditRelay implements ChannelAudit {
        private volatile ChannelAudit target = opening -> {};

        void to(ChannelAudit audit) {
            target = audit;
        }

        @Override
        public void channel(ChannelOpening opening) {
            target.channel(opening);
        }

        @Override
        public void requestRefused(long status) {
            target.requestRefused(status);
        }
    }

    private static OpcUaServerConfig checked(OpcUaServerConfig config) {
        if (config.getRoleMapper().isEmpty()) {
            // OpcUaServerConfig.copy() of Milo 1.1.2 loses it (CVE-2026-58080).
            throw new IllegalArgumentException("the server configuration has no RoleMapper: no user would have a role");
        }
        for (EndpointConfig endpoint : config.getEndpoints()) {
            refuseDeprecated(endpoint.getEndpointUrl(), endpoint.getSecurityPolicy());
            for (UserTokenPolicy token : endpoint.getTokenPolicies()) {
                String own = token.getSecurityPolicyUri();
                SecurityPolicy policy = own == null || own.isEmpty()
                        ? endpoint.getSecurityPolicy()
                        : SecurityPolicy.fromUriSafe(own).orElse(SecurityPolicy.None);
                refuseDeprecated(endpoint.getEndpointUrl(), policy);
                if (token.getTokenType() == UserTokenType.UserName && policy == SecurityPolicy.None) {
                    throw new IllegalArgumentException(
                            "%s: token policy \"%s\" would send passwords in clear; give it a securityPolicyUri"
                                    .formatted(endpoint.getEndpointUrl(), token.getPolicyId()));
                }
            }
        }
        return config;
    }

    private static void refuseDeprecated(String endpointUrl, SecurityPolicy policy) {
        if (policy == SecurityPolicy.Basic128Rsa15 || policy == SecurityPolicy.Basic256) {
            throw new IllegalArgumentException(
                    "%s: %s is broken and not offered (CVE-2026-60007)".formatted(endpointUrl, policy));
        }
    }

    void handle(String path, Service service, ServiceTable.Handler handler) {
        addServiceHandler(path, service, handler::handle);
    }

    void handleAsync(String path, Service service, ServiceTable.AsyncHandler handler) {
        addServiceHandler(path, service, (AsyncServiceHandler) handler::handle);
    }

    /** Every handler, Milo's too: whatever is thrown below becomes a ServiceFault instead of a lost response. */
    @Override
    protected void addServiceHandler(String path, Service service, ServiceHandler handler) {
        if (handler instanceof AsyncServiceHandler async) {
            super.addServiceHandler(path, service, (AsyncServiceHandler) (context, request) -> {
                try {
                    return async.handleAsync(context, request)
                            .exceptionallyCompose(
                                    error -> CompletableFuture.failedFuture(Failures.asUaException(error)));
                } catch (RuntimeException | StackOverflowError e) {
                    LOG.debug("{} failed", service, e);
                    return CompletableFuture.failedFuture(Failures.asUaException(e));
                }
            });
        } else {
            super.addServiceHandler(path, service, (context, request) -> {
                try {
                    return handler.handle(context, request);
                } catch (RuntimeException | StackOverflowError e) {
                    LOG.debug("{} failed", service, e);
                    throw Failures.asUaException(e);
                }
            });
        }
    }
}
