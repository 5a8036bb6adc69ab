package org.uatwin.server.assembly;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * Counts over all subscriptions. Milo counts overflows by subscription and forgets them with it, so what each had
 * when it was last looked at is kept here. One thread.
 */
final class ItemFigures {
    private Map<UInteger, Long> known = new HashMap<>(); // overflows by subscription
    private long overflows;
    private int items;

    /** Looks at the subscriptions there are now. */
    void look(Collection<Subscription> subscriptions) {
        Map<UInteger, Long> now = new HashMap<>();
        items = 0;
        for (Subscription subscription : subscriptions) {
            long count = subscription
                    .getSubscriptionDiagnostics()
                    .getMonitoringQueueOverflowCount()
                    .sum();
            overflows += count - known.getOrDefault(subscription.getId(), 0L);
            now.put(subscription.getId(), count);
            items += subscription.getMonitoredItems().size();
        }
        known = now;
    }

    /** Monitored items when last looked. */
    int items() {
        return items;
    }

    /** Values that queues of monitored items discarded since the start. */
    long overflows() {
        return overflows;
    }
}
