package org.uatwin.informationmodel.plant;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the plant file says about the OPC UA server.
 *
 * @param host name or address in the endpoint URL and the certificate; {@code localhost} keeps it on this machine.
 * @param port 1..65535; 0 takes a free one.
 * @param path path of the endpoint URL, for example {@code /uatwin}.
 * @param allowsNone whether an endpoint without security is offered.
 * @param anonymousRole role of a session without a user; empty: anonymous sessions are refused.
 * @param applicationUri overrides the one made in the data directory.
 * @param locales languages of the plant file's texts, the default first.
 * @param history where and how long past values are kept.
 * @param maxConnections open connections at the same time.
 * @param synchronisation period in which twins with a model are brought in line with their assets; zero: they are not.
 */
public record ServerSettings(
        String host,
        int port,
        String path,
        boolean allowsNone,
        Optional<String> anonymousRole,
        Optional<String> applicationUri,
        List<String> locales,
        HistorySettings history,
        int maxConnections,
        Duration synchronisation) {
    /** localhost:4840/uatwin, no None, no anonymous sessions, English, history on disk, a step a second. */
    public static final ServerSettings DEFAULT = new ServerSettings(
            "localhost",
            4840,
            "/uatwin",
            false,
            Optional.empty(),
            Optional.empty(),
            List.of("en"),
            HistorySettings.DEFAULT,
            250,
            Duration.ofSeconds(1));

    public ServerSettings {
        locales = List.copyOf(locales);
    }

    /** The same with another host name, as a command-line option gives it. */
    public ServerSettings withHost(String newHost) {
        return new ServerSettings(
                newHost,
                port,
                path,
                allowsNone,
                anonymousRole,
                applicationUri,
                locales,
                history,
                maxConnections,
                synchronisation);
    }

    /** The same with another port; 0 takes a free one. */
    public ServerSettings withPort(int newPort) {
        return new ServerSettings(
                host,
                newPort,
                path,
                allowsNone,
                anonymousRole,
                applicationUri,
                locales,
                history,
                maxConnections,
                synchronisation);
    }
}
