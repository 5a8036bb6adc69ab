package org.uatwin.plcadapters.mqtt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.payload.PayloadException;
import org.uatwin.plcadapters.payload.RawValue;

/** Messages to samples: finds who wants a message, reads it once, judges every value. Owned by the link's thread. */
@SuppressWarnings("NonAtomicVolatileUpdate") // counters have one writer
final class Receiver {
    private final Map<String, TopicRoute> routes;
    private final SparkplugReceiver sparkplug;
    private final Map<MqttPoint, MqttDeviceState> devices;
    private final MqttEmitter emitter;
    private final Watch watch;
    private final MqttCounters counters;
    private final Decoded decoded = new Decoded();

    Receiver(
            Map<String, TopicRoute> routes,
            SparkplugReceiver sparkplug,
            Map<MqttPoint, MqttDeviceState> devices,
            MqttEmitter emitter,
            Watch watch,
            MqttCounters counters) {
        this.routes = new HashMap<>(routes);
        this.sparkplug = sparkplug;
        this.devices = devices;
        this.emitter = emitter;
        this.watch = watch;
        this.counters = counters;
    }

    void receive(Inbox.Message message, long now) {
        counters.received++;
        counters.receivedBytes += message.payload().length;
        if (message.isRetained()) {
            counters.retained++;
        }
        long ticks = emitter.ticks();
        TopicRoute route = routes.get(message.topic());
        if (route != null) {
            presences(route, message, now, ticks);
            if (!route.targets.isEmpty()) {
                values(route, message, now, ticks);
            }
        } else if (!sparkplug.receive(message, now, ticks, this)) {
            counters.unrouted++;
            counters.lastUnrouted = message.topic();
        }
    }

    private void presences(TopicRoute route, Inbox.Message message, long now, long ticks) {
        for (TopicRoute.Presence presence : route.presences) {
            RawValue said = new RawValue();
            said.setFromText(new String(message.payload(), java.nio.charset.StandardCharsets.UTF_8));
            String word = said.kind == RawValue.Kind.TEXT ? String.valueOf(said.text) : said.toString();
            MqttDeviceState device = presence.device();
            if (word.equalsIgnoreCase(presence.availability().online())) {
                device.state = LinkStatistics.DeviceState.ONLINE;
                device.lastError = "";
            } else if (word.equalsIgnoreCase(presence.availability().offline())) {
                offline(device, "says it is offline", now, ticks);
            } else {
                garbled("%s: \"%s\" is neither online nor offline".formatted(message.topic(), word), ticks);
            }
        }
    }

    /** The device and everything behind it cannot be reached. */
    void offline(MqttDeviceState device, String cause, long now, long ticks) {
        device.state = LinkStatistics.DeviceState.OFFLINE;
        device.lastError = cause;
        watch.gone(device.points, now, ticks);
    }

    private void garbled(String text, long ticks) {
        counters.garbled++;
        counters.error(text, ticks);
    }

    private void values(TopicRoute route, Inbox.Message message, long now, long ticks) {
        RawValue[] values;
        try {
            values = route.read(message.payload());
        } catch (PayloadException e) {
            garbled("%s: %s".formatted(message.topic(), e.text()), ticks);
            for (TopicRoute.Target target : route.targets) {
                if (!target.isConfirmation()) {
                    unreadable(target.point(), e.text(), now, ticks);
                }
            }
            return;
        }
        for (TopicRoute.Target target : route.targets) {
            RawValue value = values[target.value()];
            if (value.kind == RawValue.Kind.MISSING) {
                continue; // a message with other fields
            }
            if (target.isConfirmation()) {
                confirm(target.point(), value, message.isRetained());
                continue;
            }
            MessageOptions options = target.point().address.options();
            int said = target.quality() < 0 || values[target.quality()].kind == RawValue.Kind.MISSING
                    ? 1
                    : options.judge(values[target.quality()]);
            long time = target.time() < 0 ? UaTime.NONE : options.timeFormat().ticks(values[target.time()]);
            boolean isTimeMissing = target.time() >= 0 && time == UaTime.NONE;
            value(target.point(), value, said, time, isTimeMissing, message.isRetained(), now, ticks);
        }
    }

