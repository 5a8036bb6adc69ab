package org.uatwin.server.maintenance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.monitoring.PointDetection;
import org.uatwin.informationmodel.monitoring.PointWatch;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.PointValue;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.detection.PointStream;

/**
 * The points of a twin that are compared with their own past (plant file {@code detect:}). What they were before a restart is saved every
 * ten minutes, and comes from history where nothing was saved. Guarded by the lock of its {@link Watched}.
 */
final class PointStreams {
    private static final int FORMAT = 1;
    private static final long SAVED_EVERY = 600 * UaTime.TICKS_PER_SECOND;
    private static final int VALUES = 3; // of a stretch of history

    /** A point. */
    private static final class One {
        final int row;
        final ValueType type;
        final PointStream stream;
        byte @Nullable [] saved; // not gone through yet

        One(int row, ValueType type, PointStream stream) {
            this.row = row;
            this.type = type;
            this.stream = stream;
        }
    }

    private final TwinInstance instance;
    private final PointTable table;
    private final List<One> points = new ArrayList<>();
    private final PointValue value = new PointValue();
    private boolean isRecalled;
    private byte[] lastSaved = new byte[0];
    private long lastSavedAt;
    private long now;

    private PointStreams(TwinInstance instance, PointTable table) {
        this.instance = instance;
        this.table = table;
    }

    /** Null if the plant file names none. */
    static @Nullable PointStreams of(TwinInstance instance, PointTable table) {
        Map<Integer, PointWatch> watches = instance.twin().watches();
        PointStreams made = new PointStreams(instance, table);
        watches.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> e.getValue().detection().ifPresent(detection -> made.add(e.getKey(), detection)));
        return made.points.isEmpty() ? null : made;
    }

    private void add(int ordinal, PointDetection detection) {
        Member.Point point = instance.type().points().get(ordinal);
        points.add(new One(instance.firstRow() + ordinal, point.dataType(), new PointStream(point.name(), detection)));
    }

    /** Whether the past has not been gone through yet. */
    boolean isNew() {
        return !isRecalled;
    }

    /** Goes through what was saved, else through history; once. May take a while. */
    void recall(PastValues past, long at) {
        isRecalled = true;
        for (One point : points) {
            byte[] bytes = point.saved;
            point.saved = null;
            if (bytes == null || !isRestored(point, bytes)) {
                PointDetection how = point.stream.how();
                long every = how.every().toMillis() * (UaTime.TICKS_PER_SECOND / 1_000);
                long oldest = past.oldest(point.row);
                long from = Math.max(at - how.memory() * every, oldest);
                if (oldest != Long.MAX_VALUE && from < at) {
                    recall(point, past, from, at, (int) Math.max(1, (at - from) / every));
                }
            }
        }
    }

    private static boolean isRestored(One point, byte[] bytes) {
        try {
            point.stream.restore(new DataInputStream(new ByteArrayInputStream(bytes)));
            return true;
        } catch (IOException e) {
            point.stream.forget(); // cut short: history tells the past
            return false;
        }
    }

    /** History has changes only: in between, while it was good, the value stood. */
    private static void recall(One point, PastValues past, long from, long until, int stretches) {
        boolean[] stands = {false};
        past.glance(point.row, from, until, stretches, VALUES, (time, was, isGood) -> {
            if (stands[0]) {
                point.stream.hold(time);
            }
            stands[0] = isGood;
            if (isGood) {
                point.stream.offer(time, was);
            }
        });
    }

    /** Takes what the points are now; about once a second. */
    void advance(long at) {
        now = at;
        if (!isRecalled) {
            return;
        }
        for (One point : points) {
            table.read(point.row, value);
            if (value.hasValue() && value.object == null && value.status().isGood()) {
                point.stream.offer(value.sourceTime, point.type.toDouble(value.bits));
            }
            point.stream.advance(at);
        }
    }

    boolean isAlarm() {
        return points.stream().anyMatch(point -> point.stream.isAlarm());
    }

    /** What they say beside what is known otherwise. */
    Detection joined(Detection of) {
        return PointStream.joined(of, points.stream().map(point -> point.stream).toList());
    }

    /** The asset was repaired: what it was is no measure any more. */
    void forget() {
        points.forEach(point -> point.stream.forget());
        lastSavedAt = 0;
    }

    /** What has to survive a restart; at most ten minutes old. */
    byte[] save() {
        if (now - lastSavedAt >= SAVED_EVERY && isRecalled) {
            lastSaved = saved();
            lastSavedAt = now;
        }
        return lastSaved;
    }

    private byte[] saved() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeInt(points.size());
            for (One point : points) {
                out.writeUTF(definition(point));
                ByteArrayOutputStream own = new ByteArrayOutputStream();
                point.stream.save(new DataOutputStream(own));
                out.writeInt(own.size());
                own.writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /** What the past of a point depends on. */
    private String definition(One point) {
        return "%s %s %s"
                .formatted(
                        point.stream.point(),
                        point.stream.how().every(),
                        WearPoints.source(instance, point.row - instance.firstRow()));
    }

    /** Keeps what {@link #save} wrote until it is gone through. */
    void restore(byte[] saved) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            if (in.readInt() != FORMAT) {
                return;
            }
            for (int left = in.readInt(); left > 0; left--) {
                String definition = in.readUTF();
                byte[] bytes = new byte[Math.min(in.readInt(), saved.length)];
                in.readFully(bytes);
                points.stream()
                        .filter(point -> definition(point).equals(definition))
                        .forEach(point -> point.saved = bytes);
            }
            lastSaved = saved;
        } catch (IOException e) {
            points.forEach(point -> point.saved = null); // cut short or not ours: history tells the past
        }
    }
}
