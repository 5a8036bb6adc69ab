package org.uatwin.plcadapters.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.plcadapters.VirtualTime;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.ReplayLink;
import org.uatwin.plcadapters.adapter.ReplayTime;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.recording.Recorder;
import org.uatwin.plcadapters.recording.RecordingLimits;
import org.uatwin.plcadapters.recording.RecordingReader;
import org.uatwin.plcadapters.recording.RecordingSources;

/** An incident that cannot be replayed as it was cannot be understood afterwards. */
class ReplayTest {
    private static final long MS = VirtualLink.MS;

    /** Two devices, several blocks, every way a poll can end; the rows are the same each time it is made. */
    private static Fixture plant() {
        Fixture fixture = new Fixture(new Transport.Tcp("nowhere", 502));
        var pump = fixture.device("pump", 1);
        var drive = fixture.device("drive", 2);
        for (int offset : new int[] {0, 1, 2, 300, 301}) {
            fixture.holding(pump, Fixture.FAST, offset);
        }
        fixture.holding(drive, Fixture.FAST, 0);
        fixture.holding(drive, Fixture.group("slow", 500), 200);
        return fixture;
    }

    private static List<String> listenTo(Fixture fixture) {
        List<String> samples = new ArrayList<>();
        fixture.table.addListener((shard, batch) -> add(batch, samples));
        return samples;
    }

    private static void add(SampleBatch batch, List<String> samples) {
        for (int i = 0; i < batch.size(); i++) {
            samples.add("%d %d %s %d %d"
                    .formatted(
                            batch.row(i), batch.bits(i), batch.status(i), batch.sourceTime(i), batch.receiveTime(i)));
        }
    }

    private static void live(VirtualLink live) {
        FaultyLink.Unit pump = live.wire.unit(1);
        FaultyLink.Unit drive = live.wire.unit(2);
        for (int i = 0; i < 40; i++) {
            pump.holding[0] = i;
            drive.holding[200] = 7 * i;
            live.run(50);
        }
        live.written(live.fixture.points.get(1).row(), 4711);
        pump.missingOffset = 301; // the block is cut into pieces
        live.run(1_000);
        pump.missingOffset = -1;
        drive.mode = FaultyLink.Mode.SILENT; // hold time, demotion
        live.run(5_000);
        drive.mode = FaultyLink.Mode.OK;
        live.run(3_000);
        pump.mode = FaultyLink.Mode.EXCEPTION;
        pump.exceptionCode = 4;
        live.run(500);
        pump.mode = FaultyLink.Mode.GARBLED;
        live.run(500);
        pump.mode = FaultyLink.Mode.OK;
        live.wire.pull(); // back-off, reconnect
        live.run(3_000);
        live.wire.plug();
        live.run(3_000);
    }

    private static LinkEnvironment environment(ReplayTime time) {
        return new LinkEnvironment(
                time.clock(),
                time.ticker(),
                7,
                task -> {
                    throw new AssertionError("a replay needs no thread");
                },
                Runnable::run);
    }

    private static List<String> replay(Path folder, Fixture fixture) {
        List<String> samples = listenTo(fixture);
        try (RecordingReader reader = RecordingReader.open(folder)) {
            RecordingSources sources = new RecordingSources(reader);
            TrafficRecord first = Objects.requireNonNull(sources.first());
            ReplayTime time = new ReplayTime();
            ReplayLink link = ModbusReplay.open(
                    fixture.connection(), fixture.opening(environment(time)), sources.of("line", time), time);
            time.moveTo(first);
            link.start();
            while (link.nextNs() != Long.MAX_VALUE) {
                link.step();
            }
            assertThat(reader.problems()).isEmpty();
            assertThat(reader.siteId()).isEqualTo("site");
        }
        return samples;
    }

