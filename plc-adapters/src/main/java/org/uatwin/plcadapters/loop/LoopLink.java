package org.uatwin.plcadapters.loop;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/**
 * A link with one thread: steps its {@link LoopWork}, with waiting writes first, but after {@value #WRITES_IN_A_ROW} of them
 * the work has its turn.
 */
public final class LoopLink implements Link, LoopHost {
    private static final Logger LOG = LoggerFactory.getLogger(LoopLink.class);
    /** Writes waiting at one link before further ones are refused with Bad_TooManyOperations. */
    public static final int WRITE_CAPACITY = 1024;

    private static final int WRITES_IN_A_ROW = 8;
    private static final long CLOSE_WAIT_MS = 4_000;
    private static final long ANSWER_GRACE_NS = 20_000_000;

    private static final long STATISTICS_NS = 1_000_000_000L;

    private final String name;
    private final String threadName;
    private volatile LinkOpening opening; // replaced by a reload
    private final LinkEnvironment environment;
    private final LoopWork work;
    private final BlockingQueue<WaitingWrite> line = new ArrayBlockingQueue<>(WRITE_CAPACITY); // full: refused
    private final AtomicLong refused = new AtomicLong();
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile @Nullable Thread thread;
    private final Queue<Adoption> adoptions = new ConcurrentLinkedQueue<>(); // one a reload
    private int writesInARow; // owned by the link's thread, as the next
    private long nextStatisticsNs;

    /**
     * @param kind of the link, which names its thread: {@code s7} for {@code s7-<connection>}.
     * @param work makes the work.
     */
    public LoopLink(String kind, LinkOpening opening, Function<LoopHost, LoopWork> work) {
        this.name = opening.connection().name();
        this.threadName = kind + "-" + name.toLowerCase(Locale.ROOT);
        this.opening = opening;
        this.environment = opening.environment();
        this.nextStatisticsNs = environment.ticker().getAsLong();
        this.work = work.apply(this);
    }

    @Override
    public void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    public void tick() {
        long now = environment.ticker().getAsLong();
        if (now - nextStatisticsNs >= 0) {
            nextStatisticsNs = now + STATISTICS_NS;
            writeStatistics();
        }
    }

    private void writeStatistics() {
        work.figures()
                .write(
                        opening,
                        line.size(),
                        refused.get(),
                        UaTime.ofInstant(environment.clock().instant()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        if (!isStarted.compareAndSet(false, true)) {
            throw new IllegalStateException(name + ": started twice");
        }
        Thread t = environment.threads().newThread(this::run);
        t.setName(threadName);
        thread = t;
        t.start();
    }

    private void run() {
        try {
            work.begin();
            while (!isClosed.get()) {
                long wait = step() - environment.ticker().getAsLong();
                if (wait > 0 && line.isEmpty() && adoptions.isEmpty() && !isClosed.get()) {
                    LockSupport.parkNanos(this, wait);
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.error("{}: link stopped by an error of ours; please report it", name, e);
        } finally {
            isClosed.set(true);
            end();
        }
    }

    /** A reload the link's thread is to take over. */
    private record Adoption(LinkOpening opening, Runnable work, CompletableFuture<Void> done) {}

    private void adopt() {
        for (Adoption next = adoptions.poll(); next != null; next = adoptions.poll()) {
            Map<WaitingWrite, String> waiting = new HashMap<>(); // writes are equal to themselves only
            line.forEach(write -> waiting.put(write, address(write)));
            opening = next.opening();
            next.work().run();
            waiting.forEach((write, address) -> {
                if (!address.equals(address(write))) {
                    write.answer(
                            StatusCode.BAD_INVALID_STATE,
                            "%s: a reload changed the point before the write was sent; write again".formatted(name));
                }
            });
            next.done().complete(null);
        }
    }

    private String address(WaitingWrite write) {
        try {
            return work.diagnostics(write.command().row()).sourceAddress();
        } catch (IllegalArgumentException e) {
            return ""; // no point of this link any more
        }
    }

    @Override
    public Optional<Update> prepareUpdate(LinkOpening changed) {
        return work.prepareUpdate(changed).map(next -> () -> {
            CompletableFuture<Void> done = new CompletableFuture<>();
            adoptions.add(new Adoption(changed, next, done));
            wake();
            if (isClosed.get()) { // the thread may have looked for the last time before the add
                done.complete(null);
            }
            return done;
        });
    }

    /** One turn of the loop, for the link's thread and for tests that have none. */
    long step() {
        adopt();
        tick();
        WaitingWrite write = writesInARow < WRITES_IN_A_ROW ? line.poll() : null;
        if (write == null) {
            writesInARow = 0;
            return Math.min(work.step(), nextStatisticsNs);
        }
        writesInARow++;
        if (!write.isAnswered()) {
            work.perform(write);
        }
        return environment.ticker().getAsLong();
    }

    private void end() {
        work.end();
        work.figures().state(LinkStatistics.State.CLOSED);
        writeStatistics();
        for (WaitingWrite write = line.poll(); write != null; write = line.poll()) {
            write.answer(StatusCode.BAD_SHUTDOWN, name + ": link is being closed");
        }
    }

    @Override
    public CompletionStage<WriteResult> write(WriteCommand command) {
        long left = command.deadline() - environment.ticker().getAsLong();
        Optional<WriteResult> refusal = isClosed.get()
                ? Optional.of(new WriteResult(StatusCode.BAD_SHUTDOWN, name + ": link is closed"))
                : left <= 0
                        ? Optional.of(new WriteResult(StatusCode.BAD_TIMEOUT, "the deadline has passed already"))
                        : work.refusal(command);
        if (refusal.isPresent()) {
            return CompletableFuture.completedStage(refusal.get());
        }
        WaitingWrite write = new WaitingWrite(command);
        if (!line.offer(write)) {
            refused.incrementAndGet();
            return CompletableFuture.completedStage(new WriteResult(
                    StatusCode.BAD_TOO_MANY_OPERATIONS, "%s: %d writes are waiting".formatted(name, WRITE_CAPACITY)));
        }
        write.future()
                .completeOnTimeout(
                        new WriteResult(
                                StatusCode.BAD_TIMEOUT,
                                name + ": no result before the deadline; the device may have carried it out"),
                        left + ANSWER_GRACE_NS,
                        TimeUnit.NANOSECONDS);
        wake();
        if (isClosed.get()) { // the thread may have emptied the line for the last time before the offer
            write.answer(StatusCode.BAD_SHUTDOWN, name + ": link is closed");
        }
        return write.future().thenApplyAsync(result -> result, environment.answers());
    }

    @Override
    public LinkStatistics statistics() {
        return work.figures().snapshot(opening.connection().endpoint(), line.size(), refused.get());
    }

    @Override
    public PointDiagnostics diagnostics(int row) {
        return work.diagnostics(row);
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        work.abort();
        Thread t = thread;
        if (t == null) {
            end();
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
            LOG.warn("{}: the link thread has not ended within {} ms", name, CLOSE_WAIT_MS);
        }
    }
}
