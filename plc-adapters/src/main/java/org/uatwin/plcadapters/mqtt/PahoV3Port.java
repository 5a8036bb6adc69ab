package org.uatwin.plcadapters.mqtt;

import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.TimerPingSender;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** MQTT 3.1.1 by Paho, for brokers that do not speak version 5. */
final class PahoV3Port extends PahoPort {
    /** Paho's default of 10 is less than the link has on its way. */
    private static final int IN_FLIGHT = 1_000;

    private static final int FAILURE = 0x80;

    private @Nullable MqttAsyncClient client; // owned by the link's thread

    PahoV3Port(String connection, MqttSettings settings, String clientId, @Nullable Will will, Listener listener) {
        super(connection, settings, clientId, will, listener);
    }

    @Override
    void tryConnect() throws Exception {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setCleanSession(settings.sessionExpiry().isEmpty());
        options.setKeepAliveInterval(seconds(settings.keepAlive()));
        options.setConnectionTimeout(seconds(settings.timeout()));
        options.setMaxInflight(IN_FLIGHT);
        settings.user().ifPresent(options::setUserName);
        settings.password().ifPresent(p -> options.setPassword(p.reveal().toCharArray()));
        if (will != null) {
            options.setWill(will.topic(), will.payload(), 1, will.isRetained());
        }
        SocketFactory sockets = sockets();
        if (sockets != null) {
            options.setSocketFactory(sockets);
            options.setHttpsHostnameVerificationEnabled(settings.tls().isHostVerified());
        }
        MqttAsyncClient current = client;
        if (current == null) {
            current = new MqttAsyncClient(
                    serverUri(), clientId, new MemoryPersistence(), new TimerPingSender(), executor);
            current.setCallback(new Callback());
            client = current;
        }
        current.connect(options, null, new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                listener.connected(token.getSessionPresent());
            }

            @Override
            public void onFailure(IMqttToken token, Throwable thrown) {
                listener.disconnected(text(thrown), isHungUp(thrown));
            }
        });
    }

    /** Only puts things into the inbox: an exception here would shut the client down. */
    private final class Callback implements MqttCallback {
        @Override
        public void connectionLost(Throwable cause) {
            listener.disconnected(text(cause), false);
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            listener.message(topic, message.getPayload(), message.isRetained());
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // each publication has its own listener
        }
    }

    @Override
    void trySubscribe(List<SubscriptionPlan.Filter> filters) throws Exception {
        String[] topics = filters.stream().map(SubscriptionPlan.Filter::text).toArray(String[]::new);
        int[] qos = filters.stream().mapToInt(SubscriptionPlan.Filter::qos).toArray();
        connected().subscribe(topics, qos, null, new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                int[] granted = token.getGrantedQos();
                List<String> refused = new ArrayList<>();
                for (int i = 0; granted != null && i < granted.length && i < topics.length; i++) {
                    if (granted[i] >= FAILURE) {
                        refused.add(topics[i]);
                    }
                }
                listener.subscribed(refused);
            }

            @Override
            public void onFailure(IMqttToken token, Throwable thrown) {
                listener.subscribeFailed(text(thrown));
            }
        });
    }

    @Override
    void tryUnsubscribe(String[] filters) throws Exception {
        connected().unsubscribe(filters, null, new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                // nothing is waiting for it
            }

            @Override
            public void onFailure(IMqttToken token, Throwable thrown) {
                listener.unsubscribeFailed(text(thrown));
            }
        });
    }

    @Override
    void tryPublish(int token, String topic, byte[] payload, int qos, boolean isRetained) throws Exception {
        connected().publish(topic, payload, qos, isRetained, null, new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken done) {
                listener.published(token, "");
            }

            @Override
            public void onFailure(IMqttToken done, Throwable thrown) {
                listener.published(token, text(thrown));
            }
        });
    }

    private MqttAsyncClient connected() {
        MqttAsyncClient current = client;
        if (current == null) {
            throw new IllegalStateException("not connected");
        }
        return current;
    }

    @Override
    void discard() {
        MqttAsyncClient old = client;
        if (old != null && old.isConnected()) {
            quietly("disconnect", () -> old.disconnect(GOODBYE_MS).waitForCompletion(CLOSE_MS));
        }
        breakOff();
    }

    @Override
    void breakOff() {
        MqttAsyncClient old = client;
        client = null;
        if (old != null) {
            quietly("disconnect", () -> old.disconnectForcibly(0, 1, false));
            quietly("close", () -> old.close(true));
        }
    }
}
