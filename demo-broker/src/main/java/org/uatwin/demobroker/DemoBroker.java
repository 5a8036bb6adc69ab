package org.uatwin.demobroker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.plcadapters.device.Broker;

/** The broker: who is there, who wants what, what is retained. Any thread of a session calls it. */
public final class DemoBroker implements Broker {
    private static final Logger LOG = LoggerFactory.getLogger(DemoBroker.class);

    /** A filter of a session with its options. */
    record Subscription(BrokerSession session, String filter, int qos, boolean isNoLocal, boolean isRetainKept) {}

    private final ServerSocket listener;
    private final Map<String, BrokerSession> sessions = new ConcurrentHashMap<>(); // by client id
    private final Set<BrokerSession> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, List<Subscription>> exact = new ConcurrentHashMap<>(); // by topic
    private final List<Subscription> wild = new CopyOnWriteArrayList<>();
    private final Map<String, Publication> retained = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    private DemoBroker(ServerSocket listener) {
        this.listener = listener;
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for any free one.
     */
    public static DemoBroker start(InetAddress address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, port), 256);
        DemoBroker broker = new DemoBroker(socket);
        broker.thread("accept", broker::accept);
        return broker;
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    void thread(String role, Runnable work) {
        Thread thread = new Thread(work, "demo-broker-%d-%s".formatted(port(), role));
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!isClosed) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                BrokerSession session = new BrokerSession(this, socket);
                connections.add(session);
                if (isClosed) { // close() may have ended the others before this one was among them
                    session.end();
                }
                thread("read", session::read);
            } catch (IOException e) {
                LOG.debug("accepting ended: {}", e.getMessage());
            }
        }
    }

    /** A session is there under a name; one that had the name before ends (MQTT 5, section 3.1.4). */
    void enter(String clientId, BrokerSession session) {
        BrokerSession former = sessions.put(clientId, session);
        if (former != null && former != session) {
            former.end();
        }
    }

    void leave(String clientId, BrokerSession session) {
        sessions.remove(clientId, session);
        connections.remove(session);
        wild.removeIf(s -> s.session() == session);
        exact.values().forEach(list -> list.removeIf(s -> s.session() == session));
    }

    /** @return whether the session had that filter before. */
    boolean subscribe(Subscription subscription) {
        boolean wasThere = unsubscribe(subscription.session(), subscription.filter());
        if (TopicFilter.hasWildcard(subscription.filter())) {
            wild.add(subscription);
        } else {
            exact.computeIfAbsent(subscription.filter(), t -> new CopyOnWriteArrayList<>())
                    .add(subscription);
        }
        return wasThere;
    }

    /** @return whether it was there. */
    boolean unsubscribe(BrokerSession session, String filter) {
        List<Subscription> list =
                TopicFilter.hasWildcard(filter) ? wild : exact.getOrDefault(filter, new ArrayList<>());
        return list.removeIf(s -> s.session() == session && s.filter().equals(filter));
    }

    /** Retained messages of a filter, for who has just subscribed to it. */
    List<Publication> retained(String filter) {
        return retained.values().stream()
                .filter(p -> TopicFilter.matches(filter, p.topic()))
                .toList();
    }

    /** Gives a message to everyone who wants it, once each, with the highest QoS of the filters that match. */
    void publish(BrokerSession from, Publication publication) {
        if (publication.isRetained()) {
            if (publication.payload().length == 0) {
                retained.remove(publication.topic());
            } else {
                retained.put(publication.topic(), publication);
            }
        }
        Map<BrokerSession, Subscription> wanted = new HashMap<>();
        exact.getOrDefault(publication.topic(), List.of()).forEach(s -> add(s, from, wanted));
        for (Subscription s : wild) {
            if (TopicFilter.matches(s.filter(), publication.topic())) {
                add(s, from, wanted);
            }
        }
        wanted.forEach((session, s) ->
                session.deliver(publication.retained(s.isRetainKept() && publication.isRetained()), s.qos()));
    }

    private static void add(Subscription s, BrokerSession from, Map<BrokerSession, Subscription> wanted) {
        if (!s.isNoLocal() || s.session() != from) {
            wanted.merge(s.session(), s, (a, b) -> a.qos() >= b.qos() ? a : b);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("closing the listener", e);
        }
        connections.forEach(BrokerSession::end);
    }
}
