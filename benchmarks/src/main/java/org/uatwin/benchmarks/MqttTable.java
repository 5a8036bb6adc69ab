package org.uatwin.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * 10 000 topics, each once a second, through Debian's Mosquitto into twins of the whole product: what arrives, what is
 * lost, what it costs. Each value is the number of its second, so that a loss shows as a gap. Ten minutes, or as many
 * seconds as the command line says.
 */
final class MqttTable {
    private static final int TOPICS = 10_000;
    /** System property with the length, seconds. */
    static final String LENGTH = "uatwin.mqtt.seconds";

    private static final int SECONDS = Integer.getInteger(LENGTH, 600);
    private static final List<String> FLAGS = List.of("-Xmx350m", "-XX:+UseSerialGC");
    private static final long LIMIT_NANOS = 30_000_000_000L;

    private MqttTable() {}

    static void run(Path directory) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path configuration = Files.writeString(
                directory.resolve("mosquitto.conf"),
                "user root\nlistener %d 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n".formatted(port));
        Process broker = new ProcessBuilder("mosquitto", "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("mosquitto.out").toFile())
                .start();
        try {
            awaitListening(port);
            measure(directory, port);
        } finally {
            broker.destroy();
            broker.waitFor();
        }
    }

    private static void awaitListening(int port) throws IOException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException("mosquitto does not listen; is it installed?", e);
                }
                LockSupport.parkNanos(10_000_000L);
            }
        }
    }

    private static void measure(Path directory, int port) throws Exception {
        MqttAsyncClient publisher =
                new MqttAsyncClient("tcp://127.0.0.1:" + port, "publisher", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(60_000);
        publisher.connect(options).waitForCompletion(10_000);
        try (ServerProcess uatwin = ServerProcess.start(
                FLAGS,
                MqttServer.class.getName(),
                plant(directory, port).toString(),
                directory.resolve("data").toString())) {
            for (int round = 0; uatwin.ask("fed") < TOPICS; round++) { // until everything is subscribed
                publish(publisher, 1);
                LockSupport.parkNanos(1_000_000_000L);
                if (round > 30) {
                    throw new IllegalStateException("nothing arrives");
                }
            }
            for (double seen = 0, now = uatwin.ask("fed"); now != seen; now = uatwin.ask("fed")) {
                seen = now; // what is still on its way must not count as measured
                LockSupport.parkNanos(2_000_000_000L);
            }
            double before = uatwin.ask("fed");
            double gapsBefore = uatwin.ask("gaps");
            double cpuBefore = uatwin.ask("cpu");
            long start = System.nanoTime();
            for (int s = 1; s <= SECONDS; s++) {
                publish(publisher, s + 1);
                long wait = start + s * 1_000_000_000L - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
            }
            double took = (System.nanoTime() - start) / 1e9;
            long sent = (long) TOPICS * SECONDS;
            long end = System.nanoTime() + LIMIT_NANOS;
            double arrived = uatwin.ask("fed") - before;
            while (arrived < sent && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(100_000_000L);
                arrived = uatwin.ask("fed") - before;
            }
            Report.row("messages a second", "1/s", List.of(sent / took));
            Report.row(
                    "CPU of the whole product", "% of a core", List.of(100 * (uatwin.ask("cpu") - cpuBefore) / took));
            Report.row("gaps seen", "", List.of(uatwin.ask("gaps") - gapsBefore));
            Report.row("dropped by the link's queue", "", List.of(uatwin.ask("dropped")));
            double lost = sent - arrived;
            Report.verdict(
                    "of %d messages lost".formatted(sent), lost, "0", lost == 0 && uatwin.ask("gaps") == gapsBefore);
        } finally {
            publisher.disconnectForcibly(0, 1_000);
            publisher.close();
        }
    }

    private static void publish(MqttAsyncClient publisher, int value) throws Exception {
        byte[] payload = Integer.toString(value).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < TOPICS; i++) {
            publisher.publish("plant/t-%04d/p%d".formatted(i / 10, i % 10), payload, 0, false);
        }
    }

    private static Path plant(Path directory, int port) throws IOException {
        StringBuilder text = new StringBuilder(
                """
                uatwin: 1
                siteId: bench
                server: {host: localhost, port: 0, securityNone: true, anonymous: Observer, historyInMemory: 0 s}
                connections:
                  broker: {protocol: mqtt, url: "mqtt://127.0.0.1:%d"}
                types:
                  Probe:
                    version: 1.0.0
                    points:
                """
                        .formatted(port));
        for (int p = 0; p < 10; p++) {
            text.append("      P%d: {unit: bar, euRange: [0, 16]}%n".formatted(p));
        }
        text.append("twins:%n  - ids: t-{0000..%04d}%n    type: Probe%n    area: \"A{n/100}\"%n    points:%n"
                .formatted(TOPICS / 10 - 1));
        for (int p = 0; p < 10; p++) {
            text.append("      P%d: \"plant/{id}/p%d\"%n".formatted(p, p));
        }
        return Files.writeString(directory.resolve("mqtt.yaml"), text);
    }
}
