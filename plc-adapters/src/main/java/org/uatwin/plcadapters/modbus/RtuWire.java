package org.uatwin.plcadapters.modbus;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.ModbusRTUTransport;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * RTU frames over a serial line or a socket: j2mod's serial transport, which checks the CRC also where the bytes come
 * through TCP (j2mod's own RTU-over-TCP transport throws it away).
 *
 * <p>RTU has no transaction id, so a late answer could be taken for that of the next request. After a timeout a socket
 * is closed and a serial line drained until it has been quiet. Neither is enough for a device that is slower still, nor
 * for a serial device server that sends what comes late to the next connection: see {@link LateAnswers}.
 */
final class RtuWire implements Wire {
    private static final double FRAME_GAP_CHARACTERS = 3.5; // Modbus over Serial Line V1.02, 2.5.1.1
    private static final long FAST_FRAME_GAP_NS = 1_750_000; // the same, above 19200 baud
    private static final long DRAIN_NS = 50_000_000;

    private final RtuLine line;
    private final LongSupplier ticker;
    private final LateAnswers late = new LateAnswers();
    private @Nullable ModbusRTUTransport transport;
    private long lastByteNs;

    RtuWire(RtuLine line, LongSupplier ticker) {
        this.line = line;
        this.ticker = ticker;
    }

    @Override
    public String connect(long timeoutNs, Runnable whileWaiting) {
        close();
        try {
            line.openWithin(timeoutNs);
            ModbusRTUTransport fresh = new ModbusRTUTransport();
            fresh.setCommPort(line);
            transport = fresh;
            lastByteNs = ticker.getAsLong();
            return "";
        } catch (IOException | RuntimeException e) {
            close();
            return "%s: %s".formatted(line.getDescriptivePortName(), e.getMessage());
        }
    }

    @Override
    public boolean isConnected() {
        return transport != null && line.isOpen();
    }

    @Override
    public Reply exchange(int unitId, Pdu pdu, long timeoutNs, Runnable whileWaiting) {
        ModbusRTUTransport t = transport;
        if (t == null || !line.isOpen()) {
            return Reply.failed(Reply.Kind.LOST, "not connected");
        }
        drain(readyNs(unitId, pdu), whileWaiting);
        waitForFrameGap();
        long begun = ticker.getAsLong();
        line.begin(begun + timeoutNs, whileWaiting);
        late.sent(unitId, pdu, begun, timeoutNs);
        Reply reply;
        try {
            t.writeRequest(new PduRequest(unitId, pdu));
            reply = readAnswer(t, unitId, pdu);
        } catch (ModbusIOException | RuntimeException e) {
            reply = classify(e);
        }
        lastByteNs = ticker.getAsLong();
        if (reply.isAnswered() || reply.kind() == Reply.Kind.REFUSED) {
            late.answered(unitId, pdu, lastByteNs, timeoutNs);
            return reply;
        }
        late.unanswered(unitId);
        if (!line.isSocket()) {
            if (reply.kind() == Reply.Kind.LOST) {
                late.forget(); // the port is gone, and the wire with it
            } else {
                drain(lastByteNs + DRAIN_NS, whileWaiting);
            }
        }
        return reply;
    }

    @Override
    public long readyNs(int unitId, Pdu request) {
        return late.readyNs(unitId, request);
    }

    /** A late answer of another device, or to an earlier request, may come first: it is passed over, but remembered. */
    private Reply readAnswer(ModbusRTUTransport t, int unitId, Pdu pdu) throws ModbusIOException {
        int strangers = 0;
        while (true) {
            ModbusResponse response;
            try {
                response = t.readResponse();
            } catch (ModbusIOException | RuntimeException e) {
                if (strangers > 0 && line.isTimedOut()) {
                    return Reply.failed(Reply.Kind.GARBLED, "only answers of other units came");
                }
                throw e;
            }
            if ((response.getUnitID() & 0xFF) == unitId) {
                Reply reply = AnswerCheck.check(unitId, pdu, response);
                if (reply.kind() != Reply.Kind.GARBLED || !late.isLate(unitId, response)) {
                    return reply;
                }
            } else {
                strangers++;
            }
        }
    }

    private Reply classify(Exception cause) {
        if (!line.isOpen()) {
            return Reply.failed(Reply.Kind.LOST, "connection closed by the device");
        }
        if (line.received() == 0) {
            return line.isTimedOut()
                    ? Reply.failed(Reply.Kind.SILENT, "no answer")
                    : Reply.failed(Reply.Kind.LOST, "connection closed by the device");
        }
        return Reply.failed(
                Reply.Kind.GARBLED,
                String.valueOf(cause.getMessage()).contains("CRC")
                        ? "answer with a wrong CRC"
                        : "answer is no Modbus frame, %d bytes".formatted(line.received()));
    }

    private void waitForFrameGap() {
        if (line.isSocket()) {
            return;
        }
        long gap = line.getBaudRate() > 19_200
                ? FAST_FRAME_GAP_NS
                : (long) (FRAME_GAP_CHARACTERS * 11 * 1e9 / line.getBaudRate());
        long left = lastByteNs + gap - ticker.getAsLong();
        while (left > 0) {
            LockSupport.parkNanos(this, left);
            left = lastByteNs + gap - ticker.getAsLong();
        }
    }

    /** Throws away what still comes until the moment given, and until then the line has been quiet; at most a second more. */
    private void drain(long quietUntilNs, Runnable whileWaiting) {
        byte[] waste = new byte[256];
        long quietUntil = quietUntilNs;
        long end = quietUntilNs + 20 * DRAIN_NS;
        while (ticker.getAsLong() < Math.min(end, quietUntil)) {
            int n = line.readSome(waste, 0, waste.length, 10);
            if (n < 0) {
                return;
            }
            if (n > 0) {
                lastByteNs = ticker.getAsLong();
                quietUntil = lastByteNs + DRAIN_NS; // the late answer is here; nothing else is expected
            }
            whileWaiting.run();
        }
    }

    @Override
    public boolean mustCloseAfterTimeout() {
        return line.isSocket();
    }

    @Override
    public void close() {
        transport = null;
        line.close();
    }

    @Override
    public void abort() {
        line.abort();
    }
}
