package org.uatwin.plcadapters.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.TimerPingSender;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;

/** MQTT 5 by Paho. */
final class PahoV5Port extends PahoPort {
    private static final int UNSUPPORTED_VERSION = 0x84;
    private static final int FAILURE = 0x80;

    private @Nullable MqttAsyncClient client; // owned by the link's thread

    PahoV5Port(String connection, MqttSettings settings, String clientId, @Nullable Will will, Listener listener) {
        super(connection, settings, clientId, will, listener);
    }

    @Override
    void tryConnect() throws Exception {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(settings.sessionExpiry().isEmpty());
        settings.sessionExpiry().ifPresent(expiry -> options.setSessionExpiryInterval(expiry.toSeconds()));
        options.setKeepAliveInterval(seconds(settings.keepAlive()));
        options.setConnectionTimeout(seconds(settings.timeout()));
        settings.user().ifPresent(options::setUserName);
        settings.password().ifPresent(p -> options.setPassword(p.reveal().getBytes(StandardCharsets.UTF_8)));
        if (will != null) {
            options.setWill(will.topic(), new MqttMessage(will.payload(), 1, will.isRetained(), new MqttProperties()));
        }
        SocketFactory sockets = sockets();
        if (sockets != null) {
            options.setSocketFactory(sockets);
            options.setHttpsHostnameVerificationEnabled(settings.tls().isHostVerified());
        }
        MqttAsyncClient current = client;
        if (current == null) {
            // With an executor Paho's own ping sender sends no ping while messages arrive; with a timer it does.
            current = new MqttAsyncClient(
                    serverUri(), clientId, new MemoryPersistence(), new TimerPingSender(null), executor);
            current.setCallback(new Callback());
            client = current;
        }
        current.connect(options, null, new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                listener.connected(token.getSessionPresent());
            }

            @Override
            public void onFailure(IMqttToken token, Throwable thrown) {
                int code = thrown instanceof MqttException e ? e.getReasonCode() : 0;
                // A broker of 3.1.1 answers with a code that version 5 does not have, or hangs up.
                boolean isVersion = code == UNSUPPORTED_VERSION
                        || code == MqttException.REASON_CODE_INVALID_RETURN_CODE
                        || isHungUp(thrown);
                listener.disconnected(text(thrown), isVersion);
            }
        });
    }

    /** Only puts things into the inbox: an exception here would shut the client down. */
    private final class Callback implements MqttCallback {
        @Override
        public void disconnected(MqttDisconnectResponse response) {
            String reason = response.getReasonString();
            MqttException cause = response.getException();
            listener.disconnected(reason != null ? reason : text(cause), false);
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            // what matters ends the connection as well, and is told there
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            listener.message(topic, message.getPayload(), message.isRetained());
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // each publication has its own listener
        }

        @Override
        public void connectComplete(boolean isReconnect, String uri) {
            // told by the listener of connect()
        }

        @Override
        public void authPacketArrived(int code, MqttProperties properties) {
            // no extended authentication
        }
    }

    @Override
    void trySubscribe(List<SubscriptionPlan.Filter> filters) throws Exception {
        MqttSubscription[] wanted = filters.stream()
                .map(f -> new MqttSubscription(f.text(), f.qos()))
                .toArray(MqttSubscription[]::new);
        // The overload with an array and properties; those with a message listener fail inside (Paho issue 816).
        connected()
                .subscribe(
                        wanted,
                        null,
                        new MqttActionListener() {
                            @Override
                            public void onSuccess(IMqttToken token) {
                                int[] codes = token.getReasonCodes();
                                List<String> refused = new ArrayList<>();
                                for (int i = 0; codes != null && i < codes.length && i < wanted.length; i++) {
                                    if (codes[i] >= FAILURE) {
                                        refused.add("%s (0x%02X)".formatted(wanted[i].getTopic(), codes[i]));
                                    }
                                }
                                listener.subscribed(refused);
                            }

                            @Override
                            public void onFailure(IMqttToken token, Throwable thrown) {
                                listener.subscribeFailed(text(thrown));
                            }
                        },
                        new MqttProperties());
    }

    @Override
    void tryUnsubscribe(String[] filters) throws Exception {
        connected()
                .unsubscribe(
                        filters,
                        null,
                        new MqttActionListener() {
                            @Override
                            public void onSuccess(IMqttToken token) {
                                // nothing is waiting for it
                            }

                            @Override
                            public void onFailure(IMqttToken token, Throwable thrown) {
                                listener.unsubscribeFailed(text(thrown));
                            }
                        },
                        new MqttProperties());
    }

    @Override
    void tryPublish(int token, String topic, byte[] payload, int qos, boolean isRetained) throws Exception {
        connected().publish(topic, payload, qos, isRetained, null, new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken done) {
                int[] codes = done.getReasonCodes();
                boolean isRefused = codes != null && codes.length > 0 && codes[0] >= FAILURE;
                listener.published(token, isRefused ? "the broker refused it (0x%02X)".formatted(codes[0]) : "");
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
