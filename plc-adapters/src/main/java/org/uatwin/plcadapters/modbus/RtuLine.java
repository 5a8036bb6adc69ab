package org.uatwin.plcadapters.modbus;

import com.ghgande.j2mod.modbus.io.AbstractModbusTransport;
import com.ghgande.j2mod.modbus.net.AbstractSerialConnection;
import java.io.IOException;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in and out for j2mod's RTU transport, with one deadline for all reads of an exchange. Owned by the loop thread.
 */
abstract class RtuLine extends AbstractSerialConnection {
    private final LongSupplier ticker;
    private long deadline;
    private Runnable whileWaiting = () -> {};
    private long received;
    private boolean isTimedOut;

    RtuLine(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Opens the line. */
    abstract void openWithin(long timeoutNs) throws IOException;

    /**
     * Reads what is there, waiting at most {@code waitMs}.
     *
     * @return bytes read, 0 if none came; -1 if the line is broken.
     */
    abstract int readSome(byte[] buffer, int offset, int length, int waitMs);

    /** Whether a silent device makes the line unusable (sockets), or it can be drained (wires). */
    abstract boolean isSocket();

    /** May be called by any thread. */
    abstract void abort();

    void begin(long deadlineNs, Runnable task) {
        deadline = deadlineNs;
        whileWaiting = task;
        received = 0;
        isTimedOut = false;
    }

    /** What was received so far is no part of the answer. */
    void sending() {
        received = 0;
    }

    long received() {
        return received;
    }

    boolean isTimedOut() {
        return isTimedOut;
    }

    @Override
    public int readBytes(byte[] buffer, int bytesToRead) {
        int done = 0;
        while (done < bytesToRead) {
            long left = deadline - ticker.getAsLong();
            if (left <= 0) {
                isTimedOut = true;
                return done;
            }
            int n = readSome(
                    buffer, done, bytesToRead - done, (int) Math.max(1, Math.min(20, (left + 999_999) / 1_000_000)));
            if (n < 0) {
                return done;
            }
            if (n == 0) {
                whileWaiting.run();
            }
            done += n;
            received += n;
        }
        return done;
    }

    @Override
    public void open() {
        throw new UnsupportedOperationException("the wire opens the line");
    }

    @Override
    public @Nullable AbstractModbusTransport getModbusTransport() {
        return null;
    }

    @Override
    public String getPortName() {
        return getDescriptivePortName();
    }

    @Override
    public void setComPortTimeouts(int mode, int readTimeout, int writeTimeout) {
        // the deadline rules
    }

    @Override
    public int getTimeout() {
        return 0;
    }

    @Override
    public void setTimeout(int timeout) {
        // the deadline rules
    }

    @Override
    public Set<String> getCommPorts() {
        return Set.of();
    }
}
