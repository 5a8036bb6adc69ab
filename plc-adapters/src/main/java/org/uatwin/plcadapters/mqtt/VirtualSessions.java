package org.uatwin.plcadapters.mqtt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions of virtual devices with a real broker, over Paho. A thread of its own owns the ports: it connects, again and
 * again, and publishes with a window, so that the stepping thread never waits. What the window does not take in waits in
 * a bounded queue; beyond it the oldest message is dropped.
 */
final class VirtualSessions implements VirtualOutput {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualSessions.class);
    /** Messages of a session the broker has not acknowledged; brokers allow for 20 and more. */
    private static final int WINDOW = 16;

    private static final int MOST_WAITING = 50_000;
    private static final int MOST_EVENTS = 10_000;
    private static final long PAUSE_MS = 500;
    private static final long CLOSE_MS = 2_000;

    /** One session; owned by the thread. */
    private static final class Line {
        final Session session;
        final Deque<Message> waiting = new ArrayDeque<>();

        @Nullable
        MqttPort port;

        int generation;
        int attempts;
        int underWay;
        boolean isConnected;
        boolean isAway;
        boolean isV5 = true;
        boolean isWarned;
        long nextAttemptNs = System.nanoTime();

        Line(Session session) {
            this.session = session;
        }
    }

    private final String connection;
    private final MqttSettings settings;
    private final Ports ports;
    private final LinkedBlockingQueue<Runnable> tasks =
            new LinkedBlockingQueue<>(); // bounded by what bounds its makers
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger eventCount = new AtomicInteger();
    private final AtomicInteger handedOver = new AtomicInteger(); // messages in tasks
    private final AtomicLong dropped = new AtomicLong(); // messages
    private final Map<String, Line> lines = new HashMap<>(); // owned by the thread
    private final Thread thread;
    private volatile boolean isClosing;

    /** Opens a port of one session. */
    @FunctionalInterface
    interface Ports {
        MqttPort open(String clientId, boolean isV5, PahoPort.@Nullable Will will, MqttPort.Listener listener);
    }

    VirtualSessions(String connection, MqttSettings settings) {
        this(
                connection,
                settings,
                (clientId, isV5, will, listener) -> isV5
                        ? new PahoV5Port("virtual-" + connection, settings, clientId, will, listener)
                        : new PahoV3Port("virtual-" + connection, settings, clientId, will, listener));
    }

    VirtualSessions(String connection, MqttSettings settings, Ports ports) {
        this.connection = connection;
        this.settings = settings;
        this.ports = ports;
        thread = new Thread(this::run, "virtual-mqtt-" + connection);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void open(Session session) {
        tasks.add(() -> {
            Line line = new Line(session);
            line.isV5 = settings.version() != MqttSettings.Version.V3;
            lines.put(session.key(), line);
        });
    }

    private void with(String session, Consumer<Line> action) {
        tasks.add(() -> {
            Line line = lines.get(session);
            if (line != null) {
                action.accept(line);
            }
        });
    }

    @Override
    public void publish(String session, Message message) {
        if (handedOver.get() >= MOST_WAITING) { // the thread does not keep up at all
            countDropped();
            return;
        }
        handedOver.incrementAndGet();
        with(session, line -> {
            handedOver.decrementAndGet();
            if (line.isConnected) {
                line.waiting.add(message);
                if (line.waiting.size() > MOST_WAITING) {
                    line.waiting.remove();
                    countDropped();
                }
            }
        });
    }

    private void countDropped() {
        if (dropped.getAndIncrement() == 0) {
            LOG.warn(
                    "{}: {} does not keep up with the virtual devices; the oldest messages are dropped",
                    connection,
                    settings.endpoint());
        }
    }

    @Override
    public void abandon(String session) {
        with(session, line -> {
            line.isAway = true;
            letGo(line, MqttPort::abandon);
        });
    }

    @Override
    public void revive(String session) {
        with(session, line -> {
            line.isAway = false;
            line.nextAttemptNs = System.nanoTime();
        });
    }

    @Override
    public @Nullable Event poll() {
        Event event = events.poll();
        if (event != null) {
            eventCount.decrementAndGet();
        }
        return event;
    }

    private void report(Event event) {
        if (eventCount.incrementAndGet() > MOST_EVENTS) {
            eventCount.decrementAndGet();
        } else {
            events.add(event);
        }
    }

    private void run() {
        try {
            while (!isClosing) {
                Runnable task = tasks.poll(50, TimeUnit.MILLISECONDS);
                for (int i = 0; task != null && i < 1_000; i++, task = tasks.poll()) {
                    task.run();
                }
                if (task != null) {
                    task.run();
                }
                lines.values().forEach(this::advance);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("{}: the virtual devices' sessions ended by an error of ours", connection, e);
        } finally {
            end();
        }
    }

    private void advance(Line line) {
        long now = System.nanoTime();
        if (!line.isConnected && !line.isAway && now - line.nextAttemptNs >= 0) {
            letGo(line, MqttPort::close); // a client that never answered
            connect(line);
        }
        MqttPort port = line.port;
        while (line.isConnected && port != null && line.underWay < WINDOW && !line.waiting.isEmpty()) {
            Message message = line.waiting.remove();
            line.underWay++;
            port.publish(0, message.topic(), message.payload(), message.qos(), message.isRetained());
        }
    }

    private void connect(Line line) {
        int attempt = line.attempts++;
        int generation = ++line.generation;
        String clientId = "virtual-%s-%08x"
                .formatted(connection, ThreadLocalRandom.current().nextInt());
        PahoPort.Will will = line.session.will().apply(attempt).orElse(null);
        MqttPort port = ports.open(clientId, line.isV5, will, new Ear(line, generation, attempt));
        line.port = port;
        line.nextAttemptNs = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(settings.timeout().toMillis() + PAUSE_MS);
        port.connect();
    }

    private void letGo(Line line, Consumer<MqttPort> how) {
        MqttPort old = line.port;
        line.port = null;
        line.generation++;
        line.isConnected = false;
        line.underWay = 0;
        line.waiting.clear();
        line.nextAttemptNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MS);
        if (old != null) {
            how.accept(old);
        }
    }

    /** Passes on what a port says, on the thread of the sessions. */
    private final class Ear implements MqttPort.Listener {
        private final Line line;
        private final int generation;
        private final int attempt;

        Ear(Line line, int generation, int attempt) {
            this.line = line;
            this.generation = generation;
            this.attempt = attempt;
        }

        private void put(Runnable task) {
            tasks.add(() -> {
                if (line.generation == generation) {
                    task.run();
                }
            });
        }

        @Override
        public void unsubscribeFailed(String cause) {
            // virtual devices never unsubscribe
        }

        @Override
        public void connected(boolean isSessionPresent) {
            put(() -> {
                line.isConnected = true;
                line.isWarned = false;
                MqttPort port = line.port;
                List<SubscriptionPlan.Filter> filters = line.session.filters();
                if (port != null && !filters.isEmpty()) {
                    port.subscribe(filters);
                }
                report(new Connected(line.session.key(), attempt));
            });
        }

        @Override
        public void disconnected(String cause, boolean isVersionRefused) {
            put(() -> {
                if (!line.isWarned) {
                    line.isWarned = true;
                    LOG.warn("{}: the virtual devices are not at {}: {}", connection, settings.endpoint(), cause);
                }
                if (isVersionRefused && settings.version() == MqttSettings.Version.AUTO) {
                    line.isV5 = !line.isV5;
                }
                letGo(line, MqttPort::close);
            });
        }

        @Override
        public void message(String topic, byte[] payload, boolean isRetained) {
            if (!isRetained) { // a command from before is none for now
                report(new Arrived(line.session.key(), topic, payload));
            }
        }

        @Override
        public void subscribed(List<String> refused) {
            if (!refused.isEmpty()) {
                LOG.warn("{}: the broker refuses the virtual devices {}", connection, refused);
            }
        }

        @Override
        public void subscribeFailed(String cause) {
            put(() -> letGo(line, MqttPort::close));
        }

        @Override
        public void published(int token, String failure) {
            put(() -> line.underWay--);
        }
    }

    private void end() {
        for (Line line : lines.values()) {
            MqttPort port = line.port;
            while (line.isConnected && port != null && !line.waiting.isEmpty()) {
                Message message = line.waiting.remove();
                if (line.waiting.size() < WINDOW) { // the last words
                    port.publish(0, message.topic(), message.payload(), message.qos(), message.isRetained());
                }
            }
            letGo(line, MqttPort::close);
        }
        if (dropped.get() > 0) {
            LOG.warn("{}: {} messages of the virtual devices were dropped", connection, dropped.get());
        }
    }

    @Override
    public void close() {
        tasks.add(() -> isClosing = true); // after what was published before
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        isClosing = true;
    }
}
