package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.ReplayLink;
import org.uatwin.plcadapters.adapter.ReplayTime;
import org.uatwin.plcadapters.recording.Recorder;
import org.uatwin.plcadapters.recording.RecordingLimits;
import org.uatwin.plcadapters.recording.RecordingReader;
import org.uatwin.plcadapters.recording.RecordingSources;

/** What a broker delivered, and that it was gone for a while, is replayed as it was. */
class MqttReplayTest {
    private static final String POINTS =
            "A: {unit: bar, euRange: [0, 9]}, B: {unit: bar, euRange: [0, 9]}, Set: {unit: bar, euRange: [0, 9], writable: true}";
    private static final String BINDINGS =
            "A: \"plant/a\", B: {address: \"plant/b\", period: 1 s, hold: 5 s}, Set: {address: \"plant/set\", command: \"plant/set/cmd\"}";

    private static MqttFixture fixture() {
        return new MqttFixture(MqttFixture.plant("", POINTS, BINDINGS));
    }

    private static List<String> samples(MqttFixture fixture) {
        List<String> lines = new ArrayList<>();
        for (SampleBatch batch : fixture.batches) {
            for (int i = 0; i < batch.size(); i++) {
                lines.add("%d %d %s %d".formatted(batch.row(i), batch.bits(i), batch.status(i), batch.receiveTime(i)));
            }
        }
        return lines;
    }

    private static MqttFixture recorded(Path folder) {
        MqttFixture live = fixture();
        try (Recorder recorder =
                Recorder.start(folder, "test", RecordingLimits.defaults(), live.time.clock(), live.time::now)) {
            live.open(ports -> new RecordedPorts(ports, recorder.tap("broker", "mqtt")));
            live.run(10);
            for (int i = 0; i < 20; i++) {
                live.send("plant/a", String.valueOf(i % 9));
                live.send("plant/b", String.valueOf(i % 7));
                live.run(300);
            }
            live.broker.sendRetained("plant/b", "5");
            live.run(8_000); // silence: held, then bad
            live.broker.die();
            live.run(3_000);
            live.broker.isThere = true;
            live.run(20_000);
            live.send("plant/a", "8");
            live.send("plant/b", "no number");
            live.run(1_000);
        }
        return live;
    }

    private static MqttFixture replayed(Path folder) {
        MqttFixture fixture = fixture();
        try (RecordingReader reader = RecordingReader.open(folder)) {
            RecordingSources sources = new RecordingSources(reader);
            ReplayTime time = new ReplayTime();
            LinkEnvironment environment = new LinkEnvironment(
                    time.clock(),
                    time.ticker(),
                    7,
                    task -> {
                        throw new AssertionError("a replay needs no thread");
                    },
                    Runnable::run);
            ReplayLink link = MqttReplay.open(fixture.opening(environment), sources.of("broker", time), time);
            time.moveTo(Objects.requireNonNull(sources.first()));
            link.start();
            while (link.nextNs() != Long.MAX_VALUE) {
                link.step();
            }
        }
        return fixture;
    }

    @Test
    void replayGivesTheValuesAndQualitiesOfThenAgainAndAgain(@TempDir Path folder) {
        MqttFixture then = recorded(folder);
        List<String> first = samples(replayed(folder));
        assertThat(samples(replayed(folder))).isEqualTo(first);
        List<String> good =
                samples(then).stream().filter(l -> l.contains(" Good ")).toList();
        assertThat(good).hasSizeGreaterThan(40);
        assertThat(first.stream().filter(l -> l.contains(" Good ")).toList()).isEqualTo(good);
        List<String> order =
                samples(then).stream().map(MqttReplayTest::withoutTime).toList();
        assertThat(first.stream().map(MqttReplayTest::withoutTime).toList()).startsWith(order.toArray(new String[0]));
    }

    private static String withoutTime(String line) {
        return line.substring(0, line.lastIndexOf(' '));
    }

    /** Passwords and wills never reach a file that is copied around. */
    @Test
    void theLogonIsNotRecorded(@TempDir Path folder) throws Exception {
        String password = System.getenv("PATH"); // the one variable every machine has
        MqttFixture live =
                new MqttFixture(MqttFixture.plant("user: somebody, password: \"${env:PATH}\"", POINTS, BINDINGS));
        Path recording = folder.resolve("recording");
        try (Recorder recorder =
                Recorder.start(recording, "test", RecordingLimits.defaults(), live.time.clock(), live.time::now)) {
            live.open(ports -> new RecordedPorts(ports, recorder.tap("broker", "mqtt")));
            live.run(10);
            live.send("plant/a", "3");
        }
        String bytes = Files.readString(recording.resolve("0000000001.uatrec"), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("plant/a").doesNotContain(password).doesNotContain("somebody");
    }
}
