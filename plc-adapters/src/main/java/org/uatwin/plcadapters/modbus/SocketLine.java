package org.uatwin.plcadapters.modbus;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** RTU bytes through a TCP socket. */
final class SocketLine extends RtuLine {
    /** So fast that j2mod does not wait for characters to leave the wire. */
    private static final int NO_BAUD_RATE = 1_000_000_000;

    private final String host;
    private final int port;
    private volatile @Nullable Socket socket;

    SocketLine(String host, int port, LongSupplier ticker) {
        super(ticker);
        this.host = host;
        this.port = port;
    }

    @Override
    void openWithin(long timeoutNs) throws IOException {
        SocketOpener.connect(host, port, timeoutNs, new Socket(), s -> socket = s);
    }

    @Override
    int readSome(byte[] buffer, int offset, int length, int waitMs) {
        Socket s = socket;
        if (s == null) {
            return -1;
        }
        try {
            s.setSoTimeout(waitMs);
            InputStream in = s.getInputStream();
            return in.read(buffer, offset, length);
        } catch (SocketTimeoutException e) {
            return 0;
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public int writeBytes(byte[] buffer, int bytesToWrite) {
        sending();
        Socket s = socket;
        if (s == null) {
            return 0;
        }
        try {
            s.getOutputStream().write(buffer, 0, bytesToWrite);
            return bytesToWrite;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public int bytesAvailable() {
        Socket s = socket;
        try {
            return s == null ? 0 : s.getInputStream().available();
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        abort();
        socket = null;
    }

    @Override
    void abort() {
        Socket s = socket;
        if (s != null) {
            SocketOpener.closeQuietly(s);
        }
    }

    @Override
    public boolean isOpen() {
        Socket s = socket;
        return s != null && !s.isClosed() && s.isConnected();
    }

    @Override
    boolean isSocket() {
        return true;
    }

    @Override
    public String getDescriptivePortName() {
        return host + ":" + port;
    }

    @Override
    public int getBaudRate() {
        return NO_BAUD_RATE;
    }

    @Override
    public int getNumDataBits() {
        return 8;
    }

    @Override
    public int getNumStopBits() {
        return 1;
    }

    @Override
    public int getParity() {
        return NO_PARITY;
    }
}
