package org.uatwin.plcadapters.opcua;

import java.time.Duration;
import java.util.Optional;
import org.uatwin.informationmodel.plant.ConnectionSettings;
import org.uatwin.informationmodel.plant.Secret;

/**
 * A connection to an upstream server.
 *
 * @param policy the one allowed; empty for the strongest the server offers.
 * @param signsOnly whether messages are signed but not encrypted.
 * @param user empty for an anonymous session.
 * @param sendsNewTimes whether an equal value with a newer source time is sent.
 * @param holdTime how long a value stays usable after the server was heard last.
 * @param keepAlive the longest silence the server is asked to keep when nothing changes.
 */
record UpstreamSettings(
        String url,
        Optional<UpstreamPolicy> policy,
        boolean signsOnly,
        Optional<String> user,
        Optional<Secret> password,
        Duration publishingInterval,
        Duration samplingInterval,
        int queueSize,
        boolean discardsOldest,
        boolean sendsNewTimes,
        Duration holdTime,
        Duration keepAlive,
        Duration timeout,
        Duration largestBackOff)
        implements ConnectionSettings {
    @Override
    public String endpoint() {
        return url;
    }
}
