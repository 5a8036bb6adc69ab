package org.uatwin.plcadapters.modbus;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A Modbus connection as a {@link Link}: the thread of a {@link LinkLoop} and the door to it. */
final class ModbusLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(ModbusLink.class);
    /** Writes waiting at one link before further ones are refused with Bad_TooManyOperations. */
    private static final int WRITE_CAPACITY = 4096;

    private static final long CLOSE_WAIT_MS = 2_000;
    private static final long ANSWER_GRACE_NS = 20_000_000;

    private final ModbusConnection connection;
    private final LinkLoop loop;
    private final long[] phases;
    private final List<DeviceState> devices;
    private final PointColumns points;
    private final JobIndex jobs;
    private final UnreadablePoints unreadable;
    private final LinkEnvironment environment;
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private volatile @Nullable Thread thread;

    ModbusLink(
            ModbusConnection connection,
            LinkLoop loop,
            long[] phases,
            List<DeviceState> devices,
            PointColumns points,
            JobIndex jobs,
            UnreadablePoints unreadable,
            LinkEnvironment environment) {
        this.connection = connection;
        this.loop = loop;
        this.phases = phases;
        this.devices = devices;
        this.points = points;
        this.jobs = jobs;
        this.unreadable = unreadable;
        this.environment = environment;
    }

    @Override
    public String name() {
        return connection.name();
    }

    @Override
    public void start() {
        if (!isStarted.compareAndSet(false, true)) {
            throw new IllegalStateException(name() + ": started twice");
        }
        Thread t = environment.threads().newThread(this::run);
        t.setName("modbus-" + name().toLowerCase(Locale.ROOT));
        thread = t;
        t.start();
    }

    private void run() {
        try {
            begin();
            while (!loop.isClosing()) {
                long next = loop.step();
                long wait = next - environment.ticker().getAsLong();
                if (wait > 0 && loop.inbox.isEmpty() && !loop.isClosing()) {
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
        unreadable.announce();
        loop.begin(phases);
    }

    @Override
    public CompletionStage<WriteResult> write(WriteCommand command) {
        int point = points.ofRow(command.row());
        if (point < 0) {
            String cause = unreadable.cause(command.row());
            return now(
                    cause == null ? StatusCode.BAD_NOT_CONNECTED : StatusCode.BAD_CONFIGURATION_ERROR,
                    cause == null ? "row %d is not bound to %s".formatted(command.row(), name()) : cause);
        }
        if (isClosed.get()) {
            return now(StatusCode.BAD_SHUTDOWN, name() + ": link is closed");
        }
        if (loop.state == LinkStatistics.State.BACKING_OFF) {
            return now(
                    StatusCode.BAD_NO_COMMUNICATION, "%s: link is down: %s".formatted(name(), loop.counters.lastError));
        }
        DeviceState device = jobs.of(point).device;
        if (device.state == LinkStatistics.DeviceState.OFFLINE || device.isDemoted()) {
            return now(StatusCode.BAD_NO_COMMUNICATION, device.lastError);
        }
        long left = command.deadline() - environment.ticker().getAsLong();
        if (left <= 0) {
            return now(StatusCode.BAD_TIMEOUT, "the deadline has passed already");
        }
        if (waiting.incrementAndGet() > WRITE_CAPACITY) {
            waiting.decrementAndGet();
            refused.incrementAndGet();
            return now(
                    StatusCode.BAD_TOO_MANY_OPERATIONS, "%s: %d writes are waiting".formatted(name(), WRITE_CAPACITY));
        }
        PendingWrite write = new PendingWrite(command, point);
        CompletableFuture<WriteResult> answer = write.answer.completeOnTimeout(
                new WriteResult(
                        StatusCode.BAD_TIMEOUT,
                        name() + ": no result before the deadline; the device may have carried it out"),
                left + ANSWER_GRACE_NS,
                TimeUnit.NANOSECONDS);
        CompletableFuture<WriteResult> result =
                answer.whenCompleteAsync((r, e) -> waiting.decrementAndGet(), environment.answers());
        loop.inbox.add(write);
        LockSupport.unpark(thread);
        if (isClosed.get()) { // the loop may have emptied its inbox for the last time before the add
            write.answer.complete(new WriteResult(StatusCode.BAD_SHUTDOWN, name() + ": link is closed"));
        }
        return result;
    }

    private static CompletionStage<WriteResult> now(StatusCode status, String text) {
        return CompletableFuture.completedStage(new WriteResult(status, text));
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
                waiting.get(),
                refused.get(),
                c.busyFraction,
                c.lastError,
                c.lastErrorTime,
                devices.stream().map(DeviceState::statistics).toList());
    }

    @Override
    public PointDiagnostics diagnostics(int row) {
        int point = points.ofRow(row);
        if (point < 0) {
            return unreadable.diagnostics(row);
        }
        PollJob job = jobs.of(point);
        PointRule rule = points.rule(point);
        var situation = points.situation(point);
        String error = job.lastError;
        if (error.isEmpty() && situation != null && situation != Quality.ANSWERED) {
            error = job.refusal.isEmpty() || situation == Quality.GARBLED ? rule.explain(situation) : job.refusal;
        }
        Binding.Modbus binding = new Binding.Modbus(
                job.device.device,
                job.group,
                rule.codec().format(),
                job.block.table(),
                job.block.offset() + points.at(point));
        return new PointDiagnostics(binding.label(), error, job.lastPollTime);
    }

    /** Jobs of a unit whose block overlaps a read. */
    List<PollJob> jobsWithin(int unitId, Pdu read) {
        return ModbusReplay.within(devices, unitId, read);
    }

    PointColumns points() {
        return points;
    }

    /** The loop, for replays and for tests that step it themselves. */
    LinkLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        loop.requestClose();
        Thread t = thread;
        if (t == null) {
            loop.end();
            return;
        }
        LockSupport.unpark(t);
        if (t == Thread.currentThread()) {
            return;
        }
        try {
            t.join(CLOSE_WAIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (t.isAlive()) {
            LOG.warn("{}: the link thread has not ended within {} ms", name(), CLOSE_WAIT_MS);
        }
    }
}
