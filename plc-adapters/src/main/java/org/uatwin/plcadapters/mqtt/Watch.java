package org.uatwin.plcadapters.mqtt;

import java.util.List;
import org.uatwin.informationmodel.value.Quality;

/**
 * Turns absence into quality: silence, a device that is offline and a lost broker, by the one table of {@link Quality}.
 * Owned by the link's thread.
 */
final class Watch {
    private List<MqttPoint> points = List.of();
    private final MqttEmitter emitter;
    private long connectedNs = MqttPoint.NEVER; // NEVER while the broker is lost

    Watch(MqttEmitter emitter) {
        this.emitter = emitter;
    }

    /** Watches these points from the beginning. */
    void begin(List<MqttPoint> all) {
        points = all;
    }

    /**
     * Watches other points from now on.
     *
     * @param fresh those of them that were not watched before; they wait for their first message.
     */
    void follow(List<MqttPoint> next, List<MqttPoint> fresh, long now, long ticks) {
        points = next;
        fresh.forEach(point -> point.begin(now));
        if (connectedNs == MqttPoint.NEVER) {
            gone(fresh, now, ticks);
        }
    }

    /** A message held the point. */
    void arrived(MqttPoint point, long now) {
        point.lastNs = now;
        point.goneSinceNs = MqttPoint.NEVER;
        point.reach = MqttPoint.Reach.PRESENT;
    }

    /** The broker is there: what never had a value may get one now. */
    void connected(long now, long ticks) {
        connectedNs = now;
        for (MqttPoint point : points) {
            if (!point.hasValue && point.goneSinceNs != MqttPoint.NEVER) {
                point.goneSinceNs = MqttPoint.NEVER;
                point.reach = MqttPoint.Reach.PRESENT;
                emitter.situation(point, Quality.NOT_YET_READ, false, ticks);
            }
        }
    }

    /** The broker is lost, with everything behind it. */
    void disconnected(long now, long ticks) {
        connectedNs = MqttPoint.NEVER;
        points.forEach(point -> point.isLive = false);
        gone(points, now, ticks);
    }

    /** These points cannot be reached; nothing changes for those already gone. */
    void gone(List<MqttPoint> which, long now, long ticks) {
        for (MqttPoint point : which) {
            if (point.goneSinceNs == MqttPoint.NEVER) {
                // With a period the age of the value counts; without one it was as good as new until now.
                boolean hasPeriod = point.address.options().period().isPresent();
                point.goneSinceNs = hasPeriod && point.lastNs != MqttPoint.NEVER ? point.lastNs : now;
                judge(point, now, ticks);
            }
        }
    }

    /** Finds what has become silent, and what was held too long. */
    void sweep(long now, long ticks) {
        for (MqttPoint point : points) {
            if (point.goneSinceNs == MqttPoint.NEVER) {
                if (isSilent(point, now)) {
                    point.goneSinceNs = lastSign(point);
                    judge(point, now, ticks);
                }
            } else if (point.reach != MqttPoint.Reach.LOST) {
                judge(point, now, ticks);
            }
        }
    }

    /** A message is late after one and a half periods: devices do not keep time to the millisecond. */
    private boolean isSilent(MqttPoint point, long now) {
        if (point.address.options().period().isEmpty() || connectedNs == MqttPoint.NEVER) {
            return false;
        }
        long period = point.address.options().period().get().toNanos();
        return now - lastSign(point) > period + period / 2;
    }

    private long lastSign(MqttPoint point) {
        return Math.max(Math.max(point.lastNs, point.watchedNs), connectedNs);
    }

    private void judge(MqttPoint point, long now, long ticks) {
        boolean isHeld =
                now - point.goneSinceNs <= point.address.options().hold().toNanos();
        MqttPoint.Reach reach = isHeld && point.hasValue ? MqttPoint.Reach.HELD : MqttPoint.Reach.LOST;
        if (reach != point.reach) {
            point.reach = reach;
            point.lastError = connectedNs == MqttPoint.NEVER ? "the broker is lost" : "no message";
            emitter.situation(point, Quality.NO_ANSWER, isHeld, ticks);
        }
    }
}
