package org.uatwin.plcadapters.modbus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.adapter.ReplayTime;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.adapter.TrafficSource;

/** A wire whose answers were recorded by {@link RecordingWire}. Moves the time to where the answer came. */
final class ReplayWire implements Wire {
    private final TrafficSource traffic;
    private final ReplayTime time;
    private final boolean mustCloseAfterTimeout;
    private LongSupplier nextTick = () -> Long.MAX_VALUE;
    private boolean isConnected;

    ReplayWire(TrafficSource traffic, ReplayTime time, boolean mustCloseAfterTimeout) {
        this.traffic = traffic;
        this.time = time;
        this.mustCloseAfterTimeout = mustCloseAfterTimeout;
    }

    /** @param tick when the loop wants to be woken while an answer is waited for. */
    void wake(LongSupplier tick) {
        nextTick = tick;
    }

    /** A recording may begin in the middle of a connection. */
    void assumeConnected() {
        isConnected = true;
    }

    @Override
    public String connect(long timeoutNs, Runnable whileWaiting) {
        TrafficRecord record = traffic.peek();
        if (record == null || record.kind() != TrafficRecord.Kind.STATE) {
            return "the recording knows of no connection here";
        }
        time.moveTo(traffic.next());
        isConnected = record.text().isEmpty();
        return record.text();
    }

    @Override
    public Reply exchange(int unitId, Pdu request, long timeoutNs, Runnable whileWaiting) {
        TrafficRecord sent = traffic.peek();
        if (sent == null
                || sent.kind() != TrafficRecord.Kind.SENT
                || sent.channel() != unitId
                || !Arrays.equals(sent.data(), RecordingWire.bytes(request))) {
            return Reply.failed(Reply.Kind.SILENT, "not in the recording");
        }
        return take(whileWaiting);
    }

    /** Takes the next request with its answer out of the recording. */
    Reply take(Runnable whileWaiting) {
        TrafficRecord sent = traffic.next();
        time.moveTo(sent);
        TrafficRecord answer = traffic.peek();
        if (answer == null
                || (answer.kind() != TrafficRecord.Kind.RECEIVED && answer.kind() != TrafficRecord.Kind.FAILED)) {
            return Reply.failed(Reply.Kind.SILENT, "the answer is not in the recording");
        }
        for (long tick = nextTick.getAsLong(); tick < answer.ns(); tick = nextTick.getAsLong()) {
            time.moveTo(tick);
            whileWaiting.run();
        }
        time.moveTo(traffic.next());
        return reply(sent, answer);
    }

    private static Reply reply(TrafficRecord sent, TrafficRecord answer) {
        byte[] pdu = answer.data();
        if (answer.kind() == TrafficRecord.Kind.FAILED) {
            return Reply.failed(kind(pdu), answer.text());
        }
        if (pdu.length >= 2 && (pdu[0] & 0x80) != 0) {
            return Reply.refused(pdu[1] & 0xFF);
        }
        boolean isRead = sent.data().length > 0 && sent.data()[0] <= 4;
        return Reply.answered(isRead && pdu.length > 2 ? Arrays.copyOfRange(pdu, 2, pdu.length) : new byte[0]);
    }

    private static Reply.Kind kind(byte[] name) {
        String text = new String(name, StandardCharsets.US_ASCII);
        for (Reply.Kind kind : Reply.Kind.values()) {
            if (kind.name().equals(text)) {
                return kind;
            }
        }
        return Reply.Kind.LOST;
    }

    /** The request of a record; null if it is no complete one. */
    static @Nullable Pdu request(TrafficRecord sent) {
        return sent.data().length < 5
                ? null
                : new Pdu(sent.data()[0] & 0xFF, Arrays.copyOfRange(sent.data(), 1, sent.data().length));
    }

    @Override
    public boolean isConnected() {
        return isConnected;
    }

    @Override
    public boolean mustCloseAfterTimeout() {
        return mustCloseAfterTimeout;
    }

    @Override
    public void close() {
        isConnected = false;
    }

    @Override
    public void abort() {
        // nothing waits
    }
}
