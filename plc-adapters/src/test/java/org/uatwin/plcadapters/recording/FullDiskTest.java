package org.uatwin.plcadapters.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.adapter.TrafficTap;

/** A full disk costs pieces of the recording, which are counted and marked, and nothing else; with room it goes on. */
class FullDiskTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** A disk with room for so many bytes; the write that fails has written a part, as real ones do. */
    private static final class SmallDisk implements Disk {
        final AtomicLong room = new AtomicLong();
        final AtomicInteger refused = new AtomicInteger();

        @Override
        public Segment create(Path file) throws IOException {
            Segment real = LOCAL.create(file);
            return new Segment() {
                @Override
                public void write(ByteBuffer from) throws IOException {
                    int fits = (int) Math.min(room.get(), from.remaining());
                    ByteBuffer part = from.slice(from.position(), fits);
                    real.write(part);
                    room.addAndGet(-fits);
                    if (fits < from.remaining()) {
                        refused.incrementAndGet();
                        throw new IOException("No space left on device");
                    }
                    from.position(from.limit());
                }

                @Override
                public void force() throws IOException {
                    real.force();
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }
    }

    private static void send(TrafficTap tap, int pieces) {
        for (int i = 0; i < pieces; i++) {
            tap.take(TrafficRecord.Kind.RECEIVED, 0, "topic", new byte[100]);
        }
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(LIMIT).untilAsserted(assertion);
    }

    @Test
    void aFullDiskLosesPiecesCountsThemAndGoesOnWhenThereIsRoom(@TempDir Path folder) throws IOException {
        SmallDisk disk = new SmallDisk();
        disk.room.set(100_000);
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        try (Recorder recorder =
                Recorder.start(folder, "site", RecordingLimits.defaults(), () -> now, System::nanoTime, disk)) {
            TrafficTap tap = recorder.tap("a", "mqtt");
            send(tap, 10);
            eventually(() -> assertThat(recorder.statistics().records()).isEqualTo(10));

            disk.room.set(30);
            send(tap, 5);
            eventually(() -> assertThat(recorder.statistics().lost()).isEqualTo(5));
            assertThat(recorder.statistics().problem()).contains("No space left");
            int tried = disk.refused.get();
            eventually(() -> assertThat(disk.refused.get()).isGreaterThan(tried + 5));
            assertThat(Segments.of(folder)).as("no heap of empty files").hasSizeLessThanOrEqualTo(2);

            disk.room.set(1_000_000);
            send(tap, 3);
            eventually(() -> assertThat(recorder.statistics().records()).isEqualTo(13));
            assertThat(recorder.statistics().lost()).isEqualTo(5);
            eventually(() -> assertThat(recorder.statistics().problem()).isEmpty());
        }

        List<TrafficRecord> pieces = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(folder)) {
            for (RecordingReader.Item item = reader.next(); item != null; item = reader.next()) {
                pieces.add(item.piece());
            }
        }
        assertThat(pieces)
                .filteredOn(piece -> piece.kind() == TrafficRecord.Kind.RECEIVED)
                .hasSize(13);
        assertThat(pieces)
                .filteredOn(piece -> piece.kind() == TrafficRecord.Kind.GAP)
                .extracting(TrafficRecord::channel)
                .containsExactly(5);
    }
}
