package org.uatwin.server.service;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody between a client and a server, who reads whole chunks on their way to the server and passes on what he likes. */
final class FrameProxy implements AutoCloseable {
    private static final int HEADER = 8;

    /** What becomes of a chunk; called for each one of the client's, in order. */
    interface Attack {
        List<byte[]> instead(byte[] chunk);
    }

    private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int serverPort;
    private volatile Attack attack = List::of;

    FrameProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** From now on. */
    void attack(Attack next) {
        attack = next;
    }

    /** HEL, OPN, MSG or CLO. */
    static String type(byte[] chunk) {
        return new String(chunk, 0, 3, StandardCharsets.US_ASCII);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "frame-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(client);
                sockets.add(server);
                daemon(() -> carry(client, server, true));
                daemon(() -> carry(server, client, false));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void carry(Socket from, Socket to, boolean isAttacked) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            DataInputStream chunks = new DataInputStream(in);
            while (true) {
                byte[] header = new byte[HEADER];
                chunks.readFully(header);
                int size =
                        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
                byte[] chunk = java.util.Arrays.copyOf(header, size);
                chunks.readFully(chunk, HEADER, size - HEADER);
                for (byte[] next : isAttacked ? attack.instead(chunk) : List.of(chunk)) {
                    out.write(next);
                }
                out.flush();
            }
        } catch (IOException e) {
            // one side has ended
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
