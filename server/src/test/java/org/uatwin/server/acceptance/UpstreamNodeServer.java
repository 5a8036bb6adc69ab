package org.uatwin.server.acceptance;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** node-opcua's server ({@code upstream.js}) as a process of its own; restarted on the same port at will. */
final class UpstreamNodeServer implements AutoCloseable {
    static final String NODES = "urn:uatwin:test:upstream:nodes";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final NodeProgram program;
    private final Path work;
    private final int port;
    private final Process process;
    private final Path output;
    private final PrintWriter commands;

    private UpstreamNodeServer(NodeProgram program, Path work, int port, String first) throws IOException {
        this.program = program;
        this.work = work;
        this.port = port;
        output = Files.createTempFile(work, "upstream", ".out");
        process = new ProcessBuilder(List.of(
                        "node",
                        "upstream.js",
                        "--port",
                        Integer.toString(port),
                        "--work",
                        work.resolve("pki").toString(),
                        "--first",
                        first))
                .directory(program.resolve(".").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Awaitility.await("the ready line of upstream.js")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> lines().contains("ready") || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("upstream.js ended: " + lines());
        }
    }

    static UpstreamNodeServer start(NodeProgram program, Path work) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            socket.close();
            return new UpstreamNodeServer(program, work, port, "");
        }
    }

    /** The same server again, with further namespaces before its own. */
    UpstreamNodeServer startAgain(String first) throws IOException {
        return new UpstreamNodeServer(program, work, port, first);
    }

    String url() {
        return "opc.tcp://127.0.0.1:%d/plc".formatted(port);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(output);
    }

    void set(String name, double value, String status, Instant sourceTime) {
        commands.println("set %s %s %s %s".formatted(name, value, status, sourceTime));
    }

    /** What the node holds, as JavaScript prints it. */
    String get(String name) throws IOException {
        int before = lines().size();
        commands.println("get " + name);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> lines().size() > before);
        return lines().get(lines().size() - 1).substring(name.length() + 1);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
