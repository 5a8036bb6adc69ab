package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.items.BaseMonitoredItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredDataItem;
import org.eclipse.milo.opcua.sdk.server.servicesets.AbstractServiceSet;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.AggregateFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifyMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifyMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemModifyRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemModifyResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.SetMonitoringModeRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.SetMonitoringModeResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.SetTriggeringRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.SetTriggeringResponse;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * MonitoredItem services (OPC UA Part 4, 5.13) in front of Milo's: limits, quotas counted from the items that exist,
 * filters checked and rewritten before Milo sees them, no sampling interval 0 where Milo would sample. Event items are
 * made by {@link EventItems}, those on points by {@link PushedItems}, other data items by Milo.
 */
final class MonitoredItemServices {
    private final TwinServer server;
    private final ServerLimits limits;
    private final References references;
    private final DataFilters filters;
    private final PercentDeadbands percents;
    private final EventItems eventItems;
    private final PushedItems pushedItems;
    private final Object quotaLock = new Object();

    MonitoredItemServices(TwinServer server, ServerLimits limits, References references, EventItems eventItems) {
        this.server = server;
        this.limits = limits;
        this.references = references;
        this.filters = new DataFilters(server, references);
        this.percents = server.percentDeadbands();
        this.eventItems = eventItems;
        this.pushedItems = new PushedItems(server);
    }

    CreateMonitoredItemsResponse create(
            ServiceRequestContext context, Session session, CreateMonitoredItemsRequest request) throws UaException {
        Subscription subscription = subscription(session, request.getSubscriptionId());
        Requests.checkTimestamps(request.getTimestampsToReturn());
        List<MonitoredItemCreateRequest> items =
                Requests.operations(request.getItemsToCreate(), limits.monitoredItemsPerCall());
        // Counting and creating are one step, or two requests at once would both fit into the last place.
        synchronized (quotaLock) {
            return createCounted(context, session, subscription, request, items);
        }
    }

    private CreateMonitoredItemsResponse createCounted(
            ServiceRequestContext context,
            Session session,
            Subscription subscription,
            CreateMonitoredItemsRequest request,
            List<MonitoredItemCreateRequest> items)
            throws UaException {
        MonitoredItemCreateResult[] results = new MonitoredItemCreateResult[items.size()];
        List<MonitoredItemCreateRequest> forMilo = new ArrayList<>(items.size());
        int[] positions = new int[items.size()];
        List<MonitoredDataItem> own = new ArrayList<>(items.size());
        int room = room(session);
        for (int i = 0; i < results.length; i++) {
            MonitoredItemCreateRequest item = items.get(i);
            try {
                if (room <= 0) {
                    throw new UaException(StatusCodes.Bad_TooManyMonitoredItems);
                }
                if (isEventNotifier(item.getItemToMonitor())) {
                    results[i] = eventItems.create(session, subscription, request.getTimestampsToReturn(), item);
                    room -= results[i].getStatusCode().isGood() ? 1 : 0;
                } else {
                    MonitoredItemCreateRequest ready = prepared(session, item);
                    Function<NewItem, MonitoredDataItem> maker = pushedItems.makerFor(ready);
                    if (maker != null) {
                        MonitoredDataItem made =
                                pushedItems.make(session, subscription, request.getTimestampsToReturn(), ready, maker);
                        own.add(made);
                        percents.accepted(made, item.getRequestedParameters().getFilter());
                        results[i] = result(made);
                    } else {
                        positions[forMilo.size()] = i;
                        forMilo.add(ready);
                    }
                    room--;
                }
            } catch (UaException e) {
                results[i] = refused(e.getStatusCode());
            } catch (RuntimeException | StackOverflowError e) {
                results[i] = refused(Failures.status(e));
            }
        }
        if (!own.isEmpty()) {
            pushedItems.begin(subscription, own);
        }
        if (!forMilo.isEmpty()) {
            List<MonitoredItemCreateResult> created = createByMilo(context, session, request, forMilo);
            for (int i = 0; i < created.size(); i++) {
                results[positions[i]] = created.get(i);
                if (created.get(i).getStatusCode().isGood()) {
                    percents.accepted(
                            subscription.getMonitoredItems().get(created.get(i).getMonitoredItemId()),
                            items.get(positions[i]).getRequestedParameters().getFilter());
                }
            }
        }
        return new CreateMonitoredItemsResponse(
                AbstractServiceSet.createResponseHeader(request), results, Requests.NO_DIAGNOSTICS);
    }

    private static MonitoredItemCreateResult result(MonitoredDataItem made) {
        return new MonitoredItemCreateResult(
                StatusCode.GOOD, made.getId(), made.getSamplingInterval(), uint(made.getQueueSize()), null);
    }

