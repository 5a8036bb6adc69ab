package org.uatwin.plcadapters.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.sparkplug.Commands;
import org.uatwin.plcadapters.sparkplug.SparkplugTopic;

/**
 * Writes on their way: published in order, at most {@value #IN_FLIGHT} without an answer of the broker, each answered by
 * the device's confirmation or, if none is declared, by the broker's acknowledgement. Owned by the link's thread.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // counters have one writer
final class MqttWriter {
    static final int IN_FLIGHT = 64;

    private static final WriteResult TAKEN = new WriteResult(
            StatusCode.GOOD_COMPLETES_ASYNCHRONOUSLY, "the broker has it; no confirmation of the device is declared");

    /** Says things to the broker. */
    interface Outlet {
        void publish(int token, String topic, byte[] payload, int qos, boolean isRetained);
    }

    /** One write. */
    final class Sent {
        final WriteCommand command;
        final MqttPoint point;
        final CompletableFuture<WriteResult> answer;
        private long deadline;
        private String seen = "";

        Sent(WriteCommand command, MqttPoint point, CompletableFuture<WriteResult> answer) {
            this.command = command;
            this.point = point;
            this.answer = answer;
            deadline = command.deadline();
        }

        /** Whether the point's own value confirms it, as Sparkplug and a confirmation on the same topic do. */
        boolean isConfirmedByItself() {
            return point.address.sparkplug().isPresent();
        }

        /** The device says what value it has now. */
        void arrived(Decoded value, String text) {
            seen = text;
            if (point.converter.isConfirmed(command.bits(), command.object(), value)) {
                confirmed.add(this);
            }
        }
    }

    private final Outlet outlet;
    private SparkplugReceiver sparkplug;
    private final MqttCounters counters;
    private final ArrayDeque<Sent> waiting = new ArrayDeque<>();
    private final Map<Integer, Sent> unacknowledged = new HashMap<>();
    private final List<Sent> unconfirmed = new ArrayList<>();
    private final List<Sent> confirmed = new ArrayList<>();
    private int nextToken = 1;

    MqttWriter(Outlet outlet, SparkplugReceiver sparkplug, MqttCounters counters) {
        this.outlet = outlet;
        this.sparkplug = sparkplug;
        this.counters = counters;
    }

    void add(Sent write) {
        waiting.add(write);
    }

    Sent write(WriteCommand command, MqttPoint point, CompletableFuture<WriteResult> answer) {
        return new Sent(command, point, answer);
    }

    /** Sends what may go. */
    void send(long now, long ticks) {
        while (!waiting.isEmpty() && unacknowledged.size() < IN_FLIGHT) {
            Sent write = waiting.removeFirst();
            if (write.answer.isDone()) {
                continue;
            }
            if (now - write.command.deadline() >= 0) {
                answer(write, StatusCode.BAD_TIMEOUT, "not sent before its deadline");
                continue;
            }
            publish(write, now, ticks);
        }
    }

    private void publish(Sent write, long now, long ticks) {
        MqttAddress.Command command = write.point.address.command().orElseThrow();
        String topic = command.topic();
        byte[] payload;
        if (write.point.address.sparkplug().isPresent()) {
            MqttAddress.Sparkplug target = write.point.address.sparkplug().get();
            topic = SparkplugTopic.command(target.group(), target.node(), target.device());
            payload = metric(write, UaTime.toEpochMillis(ticks));
        } else {
            payload = CommandPayload.text(
                            command.payload(),
                            write.point.converter.toText(write.command.bits(), write.command.object()),
                            write.point.converter.type() == ValueType.STRING,
                            UaTime.toInstant(ticks))
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (isConfirmationExpected(write)) {
            Sent older = write.point.awaiting;
            if (older != null) {
                unconfirmed.remove(older);
                answer(older, StatusCode.BAD_INVALID_STATE, "superseded by a newer write before it was confirmed");
            }
            write.point.awaiting = write;
            write.deadline = Math.min(write.deadline, now + command.confirmMs() * 1_000_000);
            unconfirmed.add(write);
        }
        int token = nextToken;
        nextToken = nextToken == Integer.MAX_VALUE ? 1 : nextToken + 1;
        unacknowledged.put(token, write);
        counters.published++;
        outlet.publish(token, topic, payload, command.qos(), command.isRetained());
    }

    private byte[] metric(Sent write, long nowMs) {
        String name = write.point.address.topic();
        return write.command.object() instanceof String text
                ? Commands.set(name, text, nowMs)
                : Commands.set(
                        name,
                        sparkplug.dataType(write.point.address),
                        write.point.converter.toDevice(write.command.bits()),
                        nowMs);
    }

    private static boolean isConfirmationExpected(Sent write) {
        return write.isConfirmedByItself()
                || !write.point.address.command().orElseThrow().confirmTopic().isEmpty();
    }

    /** @param failure empty if the broker has taken the message. */
    void published(int token, String failure, long ticks) {
        Sent write = unacknowledged.remove(token);
        if (write == null) {
            return;
        }
        if (!failure.isEmpty()) {
            counters.publishFailures++;
            counters.error("%s: %s".formatted(write.point.address.label(), failure), ticks);
            forget(write);
            answer(write, StatusCode.BAD_NO_COMMUNICATION, failure);
        } else if (!isConfirmationExpected(write)) {
            write.answer.complete(TAKEN);
        }
    }

    private void forget(Sent write) {
        unconfirmed.remove(write);
        if (write.point.awaiting == write) {
            write.point.awaiting = null;
        }
    }

    /** Answers what was confirmed since the last call; after its value is in the table. */
    void answerConfirmed() {
        for (Sent write : confirmed) {
            forget(write);
            write.answer.complete(WriteResult.CONFIRMED);
        }
        confirmed.clear();
    }

    /** Gives up on what has taken too long. */
    void sweep(long now) {
        for (Sent write : List.copyOf(unconfirmed)) {
            if (now - write.deadline >= 0 || write.answer.isDone()) {
                forget(write);
                answer(
                        write,
                        StatusCode.BAD_TIMEOUT,
                        write.seen.isEmpty()
                                ? "sent, but the device has not confirmed it"
                                : "sent, but the device says %s".formatted(write.seen));
            }
        }
        waiting.removeIf(write -> write.answer.isDone());
    }

    /** Answers everything: the connection is lost or closed. */
    void refuseAll(StatusCode status, String cause) {
        List<Sent> all = new ArrayList<>(waiting);
        all.addAll(unacknowledged.values());
        all.addAll(unconfirmed);
        waiting.clear();
        unacknowledged.clear();
        for (Sent write : all) {
            forget(write);
            answer(write, status, cause);
        }
    }

    /** Follows a reload: writes to points that are not kept as they were are refused. */
    void follow(SparkplugReceiver next, Predicate<MqttPoint> isKept) {
        sparkplug = next;
        List<Sent> all = new ArrayList<>(waiting);
        all.addAll(unconfirmed);
        for (Sent write : all) {
            if (!isKept.test(write.point)) {
                waiting.remove(write);
                forget(write);
                answer(
                        write,
                        StatusCode.BAD_INVALID_STATE,
                        "a reload changed the point meanwhile; read it and write again");
            }
        }
    }

    int pending() {
        return waiting.size() + unacknowledged.size() + unconfirmed.size();
    }

    private static void answer(Sent write, StatusCode status, @Nullable String text) {
        write.answer.complete(new WriteResult(status, write.point.address.label() + ": " + text));
    }
}
