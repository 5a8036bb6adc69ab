package org.uatwin.plcadapters.mqtt;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.FieldConnection;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.BackOff;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.LinkThread;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteGate;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A connection to a broker as a {@link Link}: the thread of an {@link MqttLoop} and the door to it. */
final class MqttLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);
    private static final long CLOSE_WAIT_MS = 4_000;

    private final String name;
    private final LinkEnvironment environment;
    private final MqttLoop loop;
    private final WriteGate gate;
    private final LinkThread thread;
    private final MqttStatistics statistics;

    private MqttLink(LinkOpening opening, MqttLinkParts parts, MqttLoop.Ports ports) {
        name = parts.name();
        environment = opening.environment();
        gate = new WriteGate(parts.name(), environment);
        thread = new LinkThread("mqtt-" + parts.name().toLowerCase(Locale.ROOT), environment);
        SplittableRandom jitter =
                new SplittableRandom(environment.jitterSeed() ^ parts.name().hashCode() * 0x9E37_79B9_7F4A_7C15L);
        MqttSettings settings = parts.settings();
        BackOff backOff = new BackOff(
                settings.firstBackOff().toNanos(), settings.largestBackOff().toNanos(), jitter);
        statistics = new MqttStatistics(opening, parts, this::state, () -> gate.waiting());
        loop = new MqttLoop(parts, ports, backOff, environment.ticker(), () -> {
            parts.counters().refusedWrites = gate.refused();
            statistics.write();
        });
    }

    /** A link to a real broker. */
    static MqttLink open(LinkOpening opening) {
        MqttLinkParts parts = MqttLinkParts.of(opening);
        MqttSettings settings = parts.settings();
        String clientId = settings.clientId().isEmpty()
                ? "uatwin-%s-%08x".formatted(parts.name(), new java.security.SecureRandom().nextInt())
                : settings.clientId();
        MqttLoop.Ports ports = (isV5, will, listener) -> isV5
                ? new PahoV5Port(parts.name(), settings, clientId, will, listener)
                : new PahoV3Port(parts.name(), settings, clientId, will, listener);
        return new MqttLink(opening, parts, opening.tap().isOn() ? new RecordedPorts(ports, opening.tap()) : ports);
    }

    /** A link over a scripted port. */
    static MqttLink open(LinkOpening opening, MqttLoop.Ports ports) {
        return new MqttLink(opening, MqttLinkParts.of(opening), ports);
    }

    private LinkStatistics.State state() {
        return loop.state;
    }

    /** The loop, for tests that step it themselves. */
    MqttLoop loop() {
        return loop;
    }

    MqttLinkParts parts() {
        return loop.parts();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        thread.start(this::run);
    }

    private void run() {
        try {
            loop.begin();
            while (!loop.isClosing()) {
                long next = loop.step();
                if (!loop.isClosing()) {
                    loop.inbox.await(next - environment.ticker().getAsLong());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: link stopped by an error of ours; please report it", name(), e);
        } finally {
            loop.end();
        }
    }

    @Override
    public CompletionStage<WriteResult> write(WriteCommand command) {
        MqttPoint point = parts().byRow().get(command.row());
        if (point == null) {
            return WriteGate.refusal(
                    StatusCode.BAD_NOT_CONNECTED, "row %d is not bound to %s".formatted(command.row(), name()));
        }
        if (point.address.command().isEmpty()) {
            return WriteGate.refusal(
                    StatusCode.BAD_NOT_WRITABLE, point.address.label() + ": no command topic is declared");
        }
        if (command.firstElement() >= 0) {
            return WriteGate.refusal(StatusCode.BAD_WRITE_NOT_SUPPORTED, "a command holds the whole value");
        }
        if (gate.isClosed()) {
            return WriteGate.refusal(StatusCode.BAD_SHUTDOWN, name() + ": link is closed");
        }
        if (loop.state != LinkStatistics.State.CONNECTED) {
            return WriteGate.refusal(
                    StatusCode.BAD_NO_COMMUNICATION,
                    "%s: not connected: %s".formatted(name(), loop.counters.lastError));
        }
        MqttWriter.Sent write = loop.writer().write(command, point, new CompletableFuture<>());
        return gate.admit(
                command, write.answer, () -> loop.inbox.put(() -> loop.writer().add(write)));
    }

    @Override
    public LinkStatistics statistics() {
        MqttCounters c = loop.counters;
        return new LinkStatistics(
                loop.state,
                parts().settings().endpoint(),
                c.published,
                c.received,
                0,
                0,
                c.garbled,
                c.reconnects,
                gate.waiting(),
                gate.refused(),
                0,
                c.lastError,
                c.lastErrorTime,
                MqttStatistics.devices(parts().devices()));
    }

    @Override
    public PointDiagnostics diagnostics(int row) {
        MqttPoint point = parts().byRow().get(row);
        if (point == null) {
            throw new IllegalArgumentException("row %d is not a point of %s".formatted(row, name()));
        }
        return new PointDiagnostics(point.address.label(), point.lastError, point.lastReceiveTicks);
    }

    @Override
    public Optional<Update> prepareUpdate(LinkOpening changed) {
        MqttLinkParts now = parts();
        if (!(changed.connection() instanceof FieldConnection connection)
                || !(connection.settings() instanceof MqttSettings settings)
                || !now.settings().hasSameWireAs(settings)) {
            return Optional.empty();
        }
        MqttLinkParts next = now.next(changed);
        return Optional.of(() -> {
            CompletableFuture<Void> done = new CompletableFuture<>();
            loop.inbox.put(() -> {
                loop.follow(next, changed.samples());
                statistics.follow(changed, next);
                done.complete(null);
            });
            if (gate.isClosed()) { // the loop may have looked for the last time before the put
                done.complete(null);
            }
            return done;
        });
    }

    @Override
    public void close() {
        if (!gate.close()) {
            return;
        }
        loop.requestClose();
        if (!thread.awaitEnd(CLOSE_WAIT_MS)) {
            loop.end();
        }
    }
}
