package org.uatwin.plcadapters.modbus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.WriteMode;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.BackOff;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.WriteResult;

/**
 * The loop of one link: {@link #step} does at most one poll or one write and says when it wants to be called again.
 * Everything here belongs to the thread that steps, except the inbox, the volatiles and {@link #requestClose}.
 *
 * <p>Order of work: waiting writes first, but after {@value #WRITES_IN_A_ROW} of them a due poll has its turn; polls by
 * the time they were due.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // counters have one writer, the loop thread
final class LinkLoop implements PollRunner.Host {
    private static final Logger LOG = LoggerFactory.getLogger(LinkLoop.class);
    private static final int WRITES_IN_A_ROW = 8;
    private static final long MILLI = 1_000_000L;
    private static final long STATISTICS_NS = 1_000 * MILLI;
    private static final long REOPEN_NS = 10_000 * MILLI; // a line on which nobody answers is opened anew so often

    final LinkCounters counters = new LinkCounters();
    final Queue<PendingWrite> inbox = new ConcurrentLinkedQueue<>(); // bounded by ModbusLink
    final Queue<Adoption> adoptions = new ConcurrentLinkedQueue<>(); // one a reload
    volatile LinkStatistics.State state = LinkStatistics.State.DISCONNECTED;

    private final ModbusConnection connection; // its devices may be older than those of the plan
    private final Wire wire;
    private volatile LinkPlan plan; // replaced between two steps
    private final Requests requests;
    private final PollRunner polls;
    private final Emitter emitter;
    private final WriteRunner writer;
    private final StatisticsWriter statistics;
    private final LongSupplier ticker;
    private final BackOff backOff;
    private final Runnable onTick = this::tick;
    private final long timeoutNs;

    private final ArrayDeque<PendingWrite> writes = new ArrayDeque<>();
    private final Map<Long, PendingWrite> newest = new HashMap<>(); // LATEST_ONLY: by row and first element
    private int writesInARow;
    private long nextConnectNs;
    private long nextReopenNs;
    private long nextSweepNs;
    private long nextStatisticsNs;
    private boolean isLinkDown;
    private long linkDownSinceNs;
    private boolean hasConnected;
    private volatile boolean isClosing;

    /** Another plan on its way to the loop; {@code done} completes when the loop works by it. */
    record Adoption(LinkPlan plan, CompletableFuture<Void> done) {}

    LinkLoop(LinkPlan plan, Wire wire, Emitter emitter, LongSupplier ticker, BackOff backOff) {
        this.connection = plan.connection;
        this.plan = plan;
        this.wire = wire;
        this.emitter = emitter;
        this.statistics = new StatisticsWriter(plan, counters);
        this.ticker = ticker;
        this.backOff = backOff;
        timeoutNs = connection.timeout().toNanos();
        requests = new Requests(wire, counters, emitter, ticker, timeoutNs, onTick);
        polls = new PollRunner(plan, emitter, requests, ticker, this);
        writer = new WriteRunner(requests::send, plan.points, emitter);
    }

    /** The plan the loop works by; any thread. */
    LinkPlan plan() {
        return plan;
    }

    /** Begins the timetable; once, before the first step. */
    void begin() {
        long now = ticker.getAsLong();
        plan.unreadable.announce(emitter);
        plan.begin(now);
        polls.follow(plan);
        polls.begin(now);
        nextConnectNs = now;
        nextReopenNs = now + REOPEN_NS;
        nextSweepNs = now + polls.sweepNs();
        nextStatisticsNs = now;
        state = LinkStatistics.State.CONNECTING;
    }

    /**
     * Does the most urgent piece of work.
     *
     * @return ticker value at which the next step has something to do; not after now if it has at once.
     */
    long step() {
        adopt();
        tick();
        long now = ticker.getAsLong();
        if (isClosing) {
            return now;
        }
        if (!wire.isConnected()) {
            if (now < nextConnectNs) {
                return Math.min(nextConnectNs, nextTick());
            }
            connect();
            emitter.flush();
            return ticker.getAsLong();
        }
        PollJob job = polls.next();
        boolean isPollDue = job != null && job.dueNs <= now;
        PendingWrite write = isPollDue && writesInARow >= WRITES_IN_A_ROW ? null : nextWrite(now);
        if (write != null) {
            writesInARow++;
            perform(write);
        } else if (job != null && isPollDue) {
            writesInARow = 0;
            polls.pollNext(now);
        } else {
            return Math.min(job == null ? Long.MAX_VALUE : job.dueNs, nextTick());
        }
        emitter.flush();
        return ticker.getAsLong();
    }

    /** Takes over what a reload made of the plan: the wire stays, what did not change goes on as it was. */
    private void adopt() {
        Adoption adoption = adoptions.poll();
        while (adoption != null) {
            LinkPlan next = adoption.plan();
            long now = ticker.getAsLong();
            List<Integer> others = next.takeOver(plan, now);
            emitter.follow(next);
            polls.follow(next);
            writer.follow(next);
            statistics.follow(next);
            plan = next;
            for (int point : others) {
                emitter.waiting(point, emitter.ticks());
            }
            next.unreadable.announce(emitter);
            polls.announce();
            writes.forEach(this::locate);
            emitter.flush();
            adoption.done().complete(null);
            adoption = adoptions.poll();
        }
    }

    /** Finds the point of a write in the plan; one that is not there any more is refused. */
    private void locate(PendingWrite write) {
        write.point = plan.points.ofRow(write.command.row());
        if (write.point < 0) {
            answer(
                    write,
                    StatusCode.BAD_INVALID_STATE,
                    connection.name() + ": a reload changed the point before the write was sent; write again");
        }
    }

    /** When {@link #tick} has something to do next. */
    long nextTick() {
        long next = Math.min(nextSweepNs, nextStatisticsNs);
        for (PendingWrite write : writes) {
            next = Math.min(next, write.notBeforeNs);
        }
        return next;
    }

    /** What must go on even while the wire waits for an answer. */
    void tick() {
        takeInbox();
        long now = ticker.getAsLong();
        if (now >= nextSweepNs) {
            nextSweepNs = now + polls.sweepNs();
            polls.sweep(now);
        }
        if (now >= nextStatisticsNs) {
            nextStatisticsNs = now + STATISTICS_NS;
            statistics.write(state, writes.size(), now, emitter);
        }
        emitter.flush();
    }

    private void connect() {
        state = LinkStatistics.State.CONNECTING;
        String failure = wire.connect(timeoutNs, onTick);
        long now = ticker.getAsLong();
        if (isClosing) {
            return;
        }
        if (!failure.isEmpty()) {
            linkDown(failure, now);
            return;
        }
        if (hasConnected) {
            counters.reconnects++;
        }
        hasConnected = true;
        state = LinkStatistics.State.CONNECTED;
        if (isLinkDown) {
            LOG.info("{}: connected again after {} s", connection.name(), (now - linkDownSinceNs) / 1_000_000_000L);
            isLinkDown = false;
            polls.probeAll(now);
        }
    }

    private void linkDown(String cause, long now) {
        if (!isLinkDown) {
            isLinkDown = true;
            linkDownSinceNs = now;
            LOG.warn("{}: link is down: {}", connection.name(), cause);
        }
        counters.error(cause, emitter.ticks());
        state = LinkStatistics.State.BACKING_OFF;
        nextConnectNs = now + backOff.next();
        for (DeviceState device : plan.devices) {
            device.lastError = cause;
            if (!device.isDemoted()) {
                device.state = LinkStatistics.DeviceState.OFFLINE;
            }
            for (PollJob job : device.jobs) {
                job.tries = 0;
                polls.enter(job, Quality.LINK_DOWN, cause, now);
            }
        }
        refuseWrites(cause);
    }

    /** The wire can not be used any more; reconnect at once if some device may still answer, else back off. */
    @Override
    public void drop(Reply reply, long now) {
        wire.close();
        state = LinkStatistics.State.CONNECTING;
        boolean mayAnswer = false;
        for (DeviceState device : plan.devices) {
            mayAnswer |= device.failStreak == 0 && !device.jobs.isEmpty();
        }
        if (mayAnswer) {
            nextConnectNs = now;
        } else {
            state = LinkStatistics.State.BACKING_OFF;
            nextConnectNs = now + backOff.next();
            refuseWrites(reply.text());
        }
    }

    /**
     * Nobody on the line has answered for a while: perhaps it is not the devices but the port, which some drivers leave
     * open and dead when the adapter was pulled out and comes back.
     */
    @Override
    public void allSilent(long now) {
        if (now >= nextReopenNs) {
            nextReopenNs = now + REOPEN_NS;
            wire.close();
            nextConnectNs = now;
        }
    }

    @Override
    public void answered() {
        backOff.reset();
        nextReopenNs = ticker.getAsLong() + REOPEN_NS;
    }

    private void takeInbox() {
        PendingWrite write = inbox.poll();
        while (write != null) {
            locate(write);
            if (connection.writeMode() == WriteMode.LATEST_ONLY) {
                long key = (long) write.command.row() << 32 | (write.command.firstElement() & 0xFFFF_FFFFL);
                PendingWrite older = newest.put(key, write);
                if (older != null) {
                    answer(older, StatusCode.BAD_INVALID_STATE, "superseded by a newer write before it was sent");
                }
            }
            writes.add(write);
            write = inbox.poll();
        }
        if (state == LinkStatistics.State.BACKING_OFF) {
            refuseWrites("link is down");
        }
        writes.removeIf(w -> w.answer.isDone());
        for (PendingWrite w : writes) {
            if (ticker.getAsLong() - w.command.deadline() >= 0) {
                answer(w, StatusCode.BAD_TIMEOUT, "not sent before its deadline");
            }
        }
    }

    private @Nullable PendingWrite nextWrite(long now) {
        for (PendingWrite write : writes) {
            if (!write.answer.isDone() && write.notBeforeNs <= now) {
                writes.remove(write);
                newest.values().remove(write);
                return write;
            }
        }
        return null;
    }

    private void perform(PendingWrite write) {
        PollJob job = plan.jobs.of(write.point);
        DeviceState device = job.device;
        if (device.failStreak > 0) {
            answer(write, StatusCode.BAD_NO_COMMUNICATION, device.lastError);
            return;
        }
        WriteRunner.Outcome outcome = writer.run(job, write.point, write.command);
        long now = ticker.getAsLong();
        Reply reply = outcome.reply();
        boolean isBusy = reply != null
                && reply.kind() == Reply.Kind.REFUSED
                && (reply.exceptionCode() == 5 || reply.exceptionCode() == 6);
        if (isBusy && now + PollRunner.BUSY_RETRY_NS < write.command.deadline()) {
            write.notBeforeNs = now + PollRunner.BUSY_RETRY_NS;
            write.attempts++;
            writes.addFirst(write);
            return;
        }
        emitter.flush(); // whoever gets the answer finds the read-back in the table
        answer(write, outcome.result().status(), outcome.result().text());
        if (reply == null || Requests.isAlive(reply)) {
            device.silentInARow = 0;
        } else {
            // Whether the device is gone is for a poll to find out, and it goes first.
            writesInARow = WRITES_IN_A_ROW;
            polls.hurry(job, now);
            if (++device.silentInARow >= connection.tries()) {
                refuseWrites(device);
            }
        }
        if (reply != null && requests.mustDrop(reply)) {
            drop(reply, now);
        }
    }

    @Override
    public void refuseWrites(DeviceState device) {
        for (PendingWrite write : writes) {
            if (plan.jobs.of(write.point).device == device) {
                answer(write, StatusCode.BAD_NO_COMMUNICATION, device.lastError);
            }
        }
    }

    private void refuseWrites(String cause) {
        for (PendingWrite write : writes) {
            answer(write, StatusCode.BAD_NO_COMMUNICATION, connection.name() + ": " + cause);
        }
    }

    private void answer(PendingWrite write, StatusCode status, String text) {
        write.answer.complete(
                status.isGood() && text.isEmpty() ? WriteResult.CONFIRMED : new WriteResult(status, text));
    }

    @Override
    public boolean isClosing() {
        return isClosing;
    }

    /** In a replay, instead of {@link #step}: the wire knows how the next connection attempt went. */
    void replayConnect() {
        connect();
        emitter.flush();
    }

    /** In a replay, instead of {@link #step}: the wire knows the answers to this poll. */
    void replayPoll(PollJob job) {
        polls.pollNow(job, ticker.getAsLong());
        emitter.flush();
    }

    /** In a replay: an answer to a read that is no poll, the read-back of a write for example. */
    void replayRead(List<PollJob> jobs, Pdu read, byte[] data) {
        long ticks = emitter.ticks();
        PointColumns points = plan.points;
        for (PollJob job : jobs) {
            for (int point = job.firstPoint; point < job.firstPoint + job.pointCount; point++) {
                int at = job.block.offset() + points.at(point) - read.offset();
                if (at >= 0 && at + points.rule(point).codec().quantity() <= read.quantity()) {
                    emitter.answered(point, data, at, ticks);
                }
            }
            int first = job.block.offset() - read.offset();
            if (first >= 0 && first + job.block.quantity() <= read.quantity()) {
                polls.fed(job, ticker.getAsLong());
            }
        }
        emitter.flush();
    }

    /** Makes the loop end soon; any thread. */
    void requestClose() {
        isClosing = true;
        wire.abort();
    }

    /** Last act of the loop thread. */
    void end() {
        wire.close();
        state = LinkStatistics.State.CLOSED;
        takeInbox();
        List<PendingWrite> rest = new ArrayList<>(writes);
        writes.clear();
        for (PendingWrite write : rest) {
            answer(write, StatusCode.BAD_SHUTDOWN, connection.name() + ": link is being closed");
        }
        for (Adoption late = adoptions.poll(); late != null; late = adoptions.poll()) {
            late.done().complete(null);
        }
        // Nobody looks after the points any more, whether the link was closed or failed.
        long ticks = emitter.ticks();
        for (DeviceState device : plan.devices) {
            for (PollJob job : device.jobs) {
                emitter.situation(job, Quality.LINK_DOWN, false, ticks);
            }
        }
        statistics.write(state, 0, ticker.getAsLong(), emitter);
        emitter.flush();
    }
}
