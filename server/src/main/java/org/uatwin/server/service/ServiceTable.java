package org.uatwin.server.service;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.diagnostics.ServiceCounter;
import org.eclipse.milo.opcua.sdk.server.diagnostics.SessionDiagnostics;
import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
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
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;
import org.eclipse.milo.opcua.stack.transport.server.uasc.UascServiceRequest;
import org.eclipse.milo.opcua.stack.transport.server.uasc.UascServiceResponse;
import org.uatwin.server.access.TwinAccessController;
import org.uatwin.server.event.AuditTrail;

/** Which of our services answers which request, for every endpoint path. Installed once, while the server is made. */
final class ServiceTable {
    /** Answers a request at once. */
    @FunctionalInterface
    interface Handler {
        UaResponseMessageType handle(ServiceRequestContext context, UaRequestMessageType request) throws UaException;
    }

    /** Answers a request later. */
    @FunctionalInterface
    interface AsyncHandler {
        CompletableFuture<UaResponseMessageType> handle(ServiceRequestContext context, UaRequestMessageType request);
    }

    private final TwinServer server;
    private final CountingDiagnostics diagnostics;

    ServiceTable(TwinServer server, CountingDiagnostics diagnostics) {
        this.server = server;
        this.diagnostics = diagnostics;
    }

    void install() {
        ServerLimits limits = server.limits();
        TwinAccessController access = server.access();
        AuditTrail audit = server.audit();
        References references = new References(server);
        EventItems eventItems = new EventItems(server, limits, access, references, server.events());
        ReadServices read = new ReadServices(server, limits, access);
        WriteServices write = new WriteServices(server, limits, access, audit);
        CallServices call = new CallServices(server, limits, access, audit);
        HistoryServices history = new HistoryServices(server, limits, access);
        BrowseServices browse = new BrowseServices(server, limits, access, references);
        PathServices paths = new PathServices(server, limits, access, references);
        MonitoredItemServices items = new MonitoredItemServices(server, limits, references, eventItems);
        SubscriptionServices subscriptions = new SubscriptionServices(server, limits);
        SessionServices sessions = new SessionServices(server, limits, audit, diagnostics);
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
        return server.getConfig().getEndpoints().stream()
                .map(endpoint -> EndpointUtil.getPath(endpoint.getEndpointUrl()))
                .distinct();
    }

    private void installDiscovery(String path) {
        for (Service service : new Service[] {
            Service.DISCOVERY_FIND_SERVERS_ON_NETWORK,
            Service.DISCOVERY_REGISTER_SERVER,
            Service.DISCOVERY_REGISTER_SERVER_2
        }) {
            server.handle(path, service, (context, request) -> {
                throw new UaException(StatusCodes.Bad_ServiceUnsupported);
            });
        }
    }

    private void installSessions(String path, SessionServices sessions) {
        server.handle(
                path,
                Service.SESSION_CREATE_SESSION,
                (context, request) -> sessions.create(context, (CreateSessionRequest) request));
        server.handle(
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
        server.handleAsync(
                path,
                Service.SUBSCRIPTION_PUBLISH,
                (context, request) -> publish(subscriptions, context, (PublishRequest) request));
    }

    /** Good responses are written here, in their order; the future is for faults only. */
    @SuppressWarnings("FutureReturnValueIgnored") // a response that cannot be written is told by the closed channel
    private CompletableFuture<UaResponseMessageType> publish(
            SubscriptionServices subscriptions, ServiceRequestContext context, PublishRequest request) {
        Session session;
        try {
            session = server.getSessionManager().getSession(context, request.getRequestHeader());
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
        server.handle(path, service, (context, request) -> {
            Session session = server.getSessionManager().getSession(context, request.getRequestHeader());
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
        server.handleAsync(path, service, (context, request) -> {
            Session session;
            try {
                session = server.getSessionManager().getSession(context, request.getRequestHeader());
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
}
