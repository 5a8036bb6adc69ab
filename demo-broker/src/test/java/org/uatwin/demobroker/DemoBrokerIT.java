package org.uatwin.demobroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.plcadapters.device.Broker;

/** The broker with clients of Paho, which we did not write. */
class DemoBrokerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long WAIT_MS = 10_000;

    private DemoBroker broker;
    private final List<AutoCloseable> clients = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // JUnit calls start() first
    DemoBrokerIT() {}

    @BeforeEach
    void start() throws Exception {
        broker = DemoBroker.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
        broker.close();
    }

    /** What came, as {@code topic payload qos retained}. */
    private static final class Heard implements MqttCallback {
        final List<String> messages = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger lost = new AtomicInteger();

        @Override
        public void connectionLost(Throwable cause) {
            lost.incrementAndGet();
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            messages.add("%s %s %d %b".formatted(topic, message, message.getQos(), message.isRetained()));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // not of interest
        }
    }

    private String url() {
        return "tcp://127.0.0.1:" + broker.port();
    }

    private MqttAsyncClient client(String id, Heard heard, MqttConnectOptions options) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(url(), id, new MemoryPersistence());
        client.setCallback(heard);
        options.setMaxInflight(30_000);
        client.connect(options).waitForCompletion(WAIT_MS);
        clients.add(() -> {
            client.disconnectForcibly(0, 1, false);
            client.close(true);
        });
        return client;
    }

    private MqttAsyncClient client(String id, Heard heard) throws Exception {
        return client(id, heard, new MqttConnectOptions());
    }

    @Test
    void isFoundOnTheClassPath() {
        assertThat(Broker.onClassPath()).containsInstanceOf(DemoBrokerFactory.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void everyMessageArrivesOnceInOrder(int qos) throws Exception {
        Heard heard = new Heard();
        client("sub", heard).subscribe("a/#", qos).waitForCompletion(WAIT_MS);
        MqttAsyncClient from = client("pub", new Heard());
        int count = qos == 0 ? 20_000 : 5_000;
        for (int i = 0; i < count; i++) {
            from.publish("a/b", Integer.toString(i).getBytes(StandardCharsets.UTF_8), qos, false);
        }
        await().atMost(LIMIT).until(() -> heard.messages.size() >= count);
        assertThat(heard.messages).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(heard.messages.get(i)).isEqualTo("a/b %d %d false".formatted(i, qos));
        }
    }

    @Test
    void whatIsRetainedComesFirstAndAnEmptyMessageClearsIt() throws Exception {
        MqttAsyncClient from = client("pub", new Heard());
        from.publish("r/1", "old".getBytes(StandardCharsets.UTF_8), 1, true).waitForCompletion(WAIT_MS);
        from.publish("r/1", "new".getBytes(StandardCharsets.UTF_8), 1, true).waitForCompletion(WAIT_MS);
        from.publish("r/2", "gone".getBytes(StandardCharsets.UTF_8), 1, true).waitForCompletion(WAIT_MS);
        from.publish("r/2", new byte[0], 1, true).waitForCompletion(WAIT_MS);
        Heard heard = new Heard();
        client("sub", heard).subscribe("r/+", 1).waitForCompletion(WAIT_MS);
        await().atMost(LIMIT).until(() -> !heard.messages.isEmpty());
        from.publish("r/1", "live".getBytes(StandardCharsets.UTF_8), 1, true).waitForCompletion(WAIT_MS);
        await().atMost(LIMIT).until(() -> heard.messages.size() == 2);
        assertThat(heard.messages).containsExactly("r/1 new 1 true", "r/1 live 1 false");
    }

    @Test
    void theWillIsPublishedWhenAClientBreaksAndNotWhenItSaysGoodbye() throws Exception {
        Heard heard = new Heard();
        client("sub", heard).subscribe("w/#", 1).waitForCompletion(WAIT_MS);
        for (boolean isPolite : new boolean[] {true, false}) {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setWill("w/" + isPolite, "dead".getBytes(StandardCharsets.UTF_8), 1, true);
            MqttAsyncClient client = client("w-" + isPolite, new Heard(), options);
            if (isPolite) {
                client.disconnect().waitForCompletion(WAIT_MS);
            } else {
                client.disconnectForcibly(0, 1, false);
            }
        }
        await().atMost(LIMIT).until(() -> !heard.messages.isEmpty());
        assertThat(heard.messages).containsExactly("w/false dead 1 false");
    }

    @Test
    void aSecondClientOfOneNameEndsTheFirst() throws Exception {
        Heard first = new Heard();
        client("same", first);
        client("same", new Heard());
        await().atMost(LIMIT).until(() -> first.lost.get() == 1);
    }

    @Test
    void unsubscribedTopicsComeNoMore() throws Exception {
        Heard heard = new Heard();
        MqttAsyncClient client = client("both", heard);
        client.subscribe(new String[] {"x/1", "x/+", "y"}, new int[] {0, 1, 0}).waitForCompletion(WAIT_MS);
        client.unsubscribe("y").waitForCompletion(WAIT_MS);
        client.publish("y", new byte[] {'n'}, 0, false).waitForCompletion(WAIT_MS);
        client.publish("x/1", new byte[] {'1'}, 2, false).waitForCompletion(WAIT_MS);
        await().atMost(LIMIT).until(() -> !heard.messages.isEmpty());
        assertThat(heard.messages).containsExactly("x/1 1 1 false"); // once, with the higher QoS of two filters
    }

    @Test
    void version5KeepsUserPropertiesAndRefusesWhatIsNoFilter() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        org.eclipse.paho.mqttv5.client.MqttAsyncClient client = new org.eclipse.paho.mqttv5.client.MqttAsyncClient(
                url(), "", new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
        client.setCallback(new V5(heard));
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setSessionExpiryInterval(60L);
        client.connect(options).waitForCompletion(WAIT_MS);
        clients.add(() -> {
            client.disconnectForcibly(0, 1, false);
            client.close(true);
        });
        var answer = client.subscribe(
                new MqttSubscription[] {new MqttSubscription("v/#", 2), new MqttSubscription("$share/g/v", 1)},
                null,
                null,
                new MqttProperties());
        answer.waitForCompletion(WAIT_MS);
        assertThat(answer.getReasonCodes()).containsExactly(2, 0x8F);
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(List.of(new UserProperty("unit", "bar")));
        properties.setContentType("text/plain");
        org.eclipse.paho.mqttv5.common.MqttMessage message = new org.eclipse.paho.mqttv5.common.MqttMessage(
                "5".getBytes(StandardCharsets.UTF_8), 2, false, properties);
        client.publish("v/1", message).waitForCompletion(WAIT_MS);
        await().atMost(LIMIT).until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly("v/1 5 unit=bar text/plain");
    }

    private record V5(List<String> heard) implements org.eclipse.paho.mqttv5.client.MqttCallback {
        @Override
        public void disconnected(org.eclipse.paho.mqttv5.client.MqttDisconnectResponse response) {
            // not of interest
        }

        @Override
        public void mqttErrorOccurred(org.eclipse.paho.mqttv5.common.MqttException exception) {
            heard.add("error " + exception);
        }

        @Override
        public void messageArrived(String topic, org.eclipse.paho.mqttv5.common.MqttMessage message) {
            UserProperty first = message.getProperties().getUserProperties().get(0);
            heard.add("%s %s %s=%s %s"
                    .formatted(
                            topic,
                            message,
                            first.getKey(),
                            first.getValue(),
                            message.getProperties().getContentType()));
        }

        @Override
        public void deliveryComplete(org.eclipse.paho.mqttv5.client.IMqttToken token) {
            // not of interest
        }

        @Override
        public void connectComplete(boolean isReconnect, String uri) {
            // not of interest
        }

        @Override
        public void authPacketArrived(int code, MqttProperties properties) {
            // not of interest
        }
    }

    /** Bytes that are no MQTT end their own connection and nobody else's. */
    @Test
    void nonsenseEndsItsOwnConnectionOnly() throws Exception {
        Heard heard = new Heard();
        client("sub", heard).subscribe("n", 0).waitForCompletion(WAIT_MS);
        byte[][] nonsense = {
            "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            {0x10, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1},
            {0x10, 5, 0, 4, 'M', 'Q', 'T'},
            {0x30, 3, 0, 9, 'a'}
        };
        for (byte[] bytes : nonsense) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
                socket.setSoTimeout((int) WAIT_MS);
                socket.getOutputStream().write(bytes);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
        client("pub", new Heard()).publish("n", new byte[] {'!'}, 0, false).waitForCompletion(WAIT_MS);
        await().atMost(LIMIT).until(() -> heard.messages.size() == 1);
    }
}
