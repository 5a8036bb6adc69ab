package org.uatwin.server.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code ./uatwin demo} as a process of its own, on a free port and its own data directory. */
final class DemoProcess implements AutoCloseable {
    /** The launcher may have to build first. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final String READY = "ready ";

    private final Process process;
    private final Path dataDirectory;
    private final Path output;
    private final String endpoint;

    private DemoProcess(Process process, Path dataDirectory, Path output, String endpoint) {
        this.process = process;
        this.dataDirectory = dataDirectory;
        this.output = output;
        this.endpoint = endpoint;
    }

    /** Starts it; returns once it said that clients can connect. */
    static DemoProcess start(Path directory) throws IOException {
        Path data = directory.resolve("data");
        Path output = directory.resolve("demo.out");
        Process process = new ProcessBuilder(List.of(
                        Program.launcher().toString(),
                        "demo",
                        "--quiet",
                        "--port",
                        Integer.toString(freePort()),
                        "--data",
                        data.toString()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            Awaitility.await("the ready line of the demo")
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> ready(output).isPresent() || !process.isAlive());
            String url = ready(output)
                    .orElseThrow(() -> new AssertionError("the demo ended without a ready line: " + text(output)));
            return new DemoProcess(process, data, output, url);
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Optional<String> ready(Path output) throws IOException {
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith(READY))
                .map(line -> line.substring(READY.length()).trim())
                .findFirst();
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String endpoint() {
        return endpoint;
    }

    Path dataDirectory() {
        return dataDirectory;
    }

    /** Everything it printed so far. */
    String output() {
        return text(output);
    }

    /** Sends SIGTERM and waits as long as a clean end may take; empty if it needed longer. */
    Optional<Integer> stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(process.exitValue())
                : Optional.empty();
    }

    @Override
    public void close() throws InterruptedException {
        if (stop().isEmpty()) {
            process.destroyForcibly();
        }
    }
}
