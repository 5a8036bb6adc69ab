package org.uatwin.plcadapters.mqtt;

import java.io.EOFException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the two Paho clients have in common. The client object lives through reconnects, so that a message of QoS 2 half
 * received is not lost; it is made anew when it refuses to connect, because a client of Paho can get stuck. Paho's own
 * reconnecting stays off: it does not subscribe again.
 */
abstract class PahoPort implements MqttPort {
    private static final Logger LOG = LoggerFactory.getLogger(PahoPort.class);
    /** Paho occupies three threads while it is connected, and others for a moment while it connects. */
    private static final int THREADS = 10;

    static final long GOODBYE_MS = 500;
    static final long CLOSE_MS = 1_000;

    /** What the broker publishes when the session breaks without goodbye. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Will(String topic, byte[] payload, boolean isRetained) {
        /** A text the broker keeps. */
        Will(String topic, String text) {
            this(topic, text.getBytes(StandardCharsets.UTF_8), true);
        }
    }

    final MqttSettings settings;
    final String clientId;
    final @Nullable Will will;
    final Listener listener;
    final ScheduledExecutorService executor;
    private boolean isClosed; // owned by the link's thread

    PahoPort(String connection, MqttSettings settings, String clientId, @Nullable Will will, Listener listener) {
        this.settings = settings;
        this.clientId = clientId;
        this.will = will;
        this.listener = listener;
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(
                    task, "mqtt-%s-paho-%d".formatted(connection.toLowerCase(Locale.ROOT), number.incrementAndGet()));
            thread.setDaemon(true);
            return thread;
        });
        threads.setKeepAliveTime(10, TimeUnit.SECONDS);
        threads.allowCoreThreadTimeOut(true);
        threads.setRemoveOnCancelPolicy(true);
        executor = threads;
    }

    /** The broker as Paho writes it. */
    String serverUri() {
        URI url = settings.url();
        String scheme =
                switch (url.getScheme()) {
                    case "mqtts" -> "ssl";
                    case "mqtt" -> "tcp";
                    default -> url.getScheme();
                };
        return "%s://%s:%d%s".formatted(scheme, url.getHost(), url.getPort(), url.getRawPath());
    }

    /** Sockets with TLS; null without. */
    @Nullable
    SocketFactory sockets() throws TlsFiles.TlsException {
        return settings.isTls() ? TlsFiles.context(settings.tls()).getSocketFactory() : null;
    }

    static int seconds(Duration duration) {
        return (int) Math.max(1, (duration.toMillis() + 999) / 1000);
    }

    /** Makes the client if there is none and begins to connect. */
    abstract void tryConnect() throws Exception;

    abstract void trySubscribe(List<SubscriptionPlan.Filter> filters) throws Exception;

    abstract void tryUnsubscribe(String[] filters) throws Exception;

    abstract void tryPublish(int token, String topic, byte[] payload, int qos, boolean isRetained) throws Exception;

    /** Lets go of the client, connected or not. */
    abstract void discard();

    /** Breaks the socket of the client and lets go of it. */
    abstract void breakOff();

    @Override
    public void abandon() {
        if (!isClosed) {
            isClosed = true;
            breakOff();
            executor.shutdownNow();
        }
    }

    @Override
    public void connect() {
        try {
            tryConnect();
        } catch (Exception e) {
            discard();
            listener.disconnected(text(e), false);
        }
    }

    @Override
    public void subscribe(List<SubscriptionPlan.Filter> filters) {
        try {
            trySubscribe(filters);
        } catch (Exception e) {
            listener.subscribeFailed(text(e));
        }
    }

    @Override
    public void unsubscribe(List<String> filters) {
        try {
            tryUnsubscribe(filters.toArray(String[]::new));
        } catch (Exception e) {
            listener.unsubscribeFailed(text(e));
        }
    }

    @Override
    public void publish(int token, String topic, byte[] payload, int qos, boolean isRetained) {
        try {
            tryPublish(token, topic, payload, qos, isRetained);
        } catch (Exception e) {
            listener.published(token, text(e));
        }
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            discard();
            executor.shutdownNow();
        }
    }

    /** Runs a step of closing; the others must run whatever becomes of it. */
    static void quietly(String what, Step step) {
        try {
            step.run();
        } catch (Exception e) {
            LOG.debug("{}: {}", what, e.toString());
        }
    }

    /** A call that may fail. */
    interface Step {
        void run() throws Exception;
    }

    /** Message and causes, which Paho often keeps the news in. */
    static String text(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "connection lost";
        }
        StringBuilder text = new StringBuilder();
        String last = "";
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            String message = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
            if (t instanceof CertificateExpiredException) {
                return "the broker's certificate has expired (%s). Fix: renew it at the broker".formatted(message);
            }
            if (!message.equals(last) && !last.contains(message)) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
            last = message;
        }
        return text.toString();
    }

    /** Whether the other side hung up instead of answering, as brokers do that do not know the version. */
    static boolean isHungUp(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof EOFException) {
                return true;
            }
        }
        return false;
    }
}