    private static List<MonitoredItemCreateResult> createByMilo(
            ServiceRequestContext context,
            Session session,
            CreateMonitoredItemsRequest request,
            List<MonitoredItemCreateRequest> items)
            throws UaException {
        CreateMonitoredItemsResponse response = session.getSubscriptionManager()
                .createMonitoredItems(
                        context,
                        new CreateMonitoredItemsRequest(
                                request.getRequestHeader(),
                                request.getSubscriptionId(),
                                request.getTimestampsToReturn(),
                                items.toArray(new MonitoredItemCreateRequest[0])));
        MonitoredItemCreateResult[] results = response.getResults();
        if (results == null || results.length != items.size()) {
            throw new UaException(StatusCodes.Bad_InternalError);
        }
        return Arrays.asList(results);
    }

    /** How many items may still be created, by the items there are: counters would leak on exceptions. */
    private int room(Session session) {
        int all = 0;
        int own = 0;
        for (Subscription subscription : server.getSubscriptions().values()) {
            int count = subscription.getMonitoredItems().size();
            all += count;
            own += subscription.getSession() == session ? count : 0;
        }
        return Math.min(limits.monitoredItems() - all, limits.monitoredItemsPerSession() - own);
    }

    private MonitoredItemCreateRequest prepared(Session session, MonitoredItemCreateRequest item) throws UaException {
        ReadValueId id = item.getItemToMonitor();
        if (Requests.isNull(id.getNodeId())) {
            throw new UaException(StatusCodes.Bad_NodeIdInvalid);
        }
        if (AttributeId.from(id.getAttributeId()).isEmpty()) {
            throw new UaException(StatusCodes.Bad_AttributeIdInvalid);
        }
        if (item.getMonitoringMode() == null) {
            throw new UaException(StatusCodes.Bad_MonitoringModeInvalid);
        }
        if (IndexRange.isGiven(id.getIndexRange()) && !IndexRange.isValid(id.getIndexRange())) {
            throw new UaException(StatusCodes.Bad_IndexRangeInvalid);
        }
        if (Requests.isGiven(id.getDataEncoding())) {
            checkEncoding(session, id);
        }
        return new MonitoredItemCreateRequest(
                id, item.getMonitoringMode(), prepared(session, id, item.getRequestedParameters()));
    }

    private void checkEncoding(Session session, ReadValueId id) throws UaException {
        Object dataType = AttributeId.Value.uid().equals(id.getAttributeId())
                ? references
                        .attributes(session, List.of(id.getNodeId()), AttributeId.DataType)
                        .get(0)
                : null;
        boolean isStructure =
                dataType instanceof NodeId type && server.getDataTypeTree().isStructType(type);
        if (!isStructure) {
            throw new UaException(StatusCodes.Bad_DataEncodingInvalid);
        }
        if (!Requests.isSupportedEncoding(id.getDataEncoding())) {
            throw new UaException(StatusCodes.Bad_DataEncodingUnsupported);
        }
    }

    private MonitoringParameters prepared(Session session, ReadValueId id, MonitoringParameters parameters)
            throws UaException {
        ExtensionObject filter = parameters.getFilter();
        if (filter != null && !filter.isNull()) {
            Object decoded = EventItems.decode(server, filter);
            if (decoded instanceof DataChangeFilter change) {
                boolean hasDeadband = change.getDeadbandType().intValue() != 0;
                if (hasDeadband && !AttributeId.Value.uid().equals(id.getAttributeId())) {
                    throw new UaException(StatusCodes.Bad_FilterNotAllowed);
                }
                filter = filters.rewritten(session, id.getNodeId(), change, filter);
            } else if (decoded instanceof EventFilter) {
                throw new UaException(StatusCodes.Bad_FilterNotAllowed);
            } else if (decoded instanceof AggregateFilter) {
                throw new UaException(StatusCodes.Bad_MonitoredItemFilterUnsupported);
            } else {
                throw new UaException(StatusCodes.Bad_MonitoredItemFilterInvalid);
            }
        }
        long queue = Math.min(parameters.getQueueSize().longValue(), limits.monitoredItemQueue());
        return new MonitoringParameters(
                parameters.getClientHandle(),
                samplingInterval(id, parameters.getSamplingInterval()),
                filter,
                uint(queue),
                parameters.getDiscardOldest());
    }

    /** Negative means the publishing interval; 0 only where values are pushed. */
    private Double samplingInterval(ReadValueId id, @Nullable Double requested) {
        if (requested == null || requested.isNaN()) {
            return -1.0;
        }
        boolean isPushed = AttributeId.Value.uid().equals(id.getAttributeId())
                && server.ports().pushed().isPushed(id.getNodeId());
        double minimum = limits.minSampledInterval().toMillis();
        return requested < 0 || isPushed ? requested : Math.max(minimum, requested);
    }

