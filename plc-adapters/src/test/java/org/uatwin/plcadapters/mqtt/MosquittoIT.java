package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** Must-show 1 of MQTT: a real broker. Needs mosquitto and openssl of Debian. */
@Tag("acceptance")
class MosquittoIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int TOPICS = 10_000;
    private static final int SECONDS = Integer.getInteger("uatwin.mqtt.seconds", 60);
    private static final String POINT = "A: {unit: bar, euRange: [0, 9], writable: true}";

    @TempDir
    static Path folder = Path.of("unset");

    private static Plant plant(String url, String keys, String bindings) throws IOException {
        return MqttFixture.read(Files.writeString(
                folder.resolve("plant.yaml"),
                """
                uatwin: 1
                siteId: test
                connections:
                  broker: {protocol: mqtt, url: "%s", backOff: {first: 50 ms, largest: 200 ms}, %s}
                types:
                  T: {version: 1.0.0, points: {%s}}
                twins:
                  - {id: t, type: T, points: {%s}}
                """
                        .formatted(url, keys, POINT, bindings)));
    }

    private static String url(Mosquitto broker) {
        return "mqtt://127.0.0.1:" + broker.port();
    }

    private static void awaitConnected(MqttLink link) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(LIMIT)
                .until(() -> link.statistics().state() == LinkStatistics.State.CONNECTED
                        && link.parts().counters().subscriptions > 0);
    }

    private static MqttAsyncClient publisher(Mosquitto broker) throws Exception {
        MqttAsyncClient client =
                new MqttAsyncClient(url(broker).replace("mqtt:", "tcp:"), "publisher", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(60_000);
        client.connect(options).waitForCompletion(10_000);
        return client;
    }

    private static WriteResult write(MqttFixture f, double value) throws Exception {
        return f.link()
                .write(new WriteCommand(
                        f.row("t/A"), Double.doubleToRawLongBits(value), null, -1, System.nanoTime() + 10_000_000_000L))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static void publish(MqttAsyncClient client, String topic, String value, int qos, boolean isRetained)
            throws Exception {
        client.publish(topic, value.getBytes(StandardCharsets.UTF_8), qos, isRetained)
                .waitForCompletion(10_000);
    }

    /**
     * 10 000 topics, one message a second each, for a minute: every one becomes a sample. Each value is the number of
     * its second, so that a loss anywhere shows as a gap.
     */
    @Test
    void tenThousandTopicsASecondLoseNothing() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder)) {
            Plant plant = MqttFixture.read(Files.writeString(
                    folder.resolve("many.yaml"),
                    """
                    uatwin: 1
                    siteId: test
                    connections:
                      broker: {protocol: mqtt, url: "%s"}
                    types:
                      T: {version: 1.0.0, points: {%s}}
                    twins:
                      - ids: "t-{0000..0999}"
                        type: T
                        line: "L{n/100}"
                        area: a
                        points: {%s}
                    """
                            .formatted(
                                    url(broker),
                                    points(i -> "P%d: {unit: pc, type: Int64, kind: counter}".formatted(i)),
                                    points(i -> "P%d: \"plant/{id}/p%d\"".formatted(i, i)))));
            MqttFixture fixture = new MqttFixture(plant);
            Gaps gaps = new Gaps();
            fixture.table.addListener(gaps);
            MqttLink link = fixture.start(Runnable::run);
            MqttAsyncClient publisher = publisher(broker);
            try {
                awaitConnected(link);
                assertThat(link.parts().counters().subscriptions).isLessThanOrEqualTo(20);
                long start = System.nanoTime();
                for (int second = 1; second <= SECONDS; second++) {
                    byte[] value = Integer.toString(second).getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < TOPICS; i++) {
                        publisher.publish("plant/t-%04d/p%d".formatted(i / 10, i % 10), value, 0, false);
                    }
                    long wait = start + second * 1_000_000_000L - System.nanoTime();
                    if (wait > 0) {
                        LockSupport.parkNanos(wait);
                    }
                }
                double took = (System.nanoTime() - start) / 1e9;
                await().atMost(LIMIT).until(() -> gaps.samples.get() >= (long) TOPICS * SECONDS);
                System.out.printf(
                        "%d topics, %d messages in %.1f s: %d samples, %d gaps, %d dropped, CPU of the link %.1f s%n",
                        TOPICS,
                        TOPICS * SECONDS,
                        took,
                        gaps.samples.get(),
                        gaps.gaps.get(),
                        link.parts().inbox().dropped(),
                        cpu());
                assertThat(gaps.gaps).hasValue(0);
                assertThat(gaps.samples).hasValue((long) TOPICS * SECONDS);
                assertThat(link.parts().inbox().dropped()).isZero();
            } finally {
                publisher.disconnectForcibly(0, 1_000);
                publisher.close();
                link.close();
            }
        }
    }

    /** CPU of the threads of the link and its client so far, seconds. */
    private static double cpu() {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long ns = 0;
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith("mqtt-broker")) {
                ns += threads.getThreadCpuTime(info.getThreadId());
            }
        }
        return ns / 1e9;
    }

    private static String points(java.util.function.IntFunction<String> each) {
        return String.join(
                ", ", java.util.stream.IntStream.range(0, 10).mapToObj(each).toList());
    }

    /** Finds values that do not follow the one before. */
    private static final class Gaps implements org.uatwin.informationmodel.value.SampleListener {
        final AtomicLong samples = new AtomicLong();
        final AtomicLong gaps = new AtomicLong();
        private final long[] last = new long[2 * TOPICS];

        @Override
        public void onSamples(int shard, org.uatwin.informationmodel.value.SampleBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                int row = batch.row(i);
                if (row < TOPICS && batch.status(i).isGood()) {
                    samples.incrementAndGet();
                    if (batch.bits(i) != last[row] + 1) {
                        gaps.incrementAndGet();
                    }
                    last[row] = batch.bits(i);
                }
            }
        }
    }

    /** The broker dies fifty times as by a power failure: every subscription is back each time, and nothing leaks. */
    @ParameterizedTest
    @CsvSource({"5, 25", "3.1.1, 25"})
    void everySubscriptionIsBackAfterTheBrokerDied(String version, int times) throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder)) {
            MqttFixture f = new MqttFixture(plant(
                    url(broker),
                    "merge: 0, hold: 100 ms, version: \"%s\"".formatted(version),
                    "A: {address: a/value, command: a/value}"));
            MqttLink link = f.start(Runnable::run);
            awaitConnected(link);
            int threads = 0;
            for (int i = 0; i < times; i++) {
                broker.kill();
                await().pollInterval(Duration.ofMillis(10)).atMost(LIMIT).until(() -> f.status("A")
                        .isBad());
                broker.start();
                awaitConnected(link);
                double value = i % 9;
                // What uatwin sends comes back to it by its subscription, and by nothing else.
                assertThat(write(f, value).status()).isEqualTo(StatusCode.GOOD_COMPLETES_ASYNCHRONOUSLY);
                await().pollInterval(Duration.ofMillis(10))
                        .atMost(LIMIT)
                        .until(() -> f.status("A").isGood() && f.number("A") == value);
                if (i == 4) {
                    threads = Thread.activeCount();
                }
            }
            assertThat(link.parts().counters().reconnects).isGreaterThanOrEqualTo(times);
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 3);
            link.close();
            await().atMost(LIMIT).until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(t -> t.getName().startsWith("mqtt-broker")));
        }
    }

    /** A link that only listens must ping all the same: the broker cuts it off after one and a half keep-alives. */
    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void aListeningLinkIsKeptAlive(String version) throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder)) {
            MqttFixture f = new MqttFixture(plant(
                    url(broker),
                    "keepAlive: 1 s, version: \"%s\"".formatted(version),
                    "A: {address: a, command: set}"));
            MqttAsyncClient publisher = publisher(broker);
            try (MqttLink link = f.start(Runnable::run)) {
                awaitConnected(link);
                for (int i = 0; i < 50; i++) {
                    publish(publisher, "a", "" + i % 9, 0, false);
                    LockSupport.parkNanos(100_000_000L);
                }
                assertThat(link.parts().counters().reconnects).isZero();
                assertThat(link.statistics().state()).isEqualTo(LinkStatistics.State.CONNECTED);
            } finally {
                publisher.disconnectForcibly(0, 1_000);
                publisher.close();
            }
        }
    }

    /** What arrives while uatwin is away waits at the broker, whatever the QoS it was sent with but 0. */
    @ParameterizedTest
    @CsvSource({"0, 5, false", "1, 5, true", "2, 5, true", "1, 3.1.1, true", "2, 3.1.1, true"})
    void aSessionThatLastsKeepsQos1And2(int qos, String version, boolean isKept) throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder)) {
            Plant plant = plant(
                    url(broker),
                    "cleanSession: false, clientId: u, qos: %d, version: \"%s\"".formatted(qos, version),
                    "A: {address: a, command: set}");
            MqttFixture f = new MqttFixture(plant);
            MqttAsyncClient publisher = publisher(broker);
            try (MqttLink link = f.start(Runnable::run)) {
                awaitConnected(link);
                publish(publisher, "a", "1", qos, false);
                await().atMost(LIMIT).until(() -> f.status("A").isGood() && f.number("A") == 1);
            }
            publish(publisher, "a", "2", qos, false);
            // The same rows opened again, as a reload does.
            try (MqttLink link = f.start(Runnable::run)) {
                awaitConnected(link);
                publish(publisher, "a", "1", qos, true);
                await().atMost(LIMIT).until(() -> f.status("A").isGood() && f.number("A") == 1);
                assertThat(f.batches.stream().anyMatch(b -> b.bits(0) == Double.doubleToRawLongBits(2)))
                        .isEqualTo(isKept);
            }
            publisher.disconnectForcibly(0, 1_000);
            publisher.close();
        }
    }

    private static void openssl(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.out").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("openssl.out")))
                .isZero();
    }

    private static void certificates() throws Exception {
        for (String ca : List.of("ca", "other")) {
            openssl(
                    "req",
                    "-x509",
                    "-newkey",
                    "rsa:2048",
                    "-nodes",
                    "-keyout",
                    ca + ".key",
                    "-out",
                    ca + ".crt",
                    "-days",
                    "2",
                    "-subj",
                    "/CN=" + ca);
        }
        for (String name : List.of("server", "client")) {
            openssl(
                    "req",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-nodes",
                    "-keyout",
                    name + ".key",
                    "-out",
                    name + ".csr",
                    "-subj",
                    "/CN=" + name);
            Files.writeString(folder.resolve("san"), "subjectAltName=DNS:localhost");
            openssl(
                    "x509",
                    "-req",
                    "-in",
                    name + ".csr",
                    "-CA",
                    "ca.crt",
                    "-CAkey",
                    "ca.key",
                    "-CAcreateserial",
                    "-out",
                    name + ".crt",
                    "-days",
                    "2",
                    "-extfile",
                    "san");
        }
    }

    private static MqttFixture tls(Mosquitto broker, String host, String keys) throws IOException {
        return new MqttFixture(
                plant("mqtts://%s:%d".formatted(host, broker.port()), keys, "A: {address: a, command: set}"));
    }

    /** The broker wants a certificate, uatwin wants the right broker; a user with a password on top. */
    @Test
    void tlsWithClientCertificatesAndAPassword() throws Exception {
        certificates();
        openssl("rand", "-base64", "-out", "password.txt", "24");
        String password = Files.readString(folder.resolve("password.txt")).strip();
        Process passwd = new ProcessBuilder(
                        "mosquitto_passwd", "-b", "-c", folder.resolve("users").toString(), "uatwin", password)
                .start();
        assertThat(passwd.waitFor()).isZero();
        try (Mosquitto broker = Mosquitto.start(
                folder,
                "cafile " + folder.resolve("ca.crt"),
                "certfile " + folder.resolve("server.crt"),
                "keyfile " + folder.resolve("server.key"),
                "require_certificate true",
                "allow_anonymous false",
                "password_file " + folder.resolve("users"))) {
            String own = "ca: ca.crt, certificate: client.crt, key: client.key, user: uatwin, ";
            for (String version : List.of("5", "3.1.1")) {
                String right = own + "password: \"${file:password.txt}\", version: \"%s\"".formatted(version);
                try (MqttLink link = tls(broker, "localhost", right).start(Runnable::run)) {
                    awaitConnected(link);
                }
                refused(tls(broker, "localhost", right.replace("ca: ca.crt", "ca: other.crt")), "cert");
                refused(tls(broker, "127.0.0.1", right), "127.0.0.1");
                refused(tls(broker, "localhost", right.replace("certificate: client.crt, key: client.key, ", "")), "");
                try (MqttLink link =
                        tls(broker, "127.0.0.1", right + ", verifyHost: false").start(Runnable::run)) {
                    awaitConnected(link);
                }
            }
            refused(tls(broker, "localhost", own + "password: \"${file:san}\""), "uthori");
        }
    }

    /** A certificate that ran out stops the link with the reason, and a renewed one brings it back by itself. */
    @Test
    void anExpiredCertificateOfTheBrokerIsNamed() throws Exception {
        certificates();
        openssl(
                "x509",
                "-req",
                "-in",
                "server.csr",
                "-CA",
                "ca.crt",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-out",
                "expired.crt",
                "-days",
                "-1",
                "-extfile",
                "san");
        Path served = folder.resolve("served.crt");
        Files.copy(folder.resolve("expired.crt"), served);
        try (Mosquitto broker = Mosquitto.start(
                folder,
                "cafile " + folder.resolve("ca.crt"),
                "certfile " + served,
                "keyfile " + folder.resolve("server.key"),
                "allow_anonymous true")) {
            MqttFixture f = tls(broker, "localhost", "ca: ca.crt");
            try (MqttLink link = f.start(Runnable::run)) {
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(link.parts().counters().lastError)
                                .contains("the broker's certificate has expired", "NotAfter"));
                assertThat(f.status("A")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
                broker.kill();
                Files.copy(folder.resolve("server.crt"), served, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                broker.start();
                awaitConnected(link);
            }
        }
    }

    private static void refused(MqttFixture fixture, String cause) {
        try (MqttLink link = fixture.start(Runnable::run)) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(link.parts().counters().lastError)
                    .isNotEmpty()
                    .contains(cause));
            assertThat(link.statistics().state()).isNotEqualTo(LinkStatistics.State.CONNECTED);
            assertThat(fixture.status("A")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        }
    }

    /** A command arrives at another client, which confirms it. */
    @ParameterizedTest
    @CsvSource({"5, 0", "5, 1", "5, 2", "3.1.1, 1"})
    void aCommandIsConfirmedByTheDevice(String version, int qos) throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder)) {
            MqttFixture f = new MqttFixture(plant(
                    url(broker),
                    "version: \"%s\"".formatted(version),
                    "A: {address: \"d#/v\", command: d/set, commandQos: %d, confirm: \"d#/v\"}".formatted(qos)));
            MqttAsyncClient device = publisher(broker);
            device.subscribe(
                            "d/set",
                            2,
                            (topic, message) -> device.publish(
                                    "d",
                                    "{\"v\": %s}"
                                            .formatted(new String(message.getPayload(), StandardCharsets.UTF_8))
                                            .getBytes(StandardCharsets.UTF_8),
                                    1,
                                    false))
                    .waitForCompletion(10_000);
            try (MqttLink link = f.start(Runnable::run)) {
                awaitConnected(link);
                WriteResult result = write(f, 4.5);
                assertThat(result).isEqualTo(WriteResult.CONFIRMED);
                assertThat(f.number("A")).isEqualTo(4.5);
            } finally {
                device.disconnectForcibly(0, 1_000);
                device.close();
            }
        }
    }
}
