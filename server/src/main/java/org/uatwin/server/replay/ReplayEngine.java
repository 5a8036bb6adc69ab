package org.uatwin.server.replay;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.plcadapters.adapter.ReplayLink;
import org.uatwin.plcadapters.adapter.ReplayTime;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.recording.RecordingReader;
import org.uatwin.plcadapters.recording.RecordingSources;
import org.uatwin.server.assembly.StartException;

/** Opens the links of a plant out of a recording and lets its time run. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one writer, the replaying thread
public final class ReplayEngine implements LinkOpener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayEngine.class);
    private static final long CLOSE_WAIT_MS = 2_000;

    private record Running(ReplayLink link, ReplayTime time) {}

    private final Protocols protocols;
    private final RecordingReader reader;
    private final RecordingSources sources;
    private final TrafficRecord first;
    private final List<Running> links = new ArrayList<>(); // filled before the first step
    private final List<String> silent = new ArrayList<>();
    private final List<Periodic> periodic = new ArrayList<>(); // filled before the first step
    private final List<Runnable> following = new ArrayList<>(); // filled before the first step
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long ticks; // written by the replaying thread
    private long nowNs; // of ticks
    private volatile boolean isClosing;
    private @Nullable Thread thread;

    /**
     * @param reader at its beginning; closed with the engine.
     * @throws StartException if the recording holds no traffic.
     */
    public ReplayEngine(Protocols protocols, RecordingReader reader) {
        this.protocols = protocols;
        this.reader = reader;
        sources = new RecordingSources(reader);
        first = Optional.ofNullable(sources.first())
                .orElseThrow(() -> new StartException(
                        "the recording in %s holds no traffic%s".formatted(reader.folder(), problems(reader))));
        ticks = first.ticks();
        nowNs = first.ns();
    }

    private static String problems(RecordingReader reader) {
        return reader.problems().isEmpty() ? "." : ": " + String.join("; ", reader.problems());
    }

    @Override
    public Link open(LinkOpening opening) {
        ReplayTime time = new ReplayTime();
        time.moveTo(first);
        LinkEnvironment given = opening.environment();
        LinkEnvironment environment =
                new LinkEnvironment(time.clock(), time.ticker(), given.jitterSeed(), given.threads(), given.answers());
        String name = opening.connection().name();
        Optional<ReplayLink> link = protocols
                .adapter(opening.connection().protocol())
                .flatMap(protocol ->
                        protocol.replay(opening.withEnvironment(environment), sources.of(name, time), time));
        if (link.isEmpty()) {
            silent.add(name);
            return new UnreplayedLink(opening.connection());
        }
        links.add(new Running(link.get(), time));
        return link.get();
    }

    /** Work by the time of the recording. */
    private static final class Periodic {
        final long periodNs;
        final Runnable work;
        long dueNs;

        Periodic(long periodNs, Runnable work, long dueNs) {
            this.periodNs = periodNs;
            this.work = work;
            this.dueNs = dueNs;
        }
    }

    @Override
    public boolean every(long periodMs, Runnable work) {
        long periodNs = TimeUnit.MILLISECONDS.toNanos(periodMs);
        periodic.add(new Periodic(periodNs, work, first.ns() + periodNs));
        return true;
    }

    @Override
    public boolean afterEachStep(Runnable work) {
        following.add(work);
        return true;
    }

    /** The time of the recording. */
    public InstantSource clock() {
        return () -> UaTime.toInstant(ticks);
    }

    /** Connections whose protocol replays nothing. */
    public List<String> silent() {
        return List.copyOf(silent);
    }

    /**
     * Replays to the end on a thread of its own.
     *
     * @param speed seconds of the recording in one of the wall clock; infinite: as fast as possible.
     */
    public void start(double speed) {
        Thread t = new Thread(
                () -> {
                    try {
                        run(speed);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        LOG.error("the replay failed", e);
                    } finally {
                        ended.countDown();
                    }
                },
                "replay");
        t.setDaemon(true);
        thread = t;
        t.start();
    }

    /** Replays to the end on the calling thread, as fast as possible. */
    public void runToEnd() {
        try {
            run(Double.POSITIVE_INFINITY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(double speed) throws InterruptedException {
        long begun = System.nanoTime();
        while (!isClosing) {
            Running next = null;
            long nextNs = Long.MAX_VALUE;
            for (Running running : links) { // of equal times the first in the order of the plant file
                long ns = running.link().nextNs();
                if (ns < nextNs) {
                    next = running;
                    nextNs = ns;
                }
            }
            if (next == null) {
                break;
            }
            waitUntil(begun + (long) ((nextNs - first.ns()) / speed));
            runPeriodic(nextNs);
            next.link().step();
            nowNs = Math.max(nowNs, next.time().ns());
            ticks = Math.max(ticks, next.time().ticks());
            following.forEach(Runnable::run);
        }
    }

    private void runPeriodic(long untilNs) {
        for (Periodic work : periodic) {
            while (work.dueNs <= untilNs) {
                ticks += Math.max(0, work.dueNs - nowNs) / 100;
                nowNs = Math.max(nowNs, work.dueNs);
                work.work.run();
                following.forEach(Runnable::run);
                work.dueNs += work.periodNs;
            }
        }
    }

    private void waitUntil(long wallNs) throws InterruptedException {
        long left = wallNs - System.nanoTime();
        if (left > 100_000) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    /** Waits for the end of the recording. */
    public void await() throws InterruptedException {
        ended.await();
    }

    public boolean isAtEnd() {
        return ended.getCount() == 0;
    }

    /** What was wrong with the recording so far, one sentence each. */
    public List<String> problems() {
        return reader.problems();
    }

    /** The site the recording was made at. */
    public String siteId() {
        return reader.siteId();
    }

    @Override
    public void close() {
        isClosing = true;
        Thread t = thread;
        if (t != null) {
            t.interrupt();
            try {
                t.join(CLOSE_WAIT_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        reader.close();
    }
}
