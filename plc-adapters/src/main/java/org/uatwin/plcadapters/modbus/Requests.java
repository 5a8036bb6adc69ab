package org.uatwin.plcadapters.modbus;

import java.util.function.LongSupplier;

/** The one way of a link to its wire: sends requests and counts what comes of them. Owned by the loop thread. */
@SuppressWarnings("NonAtomicVolatileUpdate") // counters have one writer, the loop thread
final class Requests {
    private final Wire wire;
    private final LinkCounters counters;
    private final Emitter emitter;
    private final LongSupplier ticker;
    private final long timeoutNs;
    private final Runnable whileWaiting;

    Requests(
            Wire wire,
            LinkCounters counters,
            Emitter emitter,
            LongSupplier ticker,
            long timeoutNs,
            Runnable whileWaiting) {
        this.wire = wire;
        this.counters = counters;
        this.emitter = emitter;
        this.ticker = ticker;
        this.timeoutNs = timeoutNs;
        this.whileWaiting = whileWaiting;
    }

    /** Sends one request and keeps the counters; every exchange of this link goes through here. */
    Reply send(DeviceState device, Pdu request) {
        if (!wire.isConnected()) {
            return Reply.failed(Reply.Kind.LOST, "not connected");
        }
        long begun = ticker.getAsLong();
        counters.requests++;
        device.requests++;
        Reply reply = wire.exchange(device.device.unitId(), request, timeoutNs, whileWaiting);
        long now = ticker.getAsLong();
        counters.busyNs += now - begun;
        switch (reply.kind()) {
            case ANSWERED, REFUSED -> {
                counters.responses++;
                double ms = (now - begun) / 1e6;
                device.responseTimeMs = device.responseTimeMs == 0 ? ms : 0.9 * device.responseTimeMs + 0.1 * ms;
                if (reply.kind() == Reply.Kind.REFUSED) {
                    counters.exceptions++;
                    device.exceptions++;
                }
            }
            case SILENT -> {
                counters.timeouts++;
                device.timeouts++;
            }
            case GARBLED, LOST -> {
                if (reply.kind() == Reply.Kind.GARBLED) {
                    counters.garbled++;
                    device.garbled++;
                }
            }
        }
        if (!reply.isAnswered()) {
            String text = "%s unit %d %s: %s"
                    .formatted(device.device.label(), device.device.unitId(), request.label(), reply.text());
            counters.error(text, emitter.ticks());
            device.lastError = text;
        }
        return reply;
    }

    /** As {@link Wire#readyNs}. */
    long readyNs(DeviceState device, Pdu request) {
        return wire.readyNs(device.device.unitId(), request);
    }

    /** Whether the reply shows that the device itself is there. */
    static boolean isAlive(Reply reply) {
        return reply.isAnswered()
                || (reply.kind() == Reply.Kind.REFUSED
                        && reply.exceptionCode() != 0x0A
                        && reply.exceptionCode() != 0x0B);
    }

    /** Whether the connection can not be used after this reply. */
    boolean mustDrop(Reply reply) {
        return switch (reply.kind()) {
            case ANSWERED, REFUSED -> false;
            case SILENT, GARBLED -> wire.mustCloseAfterTimeout();
            case LOST -> true;
        };
    }
}
