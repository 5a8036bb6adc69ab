package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.plcadapters.adapter.LinkStatistics;

/** Reloads in front of a real broker. Needs mosquitto of Debian. */
@Tag("acceptance")
class MosquittoReloadIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String POINTS = "A: {unit: pc, type: Int64, kind: counter}, B: {unit: pc, type: Int64}";
    private static final int RELOADS = 40;

    @TempDir
    Path folder = Path.of("unset");

    private static Plant plant(Mosquitto broker, String version, String keys, String bindings) {
        return MqttFixture.plantOf(
                "mqtt://127.0.0.1:" + broker.port(), "version: \"%s\", %s".formatted(version, keys), POINTS, bindings);
    }

    /**
     * Points come and go, filters are merged and parted again, while another topic brings a number every millisecond: not
     * one is missing, and a point that comes has its retained value at once.
     */
    @ParameterizedTest
    @ValueSource(strings = {"5", "3.1.1"})
    void reloadsLoseNoMessageOfAnUntouchedPoint(String version) throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder)) {
            List<Plant> plants = List.of(
                    plant(broker, version, "merge: 0", "A: p/a"),
                    plant(broker, version, "merge: 2", "A: p/a, B: p/b"),
                    plant(broker, version, "merge: 0", "A: p/a, B: p/c"),
                    plant(broker, version, "subscribe: [\"p/#\"]", "A: p/a, B: p/b"));
            MqttFixture f = new MqttFixture(plants.get(0));
            Steps steps = new Steps(f.row("t/A"));
            f.table.addListener(steps);
            MqttAsyncClient publisher = publisher(broker);
            AtomicBoolean isOver = new AtomicBoolean();
            try (MqttLink link = f.start(Runnable::run)) {
                await().atMost(LIMIT)
                        .until(() -> link.statistics().state() == LinkStatistics.State.CONNECTED
                                && link.parts().counters().subscriptions > 0);
                publisher.publish("p/b", text(11), 1, true).waitForCompletion(10_000);
                publisher.publish("p/c", text(12), 1, true).waitForCompletion(10_000);
                CompletableFuture<Integer> sent = CompletableFuture.supplyAsync(() -> count(publisher, isOver));
                await().atMost(LIMIT).until(() -> steps.last > 10);
                for (int i = 1; i <= RELOADS; i++) {
                    int kind = i % plants.size();
                    f.reload(plants.get(kind)).get(10, TimeUnit.SECONDS);
                    if (kind != 0) {
                        await().pollInterval(Duration.ofMillis(5))
                                .atMost(LIMIT)
                                .until(() -> !f.read("B").status().isBad() // a retained copy is Uncertain
                                        && f.read("B").bits() == (kind == 2 ? 12 : 11));
                    }
                }
                isOver.set(true);
                int last = sent.get(30, TimeUnit.SECONDS);
                await().atMost(LIMIT).until(() -> steps.last == last);
                System.out.printf("MQTT %s: %d reloads, %d messages, %d gaps%n", version, RELOADS, last, steps.gaps);
                assertThat(steps.gaps).isZero();
                assertThat(link.parts().counters().reconnects).isZero();
                assertThat(link.parts().counters().lastError).isEmpty();
            } finally {
                isOver.set(true);
                publisher.disconnectForcibly(0, 1_000);
                publisher.close();
            }
        }
    }

    private static byte[] text(int number) {
        return Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    }

    private static MqttAsyncClient publisher(Mosquitto broker) throws Exception {
        MqttAsyncClient client =
                new MqttAsyncClient("tcp://127.0.0.1:" + broker.port(), "publisher", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(60_000);
        client.connect(options).waitForCompletion(10_000);
        return client;
    }

    /** Publishes 1, 2, 3 ... until told to stop; the last number. */
    private static int count(MqttAsyncClient publisher, AtomicBoolean isOver) {
        int number = 0;
        try {
            while (!isOver.get()) {
                publisher.publish("p/a", text(++number), 0, false);
                LockSupport.parkNanos(1_000_000);
            }
        } catch (org.eclipse.paho.client.mqttv3.MqttException e) {
            throw new IllegalStateException(e);
        }
        return number;
    }

    /** Finds values that do not follow the one before. A value twice is one that two filters brought. */
    private static final class Steps implements org.uatwin.informationmodel.value.SampleListener {
        private final int row;
        volatile long last;
        volatile int gaps;

        Steps(int row) {
            this.row = row;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one lane calls
        public void onSamples(int shard, org.uatwin.informationmodel.value.SampleBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                if (batch.row(i) == row && batch.status(i).isGood() && batch.bits(i) != last) {
                    gaps += batch.bits(i) == last + 1 ? 0 : 1;
                    last = batch.bits(i);
                }
            }
        }
    }
}
