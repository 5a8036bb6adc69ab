package org.uatwin.plcadapters.mqtt;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Secret;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.payload.PayloadException;
import org.uatwin.plcadapters.payload.RawValue;
import org.uatwin.plcadapters.sparkplug.EdgeNode;
import org.uatwin.plcadapters.sparkplug.SparkplugTopic;

/** Listens to a broker for a while and says what is published there. Sends nothing. */
public final class MqttProbe {
    private static final int MOST_TOPICS = 100_000;
    private static final int QUEUE = 100_000;
    private static final long SLICE_NS = 50_000_000;

    /**
     * Where to listen.
     *
     * @param url as in the plant file.
     * @param filters topic filters.
     */
    public record Question(
            String url,
            List<String> filters,
            Optional<String> user,
            Optional<Secret> password,
            MqttFiles files,
            Duration timeout) {
        public Question {
            filters = List.copyOf(filters);
        }
    }

    /** A metric of a Sparkplug edge node or device, as its birth or data showed it. */
    public record Metric(String group, String node, String device, String name, TopicSurvey.FieldKind kind) {}

    /**
     * What was heard.
     *
     * @param topics in alphabetical order, those of Sparkplug aside.
     * @param nodesWithoutBirth edge nodes whose data came, but no birth that names it.
     * @param isTruncated whether there were more topics than are kept.
     */
    public record Answer(
            List<TopicSurvey> topics,
            List<Metric> metrics,
            List<String> nodesWithoutBirth,
            long messages,
            boolean isTruncated) {}

    /** The broker cannot be listened to; the message says why. */
    public static final class ProbeException extends Exception {
        private static final long serialVersionUID = 1;

        ProbeException(String message) {
            super(message);
        }
    }

    private final Map<String, TopicSurvey> topics = new TreeMap<>();
    private final Map<String, EdgeNode> nodes = new TreeMap<>();
    private final Map<String, Metric> metrics = new TreeMap<>();
    private final Map<String, Boolean> withoutBirth = new TreeMap<>();
    private final InstantSource clock;
    private final LongSupplier ticker;
    private long messages;
    private boolean isTruncated;

    /** @param ticker monotonic nanoseconds. */
    public MqttProbe(InstantSource clock, LongSupplier ticker) {
        this.clock = clock;
        this.ticker = ticker;
    }

    /**
     * Listens.
     *
     * @param isEnough asked about twenty times a second; true ends it.
     * @throws ProbeException if there is no connection, or the filters are refused.
     * @throws IllegalArgumentException if the URL names no broker.
     */
    public Answer listen(Question question, BooleanSupplier isEnough) throws ProbeException, InterruptedException {
        MqttSettings settings = settings(question);
        String clientId = "uatwin-probe-%08x".formatted(new java.security.SecureRandom().nextInt());
        try {
            listen(question, isEnough, listener -> new PahoV5Port("probe", settings, clientId, null, listener));
        } catch (VersionRefused e) {
            listen(question, isEnough, listener -> new PahoV3Port("probe", settings, clientId, null, listener));
        }
        return answer();
    }

    /** Whether a URL names a broker. */
    public static boolean isBroker(String url) {
        return MqttSyntax.broker(url).isPresent();
    }

