package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.SessionListener;
import org.eclipse.milo.opcua.sdk.server.items.BaseMonitoredItem;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.EventItem;
import org.eclipse.milo.opcua.sdk.server.subscriptions.PublishQueue;
import org.eclipse.milo.opcua.sdk.server.subscriptions.PublishQueue.PendingPublish;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifySubscriptionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifySubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/**
 * What Milo's subscriptions lack (OPC UA Part 4, 5.14): caps on publishing interval and notifications, a bounded queue of
 * Publish requests, and the removal of subscriptions whose session is gone and whose lifetime ran out.
 */
final class SubscriptionServices {
    private final TwinServer server;
    private final ServerLimits limits;
    private final PublishOrder order = new PublishOrder();

    SubscriptionServices(TwinServer server, ServerLimits limits) {
        this.server = server;
        this.limits = limits;
        server.getSessionManager().addSessionListener(new SessionListener() {
            @Override
            public void onSessionClosed(Session session) {
                adoptOrphans(session);
            }
        });
    }

    CreateSubscriptionResponse create(Session session, CreateSubscriptionRequest request) throws UaException {
        CreateSubscriptionRequest capped = new CreateSubscriptionRequest(
                request.getRequestHeader(),
                publishingInterval(request.getRequestedPublishingInterval()),
                request.getRequestedLifetimeCount(),
                request.getRequestedMaxKeepAliveCount(),
                notifications(request.getMaxNotificationsPerPublish()),
                request.getPublishingEnabled(),
                request.getPriority());
        return join(session.getSubscriptionManager().createSubscription(capped));
    }

    ModifySubscriptionResponse modify(Session session, ModifySubscriptionRequest request) throws UaException {
        ModifySubscriptionRequest capped = new ModifySubscriptionRequest(
                request.getRequestHeader(),
                request.getSubscriptionId(),
                publishingInterval(request.getRequestedPublishingInterval()),
                request.getRequestedLifetimeCount(),
                request.getRequestedMaxKeepAliveCount(),
                notifications(request.getMaxNotificationsPerPublish()),
                request.getPriority());
        return join(session.getSubscriptionManager().modifySubscription(capped));
    }

    /**
     * The oldest queued requests give way to the newest (Part 4, 5.14.5: Bad_TooManyPublishRequests).
     *
     * @param write writes a response to the client; called in the order of the sequence numbers of each subscription.
     * @return completes when the response was handed to {@code write}, exceptionally when there is none.
     */
    CompletableFuture<Void> publish(
            ServiceRequestContext context, Session session, PublishRequest request, Consumer<PublishResponse> write) {
        PublishQueue queue = session.getSubscriptionManager().getPublishQueue();
        while (queue.size() >= limits.publishRequestsPerSession()) {
            PendingPublish oldest = queue.poll();
            if (oldest == null) {
                break;
            }
            oldest.responseFuture.completeExceptionally(new UaException(StatusCodes.Bad_TooManyPublishRequests));
        }
        return session.getSubscriptionManager().publish(context, request).thenCompose(response -> {
            CompletableFuture<Void> written = new CompletableFuture<>();
            Runnable send = () -> {
                write.accept(response);
                written.complete(null);
            };
            Subscription subscription = server.getSubscriptions().get(response.getSubscriptionId());
            if (subscription == null) {
                send.run();
            } else {
                order.send(subscription, response.getNotificationMessage(), send);
            }
            return written;
        });
    }

    /** Below the minimum the minimum holds; Milo would take 250 ms instead. */
    private Double publishingInterval(Double requested) {
        double minimum = limits.minPublishingInterval().toMillis();
        return requested == null || requested.isNaN() || requested < minimum ? minimum : requested;
    }

    private UInteger notifications(UInteger requested) {
        long asked = requested.longValue();
        return asked == 0 || asked > limits.notificationsPerPublish()
                ? uint(limits.notificationsPerPublish())
                : requested;
    }

    /** Milo forgets the subscriptions of a closed session; when one expires nobody takes it and its items away. */
    private void adoptOrphans(Session session) {
        for (Subscription subscription : List.copyOf(server.getSubscriptions().values())) {
            if (subscription.getSession() == session) {
                subscription.setStateListener((expired, before, now) -> {
                    if (now == Subscription.State.Closing || now == Subscription.State.Closed) {
                        remove(expired);
                    }
                });
            }
        }
    }

    private void remove(Subscription subscription) {
        if (!server.getSubscriptions().remove(subscription.getId(), subscription)) {
            return;
        }
        List<DataItem> dataItems = new ArrayList<>();
        List<EventItem> eventItems = new ArrayList<>();
        for (BaseMonitoredItem<?> item : subscription.getMonitoredItems().values()) {
            if (item instanceof DataItem dataItem) {
                dataItems.add(dataItem);
            } else if (item instanceof EventItem eventItem) {
                eventItems.add(eventItem);
            }
        }
        subscription.getMonitoredItems().clear();
        if (!dataItems.isEmpty()) {
            server.getAddressSpaceManager().onDataItemsDeleted(dataItems);
        }
        if (!eventItems.isEmpty()) {
            server.getAddressSpaceManager().onEventItemsDeleted(eventItems);
            eventItems.forEach(server.getEventNotifier()::unregister);
        }
    }

    /** Milo answers these with futures that are already complete. */
    static <T> T join(CompletableFuture<T> future) throws UaException {
        try {
            return future.join();
        } catch (RuntimeException e) {
            throw Failures.asUaException(e);
        }
    }
}
