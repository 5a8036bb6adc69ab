package org.uatwin.plcadapters.modbus;

import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.ModbusTCPTransport;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Modbus TCP: j2mod's transport over a {@link WatchedSocket}, with the checks j2mod leaves out. */
final class TcpWire implements Wire {
    private static final int LAST_TRANSACTION_ID = 0xFFFF;

    private final String host;
    private final int port;
    private final LongSupplier ticker;
    private volatile @Nullable WatchedSocket socket; // set by the loop thread; abort() closes it from others
    private @Nullable ModbusTCPTransport transport;
    private int transactionId;

    TcpWire(String host, int port, LongSupplier ticker) {
        this.host = host;
        this.port = port;
        this.ticker = ticker;
    }

    @Override
    public String connect(long timeoutNs, Runnable whileWaiting) {
        close();
        try {
            WatchedSocket fresh = new WatchedSocket(ticker);
            SocketOpener.connect(host, port, timeoutNs, fresh, s -> socket = s);
            fresh.begin(Long.MAX_VALUE, () -> {});
            transport = new ModbusTCPTransport(fresh);
            return "";
        } catch (IOException | RuntimeException e) {
            close();
            return SocketOpener.describe(host, port, e);
        }
    }

    @Override
    public boolean isConnected() {
        WatchedSocket s = socket;
        return transport != null && s != null && !s.isClosed();
    }

    @Override
    public Reply exchange(int unitId, Pdu pdu, long timeoutNs, Runnable whileWaiting) {
        WatchedSocket s = socket;
        ModbusTCPTransport t = transport;
        if (s == null || t == null) {
            return Reply.failed(Reply.Kind.LOST, "not connected");
        }
        transactionId = transactionId >= LAST_TRANSACTION_ID ? 1 : transactionId + 1;
        PduRequest request = new PduRequest(unitId, pdu);
        request.setTransactionID(transactionId);
        s.begin(ticker.getAsLong() + timeoutNs, whileWaiting);
        ModbusResponse response;
        try {
            t.writeRequest(request);
            response = t.readResponse();
        } catch (ModbusIOException | RuntimeException e) {
            return classify(s, e);
        }
        if (response.getTransactionID() != transactionId) {
            return Reply.failed(
                    Reply.Kind.GARBLED,
                    "answer with transaction id %d instead of %d"
                            .formatted(response.getTransactionID(), transactionId));
        }
        if (response.getProtocolID() != 0) {
            return Reply.failed(Reply.Kind.GARBLED, "answer with protocol id " + response.getProtocolID());
        }
        return AnswerCheck.check(unitId, pdu, response);
    }

    private static Reply classify(WatchedSocket s, Exception cause) {
        if (s.isTimedOut()) {
            return s.received() == 0
                    ? Reply.failed(Reply.Kind.SILENT, "no answer")
                    : Reply.failed(Reply.Kind.GARBLED, "answer broke off after %d bytes".formatted(s.received()));
        }
        String text = String.valueOf(cause.getMessage());
        boolean isBroken = s.isClosed() || text.startsWith("Premature end") || text.startsWith("I/O socket");
        return isBroken || s.received() == 0
                ? Reply.failed(Reply.Kind.LOST, "connection closed by the device")
                : Reply.failed(Reply.Kind.GARBLED, "answer is no Modbus frame");
    }

    @Override
    public boolean mustCloseAfterTimeout() {
        return true;
    }

    @Override
    public void close() {
        transport = null;
        abort();
        socket = null;
    }

    @Override
    public void abort() {
        WatchedSocket s = socket;
        if (s != null) {
            SocketOpener.closeQuietly(s);
        }
    }
}
