package org.uatwin.plcadapters.modbus;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and closes the sockets of the wires. */
final class SocketOpener {
    private static final Logger LOG = LoggerFactory.getLogger(SocketOpener.class);

    private SocketOpener() {}

    /**
     * Connects a fresh socket.
     *
     * @param onCreated gets the socket before it connects, so that it can be aborted.
     */
    static <S extends Socket> void connect(String host, int port, long timeoutNs, S fresh, Consumer<S> onCreated)
            throws IOException {
        onCreated.accept(fresh);
        fresh.setTcpNoDelay(true);
        fresh.setKeepAlive(true);
        int timeoutMs = (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeoutNs / 1_000_000));
        fresh.connect(new InetSocketAddress(InetAddress.getByName(host), port), timeoutMs);
    }

    static String describe(String host, int port, Exception e) {
        if (e instanceof UnknownHostException) {
            return "%s:%d: host name is not known".formatted(host, port);
        }
        if (e instanceof SocketTimeoutException) {
            return "%s:%d: no answer to the connection attempt".formatted(host, port);
        }
        if (e instanceof ConnectException) {
            return "%s:%d: connection refused or host unreachable (%s)".formatted(host, port, e.getMessage());
        }
        return "%s:%d: %s".formatted(host, port, e.getMessage());
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a socket that is already broken", e);
        }
    }
}
