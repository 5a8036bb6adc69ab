package org.uatwin.plcadapters.modbus;

import java.nio.charset.StandardCharsets;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.adapter.TrafficTap;

/**
 * A wire somebody listens to. Recorded are PDUs (Modbus V1.1b3, section 4.1) under their unit id, and of an exchange
 * without one what it came to; {@link ReplayWire} makes the same replies of it.
 */
final class RecordingWire implements Wire {
    private static final byte[] NONE = new byte[0];

    private final Wire wire;
    private final TrafficTap tap;

    RecordingWire(Wire wire, TrafficTap tap) {
        this.wire = wire;
        this.tap = tap;
    }

    @Override
    public String connect(long timeoutNs, Runnable whileWaiting) {
        String failure = wire.connect(timeoutNs, whileWaiting);
        tap.take(TrafficRecord.Kind.STATE, 0, failure, NONE);
        return failure;
    }

    @Override
    public Reply exchange(int unitId, Pdu request, long timeoutNs, Runnable whileWaiting) {
        tap.take(TrafficRecord.Kind.SENT, unitId, "", bytes(request));
        Reply reply = wire.exchange(unitId, request, timeoutNs, whileWaiting);
        if (reply.kind() == Reply.Kind.ANSWERED || reply.kind() == Reply.Kind.REFUSED) {
            tap.take(TrafficRecord.Kind.RECEIVED, unitId, "", bytes(request, reply));
        } else {
            byte[] kind = reply.kind().name().getBytes(StandardCharsets.US_ASCII);
            tap.take(TrafficRecord.Kind.FAILED, unitId, reply.text(), kind);
        }
        return reply;
    }

    /** The PDU of a request. */
    static byte[] bytes(Pdu request) {
        byte[] pdu = new byte[1 + request.data().length];
        pdu[0] = (byte) request.functionCode();
        System.arraycopy(request.data(), 0, pdu, 1, request.data().length);
        return pdu;
    }

    /** The PDU that was answered: a read's data, a write's echo, or the exception. */
    private static byte[] bytes(Pdu request, Reply reply) {
        if (reply.kind() == Reply.Kind.REFUSED) {
            return new byte[] {(byte) (request.functionCode() | 0x80), (byte) reply.exceptionCode()};
        }
        if (!request.isRead()) {
            int echoed = request.functionCode() == Pdu.MASK_WRITE ? 6 : 4;
            byte[] pdu = new byte[1 + echoed];
            pdu[0] = (byte) request.functionCode();
            System.arraycopy(request.data(), 0, pdu, 1, echoed);
            return pdu;
        }
        byte[] pdu = new byte[2 + reply.data().length];
        pdu[0] = (byte) request.functionCode();
        pdu[1] = (byte) reply.data().length;
        System.arraycopy(reply.data(), 0, pdu, 2, reply.data().length);
        return pdu;
    }

    @Override
    public boolean isConnected() {
        return wire.isConnected();
    }

    @Override
    public boolean mustCloseAfterTimeout() {
        return wire.mustCloseAfterTimeout();
    }

    @Override
    public void close() {
        wire.close();
    }

    @Override
    public void abort() {
        wire.abort();
    }
}
