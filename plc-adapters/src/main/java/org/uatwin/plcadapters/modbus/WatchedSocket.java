package org.uatwin.plcadapters.modbus;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;

/**
 * A socket whose reads together obey one deadline. A plain read timeout starts anew with each byte, so a device that
 * drips bytes could hold the link for ever. While it waits it runs a task, so that waiting never delays quality.
 */
final class WatchedSocket extends Socket {
    private static final int SLICE_MS = 20;

    private final LongSupplier ticker;
    private long deadline; // owned by the reading thread
    private Runnable whileWaiting = () -> {};
    private long received;
    private boolean isTimedOut;

    WatchedSocket(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Begins an exchange: from now on reads end at the deadline. */
    void begin(long deadlineNs, Runnable task) {
        deadline = deadlineNs;
        whileWaiting = task;
        received = 0;
        isTimedOut = false;
    }

    /** Bytes received since {@link #begin}. */
    long received() {
        return received;
    }

    /** Whether a read since {@link #begin} ended at the deadline. */
    boolean isTimedOut() {
        return isTimedOut;
    }

    @Override
    public synchronized void setSoTimeout(int timeout) {
        // the deadline rules; j2mod sets its own default here
    }

    private void superSetSoTimeout(int timeout) throws IOException {
        super.setSoTimeout(timeout);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream in = super.getInputStream();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                int n = read(one, 0, 1);
                return n < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return readWatched(in, buffer, offset, length);
            }

            @Override
            public int available() throws IOException {
                return in.available();
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    private int readWatched(InputStream in, byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            long left = deadline - ticker.getAsLong();
            if (left <= 0) {
                isTimedOut = true;
                throw new SocketTimeoutException("no answer before the deadline");
            }
            superSetSoTimeout((int) Math.max(1, Math.min(SLICE_MS, (left + 999_999) / 1_000_000)));
            try {
                int n = in.read(buffer, offset, length);
                received += Math.max(0, n);
                return n;
            } catch (SocketTimeoutException e) {
                whileWaiting.run();
            }
        }
    }
}
