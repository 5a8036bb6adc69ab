package org.uatwin.plcadapters.modbus;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.LinkThread;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteGate;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A Modbus connection as a {@link Link}: the thread of a {@link LinkLoop} and the door to it. */
final class ModbusLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(ModbusLink.class);
    private static final long CLOSE_WAIT_MS = 2_000;

    private final ModbusConnection connection;
    private final LinkLoop loop;
    private final LinkEnvironment environment;
    private final WriteGate gate;
    private final LinkThread thread;

    ModbusLink(LinkLoop loop, LinkEnvironment environment) {
        this.connection = loop.plan().connection;
        this.loop = loop;
        this.environment = environment;
        gate = new WriteGate(connection.name(), environment);
        loop.counters.refusedWrites = gate::refused;
        thread = new LinkThread("modbus-" + connection.name().toLowerCase(Locale.ROOT), environment);
    }

    @Override
    public String name() {
        return connection.name();
    }

    @Override
    public void start() {
        thread.start(this::run);
    }

    private void run() {
        try {
            begin();
            while (!loop.isClosing()) {
                long next = loop.step();
                long wait = next - environment.ticker().getAsLong();
                if (wait > 0 && loop.inbox.isEmpty() && loop.adoptions.isEmpty() && !loop.isClosing()) {
                    LockSupport.parkNanos(this, wait);
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.error("{}: link stopped by an error of ours; please report it", name(), e);
        } finally {
            loop.end();
        }
    }

    /** First act of the loop thread, or of a test that steps itself. */
    void begin() {
        loop.begin();
    }

    @Override
    public CompletionStage<WriteResult> write(WriteCommand command) {
        LinkPlan plan = loop.plan();
        int point = plan.points.ofRow(command.row());
        if (point < 0) {
            String cause = plan.unreadable.cause(command.row());
            return WriteGate.refusal(
                    cause == null ? StatusCode.BAD_NOT_CONNECTED : StatusCode.BAD_CONFIGURATION_ERROR,
                    cause == null ? "row %d is not bound to %s".formatted(command.row(), name()) : cause);
        }
        if (gate.isClosed()) {
            return WriteGate.refusal(StatusCode.BAD_SHUTDOWN, name() + ": link is closed");
        }
        if (loop.state == LinkStatistics.State.BACKING_OFF) {
            return WriteGate.refusal(
                    StatusCode.BAD_NO_COMMUNICATION, "%s: link is down: %s".formatted(name(), loop.counters.lastError));
        }
        DeviceState device = plan.jobs.of(point).device;
        if (device.state == LinkStatistics.DeviceState.OFFLINE || device.isDemoted()) {
            return WriteGate.refusal(StatusCode.BAD_NO_COMMUNICATION, device.lastError);
        }
        PendingWrite write = new PendingWrite(command);
        return gate.admit(command, write.answer, () -> {
            loop.inbox.add(write);
            thread.unpark();
        });
    }

    @Override
    public LinkStatistics statistics() {
        LinkCounters c = loop.counters;
        return new LinkStatistics(
                loop.state,
                connection.transport().label(),
                c.requests,
                c.responses,
                c.timeouts,
                c.exceptions,
                c.garbled,
                c.reconnects,
                gate.waiting(),
                gate.refused(),
                c.busyFraction,
                c.lastError,
                c.lastErrorTime,
                loop.plan().devices.stream().map(DeviceState::statistics).toList());
    }

    @Override
    public PointDiagnostics diagnostics(int row) {
        LinkPlan plan = loop.plan();
        int point = plan.points.ofRow(row);
        if (point < 0) {
            return plan.unreadable.diagnostics(row);
        }
        PollJob job = plan.jobs.of(point);
        PointRule rule = plan.points.rule(point);
        var situation = plan.points.situation(point);
        String error = job.lastError;
        if (error.isEmpty() && situation != null && situation != Quality.ANSWERED) {
            error = job.refusal.isEmpty() || situation == Quality.GARBLED ? rule.explain(situation) : job.refusal;
        }
        Binding.Modbus binding = new Binding.Modbus(
                job.device.device,
                job.group,
                rule.codec().format(),
                job.block.table(),
                job.block.offset() + plan.points.at(point));
        return new PointDiagnostics(binding.label(), error, job.lastPollTime);
    }

    @Override
    public Optional<Update> prepareUpdate(LinkOpening changed) {
        if (!(changed.connection() instanceof ModbusConnection now) || !connection.hasSameWireAs(now)) {
            return Optional.empty();
        }
        LinkPlan next = LinkBuilder.plan(now, changed);
        return Optional.of(() -> {
            CompletableFuture<Void> done = new CompletableFuture<>();
            loop.adoptions.add(new LinkLoop.Adoption(next, done));
            thread.unpark();
            if (gate.isClosed()) { // the loop may have looked for the last time before the add
                done.complete(null);
            }
            return done;
        });
    }

    /** The loop, for replays and for tests that step it themselves. */
    LinkLoop loop() {
        return loop;
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
