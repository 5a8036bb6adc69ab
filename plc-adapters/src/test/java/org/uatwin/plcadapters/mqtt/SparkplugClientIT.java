package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** Must-show 1: a Sparkplug B edge node we did not write (npm sparkplug-client). Needs mosquitto, nodejs and npm. */
@Tag("acceptance")
class SparkplugClientIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    static Path folder = Path.of("unset");

    private static Plant plant(int port) throws IOException {
        return MqttFixture.read(Files.writeString(
                folder.resolve("plant.yaml"),
                """
                uatwin: 1
                siteId: test
                connections:
                  broker:
                    protocol: mqtt
                    url: "mqtt://127.0.0.1:%d"
                    hold: 500 ms
                    devices: {pump: {sparkplug: {group: plant, node: gateway, device: pump}}}
                types:
                  Pump:
                    version: 1.0.0
                    points:
                      Flow: {unit: m3/h, euRange: [0, 100]}
                      Speed: {unit: r/min, euRange: [0, 3000], writable: true}
                      Running: {type: Boolean}
                      Tag: {type: String}
                twins:
                  - id: t
                    type: Pump
                    points: {Flow: Inputs/Flow, Speed: Outputs/Speed, Running: Properties/Running, Tag: Properties/Name}
                """
                        .formatted(port)));
    }

    private static Process edge(int port) throws IOException, InterruptedException {
        Path program = folder.resolve("edge");
        if (!Files.exists(program)) {
            Files.createDirectory(program);
            try (Stream<Path> files = Files.list(Path.of("src/test/node-mqtt"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, program.resolve(file.getFileName().toString()));
                }
            }
            Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
                    .directory(program.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("npm.out").toFile()) // Node would make our own streams non-blocking
                    .start();
            assertThat(npm.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(npm.exitValue())
                    .as("npm ci: %s", Files.readString(folder.resolve("npm.out")))
                    .isZero();
        }
        return new ProcessBuilder("node", "edge.js", Integer.toString(port))
                .directory(program.toFile())
                .redirectError(folder.resolve("edge.err").toFile())
                .redirectOutput(folder.resolve("edge.out").toFile())
                .start();
    }

    private static List<String> output() throws IOException {
        return Files.readAllLines(folder.resolve("edge.out"));
    }

    @Test
    void birthDataCommandRebirthAndDeath() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder)) {
            MqttFixture f = new MqttFixture(plant(broker.port()));
            Process edge = edge(broker.port());
            try {
                await().atMost(LIMIT).until(() -> output().contains("birth"));
                // uatwin comes later than the birth: what it hears first makes it ask for another.
                try (MqttLink link = f.start(Runnable::run);
                        PrintWriter in = new PrintWriter(edge.getOutputStream(), true, StandardCharsets.UTF_8)) {
                    await().atMost(LIMIT).until(() -> link.parts().counters().subscriptions > 0);
                    in.println("data Inputs/Flow 20.25");
                    await().atMost(LIMIT).until(() -> f.status("Speed").isGood());
                    assertThat(output().stream().filter("birth"::equals)).hasSizeGreaterThanOrEqualTo(2);
                    assertThat(link.parts().counters().rebirthRequests).isEqualTo(1);
                    assertThat(f.number("Flow")).isEqualTo(20.25);
                    assertThat(f.number("Speed")).isEqualTo(1000);
                    assertThat(f.read("Running").bits()).isEqualTo(1);
                    assertThat(f.read("Tag").object()).isEqualTo("P-7");

                    in.println("data Inputs/Flow 21.5");
                    await().atMost(LIMIT).until(() -> f.number("Flow") == 21.5);

                    WriteResult result = link.write(new WriteCommand(
                                    f.row("t/Speed"),
                                    Double.doubleToRawLongBits(1450),
                                    null,
                                    -1,
                                    System.nanoTime() + 10_000_000_000L))
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS);
                    assertThat(result).isEqualTo(WriteResult.CONFIRMED);
                    assertThat(f.number("Speed")).isEqualTo(1450);
                    assertThat(output()).contains("command Outputs/Speed 1450");

                    edge.destroyForcibly();
                    await().atMost(LIMIT).until(() -> f.status("Flow").isBad());
                    assertThat(link.diagnostics(f.row("t/Flow")).lastError()).isNotEmpty();
                }
            } finally {
                edge.destroyForcibly();
            }
        }
    }
}
