package org.uatwin.plcadapters.mqtt;

import java.util.List;

/**
 * One session with a broker, without a protocol version: the link speaks to this, Paho stands behind it, tests put a
 * scripted one in its place. Every call returns at once; results come to the {@link Listener}. Called by the link's
 * thread only.
 */
interface MqttPort extends AutoCloseable {
    /** What happens, on threads of the port. Implementations only put it into the link's inbox and never throw. */
    interface Listener {
        /** @param isSessionPresent whether the broker kept the subscriptions of the session. */
        void connected(boolean isSessionPresent);

        /**
         * The connection could not be made, or it ended.
         *
         * @param isVersionRefused whether the broker seems not to speak this version of MQTT.
         */
        void disconnected(String cause, boolean isVersionRefused);

        void message(String topic, byte[] payload, boolean isRetained);

        /** Answer to a subscription; texts of the filters that were refused. */
        void subscribed(List<String> refused);

        /** A subscription failed as a whole; the connection may live on. */
        void subscribeFailed(String cause);

        /** The broker did not end a subscription; what arrives by it is for nobody. */
        void unsubscribeFailed(String cause);

        /** @param failure empty if the broker has taken the message (QoS 0: if it was sent). */
        void published(int token, String failure);
    }

    /** Begins to connect; ends in {@code connected} or {@code disconnected}. */
    void connect();

    void subscribe(List<SubscriptionPlan.Filter> filters);

    /** @param filters given to {@link #subscribe} before. */
    void unsubscribe(List<String> filters);

    /** @param token comes back in {@code published}. */
    void publish(int token, String topic, byte[] payload, int qos, boolean isRetained);

    /** Breaks the connection without a goodbye, so that the broker publishes the last will; frees what it holds. */
    void abandon();

    /** Says goodbye if it is connected, frees threads and sockets; within 2 s. Idempotent. */
    @Override
    void close();
}
