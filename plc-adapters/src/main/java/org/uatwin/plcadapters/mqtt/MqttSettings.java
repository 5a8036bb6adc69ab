package org.uatwin.plcadapters.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.plant.ConnectionSettings;
import org.uatwin.informationmodel.plant.Secret;

/**
 * A connection to a broker.
 *
 * @param clientId empty: made anew at each start.
 * @param sessionExpiry how long the broker keeps the session of an absent client; empty: a clean session.
 * @param subscribe filters subscribed to instead of those made from the topics.
 * @param merge number of topics from which they share a filter with {@code +}; 0: never.
 * @param queue messages that may wait to be read.
 * @param statusTopic where uatwin itself says online and offline; empty: nowhere.
 * @param primaryHost Sparkplug host id; empty: none.
 */
record MqttSettings(
        URI url,
        Version version,
        String clientId,
        Optional<String> user,
        Optional<Secret> password,
        Tls tls,
        Optional<Duration> sessionExpiry,
        Duration keepAlive,
        Duration timeout,
        Duration firstBackOff,
        Duration largestBackOff,
        List<String> subscribe,
        int merge,
        int queue,
        String statusTopic,
        String primaryHost,
        MessageOptions options)
        implements ConnectionSettings {
    /** Version of the protocol. */
    enum Version {
        /** 5, and 3.1.1 for a broker that does not speak it. */
        AUTO,
        V5,
        V3
    }

    /** Files in PEM; the key in PKCS#8. Without a CA those of the Java machine are trusted. */
    record Tls(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key, boolean isHostVerified) {
        static final Tls DEFAULT = new Tls(Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    /** The same at another broker, whose certificate need not name the host. */
    MqttSettings at(URI other) {
        Tls known = new Tls(tls.ca(), tls.certificate(), tls.key(), false);
        return new MqttSettings(
                other,
                version,
                clientId,
                user,
                password,
                known,
                sessionExpiry,
                keepAlive,
                timeout,
                firstBackOff,
                largestBackOff,
                subscribe,
                merge,
                queue,
                statusTopic,
                primaryHost,
                options);
    }

    boolean isTls() {
        return url.getScheme().equals("mqtts") || url.getScheme().equals("wss");
    }

    /** Whether the connection itself is the same: only what is subscribed to, and how messages are read, may differ. */
    boolean hasSameWireAs(MqttSettings other) {
        return equals(new MqttSettings(
                other.url,
                other.version,
                other.clientId,
                other.user,
                other.password,
                other.tls,
                other.sessionExpiry,
                other.keepAlive,
                other.timeout,
                other.firstBackOff,
                other.largestBackOff,
                subscribe,
                merge,
                other.queue,
                other.statusTopic,
                other.primaryHost,
                options));
    }

    @Override
    public String endpoint() {
        return url.toString();
    }
}
