package org.uatwin.plcadapters.mqtt;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.adapter.TrafficTap;

/**
 * Ports somebody listens to. Recorded are messages both ways (text: the topic; channel: 1 for a retained one, of a sent
 * one its QoS, plus 4 if it is retained) and the state of the session; never the logon. {@link MqttReplay} gives the loop
 * the same events.
 */
final class RecordedPorts implements MqttLoop.Ports {
    static final int SESSION_PRESENT = 1; // channels of a STATE
    static final int VERSION_REFUSED = 2;
    static final int RETAINED = 1; // channel of a RECEIVED
    private static final int SENT_RETAINED = 4;
    private static final byte[] NONE = new byte[0];

    private final MqttLoop.Ports ports;
    private final TrafficTap tap;

    RecordedPorts(MqttLoop.Ports ports, TrafficTap tap) {
        this.ports = ports;
        this.tap = tap;
    }

    @Override
    public MqttPort open(boolean isV5, PahoPort.@Nullable Will will, MqttPort.Listener listener) {
        return new Sender(ports.open(isV5, will, new Receiver(listener)));
    }

    private final class Receiver implements MqttPort.Listener {
        private final MqttPort.Listener listener;

        Receiver(MqttPort.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void connected(boolean isSessionPresent) {
            tap.take(TrafficRecord.Kind.STATE, isSessionPresent ? SESSION_PRESENT : 0, "", NONE);
            listener.connected(isSessionPresent);
        }

        @Override
        public void disconnected(String cause, boolean isVersionRefused) {
            String text = cause.isEmpty() ? "connection lost" : cause;
            tap.take(TrafficRecord.Kind.STATE, isVersionRefused ? VERSION_REFUSED : 0, text, NONE);
            listener.disconnected(cause, isVersionRefused);
        }

        @Override
        public void message(String topic, byte[] payload, boolean isRetained) {
            tap.take(TrafficRecord.Kind.RECEIVED, isRetained ? RETAINED : 0, topic, payload);
            listener.message(topic, payload, isRetained);
        }

        @Override
        public void subscribed(List<String> refused) {
            listener.subscribed(refused);
        }

        @Override
        public void unsubscribeFailed(String cause) {
            listener.unsubscribeFailed(cause);
        }

        @Override
        public void subscribeFailed(String cause) {
            tap.take(TrafficRecord.Kind.FAILED, 0, cause, NONE);
            listener.subscribeFailed(cause);
        }

        @Override
        public void published(int token, String failure) {
            listener.published(token, failure);
        }
    }

    private final class Sender implements MqttPort {
        private final MqttPort port;

        Sender(MqttPort port) {
            this.port = port;
        }

        @Override
        public void connect() {
            port.connect();
        }

        @Override
        public void subscribe(List<SubscriptionPlan.Filter> filters) {
            port.subscribe(filters);
        }

        @Override
        public void unsubscribe(List<String> filters) {
            port.unsubscribe(filters);
        }

        @Override
        public void publish(int token, String topic, byte[] payload, int qos, boolean isRetained) {
            tap.take(TrafficRecord.Kind.SENT, isRetained ? qos + SENT_RETAINED : qos, topic, payload);
            port.publish(token, topic, payload, qos, isRetained);
        }

        @Override
        public void abandon() {
            port.abandon();
        }

        @Override
        public void close() {
            port.close();
        }
    }
}
