package org.uatwin.plcadapters.modbus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.WriteMode;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.WriteResult;

/**
 * The loop of one link: {@link #step} does at most one poll or one write and says when it wants to be called again.
 * Everything here belongs to the thread that steps, except the inbox, the volatiles and {@link #requestClose}.
 *
 * <p>Order of work: waiting writes first, but after {@value #WRITES_IN_A_ROW} of them a due poll has its turn; polls by
 * the time they were due. A failed poll queues behind the other due ones before it is tried again, so a silent device
 * delays each of the others by one timeout at most.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // counters have one writer, the loop thread
final class LinkLoop {
    private static final Logger LOG = LoggerFactory.getLogger(LinkLoop.class);
    private static final int WRITES_IN_A_ROW = 8;
    private static final long MILLI = 1_000_000L;
    private static final long BUSY_RETRY_NS = 100 * MILLI; // pause after exceptions 05 and 06
    private static final long STATISTICS_NS = 1_000 * MILLI;
    private static final long WHOLE_AGAIN_NS = 60_000 * MILLI; // a block cut into pieces is tried whole again
    private static final int FRUITLESS_PIECES = 16; // all of them refused: it is not one address

    final LinkCounters counters;
    final Queue<PendingWrite> inbox = new ConcurrentLinkedQueue<>(); // bounded by ModbusLink
    volatile LinkStatistics.State state = LinkStatistics.State.DISCONNECTED;

    private final ModbusConnection connection;
    private final Wire wire;
    private final List<DeviceState> devices;
    private final JobIndex jobs;
    private final PointColumns points;
    private final Emitter emitter;
    private final WriteRunner writer;
    private final StatisticsWriter statistics;
    private final LongSupplier ticker;
    private final BackOff backOff;
    private final Runnable onTick = this::tick;
    private final long timeoutNs;
    private final long probeNs;
    private final long sweepNs;

    private final PriorityQueue<PollJob> due = new PriorityQueue<>();
    private final ArrayDeque<PendingWrite> writes = new ArrayDeque<>();
    private final Map<Long, PendingWrite> newest = new HashMap<>(); // LATEST_ONLY: by row and first element
    private int writesInARow;
    private long nextConnectNs;
    private long nextSweepNs;
    private long nextStatisticsNs;
    private long lastAnswerNs;
    private long linkDownSinceNs = -1;
    private boolean hasConnected;
    private volatile boolean isClosing;

    LinkLoop(
            ModbusConnection connection,
            Wire wire,
            List<DeviceState> devices,
            JobIndex jobs,
            PointColumns points,
            Emitter emitter,
            StatisticsWriter statistics,
            LinkCounters counters,
            LongSupplier ticker,
            BackOff backOff) {
        this.connection = connection;
        this.wire = wire;
        this.devices = devices;
        this.jobs = jobs;
        this.points = points;
        this.counters = counters;
        this.emitter = emitter;
        this.statistics = statistics;
        this.ticker = ticker;
        this.backOff = backOff;
        timeoutNs = connection.timeout().toNanos();
        long largest = connection.largestBackOff().toNanos();
        long demotion = connection.demotionPeriod().toNanos();
        // Over TCP a probe costs nobody else much, and recovery is promised within 2 x the largest back-off.
        probeNs = Math.max(MILLI, connection.transport().isMultiDrop() ? demotion : Math.min(demotion, largest));
        writer = new WriteRunner(this::send, points, emitter);
        long shortest = Long.MAX_VALUE;
        for (DeviceState device : devices) {
            for (PollJob job : device.jobs) {
                shortest = Math.min(shortest, job.staleNs);
            }
        }
        sweepNs = Math.max(10 * MILLI, Math.min(250 * MILLI, shortest / 20));
    }

    /** Puts the jobs on the timetable; once, before the first step. */
    void begin(long[] phases) {
        long now = ticker.getAsLong();
        int i = 0;
        for (DeviceState device : devices) {
            for (PollJob job : device.jobs) {
                job.begin(now, phases[i++]);
                due.add(job);
            }
        }
        nextConnectNs = now;
        nextSweepNs = now + sweepNs;
        nextStatisticsNs = now;
        lastAnswerNs = now;
        state = LinkStatistics.State.CONNECTING;
    }

    /**
     * Does the most urgent piece of work.
     *
     * @return ticker value at which the next step has something to do; not after now if it has at once.
     */
    long step() {
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
        PollJob job = due.peek();
        boolean isPollDue = job != null && job.dueNs <= now;
        PendingWrite write = isPollDue && writesInARow >= WRITES_IN_A_ROW ? null : nextWrite(now);
        if (write != null) {
            writesInARow++;
            perform(write);
        } else if (job != null && isPollDue) {
            writesInARow = 0;
            due.remove();
            poll(job, now);
            due.add(job);
        } else {
            return Math.min(job == null ? Long.MAX_VALUE : job.dueNs, nextTick());
        }
        emitter.flush();
        return ticker.getAsLong();
    }

    private long nextTick() {
        long next = Math.min(nextSweepNs, nextStatisticsNs);
        for (PendingWrite write : writes) {
            next = Math.min(next, write.notBeforeNs);
        }
        return next;
    }

    /** What must go on even while the wire waits for an answer. */
    private void tick() {
        takeInbox();
        long now = ticker.getAsLong();
        if (now >= nextSweepNs) {
            nextSweepNs = now + sweepNs;
            sweep(now);
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
        if (linkDownSinceNs >= 0) {
            LOG.info("{}: connected again after {} s", connection.name(), (now - linkDownSinceNs) / 1_000_000_000L);
            linkDownSinceNs = -1;
            probeAll(now);
        }
    }

    private void linkDown(String cause, long now) {
        if (linkDownSinceNs < 0) {
            linkDownSinceNs = now;
            LOG.warn("{}: link is down: {}", connection.name(), cause);
        }
        counters.error(cause, emitter.ticks());
        state = LinkStatistics.State.BACKING_OFF;
        nextConnectNs = now + backOff.next();
        for (DeviceState device : devices) {
            device.lastError = cause;
            if (!device.isDemoted()) {
                device.state = LinkStatistics.DeviceState.OFFLINE;
            }
            for (PollJob job : device.jobs) {
                job.tries = 0;
                enter(job, Quality.LINK_DOWN, cause, now);
            }
        }
        refuseWrites(cause);
    }

    /** The wire can not be used any more; reconnect at once if some device may still answer, else back off. */
    private void drop(Reply reply, long now) {
        wire.close();
        state = LinkStatistics.State.CONNECTING;
        boolean mayAnswer = false;
        for (DeviceState device : devices) {
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

    /** Sends one request and keeps the counters; every exchange of this link goes through here. */
    private Reply send(DeviceState device, Pdu request) {
        if (!wire.isConnected()) {
            return Reply.failed(Reply.Kind.LOST, "not connected");
        }
        long begun = ticker.getAsLong();
        counters.requests++;
        device.requests++;
        Reply reply = wire.exchange(device.device.unitId(), request, timeoutNs, onTick);
        long now = ticker.getAsLong();
        counters.busyNs += now - begun;
        switch (reply.kind()) {
            case ANSWERED, REFUSED -> {
                counters.responses++;
                double ms = (now - begun) / 1e6;
                device.responseTimeMs = device.responseTimeMs == 0 ? ms : 0.9 * device.responseTimeMs + 0.1 * ms;
                if (reply.kind() == Reply.Kind.REFUSED) {
                    counters.exceptions++;
                    device.exceptions++;
                }
            }
            case SILENT -> {
                counters.timeouts++;
                device.timeouts++;
            }
            case GARBLED, LOST -> {
                if (reply.kind() == Reply.Kind.GARBLED) {
                    counters.garbled++;
                    device.garbled++;
                }
            }
        }
        if (!reply.isAnswered()) {
            String text = "%s unit %d %s: %s"
                    .formatted(device.device.label(), device.device.unitId(), request.label(), reply.text());
            counters.error(text, emitter.ticks());
            device.lastError = text;
        }
        return reply;
    }

    private static boolean isAlive(Reply reply) {
        return reply.isAnswered()
                || (reply.kind() == Reply.Kind.REFUSED
                        && reply.exceptionCode() != 0x0A
                        && reply.exceptionCode() != 0x0B);
    }

    private boolean mustDrop(Reply reply) {
        return switch (reply.kind()) {
            case ANSWERED, REFUSED -> false;
            case SILENT, GARBLED -> wire.mustCloseAfterTimeout();
            case LOST -> true;
        };
    }

    private void poll(PollJob job, long now) {
        DeviceState device = job.device;
        if (device.isDemoted() && now < device.nextProbeNs) {
            job.dueNs = device.nextProbeNs;
            return;
        }
        if (job.tries == 0) {
            job.firstTryNs = now;
        }
        if (job.pieces != null && now < job.nextWholeNs) {
            pollPieces(job, job.pieces);
            return;
        }
        byte[] data = null;
        Reply reply;
        int at = 0;
        do {
            int quantity = Math.min(job.block.perRequest(), job.block.quantity() - at);
            reply = send(device, Pdu.read(job.block.table(), job.block.offset() + at, quantity));
            if (reply.isAnswered()) {
                data = append(job, data, reply.data(), at);
                at += quantity;
            }
        } while (reply.isAnswered() && at < job.block.quantity() && !isClosing);
        long after = ticker.getAsLong();
        if (isClosing) {
            return;
        }
        if (reply.isAnswered() && data != null) {
            answered(job, data, after);
        } else if (isAlive(reply)) {
            refusedWhole(job, reply, after);
        } else {
            failed(job, reply, after);
        }
    }

    private static byte[] append(PollJob job, byte @Nullable [] soFar, byte[] data, int at) {
        if (job.block.requests() == 1) {
            return data;
        }
        int bits = job.block.table().isBits() ? 1 : 16;
        byte[] whole = soFar != null ? soFar : new byte[(job.block.quantity() * bits + 7) / 8];
        if (bits == 16 || at % 8 == 0) {
            System.arraycopy(data, 0, whole, at * bits / 8, Math.min(data.length, whole.length - at * bits / 8));
        } else {
            for (int i = 0; i < data.length * 8 && at + i < whole.length * 8; i++) {
                if ((data[i >> 3] >> (i & 7) & 1) != 0) {
                    whole[(at + i) >> 3] |= (byte) (1 << ((at + i) & 7));
                }
            }
        }
        return whole;
    }

    private void answered(PollJob job, byte[] data, long now) {
        long ticks = emitter.ticks();
        emitter.answered(job, data, ticks);
        job.pieces = null;
        job.refusal = "";
        answered(job, ticks, now);
    }

    private void answered(PollJob job, long ticks, long now) {
        job.situation = Quality.ANSWERED;
        job.isHeld = false;
        job.isAlone = false;
        job.lastGoodNs = now;
        if (job.lastAnswerNs != 0) {
            job.achievedNs = now - job.lastAnswerNs;
        }
        job.lastAnswerNs = now;
        job.lastPollTime = ticks;
        job.lastError = "";
        job.device.lastPollTime = ticks;
        job.reschedule(now);
        alive(job, now);
    }

    /** One bad address makes a device refuse the whole block, so the block is cut to find it. */
    private void refusedWhole(PollJob job, Reply reply, long now) {
        boolean isAddress = reply.exceptionCode() == 2 || reply.exceptionCode() == 3;
        if (!isAddress || job.pointCount == 1 || job.block.requests() > 1 || now < job.nextCutNs) {
            refused(job, reply, now);
            return;
        }
        job.nextWholeNs = now + WHOLE_AGAIN_NS;
        if (job.pieces != null) {
            pollPieces(job, job.pieces);
            return;
        }
        refused(job, reply, now);
        job.pieces = new Pieces(job, points);
        job.dueNs = now;
    }

    private void pollPieces(PollJob job, Pieces pieces) {
        boolean[] isRefused = new boolean[pieces.count()];
        int answers = 0;
        Reply lastRefusal = null;
        for (int piece = 0; piece < pieces.count(); piece++) {
            int offset = pieces.offset(piece);
            Reply reply =
                    send(job.device, Pdu.read(job.block.table(), job.block.offset() + offset, pieces.quantity(piece)));
            if (isClosing) {
                return;
            }
            if (!isAlive(reply)) {
                failed(job, reply, ticker.getAsLong());
                return;
            }
            long ticks = emitter.ticks();
            isRefused[piece] = !reply.isAnswered();
            answers += isRefused[piece] ? 0 : 1;
            lastRefusal = isRefused[piece] ? reply : lastRefusal;
            if (isRefused[piece]) {
                job.refusal = job.device.lastError;
            }
            for (int point = pieces.firstPoint(piece); point < pieces.endPoint(piece); point++) {
                if (isRefused[piece]) {
                    emitter.refused(point, Quality.ofModbusException(reply.exceptionCode()), ticks);
                } else {
                    emitter.answered(point, reply.data(), points.at(point) - offset, ticks);
                }
            }
        }
        long now = ticker.getAsLong();
        if (answers == 0 && lastRefusal != null && pieces.count() >= FRUITLESS_PIECES) {
            job.pieces = null;
            job.nextCutNs = now + WHOLE_AGAIN_NS;
            refused(job, lastRefusal, now);
            return;
        }
        boolean isCut = pieces.cut(isRefused);
        if (!isCut) {
            pieces.join(isRefused);
        }
        if (answers == 0 && lastRefusal != null) {
            refused(job, lastRefusal, now);
        } else {
            answered(job, emitter.ticks(), now);
        }
        if (isCut) {
            job.dueNs = now;
        }
    }

    /** The device said no to a read: it is alive, the points of the block are not. */
    private void refused(PollJob job, Reply reply, long now) {
        int code = reply.exceptionCode();
        boolean isBusy = code == 5 || code == 6;
        if (isBusy && ++job.tries < connection.tries()) {
            job.dueNs = now + Math.min(BUSY_RETRY_NS, job.periodNs);
        } else {
            enter(job, Quality.ofModbusException(code), job.device.lastError, now);
            job.reschedule(now);
        }
        alive(job, now);
    }

    private void alive(PollJob job, long now) {
        DeviceState device = job.device;
        boolean wasLinkSilent = device.failStreak > 0 && isAllSilent();
        lastAnswerNs = now;
        backOff.reset();
        if (device.lastFailed != null && device.lastFailed != job) {
            device.lastFailed.isAlone = true;
        }
        device.lastFailed = null;
        device.silentInARow = 0;
        if (device.failStreak > 0) {
            device.failStreak = 0;
            LOG.info(
                    "{}: answers again after {} s",
                    device.device.label(),
                    (now - device.outageSinceNs) / 1_000_000_000L);
            for (PollJob other : device.jobs) {
                if (other != job && other.situation != Quality.ANSWERED && other.dueNs > now) {
                    due.remove(other);
                    other.dueNs = now;
                    due.add(other);
                }
            }
        }
        device.state = LinkStatistics.DeviceState.ONLINE;
        if (wasLinkSilent) {
            probeAll(now);
        }
    }

    private boolean isAllSilent() {
        for (DeviceState device : devices) {
            if (device.failStreak == 0 && !device.jobs.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The line came back: ask every demoted device now instead of at the end of its period. */
    private void probeAll(long now) {
        for (DeviceState device : devices) {
            if (device.isDemoted()) {
                device.nextProbeNs = now;
            }
            for (PollJob job : device.jobs) {
                if (job.situation != Quality.ANSWERED && job.dueNs > now && due.remove(job)) {
                    job.dueNs = now;
                    due.add(job);
                }
            }
        }
    }

    /** No answer, or none that counts. */
    private void failed(PollJob job, Reply reply, long now) {
        DeviceState device = job.device;
        device.silentInARow++;
        boolean isLastTry = ++job.tries >= connection.tries()
                || device.silentInARow >= connection.tries()
                || device.failStreak > 0
                || job.isAlone;
        if (isLastTry) {
            Quality quality = quality(reply);
            enter(job, quality, device.lastError, now);
            if (!job.isAlone) {
                deviceFailed(job, quality, now);
            }
            job.reschedule(now);
            if (device.isDemoted()) {
                job.dueNs = device.nextProbeNs;
            }
        } else {
            job.dueNs = now;
        }
        if (mustDrop(reply)) {
            drop(reply, now);
        }
    }

    private static Quality quality(Reply reply) {
        return switch (reply.kind()) {
            case GARBLED -> Quality.GARBLED;
            case LOST -> Quality.LINK_DOWN;
            case REFUSED -> Quality.ofModbusException(reply.exceptionCode());
            case ANSWERED, SILENT -> Quality.NO_ANSWER;
        };
    }

    private void deviceFailed(PollJob failed, Quality quality, long now) {
        DeviceState device = failed.device;
        if (device.failStreak++ == 0) {
            device.outageSinceNs = now;
            LOG.warn("{}: {}", device.device.label(), device.lastError);
        }
        device.lastFailed = failed;
        for (PollJob other : device.jobs) {
            if (other != failed && other.lastGoodNs < failed.firstTryNs && !other.isAlone) {
                enter(other, quality, device.lastError, now);
            }
        }
        if (device.failStreak >= device.device.demotionFailures() && devices.size() > 1) {
            device.state = LinkStatistics.DeviceState.DEMOTED;
            device.nextProbeNs = now + probeNs;
        } else {
            device.state = LinkStatistics.DeviceState.OFFLINE;
        }
        refuseWrites(device);
    }

    private void enter(PollJob job, Quality quality, String cause, long now) {
        boolean isHeld = now - job.lastGoodNs <= job.holdNs;
        job.lastError = cause;
        if (job.situation == quality && job.isHeld == isHeld) {
            return;
        }
        job.situation = quality;
        job.isHeld = isHeld;
        emitter.situation(job, quality, isHeld, emitter.ticks());
    }

    /** Ages the points: hold times that ended, and blocks whose turn did not come because the line is silent. */
    private void sweep(long now) {
        for (DeviceState device : devices) {
            for (PollJob job : device.jobs) {
                boolean isSilence = job.situation == Quality.NO_ANSWER || job.situation == Quality.LINK_DOWN;
                if (isSilence && job.isHeld && now - job.lastGoodNs > job.holdNs) {
                    enter(job, job.situation, job.lastError, now);
                } else if ((job.situation == Quality.ANSWERED || job.situation == Quality.NOT_YET_READ)
                        && now - job.lastGoodNs >= job.staleNs - sweepNs
                        && (device.failStreak > 0 || now - lastAnswerNs >= job.staleNs / 2)) {
                    enter(job, Quality.NO_ANSWER, "no answer for %d ms".formatted(job.staleNs / MILLI), now);
                }
            }
        }
    }

    private void takeInbox() {
        PendingWrite write = inbox.poll();
        while (write != null) {
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
        PollJob job = jobs.of(write.point);
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
        if (isBusy && now + BUSY_RETRY_NS < write.command.deadline()) {
            write.notBeforeNs = now + BUSY_RETRY_NS;
            write.attempts++;
            writes.addFirst(write);
            return;
        }
        emitter.flush(); // whoever gets the answer finds the read-back in the table
        answer(write, outcome.result().status(), outcome.result().text());
        if (reply == null || isAlive(reply)) {
            device.silentInARow = 0;
        } else {
            // Whether the device is gone is for a poll to find out, and it goes first.
            writesInARow = WRITES_IN_A_ROW;
            if (due.remove(job)) {
                job.dueNs = now;
                due.add(job);
            }
            if (++device.silentInARow >= connection.tries()) {
                refuseWrites(device);
            }
        }
        if (reply != null && mustDrop(reply)) {
            drop(reply, now);
        }
    }

    private void refuseWrites(DeviceState device) {
        for (PendingWrite write : writes) {
            if (jobs.of(write.point).device == device) {
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

    boolean isClosing() {
        return isClosing;
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
        statistics.write(state, 0, ticker.getAsLong(), emitter);
        emitter.flush();
    }
}
