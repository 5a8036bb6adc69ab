package org.uatwin.plcadapters.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A broker that does what a test says, at once and on the test's thread. */
final class ScriptedPort implements MqttPort {
    /** What was published to it. */
    record Publication(int token, String topic, String text, int qos, boolean isRetained) {}

    final List<SubscriptionPlan.Filter> subscriptions = new ArrayList<>();
    final Map<String, String> retained = new LinkedHashMap<>(); // by topic; sent with each subscription, as brokers do
    final Set<String> refuses = new HashSet<>(); // filters it does not grant
    final List<String> unsubscribed = new ArrayList<>();
    final List<Publication> publications = new ArrayList<>();
    final List<byte[]> payloads = new ArrayList<>();
    PahoPort.@Nullable Will will;
    boolean isThere = true;
    boolean isV5 = true;
    boolean isAcknowledging = true;
    int connects;
    int opened;
    boolean isClosed;
    MqttPort.@Nullable Listener listener;

    MqttPort open(boolean version5, PahoPort.@Nullable Will lastWill, Listener to) {
        isV5 = version5;
        will = lastWill;
        listener = to;
        opened++;
        isClosed = false;
        return this;
    }

    private Listener listener() {
        Listener now = listener;
        if (now == null) {
            throw new IllegalStateException("the link has not opened the port");
        }
        return now;
    }

    @Override
    public void connect() {
        connects++;
        if (isThere) {
            listener().connected(false);
        } else {
            listener().disconnected("connection refused", false);
        }
    }

    @Override
    public void subscribe(List<SubscriptionPlan.Filter> filters) {
        List<String> refused = new ArrayList<>();
        for (SubscriptionPlan.Filter filter : filters) {
            if (refuses.contains(filter.text())) {
                refused.add(filter.text());
                continue;
            }
            subscriptions.removeIf(known -> known.text().equals(filter.text()));
            subscriptions.add(filter);
            retained.forEach((topic, payload) -> {
                if (Topics.covers(filter.text(), topic)) {
                    sendRetained(topic, payload);
                }
            });
        }
        listener().subscribed(refused);
    }

    @Override
    public void unsubscribe(List<String> filters) {
        unsubscribed.addAll(filters);
        subscriptions.removeIf(filter -> filters.contains(filter.text()));
    }

    @Override
    public void publish(int token, String topic, byte[] payload, int qos, boolean isRetained) {
        publications.add(new Publication(token, topic, new String(payload, StandardCharsets.UTF_8), qos, isRetained));
        payloads.add(payload);
        if (isAcknowledging) {
            listener().published(token, "");
        }
    }

    void acknowledge(int token, String failure) {
        listener().published(token, failure);
    }

    /** The broker dies. */
    void die() {
        isThere = false;
        subscriptions.clear();
        listener().disconnected("connection lost", false);
    }

    void send(String topic, String payload) {
        send(topic, payload.getBytes(StandardCharsets.UTF_8), false);
    }

    void sendRetained(String topic, String payload) {
        send(topic, payload.getBytes(StandardCharsets.UTF_8), true);
    }

    /** Delivers as a broker does: only what is subscribed to. */
    void send(String topic, byte[] payload, boolean isRetained) {
        if (subscriptions.stream().anyMatch(f -> Topics.covers(f.text(), topic))) {
            listener().message(topic, payload, isRetained);
        }
    }

    @Override
    public void abandon() {
        close();
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
