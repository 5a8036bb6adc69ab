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
import org.uatwin.plcadapters.device.Transit;

/**
 * One virtual device: its session, and what a fault makes of its messages on their way to the broker. Owned by the
 * stepping thread.
 */
final class VirtualStation {
    private static final int MOST_DELAYED = 20_000;
    private static final double FIRST_RETRY_S = 1; // RFC 6298; each further one takes twice as long
    private static final int MOST_RETRIES = 6;
    private static final double OVERTAKEN_S = 1.5; // longer than the usual period of a topic
    private static final int HEAD = 4; // bytes of a short packet of MQTT

    private record Delayed(double due, VirtualOutput.Message message) {}

    private final String name;
    private final Optional<MqttDevice> device;
    private final String session;
    private final VirtualOutput output;
    private final List<VirtualValue> values = new ArrayList<>();
    private final Deque<Delayed> delayed = new ArrayDeque<>();
    private final Map<String, VirtualOutput.Message> held = new HashMap<>(); // by topic
    private MessageFault fault = MessageFault.NONE;
    private Transit transit = Transit.CLEAR;
    private double lastDue; // of a message that is not to be overtaken

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

    /** From now on messages take this way. */
    void transit(Transit next) {
        transit = next;
    }

    /**
     * Puts a message on its way. What is lost of QoS 0 is gone; of a higher QoS it is sent again, later. Of QoS 1 it arrives twice
     * when the acknowledgement is lost (OASIS MQTT 5.0, 4.3).
     */
    private void pass(VirtualOutput.Message message, double now) {
        if (transit == Transit.CLEAR) {
            output.publish(session, message);
            return;
        }
        double at = now;
        double retry = FIRST_RETRY_S;
        for (int attempt = 0; attempt <= MOST_RETRIES; attempt++) {
            Transit.Passage passage = transit.next(message.topic().length() + message.payload().length + HEAD, now);
            if (!passage.isLost()) {
                arrive(message, at + passage.delaySeconds(), passage.mayBeOvertaken());
                boolean isConfirmed =
                        message.qos() != 1 || !transit.next(HEAD, now).isLost();
                if (isConfirmed) {
                    return;
                }
            } else if (message.qos() == 0) {
                return;
            }
            at += retry;
            retry *= 2;
        }
    }

    private void arrive(VirtualOutput.Message message, double due, boolean mayBeOvertaken) {
        double own = mayBeOvertaken ? due : Math.max(due, lastDue);
        lastDue = mayBeOvertaken ? lastDue : own;
        if (delayed.size() < MOST_DELAYED) {
            delayed.add(new Delayed(mayBeOvertaken ? own + OVERTAKEN_S : own, message));
        }
    }

    /** Sends a message, or what the fault leaves of it. */
    void send(VirtualOutput.Message message, double now) {
        switch (fault.kind()) {
            case NONE -> pass(message, now);
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
                    pass(message, now);
                    pass(earlier, now);
                }
            }
            case DUPLICATE -> {
                pass(message, now);
                pass(message, now);
            }
            case GARBAGE -> pass(changed(message, garbage(message.payload())), now);
            case TRUNCATED ->
                pass(changed(message, Arrays.copyOf(message.payload(), message.payload().length / 2)), now);
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
