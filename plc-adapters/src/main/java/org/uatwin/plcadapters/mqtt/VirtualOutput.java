package org.uatwin.plcadapters.mqtt;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The sessions of virtual devices with their broker. Called by the stepping thread; no call waits. */
interface VirtualOutput extends AutoCloseable {
    /**
     * One session.
     *
     * @param key names it among the sessions of the connection.
     * @param will by number of the attempt to connect, counted from 0; empty: none.
     * @param filters subscribed to after every connect.
     */
    record Session(String key, IntFunction<Optional<PahoPort.Will>> will, List<SubscriptionPlan.Filter> filters) {
        public Session {
            filters = List.copyOf(filters);
        }
    }

    /** Something a session has to say. */
    sealed interface Event {
        String session();
    }

    /** @param attempt the number whose last will the broker has now. */
    record Connected(String session, int attempt) implements Event {}

    /** A message on a topic subscribed to. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Arrived(String session, String topic, byte[] payload) implements Event {}

    /** What is to be published. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Message(String topic, byte[] payload, int qos, boolean isRetained) {}

    /** Begins a session and keeps it, whatever the broker does. */
    void open(Session session);

    /** Publishes, if the session is connected: a device stores nothing while it is not. */
    void publish(String session, Message message);

    /** Breaks the session's socket and stays away, so that the broker publishes the last will. */
    void abandon(String session);

    /** Comes back after {@link #abandon}. */
    void revive(String session);

    /** The next event; null if there is none. */
    @Nullable
    Event poll();

    @Override
    void close();
}
