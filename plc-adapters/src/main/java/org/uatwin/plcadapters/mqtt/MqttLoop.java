package org.uatwin.plcadapters.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.BackOff;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.SampleSink;
import org.uatwin.plcadapters.sparkplug.Commands;
import org.uatwin.plcadapters.sparkplug.SparkplugTopic;

/**
 * The loop of one link: {@link #step} takes what has arrived, sends what waits, and says when it wants to be called
 * again. Everything here belongs to the thread that steps, except the inbox and the volatiles.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // counters have one writer, the loop thread
final class MqttLoop implements MqttWriter.Outlet, SparkplugReceiver.Speaker {
    private static final Logger LOG = LoggerFactory.getLogger(MqttLoop.class);
    private static final int MESSAGES_A_STEP = 2_000;
    private static final long MS = 1_000_000;
    private static final long SWEEP_NS = 50 * MS;
    private static final long STATISTICS_NS = 1_000 * MS;
    /** Longer than Paho's own limits, so that this one acts only if Paho hangs. */
    private static final long CONNECT_GRACE_NS = 5_000 * MS;

    /** Makes ports; tests give scripted ones. */
    interface Ports {
        MqttPort open(boolean isV5, PahoPort.@Nullable Will will, MqttPort.Listener listener);
    }

    final Inbox inbox;
    final MqttCounters counters;
    volatile LinkStatistics.State state = LinkStatistics.State.DISCONNECTED;

    private final String name;
    private final MqttSettings settings;
    private final Subscriptions subscriptions;
    private final Ports ports;
    private final MqttEmitter emitter;
    private final LongSupplier ticker;
    private final BackOff backOff;
    private final ArrayDeque<Inbox.Message> taken = new ArrayDeque<>();
    private volatile MqttLinkParts parts; // replaced between two steps
    private SparkplugReceiver sparkplug;
    private Receiver receiver;
    private final Watch watch;
    private final MqttWriter writer;
    private final Runnable onStatistics;
    private final long aliveSinceMs;

    private @Nullable MqttPort port;
    private boolean isV5;
    private boolean hasConnected;
    private int generation; // of ports: what an old one says does not count
    private long nextConnectNs;
    private long connectLimitNs = Long.MAX_VALUE;
    private long nextSweepNs;
    private long nextStatisticsNs;
    private boolean isDown;
    private long downSinceNs;
    private volatile boolean isClosing;

    MqttLoop(MqttLinkParts parts, Ports ports, BackOff backOff, LongSupplier ticker, Runnable onStatistics) {
        name = parts.name();
        settings = parts.settings();
        inbox = parts.inbox();
        counters = parts.counters();
        emitter = parts.emitter();
        watch = parts.watch();
        watch.begin(List.copyOf(parts.byRow().values()));
        this.parts = parts;
        subscriptions = new Subscriptions(parts.filters(), counters);
        this.ports = ports;
        this.backOff = backOff;
        this.ticker = ticker;
        this.onStatistics = onStatistics;
        isV5 = settings.version() != MqttSettings.Version.V3;
        aliveSinceMs = UaTime.toEpochMillis(emitter.ticks());
        sparkplug = new SparkplugReceiver(counters, this);
        parts.sparkplugDevices().forEach(sparkplug::add);
        receiver = new Receiver(parts.routes(), sparkplug, parts.deviceOfPoint(), emitter, watch, counters);
        writer = new MqttWriter(this, sparkplug, counters);
    }

    /** How the link is laid out now; any thread. */
    MqttLinkParts parts() {
        return parts;
    }

    /**
     * Goes over to another layout of the same connection, between two steps: points that mean the same keep what is known
     * of them, the others begin, and only the difference is subscribed to.
     *
     * @param samples where samples go from now on.
     */
    void follow(MqttLinkParts next, SampleSink samples) {
        long now = ticker.getAsLong();
        MqttLinkParts before = parts;
        emitter.follow(samples);
        long ticks = emitter.ticks();
        for (MqttDeviceState device : next.devices()) {
            MqttDeviceState old = before.deviceLike(device);
            if (old != null) {
                device.takeOver(old);
            }
        }
        List<MqttPoint> fresh = next.byRow().values().stream()
                .filter(point -> before.byRow().get(point.row) != point)
                .toList();
        SparkplugReceiver births = new SparkplugReceiver(counters, this);
        next.sparkplugDevices().forEach(births::add);
        births.takeOver(sparkplug);
        sparkplug = births;
        receiver = new Receiver(next.routes(), sparkplug, next.deviceOfPoint(), emitter, watch, counters);
        writer.follow(sparkplug, point -> next.byRow().get(point.row) == point);
        parts = next;
        watch.follow(List.copyOf(next.byRow().values()), fresh, now, ticks);
        for (MqttPoint point : fresh) {
            if (point.reach == MqttPoint.Reach.PRESENT && before.byRow().containsKey(point.row)) {
                emitter.situation(point, Quality.NOT_YET_READ, false, ticks); // its row holds what it was bound to
            }
            MqttDeviceState device = next.deviceOfPoint().get(point);
            if (device != null && device.state == LinkStatistics.DeviceState.OFFLINE) {
                watch.gone(List.of(point), now, ticks);
            }
        }
        MqttPort open = state == LinkStatistics.State.CONNECTED ? port : null;
        subscriptions.follow(next.filters(), next.freshTopics(before), open, now);
        if (open != null) {
            sparkplug.askBirths(fresh, now, ticks);
        }
        emitter.flush();
    }

    MqttWriter writer() {
        return writer;
    }

    /** Before the first step. */
    void begin() {
        long now = ticker.getAsLong();
        nextConnectNs = now;
        nextSweepNs = now + SWEEP_NS;
        nextStatisticsNs = now;
        state = LinkStatistics.State.CONNECTING;
    }

    /** @return ticker value at which the next step has something to do; not after now if it has at once. */
    long step() {
        for (Runnable event = inbox.event(); event != null; event = inbox.event()) {
            event.run();
        }
        long now = ticker.getAsLong();
        if (isClosing) {
            return now;
        }
        if (state != LinkStatistics.State.CONNECTED) {
            connect(now);
        }
        inbox.drain(taken, MESSAGES_A_STEP);
        boolean isMore = taken.size() == MESSAGES_A_STEP;
        for (Inbox.Message message = taken.poll(); message != null; message = taken.poll()) {
            receiver.receive(message, now);
        }
        if (state == LinkStatistics.State.CONNECTED) {
            writer.send(now, emitter.ticks());
        }
        if (now >= nextSweepNs) {
            nextSweepNs = now + SWEEP_NS;
            watch.sweep(now, emitter.ticks());
            MqttPort open = port;
            if (open != null && state == LinkStatistics.State.CONNECTED) {
                subscriptions.sweep(open, now);
            }
            writer.sweep(now);
        }
        emitter.flush();
        writer.answerConfirmed(); // whoever gets the answer finds the value in the table
        if (now >= nextStatisticsNs) {
            nextStatisticsNs = now + STATISTICS_NS;
            onStatistics.run();
        }
        long next = Math.min(nextSweepNs, nextStatisticsNs);
        return isMore
                ? now
                : state == LinkStatistics.State.CONNECTED ? next : Math.min(next, Math.max(now, nextAttempt()));
    }

    private long nextAttempt() {
        return connectLimitNs == Long.MAX_VALUE ? nextConnectNs : connectLimitNs;
    }

    private void connect(long now) {
        if (now >= connectLimitNs) {
            closePort();
            lost("the client did not answer; it is made anew", false);
        }
        if (connectLimitNs != Long.MAX_VALUE || now < nextConnectNs) {
            return;
        }
        state = LinkStatistics.State.CONNECTING;
        connectLimitNs = now + settings.timeout().toNanos() + CONNECT_GRACE_NS;
        MqttPort open = port;
        if (open == null) {
            generation++;
            open = ports.open(isV5, will(), new OfGeneration(generation));
            port = open;
        }
        open.connect();
    }

    private PahoPort.@Nullable Will will() {
        if (!settings.primaryHost().isEmpty()) {
            return new PahoPort.Will(SparkplugTopic.state(settings.primaryHost()), Commands.state(false, aliveSinceMs));
        }
        return settings.statusTopic().isEmpty() ? null : new PahoPort.Will(settings.statusTopic(), "offline");
    }

    /** Passes on what the present port says, on the loop's thread. */
    private final class OfGeneration implements MqttPort.Listener {
        private final int own;

        OfGeneration(int own) {
            this.own = own;
        }

        private void put(Runnable event) {
            inbox.put(() -> {
                if (own == generation) {
                    event.run();
                }
            });
        }

        @Override
        public void connected(boolean isSessionPresent) {
            put(() -> MqttLoop.this.connected(isSessionPresent));
        }

        @Override
        public void disconnected(String cause, boolean isVersionRefused) {
            put(() -> MqttLoop.this.disconnected(cause, isVersionRefused));
        }

        @Override
        public void message(String topic, byte[] payload, boolean isRetained) {
            inbox.put(new Inbox.Message(topic, payload, isRetained));
        }

        @Override
        public void subscribed(List<String> refused) {
            put(() -> MqttLoop.this.subscribed(refused));
        }

        @Override
        public void subscribeFailed(String cause) {
            put(() -> MqttLoop.this.subscribeFailed(cause));
        }

        @Override
        public void unsubscribeFailed(String cause) {
            put(() -> counters.error("unsubscribing failed: " + cause, emitter.ticks()));
        }

        @Override
        public void published(int token, String failure) {
            put(() -> MqttLoop.this.published(token, failure));
        }
    }

    private void connected(boolean isSessionPresent) {
        long now = ticker.getAsLong();
        connectLimitNs = Long.MAX_VALUE;
        if (hasConnected) {
            counters.reconnects++;
            if (settings.sessionExpiry().isPresent() && !isSessionPresent) {
                String text = "the broker has forgotten the session; what was sent in between is lost";
                counters.error(text, emitter.ticks());
                LOG.warn("{}: {}", name, text);
            }
        }
        hasConnected = true;
        state = LinkStatistics.State.CONNECTED;
        backOff.reset();
        if (isDown) {
            LOG.info("{}: connected again after {} s", name, (now - downSinceNs) / 1_000_000_000L);
            isDown = false;
        }
        watch.connected(now, emitter.ticks());
        MqttPort open = port;
        if (open != null) {
            subscriptions.connected(open, isSessionPresent);
        }
        sayAlive(true);
    }

    private void sayAlive(boolean isAlive) {
        if (!settings.primaryHost().isEmpty()) {
            say(SparkplugTopic.state(settings.primaryHost()), Commands.state(isAlive, aliveSinceMs));
        } else if (!settings.statusTopic().isEmpty()) {
            say(settings.statusTopic(), isAlive ? "online" : "offline");
        }
    }

    private void say(String topic, String text) {
        publish(0, topic, text.getBytes(StandardCharsets.UTF_8), 1, true);
    }

    private void disconnected(String cause, boolean isVersionRefused) {
        connectLimitNs = Long.MAX_VALUE;
        lost(cause, isVersionRefused);
    }

    private void lost(String cause, boolean isVersionRefused) {
        long now = ticker.getAsLong();
        connectLimitNs = Long.MAX_VALUE;
        if (!isDown) {
            isDown = true;
            downSinceNs = now;
            LOG.warn("{}: broker {} is lost: {}", name, settings.endpoint(), cause);
        }
        counters.error(cause, emitter.ticks());
        counters.subscriptions = 0;
        state = LinkStatistics.State.BACKING_OFF;
        nextConnectNs = now + backOff.next();
        if (isVersionRefused && settings.version() == MqttSettings.Version.AUTO && !hasConnected) {
            closePort();
            isV5 = !isV5;
            LOG.info("{}: next attempt with MQTT {}", name, isV5 ? "5" : "3.1.1");
        }
        watch.disconnected(now, emitter.ticks());
        writer.refuseAll(StatusCode.BAD_NO_COMMUNICATION, "the broker is lost: " + cause);
    }

    private void closePort() {
        MqttPort old = port;
        port = null;
        generation++;
        if (old != null) {
            old.close();
        }
    }

    private void subscribed(List<String> refused) {
        subscriptions.subscribed(refused, state == LinkStatistics.State.CONNECTED ? port : null);
        if (!refused.isEmpty()) {
            String text = "the broker refuses the subscription to " + String.join(", ", refused);
            counters.error(text, emitter.ticks());
            LOG.warn("{}: {}", name, text);
        }
    }

    private void subscribeFailed(String cause) {
        counters.error("subscribing failed: " + cause, emitter.ticks());
        if (state == LinkStatistics.State.CONNECTED) {
            // Connected without subscriptions nothing would ever arrive: begin anew.
            closePort();
            lost("subscribing failed: " + cause, false);
        }
    }

    private void published(int token, String failure) {
        writer.published(token, failure, emitter.ticks());
    }

    @Override
    public void publish(int token, String topic, byte[] payload, int qos, boolean isRetained) {
        MqttPort open = port;
        if (open != null) {
            open.publish(token, topic, payload, qos, isRetained);
        }
    }

    @Override
    public void say(String topic, byte[] payload) {
        if (state == LinkStatistics.State.CONNECTED) {
            publish(0, topic, payload, 0, false);
        }
    }

    boolean isClosing() {
        return isClosing;
    }

    /** Makes the loop end soon; any thread. */
    void requestClose() {
        isClosing = true;
        inbox.put(() -> {}); // wakes it
    }

    /** Last act of the loop thread. */
    void end() {
        if (state == LinkStatistics.State.CONNECTED) {
            sayAlive(false);
        }
        closePort();
        for (Runnable event = inbox.event(); event != null; event = inbox.event()) {
            event.run(); // writes that came late
        }
        state = LinkStatistics.State.CLOSED;
        writer.refuseAll(StatusCode.BAD_SHUTDOWN, "the link is being closed");
        watch.disconnected(ticker.getAsLong(), emitter.ticks());
        emitter.flush();
        onStatistics.run();
    }
}
