package org.uatwin.plcadapters.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.adapter.TrafficTap;

/** A recording is needed after something went wrong: with the disk, the process or the plant. */
class RecorderTest {
    private static final RecordingLimits LIMITS = RecordingLimits.defaults();

    private long ns = 1_000;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private Recorder start(Path folder, RecordingLimits limits) {
        return Recorder.start(folder, "site", limits, () -> now, () -> ns);
    }

    private static void send(TrafficTap tap, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        tap.take(TrafficRecord.Kind.SENT, 3, "topic/ä", data);
    }

    private static List<RecordingReader.Item> read(Path folder) {
        List<RecordingReader.Item> items = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(folder)) {
            for (RecordingReader.Item item = reader.next(); item != null; item = reader.next()) {
                items.add(item);
            }
        }
        return items;
    }

    @Test
    void whatWasHandedOverIsReadBackInOrderWithItsTime(@TempDir Path folder) {
        try (Recorder recorder = start(folder, LIMITS)) {
            TrafficTap a = recorder.tap("a", "modbus-tcp");
            TrafficTap b = recorder.tap("b", "mqtt");
            send(a, 1, 2, 0xFF);
            ns += 500;
            now = now.plusNanos(500);
            send(b);
        }
        List<RecordingReader.Item> items = read(folder);
        assertThat(items).extracting(RecordingReader.Item::connection).containsExactly("a", "b");
        assertThat(items).extracting(RecordingReader.Item::protocol).containsExactly("modbus-tcp", "mqtt");
        TrafficRecord first = items.get(0).piece();
        assertThat(first.hex()).isEqualTo("0102ff");
        assertThat(first.text()).isEqualTo("topic/ä");
        assertThat(first.channel()).isEqualTo(3);
        assertThat(items.get(1).piece().ns() - first.ns()).isEqualTo(500);
        assertThat(items.get(1).piece().ticks() - first.ticks()).isEqualTo(5);
    }

    /** The thread that writes may come late; the time of a recording counts from its first piece all the same. */
    @Test
    void aSlowDiskMovesNoTime(@TempDir Path folder) {
        CountDownLatch isFree = new CountDownLatch(1);
        Disk slow = file -> {
            awaitFree(isFree);
            return Disk.LOCAL.create(file);
        };
        try (Recorder recorder = Recorder.start(folder, "site", LIMITS, () -> now, () -> ns, slow)) {
            send(recorder.tap("a", "modbus-tcp"), 1);
            ns += 20_000_000_000L;
            isFree.countDown();
        }
        assertThat(read(folder).get(0).piece().ns()).isZero();
    }

    private static void awaitFree(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Killed at any byte, the recording is good up to the last whole record. */
    @Test
    void aSegmentCutAnywhereGivesItsWholeRecords(@TempDir Path folder) throws IOException {
        try (Recorder recorder = start(folder, LIMITS)) {
            TrafficTap tap = recorder.tap("a", "modbus-tcp");
            for (int i = 0; i < 20; i++) {
                send(tap, i);
            }
        }
        Path segment = folder.resolve("0000000001.uatrec");
        byte[] whole = Files.readAllBytes(segment);
        int before = 0;
        for (int length = 8; length <= whole.length; length++) {
            Files.write(segment, java.util.Arrays.copyOf(whole, length));
            List<RecordingReader.Item> items = read(folder);
            assertThat(items.size()).isBetween(before, 20);
            for (int i = 0; i < items.size(); i++) {
                assertThat(items.get(i).piece().data()[0]).isEqualTo((byte) i);
            }
            before = items.size();
        }
        assertThat(before).isEqualTo(20);
    }

    @Test
    void aDamagedFrameIsNoticedAndTheNextSegmentStillRead(@TempDir Path folder) throws IOException {
        try (Recorder recorder = start(folder, LIMITS)) {
            send(recorder.tap("a", "modbus-tcp"), 1);
        }
        try (Recorder recorder = start(folder, LIMITS)) {
            send(recorder.tap("a", "modbus-tcp"), 2);
        }
        Path segment = folder.resolve("0000000001.uatrec");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length - 1] ^= 1;
        Files.write(segment, bytes);
        try (RecordingReader reader = RecordingReader.open(folder)) {
            RecordingReader.Item item = Objects.requireNonNull(reader.next());
            assertThat(item.piece().hex()).isEqualTo("02");
            assertThat(reader.next()).isNull();
            assertThat(reader.problems()).hasSize(1);
            assertThat(reader.problems().get(0)).contains("0000000001.uatrec", "CRC");
        }
    }

    /** Monotonic time begins anew with every process; the recording's goes on, and a night's pause is short. */
    @Test
    void timeGoesOnThroughARestart(@TempDir Path folder) {
        try (Recorder recorder = start(folder, LIMITS)) {
            send(recorder.tap("a", "modbus-tcp"), 1);
        }
        ns = 5;
        now = now.plus(Duration.ofHours(8));
        try (Recorder recorder = start(folder, LIMITS)) {
            send(recorder.tap("a", "modbus-tcp"), 2);
        }
        List<RecordingReader.Item> items = read(folder);
        assertThat(items).hasSize(2);
        long step = items.get(1).piece().ns() - items.get(0).piece().ns();
        assertThat(step).isEqualTo(RecordingReader.LONGEST_PAUSE_NS);
        assertThat(items.get(1).piece().ticks() - items.get(0).piece().ticks()).isEqualTo(8L * 3600 * 10_000_000);
    }

    @Test
    void theFolderStaysBelowItsSizeAndKeepsTheNewest(@TempDir Path folder) throws IOException {
        RecordingLimits small = new RecordingLimits(1_000_000, Duration.ofDays(1));
        byte[] data = new byte[1_000];
        int sent = 5_000;
        try (Recorder recorder = start(folder, small)) {
            TrafficTap tap = recorder.tap("a", "mqtt");
            for (int i = 0; i < sent; i++) {
                int n = i;
                tap.take(TrafficRecord.Kind.RECEIVED, n, "t", data);
                if (i % 500 == 0) {
                    await().atMost(10, TimeUnit.SECONDS)
                            .until(() -> recorder.statistics().records() > n - 500);
                    assertThat(size(folder)).isLessThanOrEqualTo(1_000_000);
                }
            }
        }
        assertThat(size(folder)).isBetween(500_000L, 1_000_000L);
        List<RecordingReader.Item> items = read(folder);
        assertThat(items.get(items.size() - 1).piece().channel()).isEqualTo(sent - 1);
        for (int i = 1; i < items.size(); i++) {
            assertThat(items.get(i).piece().channel())
                    .isEqualTo(items.get(i - 1).piece().channel() + 1);
        }
    }

    private static long size(Path folder) throws IOException {
        long total = 0;
        for (Path file : Segments.of(folder)) {
            total += Files.size(file);
        }
        return total;
    }

    @Test
    void oldSegmentsGoWhenANewOneBegins(@TempDir Path folder) throws IOException {
        try (Recorder recorder = start(folder, LIMITS)) {
            send(recorder.tap("a", "modbus-tcp"), 1);
        }
        Files.setLastModifiedTime(folder.resolve("0000000001.uatrec"), FileTime.from(now.minus(Duration.ofDays(8))));
        try (Recorder recorder = start(folder, LIMITS)) {
            send(recorder.tap("a", "modbus-tcp"), 2);
        }
        assertThat(read(folder)).extracting(item -> item.piece().hex()).containsExactly("02");
    }

    @Test
    void whatDoesNotFitIsCountedAndMarked(@TempDir Path folder) {
        try (Recorder recorder = start(folder, LIMITS)) {
            TrafficTap tap = recorder.tap("a", "mqtt");
            tap.take(TrafficRecord.Kind.RECEIVED, 0, "t", new byte[9_000_000]);
            send(tap, 1);
            assertThat(recorder.statistics().lost()).isEqualTo(1);
        }
        assertThat(read(folder))
                .filteredOn(item -> item.piece().kind() == TrafficRecord.Kind.GAP)
                .singleElement()
                .satisfies(item -> assertThat(item.piece().channel()).isEqualTo(1));
    }

    @Test
    void twoServersDoNotRecordIntoOneFolder(@TempDir Path folder) {
        try (Recorder recorder = start(folder, LIMITS)) {
            assertThatThrownBy(() -> start(folder, LIMITS))
                    .isInstanceOf(RecordingException.class)
                    .hasMessageContaining("another server records there");
        }
    }

    @Test
    void aFolderWithoutRecordingSaysSo(@TempDir Path folder) {
        assertThatThrownBy(() -> RecordingReader.open(folder.resolve("nothing")))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("--record");
    }
}