    @Test
    void replayGivesTheSamplesOfThenAgainAndAgain(@TempDir Path folder) {
        Fixture fixture = plant();
        List<String> then = listenTo(fixture);
        VirtualTime time = new VirtualTime();
        try (Recorder recorder = Recorder.start(folder, "site", RecordingLimits.defaults(), time.clock(), time::now)) {
            VirtualLink live = new VirtualLink(
                    fixture, false, time, wire -> new RecordingWire(wire, recorder.tap("line", "modbus-tcp")));
            live(live);
            assertThat(recorder.statistics().lost()).isZero();
        }

        List<String> first = replay(folder, plant());
        List<String> second = replay(folder, plant());
        assertThat(second).isEqualTo(first);
        assertThat(then).hasSizeGreaterThan(500);
        assertThat(first.size()).isGreaterThanOrEqualTo(then.size());
        for (int i = 0; i < then.size(); i++) {
            assertSame(then.get(i), first.get(i));
        }
    }

    /** Where monotonic time counts from is the machine's choice, also below zero. */
    @Test
    void theOriginOfMonotonicTimeChangesNothing() {
        List<List<String>> all = new ArrayList<>();
        for (long origin : new long[] {0, -3_600_000 * MS, -7_000 * MS}) {
            Fixture fixture = plant();
            all.add(listenTo(fixture));
            live(new VirtualLink(fixture, false, new VirtualTime(origin), wire -> wire));
        }
        assertThat(all.get(1)).isEqualTo(all.get(0));
        assertThat(all.get(2)).isEqualTo(all.get(0));
    }

    /** Only the end of a hold time is noticed by a sweep, so its moment may differ by a quarter of a second. */
    private static void assertSame(String then, String now) {
        if (then.contains("Good")) {
            assertThat(now).isEqualTo(then);
            return;
        }
        int times = then.indexOf(' ', then.indexOf(' ', then.indexOf(' ') + 1) + 1);
        assertThat(now).startsWith(then.substring(0, times + 1));
        long source = Long.parseLong(then.split(" ")[3]);
        assertThat(Long.parseLong(now.split(" ")[3])).isBetween(source - 2_500_000, source + 2_500_000);
    }

    @Test
    void writesAreRefusedInAReplay(@TempDir Path folder) throws Exception {
        Fixture fixture = plant();
        VirtualTime time = new VirtualTime();
        try (Recorder recorder = Recorder.start(folder, "site", RecordingLimits.defaults(), time.clock(), time::now)) {
            new VirtualLink(fixture, false, time, wire -> new RecordingWire(wire, recorder.tap("line", "modbus-tcp")))
                    .run(200);
        }
        try (RecordingReader reader = RecordingReader.open(folder)) {
            RecordingSources sources = new RecordingSources(reader);
            ReplayTime replayTime = new ReplayTime();
            LinkOpening opening = plant().opening(environment(replayTime));
            ReplayLink link =
                    ModbusReplay.open(plant().connection(), opening, sources.of("line", replayTime), replayTime);
            assertThat(link.write(new WriteCommand(opening.points().get(0).row(), 1, null, -1, 1_000 * MS))
                            .toCompletableFuture()
                            .get()
                            .text())
                    .contains("replay");
        }
    }

    /** A point added since then gets its values too, where the recording holds its registers. */
    @Test
    void aChangedPlanIsFedByTheRegistersThatWereRead(@TempDir Path folder) {
        Fixture fixture = plant();
        VirtualTime time = new VirtualTime();
        try (Recorder recorder = Recorder.start(folder, "site", RecordingLimits.defaults(), time.clock(), time::now)) {
            VirtualLink live = new VirtualLink(
                    fixture, false, time, wire -> new RecordingWire(wire, recorder.tap("line", "modbus-tcp")));
            live.wire.unit(1).holding[1] = 99;
            live.run(500);
        }
        Fixture other = new Fixture(new Transport.Tcp("nowhere", 502));
        int row = other.holding(other.device("pump", 1), Fixture.FAST, 1);
        replay(folder, other);
        assertThat(other.read(row).bits()).isEqualTo(99);
        assertThat(other.isGood(row)).isTrue();
    }
}