    /** A message came, but it is none: the device is alive and its value unknown. */
    private void unreadable(MqttPoint point, String cause, long now, long ticks) {
        point.lastError = cause;
        watch.arrived(point, now);
        emitter.situation(point, Quality.GARBLED, false, ticks);
    }

    private void confirm(MqttPoint point, RawValue value, boolean isRetained) {
        if (point.awaiting != null && !isRetained) {
            point.converter.convert(value, decoded);
            point.awaiting.arrived(decoded, value.toString());
        }
    }

    /**
     * A value of a point.
     *
     * @param said what the device says of it: 1 good, 0 uncertain, -1 bad.
     * @param time of the device, UaTime ticks; NONE if it sent none.
     * @param isTimeMissing whether it should have sent one.
     */
    void value(
            MqttPoint point,
            RawValue raw,
            int said,
            long time,
            boolean isTimeMissing,
            boolean isRetained,
            long now,
            long ticks) {
        MessageOptions options = point.address.options();
        // What came live on this connection is no older than the broker's copy, which a repeated subscription brings.
        if (isRetained && (point.isLive || options.retained() == MessageOptions.Retained.IGNORE)) {
            return;
        }
        point.isLive |= !isRetained;
        MqttDeviceState device = devices.get(point);
        if (device != null) {
            device.received++;
            device.lastReceiveTicks = ticks;
        }
        Quality quality;
        if (raw.kind == RawValue.Kind.NULL) {
            quality = Quality.REPORTED_BAD;
            decoded.outcome = Decoded.Outcome.INVALID; // keeps the value inside
        } else {
            point.converter.convert(raw, decoded);
            quality = point.judge(decoded);
        }
        if (quality == Quality.ANSWERED && said <= 0) {
            quality = said == 0 ? Quality.REPORTED_UNCERTAIN : Quality.REPORTED_BAD;
        }
        boolean isOld = isRetained && options.retained() == MessageOptions.Retained.UNCERTAIN;
        if (quality == Quality.ANSWERED && isOld) {
            quality = Quality.RETAINED;
        }
        String remark = point.explain(quality, raw);
        long source = ticks;
        if (time != UaTime.NONE || isTimeMissing) {
            String doubt = doubt(time, ticks, options);
            if (doubt.isEmpty()) {
                source = time;
            } else {
                remark = remark.isEmpty() ? doubt : remark;
                counters.implausibleTimes++;
                if (device != null) {
                    device.implausibleTimes++;
                    device.lastError = doubt;
                }
            }
        }
        if (quality == Quality.GARBLED || quality == Quality.REFUSED_ADDRESS) {
            garbled("%s: %s".formatted(point.address.label(), remark), ticks);
        }
        point.lastError = remark;
        point.lastReceiveTicks = ticks;
        point.hasValue |= decoded.outcome == Decoded.Outcome.VALUE;
        watch.arrived(point, now);
        emitter.value(point, decoded, quality.status(true, true), source, ticks);
        if (point.awaiting != null && !isRetained && point.awaiting.isConfirmedByItself()) {
            point.awaiting.arrived(decoded, raw.toString());
        }
    }

    /** Why a device's time is not believed; empty if it is. */
    private static String doubt(long time, long ticks, MessageOptions options) {
        if (time == UaTime.NONE) {
            return "the message holds no time; the time of receipt is used";
        }
        double behind = UaTime.secondsBetween(time, ticks);
        if (behind > options.clockBehind().toNanos() / 1e9) {
            return "the device's time is %s behind; the time of receipt is used".formatted(duration(behind));
        }
        if (-behind > options.clockAhead().toNanos() / 1e9) {
            return "the device's time is %s ahead; the time of receipt is used".formatted(duration(-behind));
        }
        return "";
    }

    private static String duration(double seconds) {
        return seconds < 120
                ? "%.0f s".formatted(seconds)
                : seconds < 7200
                        ? "%.0f min".formatted(seconds / 60)
                        : seconds < 172_800 ? "%.0f h".formatted(seconds / 3600) : "%.0f d".formatted(seconds / 86_400);
    }

    /** The device of a point; null if its twin names the connection alone. */
    @Nullable
    MqttDeviceState deviceOf(MqttPoint point) {
        return devices.get(point);
    }

    /** The topics that feed points, confirm writes or tell presences. */
    List<String> topics() {
        return List.copyOf(routes.keySet());
    }
}
