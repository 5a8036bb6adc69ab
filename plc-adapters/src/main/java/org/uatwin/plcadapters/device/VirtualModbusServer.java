package org.uatwin.plcadapters.device;

import com.ghgande.j2mod.modbus.util.ModbusUtil;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Modbus TCP server (or RTU frames over TCP) on an explicit local address. Unit ids that were never asked for with
 * {@link #unit} do not answer, as behind a real gateway.
 */
public final class VirtualModbusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualModbusServer.class);

    private static final int TCP_HEAD = 7; // MBAP and unit id
    private static final int RTU_FRAME = 3; // unit id and CRC

    private final boolean isRtu;
    private final InetAddress address;
    private final Map<Integer, VirtualModbusUnit> units = new ConcurrentHashMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<Socket, byte[]> heldBack = new ConcurrentHashMap<>(); // answers that go after the next one
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private volatile boolean isClosed;
    private volatile boolean refusesToAnswer; // half open: accepts, reads nothing
    private ServerSocket listener; // guarded by this
    private final int port;

    private VirtualModbusServer(InetAddress address, int port, boolean isRtu) throws IOException {
        this.address = address;
        this.isRtu = isRtu;
        listener = listen(port);
        this.port = listener.getLocalPort();
    }

    /**
     * Begins to serve Modbus TCP.
     *
     * @param port 0 for any free one.
     */
    public static VirtualModbusServer start(InetAddress address, int port) throws IOException {
        VirtualModbusServer server = new VirtualModbusServer(address, port, false);
        server.accept();
        return server;
    }

    /** The same with RTU frames through TCP. */
    public static VirtualModbusServer startRtu(InetAddress address, int port) throws IOException {
        VirtualModbusServer server = new VirtualModbusServer(address, port, true);
        server.accept();
        return server;
    }

    private ServerSocket listen(int onPort) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, onPort), 256);
        return socket;
    }

    private synchronized void accept() {
        ServerSocket socket = listener;
        Thread thread = new Thread(() -> acceptAll(socket), "virtual-modbus-" + port);
        thread.setDaemon(true);
        thread.start();
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** The unit of that id, made when asked for first. */
    public VirtualModbusUnit unit(int unitId) {
        return units.computeIfAbsent(unitId, id -> new VirtualModbusUnit());
    }

    /** Requests received so far. */
    public long requests() {
        return requests.get();
    }

    /** Connections accepted so far. */
    public long accepted() {
        return accepted.get();
    }

    /** Connections open now. */
    public int connections() {
        return connections.size();
    }

    /** Puts the same fault on every unit. */
    public void fault(Fault fault) {
        units.values().forEach(unit -> unit.fault(fault));
    }

    /** Half open: connections are accepted and never served, until switched off again. */
    public void halfOpen(boolean isHalfOpen) {
        refusesToAnswer = isHalfOpen;
        if (!isHalfOpen) {
            cutAll();
        }
    }

    /** Stops listening and cuts all connections, as a device that is switched off. */
    public synchronized void stop() {
        close(listener);
        cutAll();
    }

    /** Listens again on the same port after {@link #stop}. */
    public synchronized void restart() throws IOException {
        if (listener.isClosed() && !isClosed) {
            listener = listen(port);
            accept();
        }
    }

    /** Cuts all connections. */
    public void cutAll() {
        connections.forEach(VirtualModbusServer::close);
    }

    private void acceptAll(ServerSocket socket) {
        long n = 0;
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                if (socket.isClosed()) { // stop() may have cut the others before this one was among them
                    close(connection);
                }
                accepted.incrementAndGet();
                Thread thread = new Thread(() -> serve(connection), "virtual-modbus-%d-%d".formatted(port, ++n));
                thread.setDaemon(true);
                thread.start();
            } catch (SocketException e) {
                LOG.debug("port {}: listener closed", port);
            } catch (IOException e) {
                LOG.warn("port {}: accepting failed", port, e);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(connection.getInputStream()));
            OutputStream out = connection.getOutputStream();
            while (!isClosed) {
                if (isRtu) {
                    serveRtu(connection, in, out);
                } else {
                    serveTcp(connection, in, out);
                }
            }
        } catch (EOFException | SocketException e) {
            LOG.debug("port {}: connection ended", port);
        } catch (IOException e) {
            LOG.warn("port {}: connection failed", port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
            heldBack.remove(connection);
        }
    }

    private void serveTcp(Socket connection, DataInputStream in, OutputStream out)
            throws IOException, InterruptedException {
        int transactionId = in.readUnsignedShort();
        in.readUnsignedShort();
        int length = in.readUnsignedShort();
        if (length < 2 || length > 254) {
            throw new EOFException("no Modbus frame");
        }
        int unitId = in.readUnsignedByte();
        byte[] pdu = new byte[length - 1];
        in.readFully(pdu);
        Answer answer = answer(unitId, pdu, TCP_HEAD);
        if (answer == null) {
            return;
        }
        byte[] frame = new byte[TCP_HEAD + answer.pdu.length];
        int id = answer.fault.kind() == Fault.Kind.WRONG_TRANSACTION_ID ? transactionId + 1 : transactionId;
        frame[0] = (byte) (id >> 8);
        frame[1] = (byte) id;
        frame[4] = (byte) ((answer.pdu.length + 1) >> 8);
        frame[5] = (byte) (answer.pdu.length + 1);
        frame[6] = (byte) answer.unitId;
        System.arraycopy(answer.pdu, 0, frame, 7, answer.pdu.length);
        send(connection, out, frame, answer.fault);
    }

    private void serveRtu(Socket connection, DataInputStream in, OutputStream out)
            throws IOException, InterruptedException {
        int unitId = in.readUnsignedByte();
        int function = in.readUnsignedByte();
        int fixed = function == 22 ? 6 : 4;
        byte[] head = new byte[fixed];
        in.readFully(head);
        byte[] pdu = new byte[1 + fixed];
        pdu[0] = (byte) function;
        System.arraycopy(head, 0, pdu, 1, fixed);
        if (function == 15 || function == 16) {
            int count = in.readUnsignedByte();
            pdu = Arrays.copyOf(pdu, 6 + count);
            pdu[5] = (byte) count;
            in.readFully(pdu, 6, count);
        }
        byte[] adu = new byte[1 + pdu.length];
        adu[0] = (byte) unitId;
        System.arraycopy(pdu, 0, adu, 1, pdu.length);
        int[] crc = ModbusUtil.calculateCRC(adu, 0, adu.length);
        if (in.readUnsignedByte() != crc[0] || in.readUnsignedByte() != crc[1]) {
            in.skipBytes(in.available());
            return;
        }
        Answer answer = answer(unitId, pdu, RTU_FRAME);
        if (answer == null) {
            return;
        }
        byte[] frame = new byte[RTU_FRAME + answer.pdu.length];
        frame[0] = (byte) answer.unitId;
        System.arraycopy(answer.pdu, 0, frame, 1, answer.pdu.length);
        crc = ModbusUtil.calculateCRC(frame, 0, frame.length - 2);
        int spoil = answer.fault.kind() == Fault.Kind.WRONG_TRANSACTION_ID ? 0x55 : 0;
        frame[frame.length - 2] = (byte) (crc[0] ^ spoil);
        frame[frame.length - 1] = (byte) crc[1];
        send(connection, out, frame, answer.fault);
    }

    @SuppressWarnings("ArrayRecordComponent") // passed on at once
    private record Answer(int unitId, byte[] pdu, Fault fault) {}

    private @Nullable Answer answer(int unitId, byte[] pdu, int frame) throws IOException, InterruptedException {
        requests.incrementAndGet();
        VirtualModbusUnit unit = units.get(unitId);
        if (unit == null || refusesToAnswer) {
            return null;
        }
        Transit.Passage there = unit.transit().next(frame + pdu.length, System.nanoTime() * 1e-9);
        if (there.isLost()) {
            return null; // a request that is lost is not carried out
        }
        TimeUnit.NANOSECONDS.sleep(Math.round(there.delaySeconds() * 1e9));
        Answer answer = answer(unit, unitId, pdu);
        if (answer == null) {
            return null;
        }
        Transit.Passage back = unit.transit().next(frame + answer.pdu.length, System.nanoTime() * 1e-9);
        if (back.isLost()) {
            return null;
        }
        TimeUnit.NANOSECONDS.sleep(Math.round(back.delaySeconds() * 1e9));
        return answer;
    }

    private @Nullable Answer answer(VirtualModbusUnit unit, int unitId, byte[] pdu) throws IOException {
        Fault fault = unit.fault();
        return switch (fault.kind()) {
            case SILENT -> null;
            case CUT -> throw new EOFException("cut by command");
            case EXCEPTION -> new Answer(unitId, VirtualModbusUnit.refuse(pdu[0] & 0xFF, fault.code()), fault);
            case WRONG_UNIT_ID -> new Answer((unitId + 1) & 0xFF, unit.serve(pdu), fault);
            case NONE, SLOW, GARBAGE, WRONG_TRANSACTION_ID, TRUNCATED, DRIP, RESET, DUPLICATE, OUT_OF_ORDER ->
                new Answer(unitId, unit.serve(pdu), fault);
        };
    }

    private void send(Socket connection, OutputStream out, byte[] frame, Fault fault)
            throws IOException, InterruptedException {
        switch (fault.kind()) {
            case SLOW -> {
                TimeUnit.MILLISECONDS.sleep(fault.delayMs());
                out.write(frame);
            }
            case GARBAGE -> {
                byte[] noise = new byte[frame.length];
                for (int i = 0; i < noise.length; i++) {
                    noise[i] = (byte) (frame[i] * 31 + 0x5A + i);
                }
                out.write(noise);
            }
            case TRUNCATED -> out.write(frame, 0, frame.length / 2);
            case DRIP -> {
                for (byte b : frame) {
                    TimeUnit.MILLISECONDS.sleep(fault.delayMs());
                    out.write(b);
                    out.flush();
                }
            }
            case RESET -> {
                out.write(frame, 0, frame.length / 2);
                out.flush();
                connection.setSoLinger(true, 0); // close() then sends RST
                throw new EOFException("reset by command");
            }
            case DUPLICATE -> {
                out.write(frame);
                out.write(frame);
            }
            case OUT_OF_ORDER -> {
                byte[] earlier = heldBack.remove(connection);
                if (earlier == null) {
                    heldBack.put(connection, frame);
                } else {
                    out.write(frame);
                    out.write(earlier);
                }
            }
            case NONE, SILENT, WRONG_TRANSACTION_ID, WRONG_UNIT_ID, EXCEPTION, CUT -> out.write(frame);
        }
        out.flush();
    }

    /** Ends listening and all connections. Idempotent. */
    @Override
    public synchronized void close() {
        isClosed = true;
        stop();
    }

    private static void close(java.io.Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a socket that is already broken", e);
        }
    }
}
