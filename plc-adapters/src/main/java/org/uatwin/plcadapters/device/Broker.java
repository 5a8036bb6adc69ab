package org.uatwin.plcadapters.device;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A broker for messages in this process, for demos and trials. It is no part of a server: who has one on the class path
 * is found by {@link #onClassPath}.
 */
public interface Broker extends AutoCloseable {
    /** The port it listens on. */
    int port();

    /** Ends listening and all sessions. Idempotent. */
    @Override
    void close();

    /** Starts brokers; a service. */
    interface Factory {
        /**
         * Begins to listen, for anyone who can reach that address.
         *
         * @param port 0 for any free one.
         */
        Broker start(InetAddress address, int port) throws IOException;
    }

    /** The factory on the class path, if there is one. */
    static Optional<Factory> onClassPath() {
        return ServiceLoader.load(Factory.class).findFirst();
    }
}
