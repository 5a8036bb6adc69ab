package org.uatwin.demobroker;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a client: a thread that reads its packets, and one that sends it messages within its window. */
final class BrokerSession {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);
    private static final int MOST_WAITING = 100_000;
    private static final int CONNECT_WAIT_MS = 10_000;
    private static final int UNSUPPORTED_V3 = 0x01;
    private static final int REFUSED_ID_V3 = 0x02;
    private static final int UNSUPPORTED_V5 = 0x84;
    private static final int TOPIC_INVALID = 0x90;
    private static final int FILTER_INVALID = 0x8F;
    private static final int FAILURE_V3 = 0x80;
    private static final int DISCONNECT_WITH_WILL = 0x04;
    private static final int NO_SUCH_SUBSCRIPTION = 0x11;

    private record Waiting(Publication publication, int qos) {}

    private final DemoBroker broker;
    private final Socket socket;
    private final Object sending = new Object(); // one packet at a time on the socket
    private final Deque<Waiting> queue = new ArrayDeque<>(); // guarded by itself, with the two below
    private int underWay;
    private boolean isOver;
    private final Set<Integer> received = new HashSet<>(); // ids of QoS 2 until PUBREL; owned by the reading thread
    private String clientId = "";
    private boolean isV5;
    private int window = Properties.NONE.receiveMaximum();
    private long largest = Properties.NONE.largestPacket();
    private @Nullable Publication will; // owned by the reading thread
    private int nextId; // owned by the writing thread

    BrokerSession(DemoBroker broker, Socket socket) {
        this.broker = broker;
        this.socket = socket;
    }

    /** The reading thread: from CONNECT to the end. */
    void read() {
        try (socket) {
            socket.setSoTimeout(CONNECT_WAIT_MS);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            in.mark(1);
            if (in.readUnsignedByte() >> 4 != Packet.CONNECT) { // before it can say that much follows
                throw new Packet.MalformedException("the first packet is no CONNECT");
            }
            in.reset();
            if (connect(Packet.read(in))) {
                broker.thread("write", this::write);
                while (take(Packet.read(in))) {
                    // until DISCONNECT
                }
            }
        } catch (EOFException e) {
            LOG.debug("{} went away", clientId);
        } catch (IOException e) {
            LOG.debug("{}: {}", clientId, e.getMessage());
        } finally {
            end();
            broker.leave(clientId, this);
            Publication last = will;
            if (last != null) {
                broker.publish(this, last);
            }
        }
    }

    private boolean connect(Packet packet) throws IOException {
        if (!packet.readText().equals("MQTT")) {
            throw new Packet.MalformedException("no CONNECT of MQTT 3.1.1 or 5");
        }
        int level = packet.readByte();
        isV5 = level >= 5;
        if (level != 4 && level != 5) {
            send(new PacketBuilder(Packet.CONNACK, 0).addByte(0).addByte(isV5 ? UNSUPPORTED_V5 : UNSUPPORTED_V3));
            return false;
        }
        int flags = packet.readByte();
        int keepAlive = packet.readShort();
        Properties properties = isV5 ? packet.readProperties() : Properties.NONE;
        window = properties.receiveMaximum();
        largest = properties.largestPacket();
        clientId = packet.readText();
        boolean isNamed = !clientId.isEmpty();
        if (!isNamed && !isV5 && (flags & 0x02) == 0) {
            send(new PacketBuilder(Packet.CONNACK, 0).addByte(0).addByte(REFUSED_ID_V3));
            return false;
        }
        if (!isNamed) {
            clientId = "demo-" + UUID.randomUUID();
        }
        if ((flags & 0x04) != 0) {
            byte[] travelling = isV5 ? packet.readProperties().travelling() : Publication.NO_PROPERTIES;
            will = new Publication(
                    packet.readText(), packet.readBinary(), flags >> 3 & 3, (flags & 0x20) != 0, travelling);
        }
        // user and password, if there are any, open no door that is not open
        socket.setSoTimeout(keepAlive * 1_500);
        broker.enter(clientId, this);
        PacketBuilder answer = new PacketBuilder(Packet.CONNACK, 0).addByte(0).addByte(0);
        if (isV5) {
            PacketBuilder said = new PacketBuilder(0, 0)
                    .addByte(0x27)
                    .addInt(Packet.LARGEST)
                    .addByte(0x29)
                    .addByte(0) // no subscription identifiers
                    .addByte(0x2A)
                    .addByte(0); // no shared subscriptions
            if (properties.sessionExpiry() > 0) {
                said.addByte(0x11).addInt(0); // the session ends with the connection all the same
            }
            if (!isNamed) {
                said.addByte(0x12).addText(clientId);
            }
            byte[] encoded = said.content();
            answer.addVariable(encoded.length).addBytes(encoded);
        }
        send(answer);
        return true;
    }

    /** @return whether the client stays. */
    private boolean take(Packet packet) throws IOException {
        switch (packet.type()) {
            case Packet.PUBLISH -> publish(packet);
            case Packet.PUBACK, Packet.PUBCOMP -> arrived();
            case Packet.PUBREC -> pubrec(packet);
            case Packet.PUBREL -> {
                int id = packet.readShort();
                received.remove(id);
                send(new PacketBuilder(Packet.PUBCOMP, 0).addShort(id));
            }
            case Packet.SUBSCRIBE -> subscribe(packet);
            case Packet.UNSUBSCRIBE -> unsubscribe(packet);
            case Packet.PINGREQ -> send(new PacketBuilder(Packet.PINGRESP, 0));
            case Packet.DISCONNECT -> {
                if (!packet.hasMore() || packet.readByte() != DISCONNECT_WITH_WILL) {
                    will = null;
                }
                return false;
            }
            default -> throw new Packet.MalformedException("a packet of type %d".formatted(packet.type()));
        }
        return true;
    }

    private void publish(Packet packet) throws IOException {
        int qos = packet.flags() >> 1 & 3;
        String topic = packet.readText();
        int id = qos > 0 ? packet.readShort() : 0;
        Properties properties = isV5 ? packet.readProperties() : Properties.NONE;
        if (!TopicFilter.isName(topic) || properties.hasAlias() || qos == 3) {
            disconnect(TOPIC_INVALID);
            throw new Packet.MalformedException("\"%s\" is no topic name, or stands for one by alias".formatted(topic));
        }
        boolean isNew = qos < 2 || received.add(id); // a redelivery of QoS 2 is the same message
        if (isNew) {
            broker.publish(
                    this,
                    new Publication(topic, packet.readRest(), qos, (packet.flags() & 1) != 0, properties.travelling()));
        }
        if (qos > 0) {
            send(new PacketBuilder(qos == 1 ? Packet.PUBACK : Packet.PUBREC, 0).addShort(id));
        }
    }

    private void disconnect(int reason) throws IOException {
        if (isV5) {
            send(new PacketBuilder(Packet.DISCONNECT, 0).addByte(reason).addByte(0));
        }
    }

    private void pubrec(Packet packet) throws IOException {
        int id = packet.readShort();
        boolean isRefused = packet.hasMore() && packet.readByte() >= FAILURE_V3;
        if (isRefused) {
            arrived();
        } else {
            send(new PacketBuilder(Packet.PUBREL, 2).addShort(id));
        }
    }

    private void subscribe(Packet packet) throws IOException {
        int id = packet.readShort();
        if (isV5) {
            packet.readProperties();
        }
        PacketBuilder answer = new PacketBuilder(Packet.SUBACK, 0).addShort(id);
        if (isV5) {
            answer.addByte(0);
        }
        List<Waiting> kept = new ArrayList<>();
        while (packet.hasMore()) {
            String filter = packet.readText();
            int options = packet.readByte();
            int qos = Math.min(2, options & 3);
            if (!TopicFilter.isFilter(filter)) {
                answer.addByte(isV5 ? FILTER_INVALID : FAILURE_V3);
                continue;
            }
            boolean wasThere = broker.subscribe(new DemoBroker.Subscription(
                    this, filter, qos, isV5 && (options & 4) != 0, isV5 && (options & 8) != 0));
            int handling = isV5 ? options >> 4 & 3 : 0; // 0 always, 1 if the filter is new, 2 never
            if (handling == 0 || (handling == 1 && !wasThere)) {
                broker.retained(filter).forEach(p -> kept.add(new Waiting(p, qos)));
            }
            answer.addByte(qos);
        }
        send(answer);
        kept.forEach(w -> deliver(w.publication(), w.qos()));
    }

    private void unsubscribe(Packet packet) throws IOException {
        int id = packet.readShort();
        PacketBuilder answer = new PacketBuilder(Packet.UNSUBACK, 0).addShort(id);
        if (isV5) {
            packet.readProperties();
            answer.addByte(0);
        }
        while (packet.hasMore()) {
            boolean wasThere = broker.unsubscribe(this, packet.readText());
            if (isV5) {
                answer.addByte(wasThere ? 0 : NO_SUCH_SUBSCRIPTION);
            }
        }
        send(answer);
    }

    /** Puts a message into the queue; any thread. Full: the oldest goes. */
    void deliver(Publication publication, int mostQos) {
        synchronized (queue) {
            if (queue.size() >= MOST_WAITING) {
                queue.remove();
            }
            queue.add(new Waiting(publication, Math.min(publication.qos(), mostQos)));
            queue.notifyAll();
        }
    }

    /** The client has acknowledged a message. */
    private void arrived() {
        synchronized (queue) {
            underWay = Math.max(0, underWay - 1);
            queue.notifyAll();
        }
    }

    /** The writing thread. */
    private void write() {
        try {
            for (Waiting next = next(); next != null; next = next()) {
                Publication p = next.publication();
                int flags = next.qos() << 1 | (p.isRetained() ? 1 : 0);
                PacketBuilder packet = new PacketBuilder(Packet.PUBLISH, flags).addText(p.topic());
                if (next.qos() > 0) {
                    nextId = nextId % 65_535 + 1;
                    packet.addShort(nextId);
                }
                if (isV5) {
                    packet.addVariable(p.properties().length).addBytes(p.properties());
                }
                byte[] bytes = packet.addBytes(p.payload()).build();
                if (bytes.length <= largest) {
                    send(bytes);
                } else if (next.qos() > 0) {
                    arrived(); // more than the client takes: it must not get it (MQTT 5, section 3.1.2.11.4)
                }
            }
        } catch (IOException e) {
            LOG.debug("{}: {}", clientId, e.getMessage());
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Waiting next() throws InterruptedException {
        synchronized (queue) {
            while (!isOver && (queue.isEmpty() || (queue.element().qos() > 0 && underWay >= window))) {
                queue.wait();
            }
            if (isOver) {
                return null;
            }
            Waiting next = queue.remove();
            underWay += next.qos() > 0 ? 1 : 0;
            return next;
        }
    }

    private void send(PacketBuilder packet) throws IOException {
        send(packet.build());
    }

    private void send(byte[] bytes) throws IOException {
        synchronized (sending) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }
    }

    /** Ends the connection; any thread. */
    void end() {
        synchronized (queue) {
            isOver = true;
            queue.notifyAll();
        }
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a socket that is already broken", e);
        }
    }
}
