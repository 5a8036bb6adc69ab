package org.uatwin.plcadapters.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One virtual device: its session, and what a fault makes of its messages on their way to the broker. Owned by the
 * stepping thread.
 */
final class VirtualStation {
    private static final int MOST_DELAYED = 20_000;

    private record Delayed(double due, VirtualOutput.Message message) {}

    private final String name;
    private final Optional<MqttDevice> device;
    private final String session;
    private final VirtualOutput output;
    private final List<VirtualValue> values = new ArrayList<>();
    private final Deque<Delayed> delayed = new ArrayDeque<>();
    private final Map<String, VirtualOutput.Message> held = new HashMap<>(); // by topic
    private MessageFault fault = MessageFault.NONE;

    /** @param name of the device; empty for points that name the connection alone. */
    VirtualStation(String name, Optional<MqttDevice> device, String session, VirtualOutput output) {
        this.name = name;
        this.device = device;
        this.session = session;
        this.output = output;
    }

    String name() {
        return name;
    }

    Optional<MqttDevice> device() {
        return device;
    }

    Optional<MqttAddress.Sparkplug> sparkplug() {
        return device.flatMap(MqttDevice::sparkplug);
    }

    String session() {
        return session;
    }

    List<VirtualValue> values() {
        return values;
    }

    MessageFault fault() {
        return fault;
    }

    boolean isDead() {
        return fault.kind() == MessageFault.Kind.LAST_WILL;
    }

    void fault(MessageFault next) {
        fault = next;
        if (next.kind() != MessageFault.Kind.OUT_OF_ORDER) {
            held.values().forEach(message -> output.publish(session, message));
            held.clear();
        }
    }

    /** Sends a message, or what the fault leaves of it. */
    void send(VirtualOutput.Message message, double now) {
        switch (fault.kind()) {
            case NONE -> output.publish(session, message);
            case LATE -> {
                if (delayed.size() < MOST_DELAYED) {
                    delayed.add(new Delayed(now + fault.seconds(), message));
                }
            }
            case OUT_OF_ORDER -> {
                VirtualOutput.Message earlier = held.remove(message.topic());
                if (earlier == null) {
                    held.put(message.topic(), message);
                } else {
                    output.publish(session, message);
                    output.publish(session, earlier);
                }
            }
            case DUPLICATE -> {
                output.publish(session, message);
                output.publish(session, message);
            }
            case GARBAGE -> output.publish(session, changed(message, garbage(message.payload())));
            case TRUNCATED ->
                output.publish(
                        session, changed(message, Arrays.copyOf(message.payload(), message.payload().length / 2)));
            case SILENT, RETAINED_STALE, LAST_WILL -> {
                // nothing reaches the broker
            }
        }
    }

    private static VirtualOutput.Message changed(VirtualOutput.Message message, byte[] payload) {
        return new VirtualOutput.Message(message.topic(), payload, message.qos(), message.isRetained());
    }

    /** No number, no text of a state, no JSON, no protocol buffer. */
    private static byte[] garbage(byte[] payload) {
        byte[] noise = new byte[Math.max(4, payload.length)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) ((i < payload.length ? payload[i] * 31 : 0) + 0x5A + i);
        }
        noise[0] = (byte) 0xFF; // no UTF-8, and a field of Protocol Buffers with a wire type that is none
        return noise;
    }

    /** Sends what was kept back long enough. */
    void flush(double now) {
        for (Iterator<Delayed> i = delayed.iterator(); i.hasNext(); ) {
            Delayed next = i.next();
            if (next.due() <= now) {
                i.remove();
                if (!isDead()) {
                    output.publish(session, next.message());
                }
            }
        }
    }
}
