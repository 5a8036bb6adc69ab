package org.uatwin.plcadapters.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.UaTime;

/** Virtual devices and the real link on two sides of a broker of paper, over virtual time. */
final class VirtualSide {
    static final long STEP_MS = 100;

    /** Hands everything over at once, keeps what is retained, publishes last wills. */
    final class PaperBroker implements VirtualOutput {
        final Map<String, Session> sessions = new LinkedHashMap<>();
        final Map<String, Integer> attempts = new HashMap<>();
        final Map<String, Message> retained = new HashMap<>();
        final List<Message> published = new ArrayList<>();
        final Deque<Event> events = new ArrayDeque<>();
        private int taken;

        @Override
        public void open(Session session) {
            sessions.put(session.key(), session);
            revive(session.key());
        }

        @Override
        public void publish(String session, Message message) {
            if (attempts.containsKey(session)) {
                deliver(message);
            }
        }

        private void deliver(Message message) {
            published.add(message);
            if (message.isRetained()) {
                retained.put(message.topic(), message);
            }
            link.broker.send(message.topic(), message.payload(), false);
        }

        @Override
        public void abandon(String session) {
            Integer attempt = attempts.remove(session);
            if (attempt != null) {
                Objects.requireNonNull(sessions.get(session))
                        .will()
                        .apply(attempt)
                        .ifPresent(will -> deliver(new Message(will.topic(), will.payload(), 1, will.isRetained())));
            }
        }

        @Override
        public void revive(String session) {
            attempts.put(session, ++number);
            events.add(new Connected(session, number));
        }

        private int number = -1;

        /** What the link published since the last call goes to who subscribed to it. */
        private void collect() {
            for (; taken < link.broker.publications.size(); taken++) {
                String topic = link.broker.publications.get(taken).topic();
                byte[] payload = link.broker.payloads.get(taken);
                sessions.values().stream()
                        .filter(s -> attempts.containsKey(s.key()))
                        .filter(s -> s.filters().stream().anyMatch(f -> Topics.covers(f.text(), topic)))
                        .forEach(s -> events.add(new Arrived(s.key(), topic, payload)));
            }
        }

        @Override
        public @Nullable Event poll() {
            collect();
            return events.poll();
        }

        @Override
        public void close() {
            attempts.clear();
        }

        /** Text of the last message of a topic. */
        String last(String topic) {
            return published.stream()
                    .filter(m -> m.topic().equals(topic))
                    .reduce((a, b) -> b)
                    .map(m -> new String(m.payload(), java.nio.charset.StandardCharsets.UTF_8))
                    .orElse("");
        }
    }

    final MqttFixture link;
    final PaperBroker broker = new PaperBroker();
    final VirtualMqttDevices devices;
    final Map<String, VirtualValue> values = new LinkedHashMap<>();
    final List<String> commanded = new ArrayList<>();
    private double seconds;
    private boolean isClockRunning = true;

    VirtualSide(String connection, String pointTypes, String bindings) {
        Plant plant = MqttFixture.plant(connection, pointTypes, bindings);
        link = new MqttFixture(plant);
        devices = new VirtualMqttDevices((FieldConnection) plant.connections().get(0), broker, (value, wish) -> {
            values.forEach((name, own) -> {
                if (own == value) {
                    commanded.add(name);
                }
            });
            value.set(wish.bits, wish.object);
        });
        Twin twin = plant.twins().get(0);
        for (int i = 0; i < twin.pointCount(); i++) {
            Member.Point point = twin.type().points().get(i);
            Optional<VirtualValue> value = twin.binding(i) instanceof Binding.Field field
                    ? devices.value(field, point.dataType(), point.arrayLength())
                    : Optional.empty();
            value.ifPresent(v -> values.put(point.name(), v));
        }
        link.open();
        link.run(10);
        devices.begin();
    }

    VirtualValue value(String point) {
        return Objects.requireNonNull(values.get(point));
    }

    /** Sets a number, in the type of the point. */
    void set(String point, double number) {
        value(point).set(value(point).type().fromDouble(number), null);
    }

    /** The clock of the devices stands still from now on. */
    void stopClock() {
        isClockRunning = false;
    }

    long ticks() {
        return UaTime.ofInstant(link.time.clock().instant());
    }

    /** Both sides for so many milliseconds of virtual time. */
    void run(long ms) {
        for (long left = ms; left > 0; left -= STEP_MS) {
            devices.takeCommands(seconds);
            if (isClockRunning) {
                values.values().forEach(value -> value.time(ticks()));
            }
            devices.publish(seconds);
            link.run(STEP_MS);
            seconds += STEP_MS / 1e3;
        }
    }
}
