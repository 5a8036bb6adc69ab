package org.uatwin.plcadapters.device;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port in front of a broker, through which clients are passed on byte by byte, with the faults a network has. So the
 * broker can be lost, or be half open, for its clients while the virtual devices keep their own way to it, whatever broker
 * it is. Faults: {@link Fault#NONE}, CUT, RESET, DRIP, SLOW, and {@link #halfOpen}, {@link #stop}.
 */
public final class BrokerRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerRelay.class);
    private static final int BUFFER = 16_384;
    private static final int CONNECT_MS = 5_000;

    private final InetAddress address;
    private final InetSocketAddress broker;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket listener; // guarded by this
    private volatile boolean isClosed;
    private volatile boolean isHalfOpen;
    private volatile Fault fault = Fault.NONE;

    private BrokerRelay(InetAddress address, int port, InetSocketAddress broker) throws IOException {
        this.address = address;
        this.broker = broker;
        listener = listen(port);
        this.port = listener.getLocalPort();
    }

    /**
     * Begins to listen.
     *
     * @param port 0 for any free one.
     */
    public static BrokerRelay start(InetAddress address, int port, InetSocketAddress broker) throws IOException {
        BrokerRelay relay = new BrokerRelay(address, port, broker);
        relay.accept();
        return relay;
    }

    private ServerSocket listen(int onPort) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, onPort), 256);
        return socket;
    }

    public int port() {
        return port;
    }

    /** From now on what the broker sends passes like this. */
    public void fault(Fault next) {
        fault = next;
    }

    /** Connections are accepted and stay dead, also those there are; when it ends they are cut. */
    public void halfOpen(boolean isNowHalfOpen) {
        isHalfOpen = isNowHalfOpen;
        if (!isNowHalfOpen) {
            cutAll();
        }
    }

    /** Stops listening and cuts all connections: the broker is gone. */
    public synchronized void stop() {
        close(listener);
        cutAll();
    }

    /** Listens again on the same port after {@link #stop}. */
    public synchronized void restart() throws IOException {
        if (listener.isClosed() && !isClosed) {
            listener = listen(port);
            accept();
        }
    }

    private void cutAll() {
        sockets.forEach(BrokerRelay::close);
    }

    private synchronized void accept() {
        ServerSocket from = listener;
        start("accept", () -> {
            while (!from.isClosed()) {
                try {
                    Socket client = from.accept();
                    sockets.add(client);
                    if (from.isClosed()) { // stop() may have cut the others before this one was among them
                        close(client);
                    }
                    start("client", () -> join(client));
                } catch (IOException e) {
                    LOG.debug("relay {}: {}", port, e.getMessage());
                }
            }
        });
    }

    private void start(String role, Runnable work) {
        Thread thread = new Thread(work, "virtual-relay-%d-%s".formatted(port, role));
        thread.setDaemon(true);
        thread.start();
    }

    /** Passes a client on, on the thread of that direction; the other direction has one too. */
    private void join(Socket client) {
        Socket server = new Socket();
        sockets.add(server);
        try (client;
                server) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(broker, CONNECT_MS);
            start("broker", () -> {
                try (client;
                        server) {
                    pass(server, client, true);
                } catch (IOException e) {
                    LOG.debug("relay {}: {}", port, e.getMessage());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            pass(client, server, false);
        } catch (IOException e) {
            LOG.debug("relay {}: {}", port, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
            sockets.remove(server);
        }
    }

    private void pass(Socket from, Socket to, boolean isFromBroker) throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (isHalfOpen) {
                continue; // swallowed
            }
            if (isFromBroker) {
                send(to, out, buffer, n);
            } else {
                out.write(buffer, 0, n);
            }
        }
    }

    private void send(Socket to, OutputStream out, byte[] bytes, int n) throws IOException, InterruptedException {
        Fault now = fault;
        switch (now.kind()) {
            case CUT -> throw new EOFException("cut by command");
            case RESET -> {
                out.write(bytes, 0, n / 2);
                to.setSoLinger(true, 0); // close() then sends RST
                throw new EOFException("reset by command");
            }
            case DRIP -> {
                int sent = 0;
                for (; sent < n && fault.equals(now); sent++) {
                    TimeUnit.MILLISECONDS.sleep(now.delayMs());
                    out.write(bytes[sent]);
                }
                out.write(bytes, sent, n - sent); // when the fault has ended meanwhile
            }
            case SLOW -> {
                TimeUnit.MILLISECONDS.sleep(now.delayMs());
                out.write(bytes, 0, n);
            }
            default -> out.write(bytes, 0, n);
        }
    }

    /** Ends listening and all connections. Idempotent. */
    @Override
    public synchronized void close() {
        isClosed = true;
        stop();
    }

    private static void close(java.io.Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a socket that is already broken", e);
        }
    }
}
