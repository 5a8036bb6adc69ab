package org.uatwin.plcadapters.modbus;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.informationmodel.plant.Transport;
import org.uatwin.plcadapters.probe.Reads;

/**
 * Reads a device outside a link, for surveys: one request at a time, a pause between two, never a write. Connects by
 * itself, and again when a connection was lost. Owned by one thread; {@link #close} may be called by any.
 */
public final class ModbusReader implements Reads, AutoCloseable {
    private final Wire wire;
    private final long timeoutNs;
    private final long pauseNs;
    private final LongSupplier ticker;
    private long notBeforeNs;
    private boolean hasAsked;
    private volatile boolean isClosed;

    /**
     * @param timeout wait for one answer.
     * @param pause time the line stays free between an answer and the next request.
     * @param ticker monotonic nanoseconds.
     */
    public ModbusReader(Transport transport, Duration timeout, Duration pause, LongSupplier ticker) {
        wire = ModbusLinks.wire(transport, ticker);
        timeoutNs = timeout.toNanos();
        pauseNs = pause.toNanos();
        this.ticker = ticker;
        notBeforeNs = ticker.getAsLong();
    }

    @Override
    public Answer read(int unitId, ModbusTable table, int offset, int quantity) {
        if (hasAsked) {
            for (long left = notBeforeNs - ticker.getAsLong();
                    left > 0 && !isClosed;
                    left = notBeforeNs - ticker.getAsLong()) {
                LockSupport.parkNanos(this, left);
            }
        }
        hasAsked = true;
        if (isClosed) {
            return answer(Reply.failed(Reply.Kind.LOST, "given up"), 0);
        }
        if (!wire.isConnected()) {
            String failure = wire.connect(timeoutNs, () -> {});
            if (!failure.isEmpty()) {
                notBeforeNs = ticker.getAsLong() + pauseNs;
                return answer(Reply.failed(Reply.Kind.LOST, failure), 0);
            }
        }
        long begun = ticker.getAsLong();
        Reply reply = wire.exchange(unitId, Pdu.read(table, offset, quantity), timeoutNs, () -> {});
        long now = ticker.getAsLong();
        notBeforeNs = now + pauseNs;
        boolean isUsable = reply.isAnswered() || reply.kind() == Reply.Kind.REFUSED;
        if (!isUsable && (reply.kind() == Reply.Kind.LOST || wire.mustCloseAfterTimeout())) {
            wire.close();
        }
        return answer(reply, (now - begun) / 1e6);
    }

    private static Answer answer(Reply reply, double millis) {
        Outcome outcome =
                switch (reply.kind()) {
                    case ANSWERED -> Outcome.ANSWERED;
                    case REFUSED -> Outcome.REFUSED;
                    case SILENT -> Outcome.SILENT;
                    case GARBLED -> Outcome.GARBLED;
                    case LOST -> Outcome.LOST;
                };
        return new Answer(outcome, reply.exceptionCode(), reply.data(), millis, reply.text());
    }

    /** Ends a read under way; later ones answer LOST. Idempotent. */
    @Override
    public void close() {
        isClosed = true;
        wire.abort();
    }
}
