package org.uatwin.server.virtual;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.server.virtual.fault.Durations;
import org.uatwin.server.virtual.fault.FaultException;
import org.uatwin.server.virtual.fault.FaultOrder;

/**
 * The control panel of virtual devices: a port of loopback that takes one line and answers {@code ok ...} or
 * {@code error ...}, then closes. Lines: {@code fault TARGET KIND [name=value]... [for=5min]}, {@code clear TARGET|all},
 * {@code list}. It can do nothing but disturb virtual devices, so whoever is on this machine may use it.
 */
public final class FaultPanel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FaultPanel.class);
    private static final int TIMEOUT_MS = 2_000;
    private static final int LONGEST_LINE = 4_096;

    private final VirtualDevices devices;
    private final ServerSocket socket;

    private FaultPanel(VirtualDevices devices, ServerSocket socket) {
        this.devices = devices;
        this.socket = socket;
    }

    /**
     * Listens on loopback.
     *
     * @param port 0 for a free one.
     */
    public static FaultPanel open(VirtualDevices devices, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        FaultPanel panel = new FaultPanel(devices, socket);
        Thread thread = new Thread(panel::serve, "virtual-panel");
        thread.setDaemon(true);
        thread.start();
        return panel;
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Asks a panel from another process; the answer's first line begins with {@code ok} or {@code error}. */
    public static List<String> ask(int port, String line) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            socket.setSoTimeout(5 * TIMEOUT_MS);
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return in.lines().toList();
        }
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                connection.setSoTimeout(TIMEOUT_MS);
                PrintWriter out = new PrintWriter(
                        new OutputStreamWriter(connection.getOutputStream(), StandardCharsets.UTF_8), false);
                out.println(answer(line(connection)));
                out.flush();
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.debug("a caller of the fault panel went away", e);
                }
            }
        }
    }

    private static String line(Socket connection) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStreamReader in = new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8);
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() >= LONGEST_LINE) {
                throw new IOException("line too long");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private String answer(String line) {
        try {
            String[] words = line.split(" +");
            return switch (words[0]) {
                case "fault" -> set(words);
                case "clear" -> "ok %d faults cleared".formatted(devices.clear(words.length > 1 ? words[1] : "all"));
                case "list" -> "ok\n" + String.join("\n", devices.faults());
                default -> "error unknown command \"%s\"; use fault, clear or list".formatted(words[0]);
            };
        } catch (FaultException e) {
            return "error " + e.getMessage();
        } catch (IllegalStateException e) {
            LOG.error("the fault panel failed", e);
            return "error " + e.getMessage();
        }
    }

    private String set(String[] words) {
        if (words.length < 3) {
            throw new FaultException("a fault needs TARGET and KIND");
        }
        Map<String, String> given = new LinkedHashMap<>();
        double lasting = Double.POSITIVE_INFINITY;
        for (int i = 3; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 1) {
                throw new FaultException("parameters are written name=value: \"%s\"".formatted(words[i]));
            }
            String name = words[i].substring(0, equals);
            String value = words[i].substring(equals + 1);
            if (name.equals("for")) {
                lasting = Durations.parse(value)
                                .orElseThrow(() -> new FaultException(
                                        "\"%s\" is no duration. Fix: a number with ms, s, min, h or d"
                                                .formatted(value)))
                                .toNanos()
                        / 1e9;
            } else {
                given.put(name, value);
            }
        }
        FaultOrder order = FaultOrder.of(words[1], words[2], given);
        int points = devices.set(order, lasting);
        return "ok %s%s".formatted(order, points > 0 ? " on %d points".formatted(points) : "");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing the fault panel", e);
        }
    }
}
