package org.uatwin.plcadapters.modbus;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Transport;

/** A serial port. */
final class SerialLine extends RtuLine {
    private final Transport.Serial settings;
    private volatile @Nullable SerialPort port;

    SerialLine(Transport.Serial settings, LongSupplier ticker) {
        super(ticker);
        this.settings = settings;
    }

    @Override
    void openWithin(long timeoutNs) throws IOException {
        SerialPort fresh;
        try {
            fresh = SerialPort.getCommPort(settings.device());
        } catch (SerialPortInvalidPortException e) {
            throw new IOException("there is no such serial port", e);
        }
        fresh.setComPortParameters(
                settings.baudRate(),
                settings.dataBits(),
                settings.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT,
                parity());
        fresh.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
        if (!fresh.openPort(0)) {
            throw new IOException("the port can not be opened (error %d); is it in use, may this user open it?"
                    .formatted(fresh.getLastErrorCode()));
        }
        port = fresh;
    }

    private int parity() {
        return switch (settings.parity()) {
            case NONE -> SerialPort.NO_PARITY;
            case EVEN -> SerialPort.EVEN_PARITY;
            case ODD -> SerialPort.ODD_PARITY;
        };
    }

    @Override
    int readSome(byte[] buffer, int offset, int length, int waitMs) {
        SerialPort p = port;
        if (p == null) {
            return -1;
        }
        p.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, waitMs, 0);
        return p.readBytes(buffer, length, offset);
    }

    @Override
    public int writeBytes(byte[] buffer, int bytesToWrite) {
        sending();
        SerialPort p = port;
        return p == null ? 0 : p.writeBytes(buffer, bytesToWrite);
    }

    @Override
    public int bytesAvailable() {
        SerialPort p = port;
        return p == null ? 0 : Math.max(0, p.bytesAvailable());
    }

    @Override
    public void close() {
        abort();
        port = null;
    }

    @Override
    void abort() {
        SerialPort p = port;
        if (p != null) {
            p.closePort();
        }
    }

    @Override
    public boolean isOpen() {
        SerialPort p = port;
        return p != null && p.isOpen();
    }

    @Override
    boolean isSocket() {
        return false;
    }

    @Override
    public String getDescriptivePortName() {
        return settings.device();
    }

    @Override
    public int getBaudRate() {
        return settings.baudRate();
    }

    @Override
    public int getNumDataBits() {
        return settings.dataBits();
    }

    @Override
    public int getNumStopBits() {
        return settings.stopBits();
    }

    @Override
    public int getParity() {
        return parity();
    }
}
