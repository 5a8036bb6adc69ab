package org.uatwin.plcadapters.mqtt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The topic filters of a link at its broker: all of them after connecting, only the difference after a reload. New filters
 * are taken before old ones are given up, so that a topic both match misses nothing. Owned by the link's thread.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // counters have one writer
final class Subscriptions {
    private static final int FILTERS_A_SUBSCRIBE = 200;
    /** How long a topic stays subscribed to for the sake of its retained message, which comes with the subscription. */
    private static final long PASSING_NS = 5_000_000_000L;

    private final MqttCounters counters;
    private List<SubscriptionPlan.Filter> filters;
    private final Set<String> obsolete = new LinkedHashSet<>(); // the broker has them, nobody wants them any more
    private final Map<String, Long> passing = new LinkedHashMap<>(); // topics beside a filter, with their end
    private int unanswered; // subscribe calls
    private boolean isAnyRefused; // among them

    Subscriptions(List<SubscriptionPlan.Filter> filters, MqttCounters counters) {
        this.filters = filters;
        this.counters = counters;
    }

    /** Subscribes to everything, whatever the broker remembers: what it has already costs it nothing. */
    void connected(MqttPort port, boolean isSessionPresent) {
        obsolete.addAll(passing.keySet());
        passing.clear();
        unanswered = 0;
        isAnyRefused = false;
        counters.subscriptions = filters.size();
        counters.refusedSubscriptions = 0;
        if (isSessionPresent && !obsolete.isEmpty()) {
            port.unsubscribe(List.copyOf(obsolete));
        }
        obsolete.clear();
        subscribe(port, filters);
    }

    private void subscribe(MqttPort port, List<SubscriptionPlan.Filter> wanted) {
        for (int from = 0; from < wanted.size(); from += FILTERS_A_SUBSCRIBE) {
            unanswered++;
            port.subscribe(wanted.subList(from, Math.min(wanted.size(), from + FILTERS_A_SUBSCRIBE)));
        }
    }

    /**
     * Goes over to other filters.
     *
     * @param fresh topics with their QoS whose retained messages are needed, although a filter may bring them already.
     * @param port null while there is no connection.
     */
    void follow(List<SubscriptionPlan.Filter> next, Map<String, Integer> fresh, @Nullable MqttPort port, long now) {
        Map<String, Integer> had = new HashMap<>();
        filters.forEach(filter -> had.put(filter.text(), filter.qos()));
        List<SubscriptionPlan.Filter> ask = new ArrayList<>();
        Set<String> texts = new LinkedHashSet<>();
        for (SubscriptionPlan.Filter filter : next) {
            texts.add(filter.text());
            if (!Integer.valueOf(filter.qos()).equals(had.remove(filter.text())) || fresh.containsKey(filter.text())) {
                ask.add(filter);
            }
        }
        Set<String> gone = new LinkedHashSet<>();
        filters.forEach(filter -> gone.add(filter.text()));
        gone.removeAll(texts);
        int before = filters.size() + obsolete.size() + passing.size();
        obsolete.addAll(gone);
        obsolete.removeAll(texts);
        passing.keySet().removeAll(texts);
        filters = next;
        if (port == null) {
            return;
        }
        fresh.forEach((topic, qos) -> {
            if (ask.stream().noneMatch(filter -> Topics.covers(filter.text(), topic))) {
                ask.add(new SubscriptionPlan.Filter(topic, qos));
                passing.put(topic, now + PASSING_NS);
                obsolete.remove(topic);
            }
        });
        counters.subscriptions += filters.size() + obsolete.size() + passing.size() - before;
        subscribe(port, ask);
        giveUp(port);
    }

    /** The answer to one call; what the broker refused leaves its predecessors in place. */
    void subscribed(Collection<String> refused, @Nullable MqttPort port) {
        unanswered = Math.max(0, unanswered - 1);
        isAnyRefused |= !refused.isEmpty();
        counters.refusedSubscriptions += refused.size();
        counters.subscriptions -= refused.size();
        if (port != null) {
            giveUp(port);
        }
    }

    private void giveUp(MqttPort port) {
        if (unanswered > 0) {
            return;
        }
        if (!isAnyRefused && !obsolete.isEmpty()) {
            port.unsubscribe(List.copyOf(obsolete));
            counters.subscriptions -= obsolete.size();
            obsolete.clear();
        }
        isAnyRefused = false;
    }

    /** Ends what was subscribed to for a retained message alone. */
    void sweep(MqttPort port, long now) {
        if (passing.isEmpty()) {
            return;
        }
        List<String> due = new ArrayList<>();
        passing.forEach((topic, end) -> {
            if (now - end >= 0) {
                due.add(topic);
            }
        });
        if (!due.isEmpty()) {
            due.forEach(passing::remove);
            counters.subscriptions -= due.size();
            port.unsubscribe(due);
        }
    }
}
