package org.uatwin.plcadapters.modbus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A serial device server in raw mode: one serial line behind it, here the connection to an RTU device, and whoever is
 * connected now gets what the line says.
 */
final class SerialDeviceServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket line;
    private final AtomicLong lateAnswers = new AtomicLong();
    private final Queue<Long> asked = new ConcurrentLinkedQueue<>(); // connection of each request under way, in order
    private final AtomicLong current = new AtomicLong();
    private volatile @Nullable Socket client;

    SerialDeviceServer(int devicePort) throws IOException {
        line = new Socket(InetAddress.getLoopbackAddress(), devicePort);
        line.setTcpNoDelay(true);
        start("device-server-accept", this::accept);
        start("device-server-line", this::forwardAnswers);
    }

    private static void start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Answers that came when another connection than the one that had asked was there. */
    long lateAnswers() {
        return lateAnswers.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket fresh = listener.accept();
                fresh.setTcpNoDelay(true);
                long number = current.incrementAndGet();
                client = fresh;
                start("device-server-" + number, () -> forwardRequests(fresh, number));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void forwardRequests(Socket from, long number) {
        byte[] buffer = new byte[256];
        try (from) {
            InputStream in = from.getInputStream();
            OutputStream out = line.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                asked.add(number);
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // the connection ended
        }
    }

    private void forwardAnswers() {
        byte[] buffer = new byte[256];
        try {
            InputStream in = line.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                Long number = asked.poll();
                if (number != null && number != current.get()) {
                    lateAnswers.incrementAndGet();
                }
                send(buffer, n);
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void send(byte[] buffer, int n) throws IOException {
        Socket to = client;
        if (to != null) {
            try {
                to.getOutputStream().write(buffer, 0, n);
            } catch (SocketException e) {
                client = null; // nobody is connected
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        line.close();
    }
}
