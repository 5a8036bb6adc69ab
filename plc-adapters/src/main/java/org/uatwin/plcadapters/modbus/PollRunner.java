package org.uatwin.plcadapters.modbus;

import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.plcadapters.adapter.LinkStatistics;

/**
 * The timetable of a link and what its polls mean: for the quality of the points, for the state of the devices.
 * Owned by the loop thread.
 *
 * <p>A failed poll queues behind the other due ones before it is tried again, so a silent device delays each of the
 * others by one timeout at most.
 */
final class PollRunner {
    /** What polls need of the loop around them. */
    interface Host {
        /** Some device answered. */
        void answered();

        /** The connection can not be used any more. */
        void drop(Reply reply, long now);

        /** A connection that is not closed after a timeout, and no device behind it answers. */
        void allSilent(long now);

        void refuseWrites(DeviceState device);

        boolean isClosing();
    }

    private static final Logger LOG = LoggerFactory.getLogger(PollRunner.class);
    private static final long MILLI = 1_000_000L;
    static final long BUSY_RETRY_NS = 100 * MILLI; // pause after exceptions 05 and 06
    private static final long WHOLE_AGAIN_NS = 60_000 * MILLI; // a block cut into pieces is tried whole again
    private static final int FRUITLESS_PIECES = 16; // all of them refused: it is not one address

    private ModbusConnection connection;
    private List<DeviceState> devices;
    private PointColumns points;
    private final Emitter emitter;
    private final Requests requests;
    private final LongSupplier ticker;
    private final Host host;
    private long probeNs;
    private long sweepNs;
    private final PriorityQueue<PollJob> due = new PriorityQueue<>();
    private long lastAnswerNs;

    PollRunner(LinkPlan plan, Emitter emitter, Requests requests, LongSupplier ticker, Host host) {
        this.emitter = emitter;
        this.requests = requests;
        this.ticker = ticker;
        this.host = host;
        connection = plan.connection;
        devices = plan.devices;
        points = plan.points;
        follow(plan);
    }

    /** Works by this plan from now on, by the timetable its jobs have. */
    void follow(LinkPlan plan) {
        connection = plan.connection;
        devices = plan.devices;
        points = plan.points;
        due.clear();
        devices.forEach(device -> due.addAll(device.jobs));
        long largest = connection.largestBackOff().toNanos();
        long demotion = connection.demotionPeriod().toNanos();
        // Over TCP a probe costs nobody else much, and recovery is promised within 2 x the largest back-off.
        probeNs = Math.max(MILLI, connection.transport().isMultiDrop() ? demotion : Math.min(demotion, largest));
        long shortest = Long.MAX_VALUE;
        for (DeviceState device : devices) {
            for (PollJob job : device.jobs) {
                shortest = Math.min(shortest, job.staleNs);
            }
        }
        sweepNs = Math.max(10 * MILLI, Math.min(250 * MILLI, shortest / 20));
    }

    /** The link begins: silence counts from now on. */
    void begin(long now) {
        lastAnswerNs = now;
    }

    /** Says of points that joined blocks which do not answer what is the matter with them. */
    void announce() {
        for (DeviceState device : devices) {
            for (PollJob job : device.jobs) {
                if (job.situation != Quality.ANSWERED && job.situation != Quality.NOT_YET_READ) {
                    emitter.situation(job, job.situation, job.isHeld, emitter.ticks());
                }
            }
        }
    }

    /** How often {@link #sweep} wants to be called, nanoseconds. */
    long sweepNs() {
        return sweepNs;
    }

    /** The job that is due first; null if there is none. */
    @Nullable
    PollJob next() {
        return due.peek();
    }

    /** Polls the job that is due first. */
    void pollNext(long now) {
        PollJob job = due.remove();
        poll(job, now);
        due.add(job);
    }

    /** In a replay: the block was read by a request that is not the job's own. */
    void fed(PollJob job, long now) {
        lastAnswerNs = now;
        job.situation = Quality.ANSWERED;
        job.isHeld = false;
        job.lastGoodNs = now;
    }

    /** Polls a job whatever its turn, a demoted device too: in a replay the recording says what was asked when. */
    void pollNow(PollJob job, long now) {
        due.remove(job);
        job.device.nextProbeNs = Math.min(job.device.nextProbeNs, now);
        poll(job, now);
        due.add(job);
    }

    /** Moves a job of the timetable to now. */
    void hurry(PollJob job, long now) {
        if (due.remove(job)) {
            job.dueNs = now;
            due.add(job);
        }
    }

    /** Carries out one read; the job is not on the timetable meanwhile, and has its next moment afterwards. */
    private void poll(PollJob job, long now) {
        DeviceState device = job.device;
        if (device.isDemoted() && now < device.nextProbeNs) {
            job.dueNs = device.nextProbeNs;
            return;
        }
        long readyNs = requests.readyNs(device, firstRequest(job));
        if (readyNs > now) {
            job.dueNs = readyNs; // the others have their turn meanwhile
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
            reply = requests.send(device, Pdu.read(job.block.table(), job.block.offset() + at, quantity));
            if (reply.isAnswered()) {
                data = append(job, data, reply.data(), at);
                at += quantity;
            }
        } while (reply.isAnswered() && at < job.block.quantity() && !host.isClosing());
        long after = ticker.getAsLong();
        if (host.isClosing()) {
            return;
        }
        if (reply.isAnswered() && data != null) {
            answered(job, data, after);
        } else if (Requests.isAlive(reply)) {
            refusedWhole(job, reply, after);
        } else {
            failed(job, reply, after);
        }
    }

    private static Pdu firstRequest(PollJob job) {
        return Pdu.read(job.block.table(), job.block.offset(), Math.min(job.block.perRequest(), job.block.quantity()));
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
        if (job.hasAnswered) {
            job.achievedNs = now - job.lastAnswerNs;
        }
        job.hasAnswered = true;
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
            Reply reply = requests.send(
                    job.device, Pdu.read(job.block.table(), job.block.offset() + offset, pieces.quantity(piece)));
            if (host.isClosing()) {
                return;
            }
            if (!Requests.isAlive(reply)) {
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
        host.answered();
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
    void probeAll(long now) {
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
        if (requests.mustDrop(reply)) {
            host.drop(reply, now);
        } else if (reply.kind() == Reply.Kind.SILENT && isAllSilent()) {
            host.allSilent(now);
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
        host.refuseWrites(device);
    }

    /** Gives the points of a block the status of a situation that is no answer. */
    void enter(PollJob job, Quality quality, String cause, long now) {
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
    void sweep(long now) {
        for (DeviceState device : devices) {
            for (PollJob job : device.jobs) {
                boolean isSilence = job.situation == Quality.NO_ANSWER || job.situation == Quality.LINK_DOWN;
                if (isSilence && job.isHeld && now - job.lastGoodNs > job.holdNs) {
                    enter(job, job.situation, job.lastError, now);
                } else if ((job.situation == Quality.ANSWERED || job.situation == Quality.NOT_YET_READ)
                        && now - job.lastGoodNs >= job.staleNs - sweepNs
                        && (device.failStreak > 0
                                || device.silentInARow > 0
                                || now - lastAnswerNs >= job.staleNs / 2)) {
                    enter(job, Quality.NO_ANSWER, "no answer for %d ms".formatted(job.staleNs / MILLI), now);
                }
            }
        }
    }
}