    private static MqttSettings settings(Question question) {
        URI url = MqttSyntax.broker(question.url())
                .orElseThrow(() -> new IllegalArgumentException(question.url() + " is no broker"));
        MqttFiles files = question.files();
        return new MqttSettings(
                url,
                MqttSettings.Version.AUTO,
                "",
                question.user(),
                question.password(),
                new MqttSettings.Tls(files.ca(), files.certificate(), files.key(), true),
                Optional.empty(),
                Duration.ofSeconds(30),
                question.timeout(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                List.of(),
                0,
                QUEUE,
                "",
                "",
                MessageOptions.DEFAULT);
    }

    /** Makes the port of a session. */
    interface Opening {
        MqttPort open(MqttPort.Listener listener);
    }

    private static final class VersionRefused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    void listen(Question question, BooleanSupplier isEnough, Opening opening)
            throws ProbeException, InterruptedException {
        Inbox inbox = new Inbox(QUEUE);
        Session session = new Session(inbox);
        try (MqttPort port = opening.open(session)) {
            port.connect();
            ArrayDeque<Inbox.Message> taken = new ArrayDeque<>();
            while (!isEnough.getAsBoolean()) {
                for (Runnable event = inbox.event(); event != null; event = inbox.event()) {
                    event.run();
                }
                if (session.isVersionRefused) {
                    throw new VersionRefused();
                }
                if (session.failure != null) {
                    throw new ProbeException(session.failure);
                }
                if (session.isConnected && !session.isSubscribed) {
                    session.isSubscribed = true;
                    port.subscribe(question.filters().stream()
                            .map(f -> new SubscriptionPlan.Filter(f, 0))
                            .toList());
                }
                inbox.drain(taken, QUEUE);
                taken.forEach(this::take);
                taken.clear();
                inbox.await(SLICE_NS);
            }
            if (!session.isConnected) {
                throw new ProbeException("no answer");
            }
        }
    }

    /** What the port says, kept for the probing thread. */
    private static final class Session implements MqttPort.Listener {
        private final Inbox inbox;

        @Nullable
        String failure;

        boolean isVersionRefused;
        boolean isConnected;
        boolean isSubscribed;

        Session(Inbox inbox) {
            this.inbox = inbox;
        }

        @Override
        public void connected(boolean isSessionPresent) {
            inbox.put(() -> isConnected = true);
        }

        @Override
        public void disconnected(String cause, boolean isOfVersion) {
            inbox.put(() -> {
                isVersionRefused = isOfVersion && !isConnected;
                failure = isConnected ? "the connection was lost: " + cause : cause;
            });
        }

        @Override
        public void message(String topic, byte[] payload, boolean isRetained) {
            inbox.put(new Inbox.Message(topic, payload, isRetained));
        }

        @Override
        public void subscribed(List<String> refused) {
            if (!refused.isEmpty()) {
                inbox.put(() -> failure = "the broker refuses the subscription to " + String.join(", ", refused));
            }
        }

        @Override
        public void unsubscribeFailed(String cause) {
            // never unsubscribed
        }

        @Override
        public void subscribeFailed(String cause) {
            inbox.put(() -> failure = "subscribing failed: " + cause);
        }

        @Override
        public void published(int token, String cause) {
            // nothing is published
        }
    }

    /** One message. */
    void take(Inbox.Message message) {
        messages++;
        Optional<SparkplugTopic> sparkplug = SparkplugTopic.parse(message.topic());
        if (sparkplug.isPresent()) {
            take(sparkplug.get(), message.payload());
            return;
        }
        TopicSurvey survey = topics.get(message.topic());
        if (survey == null) {
            if (topics.size() >= MOST_TOPICS) {
                isTruncated = true;
                return;
            }
            survey = new TopicSurvey(message.topic());
            topics.put(message.topic(), survey);
        }
        survey.add(message.payload(), message.isRetained(), ticker.getAsLong(), UaTime.ofInstant(clock.instant()));
    }

    private void take(SparkplugTopic topic, byte[] payload) {
        String key = topic.group() + "/" + topic.node();
        EdgeNode node = nodes.computeIfAbsent(key, k -> new EdgeNode());
        try {
            node.accept(topic, payload, new EdgeNode.Handler() {
                @Override
                public void metric(String device, String name, RawValue value, long timeMs, int quality) {
                    TopicSurvey.FieldKind kind =
                            switch (value.kind) {
                                case NUMBER -> TopicSurvey.FieldKind.NUMBER;
                                case BOOLEAN -> TopicSurvey.FieldKind.BOOLEAN;
                                default -> TopicSurvey.FieldKind.TEXT;
                            };
                    if (!name.startsWith("Node Control/")
                            && !name.startsWith("Device Control/")
                            && !name.equals("bdSeq")) {
                        metrics.put(
                                String.join("\n", key, device, name),
                                new Metric(topic.group(), topic.node(), device, name, kind));
                    }
                }

                @Override
                public void born() {
                    withoutBirth.remove(key);
                }

                @Override
                public void died(String device) {
                    // what it was is known
                }

                @Override
                public void rebirthNeeded(String cause) {
                    withoutBirth.put(key, true);
                }
            });
        } catch (PayloadException e) {
            withoutBirth.put(key, true);
        }
    }

    Answer answer() {
        return new Answer(
                new ArrayList<>(topics.values()),
                new ArrayList<>(metrics.values()),
                new ArrayList<>(withoutBirth.keySet()),
                messages,
                isTruncated);
    }
}
