package org.uatwin.server.service;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.EventNotifier;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.SessionListener;
import org.eclipse.milo.opcua.sdk.server.diagnostics.ServerDiagnosticsSummary;
import org.eclipse.milo.opcua.sdk.server.diagnostics.ServiceCounter;
import org.eclipse.milo.opcua.sdk.server.diagnostics.SessionDiagnostics;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.AccessController;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.AddNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.AddReferencesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteReferencesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryUpdateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifyMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifySubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RegisterNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.SetMonitoringModeRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.SetTriggeringRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.UnregisterNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;
import org.eclipse.milo.opcua.stack.transport.server.uasc.UascServiceRequest;
import org.eclipse.milo.opcua.stack.transport.server.uasc.UascServiceResponse;
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
        installServices();
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

    // -------- services

    private void installServices() {
        References references = new References(this);
        EventItems eventItems = new EventItems(this, limits, access, references, events);
        ReadServices read = new ReadServices(this, limits, access);
        WriteServices write = new WriteServices(this, limits, access, audit);
        CallServices call = new CallServices(this, limits, access, audit);
        HistoryServices history = new HistoryServices(this, limits, access);
        BrowseServices browse = new BrowseServices(this, limits, access, references);
        PathServices paths = new PathServices(this, limits, access, references);
        MonitoredItemServices items = new MonitoredItemServices(this, limits, references, eventItems);
        SubscriptionServices subscriptions = new SubscriptionServices(this, limits);
        SessionServices sessions = new SessionServices(this, limits, audit, diagnostics);
        NodeManagementServices management = new NodeManagementServices(limits, references);
        paths().forEach(path -> {
            installDiscovery(path);
            if (!path.endsWith("/discovery")) {
                installSessions(path, sessions);
                installViews(path, browse, paths);
                installAttributes(path, read, write, history);
                installItems(path, items, subscriptions);
                installManagement(path, management);
                async(
                        path,
                        Service.METHOD_CALL,
                        CallRequest.class,
                        SessionDiagnostics::getCallCount,
                        (c, s, q) -> call.call(s, q, c.receivedAtNanos()));
            }
        });
    }

    private Stream<String> paths() {
        return getConfig().getEndpoints().stream()
                .map(endpoint -> EndpointUtil.getPath(endpoint.getEndpointUrl()))
                .distinct();
    }

    private void installDiscovery(String path) {
        for (Service service : new Service[] {
            Service.DISCOVERY_FIND_SERVERS_ON_NETWORK,
            Service.DISCOVERY_REGISTER_SERVER,
            Service.DISCOVERY_REGISTER_SERVER_2
        }) {
            addServiceHandler(path, service, (context, request) -> {
                throw new UaException(StatusCodes.Bad_ServiceUnsupported);
            });
        }
    }

    private void installSessions(String path, SessionServices sessions) {
        addServiceHandler(
                path,
                Service.SESSION_CREATE_SESSION,
                (context, request) -> sessions.create(context, (CreateSessionRequest) request));
        addServiceHandler(
                path,
                Service.SESSION_ACTIVATE_SESSION,
                (context, request) -> sessions.activate(context, (ActivateSessionRequest) request));
    }

    private void installViews(String path, BrowseServices browse, PathServices paths) {
        sync(
                path,
                Service.VIEW_BROWSE,
                BrowseRequest.class,
                SessionDiagnostics::getBrowseCount,
                (c, s, q) -> browse.browse(s, q));
        sync(
                path,
                Service.VIEW_BROWSE_NEXT,
                BrowseNextRequest.class,
                SessionDiagnostics::getBrowseNextCount,
                (c, s, q) -> browse.browseNext(s, q));
        sync(
                path,
                Service.VIEW_TRANSLATE_BROWSE_PATHS,
                TranslateBrowsePathsToNodeIdsRequest.class,
                SessionDiagnostics::getTranslateBrowsePathsToNodeIdsCount,
                (c, s, q) -> paths.translate(s, q));
        sync(
                path,
                Service.VIEW_REGISTER_NODES,
                RegisterNodesRequest.class,
                SessionDiagnostics::getRegisterNodesCount,
                (c, s, q) -> paths.register(s, q));
        sync(
                path,
                Service.VIEW_UNREGISTER_NODES,
                UnregisterNodesRequest.class,
                SessionDiagnostics::getUnregisterNodesCount,
                (c, s, q) -> paths.unregister(s, q));
        for (Service service : new Service[] {Service.QUERY_QUERY_FIRST, Service.QUERY_QUERY_NEXT}) {
            sync(path, service, UaRequestMessageType.class, SessionDiagnostics::getQueryFirstCount, (c, s, q) -> {
                throw new UaException(StatusCodes.Bad_ServiceUnsupported);
            });
        }
    }

    private void installAttributes(String path, ReadServices read, WriteServices write, HistoryServices history) {
        sync(
                path,
                Service.ATTRIBUTE_READ,
                ReadRequest.class,
                SessionDiagnostics::getReadCount,
                (c, s, q) -> read.read(s, q));
        async(
                path,
                Service.ATTRIBUTE_WRITE,
                WriteRequest.class,
                SessionDiagnostics::getWriteCount,
                (c, s, q) -> write.write(s, q, c.receivedAtNanos()));
        async(
                path,
                Service.ATTRIBUTE_HISTORY_READ,
                HistoryReadRequest.class,
                SessionDiagnostics::getHistoryReadCount,
                (c, s, q) -> history.read(s, q, c.receivedAtNanos()));
        async(
                path,
                Service.ATTRIBUTE_HISTORY_UPDATE,
                HistoryUpdateRequest.class,
                SessionDiagnostics::getHistoryUpdateCount,
                (c, s, q) -> history.update(s, q, c.receivedAtNanos()));
    }

    private void installItems(String path, MonitoredItemServices items, SubscriptionServices subscriptions) {
        sync(
                path,
                Service.MONITORED_ITEM_CREATE_MONITORED_ITEMS,
                CreateMonitoredItemsRequest.class,
                SessionDiagnostics::getCreateMonitoredItemsCount,
                items::create);
        sync(
                path,
                Service.MONITORED_ITEM_MODIFY_MONITORED_ITEMS,
                ModifyMonitoredItemsRequest.class,
                SessionDiagnostics::getModifyMonitoredItemsCount,
                items::modify);
        sync(
                path,
                Service.MONITORED_ITEM_DELETE_MONITORED_ITEMS,
                DeleteMonitoredItemsRequest.class,
                SessionDiagnostics::getDeleteMonitoredItemsCount,
                items::delete);
        sync(
                path,
                Service.MONITORED_ITEM_SET_MONITORING_MODE,
                SetMonitoringModeRequest.class,
                SessionDiagnostics::getSetMonitoringModeCount,
                items::setMode);
        sync(
                path,
                Service.MONITORED_ITEM_SET_TRIGGERING,
                SetTriggeringRequest.class,
                SessionDiagnostics::getSetTriggeringCount,
                items::setTriggering);
        sync(
                path,
                Service.SUBSCRIPTION_CREATE_SUBSCRIPTION,
                CreateSubscriptionRequest.class,
                SessionDiagnostics::getCreateSubscriptionCount,
                (c, s, q) -> subscriptions.create(s, q));
        sync(
                path,
                Service.SUBSCRIPTION_MODIFY_SUBSCRIPTION,
                ModifySubscriptionRequest.class,
                SessionDiagnostics::getModifySubscriptionCount,
                (c, s, q) -> subscriptions.modify(s, q));
        addServiceHandler(path, Service.SUBSCRIPTION_PUBLISH, (AsyncServiceHandler)
                (context, request) -> publish(subscriptions, context, (PublishRequest) request));
    }

    /** Good responses are written here, in their order; the future is for faults only. */
    @SuppressWarnings("FutureReturnValueIgnored") // a response that cannot be written is told by the closed channel
    private CompletableFuture<UaResponseMessageType> publish(
            SubscriptionServices subscriptions, ServiceRequestContext context, PublishRequest request) {
        Session session;
        try {
            session = getSessionManager().getSession(context, request.getRequestHeader());
        } catch (UaException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<UaResponseMessageType> fault = new CompletableFuture<>();
        subscriptions
                .publish(context, session, request, response -> {
                    if (context instanceof UascServiceRequest uasc) {
                        uasc.getChannel()
                                .pipeline()
                                .writeAndFlush(new UascServiceResponse(response, uasc.getRequestId()));
                    } else {
                        fault.complete(response);
                    }
                })
                .whenComplete((written, error) -> {
                    count(session, SessionDiagnostics::getPublishCount, error == null);
                    if (error != null) {
                        fault.completeExceptionally(error);
                    }
                });
        return fault;
    }

    private void installManagement(String path, NodeManagementServices management) {
        sync(
                path,
                Service.NODE_MANAGEMENT_ADD_NODES,
                AddNodesRequest.class,
                SessionDiagnostics::getAddNodesCount,
                (c, s, q) -> management.addNodes(s, q));
        sync(
                path,
                Service.NODE_MANAGEMENT_DELETE_NODES,
                DeleteNodesRequest.class,
                SessionDiagnostics::getDeleteNodesCount,
                (c, s, q) -> management.deleteNodes(s, q));
        sync(
                path,
                Service.NODE_MANAGEMENT_ADD_REFERENCES,
                AddReferencesRequest.class,
                SessionDiagnostics::getAddReferencesCount,
                (c, s, q) -> management.addReferences(s, q));
        sync(
                path,
                Service.NODE_MANAGEMENT_DELETE_REFERENCES,
                DeleteReferencesRequest.class,
                SessionDiagnostics::getDeleteReferencesCount,
                (c, s, q) -> management.deleteReferences(s, q));
    }

    @FunctionalInterface
    private interface Answer<Q, R> {
        R answer(ServiceRequestContext context, Session session, Q request) throws UaException;
    }

    /** A service with a session whose answer is ready when the handler returns. */
    private <Q extends UaRequestMessageType> void sync(
            String path,
            Service service,
            Class<Q> type,
            Function<SessionDiagnostics, ServiceCounter> counter,
            Answer<Q, ? extends UaResponseMessageType> answer) {
        addServiceHandler(path, service, (context, request) -> {
            Session session = getSessionManager().getSession(context, request.getRequestHeader());
            boolean isGood = false;
            try {
                UaResponseMessageType response = answer.answer(context, session, type.cast(request));
                isGood = true;
                return response;
            } finally {
                count(session, counter, isGood);
            }
        });
    }

    /** A service with a session whose answer comes later, from any thread. */
    private <Q extends UaRequestMessageType> void async(
            String path,
            Service service,
            Class<Q> type,
            Function<SessionDiagnostics, ServiceCounter> counter,
            Answer<Q, ? extends CompletableFuture<? extends UaResponseMessageType>> answer) {
        addServiceHandler(path, service, (AsyncServiceHandler) (context, request) -> {
            Session session;
            try {
                session = getSessionManager().getSession(context, request.getRequestHeader());
            } catch (UaException e) {
                return CompletableFuture.failedFuture(e);
            }
            CompletableFuture<UaResponseMessageType> response;
            try {
                response = answer.answer(context, session, type.cast(request)).thenApply(Function.identity());
            } catch (UaException | RuntimeException e) {
                response = CompletableFuture.failedFuture(e);
            }
            return response.whenComplete((good, error) -> count(session, counter, error == null));
        });
    }

    private static void count(Session session, Function<SessionDiagnostics, ServiceCounter> counter, boolean isGood) {
        SessionDiagnostics diagnostics = session.getSessionDiagnostics();
        counter.apply(diagnostics).incrementTotalCount();
        diagnostics.getTotalRequestCount().incrementTotalCount();
        if (!isGood) {
            counter.apply(diagnostics).incrementErrorCount();
            diagnostics.getTotalRequestCount().incrementErrorCount();
        }
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