    ModifyMonitoredItemsResponse modify(
            ServiceRequestContext context, Session session, ModifyMonitoredItemsRequest request) throws UaException {
        Subscription subscription = subscription(session, request.getSubscriptionId());
        Requests.checkTimestamps(request.getTimestampsToReturn());
        List<MonitoredItemModifyRequest> items =
                Requests.operations(request.getItemsToModify(), limits.monitoredItemsPerCall());
        MonitoredItemModifyResult[] results = new MonitoredItemModifyResult[items.size()];
        List<MonitoredItemModifyRequest> forMilo = new ArrayList<>(items.size());
        int[] positions = new int[items.size()];
        for (int i = 0; i < results.length; i++) {
            MonitoredItemModifyRequest change = items.get(i);
            try {
                BaseMonitoredItem<?> item = subscription.getMonitoredItems().get(change.getMonitoredItemId());
                if (item == null) {
                    throw new UaException(StatusCodes.Bad_MonitoredItemIdInvalid);
                }
                MonitoringParameters parameters = change.getRequestedParameters();
                if (isEventNotifier(item.getReadValueId())) {
                    results[i] = eventItems.modify(item, request.getTimestampsToReturn(), parameters);
                } else {
                    positions[forMilo.size()] = i;
                    forMilo.add(new MonitoredItemModifyRequest(
                            change.getMonitoredItemId(), prepared(session, item.getReadValueId(), parameters)));
                }
            } catch (UaException e) {
                results[i] = new MonitoredItemModifyResult(e.getStatusCode(), 0.0, uint(0), null);
            } catch (RuntimeException | StackOverflowError e) {
                results[i] = new MonitoredItemModifyResult(Failures.status(e), 0.0, uint(0), null);
            }
        }
        if (!forMilo.isEmpty()) {
            MonitoredItemModifyResult[] modified = session.getSubscriptionManager()
                    .modifyMonitoredItems(
                            context,
                            new ModifyMonitoredItemsRequest(
                                    request.getRequestHeader(),
                                    request.getSubscriptionId(),
                                    request.getTimestampsToReturn(),
                                    forMilo.toArray(new MonitoredItemModifyRequest[0])))
                    .getResults();
            for (int i = 0; modified != null && i < modified.length; i++) {
                results[positions[i]] = modified[i];
                if (modified[i].getStatusCode().isGood()) {
                    MonitoredItemModifyRequest change = items.get(positions[i]);
                    percents.accepted(
                            subscription.getMonitoredItems().get(change.getMonitoredItemId()),
                            change.getRequestedParameters().getFilter());
                }
            }
        }
        return new ModifyMonitoredItemsResponse(
                AbstractServiceSet.createResponseHeader(request), results, Requests.NO_DIAGNOSTICS);
    }

    /** An id given twice is deleted once; Milo would count it twice. */
    DeleteMonitoredItemsResponse delete(
            ServiceRequestContext context, Session session, DeleteMonitoredItemsRequest request) throws UaException {
        Subscription subscription = subscription(session, request.getSubscriptionId());
        List<UInteger> ids = Requests.operations(request.getMonitoredItemIds(), limits.monitoredItemsPerCall());
        Set<UInteger> seen = new HashSet<>();
        UInteger[] once = new UInteger[ids.size()];
        for (int i = 0; i < once.length; i++) {
            once[i] = seen.add(ids.get(i)) ? ids.get(i) : uint(0); // 0 is never an item's id
            BaseMonitoredItem<?> item = subscription.getMonitoredItems().get(ids.get(i));
            if (item != null) {
                eventItems.deleted(item);
            }
        }
        return SubscriptionServices.join(session.getSubscriptionManager()
                .deleteMonitoredItems(
                        context,
                        new DeleteMonitoredItemsRequest(
                                request.getRequestHeader(), request.getSubscriptionId(), once)));
    }

    SetMonitoringModeResponse setMode(ServiceRequestContext context, Session session, SetMonitoringModeRequest request)
            throws UaException {
        subscription(session, request.getSubscriptionId());
        Requests.operations(request.getMonitoredItemIds(), limits.monitoredItemsPerCall());
        if (request.getMonitoringMode() == null) {
            throw new UaException(StatusCodes.Bad_MonitoringModeInvalid);
        }
        return SubscriptionServices.join(session.getSubscriptionManager().setMonitoringMode(context, request));
    }

    SetTriggeringResponse setTriggering(ServiceRequestContext context, Session session, SetTriggeringRequest request)
            throws UaException {
        subscription(session, request.getSubscriptionId());
        int links = length(request.getLinksToAdd()) + length(request.getLinksToRemove());
        if (links > limits.monitoredItemsPerCall()) {
            throw new UaException(StatusCodes.Bad_TooManyOperations);
        }
        return SubscriptionServices.join(session.getSubscriptionManager().setTriggering(context, request));
    }

    private static int length(UInteger @Nullable [] ids) {
        return ids == null ? 0 : ids.length;
    }

    private static Subscription subscription(Session session, UInteger id) throws UaException {
        Subscription subscription = session.getSubscriptionManager().getSubscription(id);
        if (subscription == null) {
            throw new UaException(StatusCodes.Bad_SubscriptionIdInvalid);
        }
        return subscription;
    }

    private static boolean isEventNotifier(ReadValueId id) {
        return AttributeId.EventNotifier.uid().equals(id.getAttributeId());
    }

    private static MonitoredItemCreateResult refused(StatusCode status) {
        return new MonitoredItemCreateResult(status, uint(0), 0.0, uint(0), null);
    }
}
