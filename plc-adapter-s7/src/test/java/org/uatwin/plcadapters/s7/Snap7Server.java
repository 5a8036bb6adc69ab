package org.uatwin.plcadapters.s7;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code s7server.js}: snap7's server in a Node.js process; restarted on the same port at will. */
final class Snap7Server implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

    private final Path folder;
    private final int port;
    private final Path output;
    private final Process process;
    private final PrintWriter commands;

    private Snap7Server(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        output = Files.createTempFile(folder, "s7server", ".out");
        process = new ProcessBuilder("node", "s7server.js", "--port", Integer.toString(port))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Awaitility.await("the ready line of s7server.js")
                .atMost(START_LIMIT)
                .until(() -> lines().contains("ready") || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("s7server.js ended: " + lines());
        }
    }

    /** Installs its packages, which are compiled once and kept below {@code target}, and starts it. */
    static Snap7Server start() throws IOException, InterruptedException {
        Path folder = Path.of("target", "s7-peer").toAbsolutePath();
        Files.createDirectories(folder);
        for (String file : List.of("package.json", "package-lock.json", "s7server.js")) {
            Files.copy(
                    Path.of("src", "test", "node", file),
                    folder.resolve(file),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(folder.resolve("node_modules/node-snap7/build/Release/node_snap7.node"))) {
            Path log = folder.resolve("npm.log");
            Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!npm.waitFor(INSTALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                throw new AssertionError("node-snap7 cannot be installed: " + Files.readString(log));
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int free = socket.getLocalPort();
            socket.close();
            return new Snap7Server(folder, free);
        }
    }

    Snap7Server startAgain() throws IOException {
        return new Snap7Server(folder, port);
    }

    int port() {
        return port;
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(output);
    }

    void poke(int db, int offset, String hex) {
        commands.println("poke %d %d %s".formatted(db, offset, hex));
    }

    /** Bytes of a data block in hexadecimal. */
    String peek(int db, int offset, int length) throws IOException {
        int before = lines().size();
        commands.println("peek %d %d %d".formatted(db, offset, length));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> lines().size() > before);
        return lines().get(lines().size() - 1);
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
