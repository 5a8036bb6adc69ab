package org.uatwin.plcadapters.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Debian's Mosquitto on a free port of the loopback interface; killed and started by command. */
final class Mosquitto implements AutoCloseable {
    private final Path folder;
    private final Path configuration;
    private final int port;
    private @Nullable Process process;

    private Mosquitto(Path folder, Path configuration, int port) {
        this.folder = folder;
        this.configuration = configuration;
        this.port = port;
    }

    /** @param lines of the configuration beside port and queue lengths. */
    static Mosquitto start(Path folder, String... lines) throws IOException {
        int port = freePort();
        String text = "user root\nlistener %d 127.0.0.1\nmax_queued_messages 0\nmax_inflight_messages 1000\n%s\n"
                .formatted(port, lines.length == 0 ? "allow_anonymous true" : String.join("\n", lines));
        Mosquitto broker = new Mosquitto(
                folder, Files.writeString(folder.resolve("mosquitto-%d.conf".formatted(port)), text), port);
        broker.start();
        return broker;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** Starts it, again on the same port, and waits until it listens. */
    void start() throws IOException {
        process = new ProcessBuilder("mosquitto", "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("mosquitto.out").toFile()))
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                        return true;
                    }
                });
    }

    /** Ends it as a power failure would. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
