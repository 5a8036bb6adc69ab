package org.uatwin.server.assembly;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.security.LinkSecurity;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;
import org.uatwin.plcadapters.adapter.SampleSink;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;
import org.uatwin.plcadapters.conditioning.ConditionedLink;
import org.uatwin.plcadapters.conditioning.ConditioningStage;
import org.uatwin.plcadapters.conditioning.TreatedPoint;
import org.uatwin.server.address.PointFacts;
import org.uatwin.server.address.SetpointWriter;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.PlantSwap;
import org.uatwin.server.engine.TwinInstance;

/**
 * The plant's links: opened from the live plant, asked by row. Any thread; {@link #prepare} and {@link #carryOut} by the
 * one that reloads.
 */
final class Links implements SetpointWriter, PointFacts, AutoCloseable {
    private static final long TICK_MS = 100;

    private final LinkOpener opener;
    private final PointTable table;
    private final InstantSource clock;
    private final LinkEnvironment environment;
    private volatile Map<Integer, Served> byShard; // replaced as a whole
    private @Nullable ScheduledFuture<?> ticking; // guarded by this
    private boolean isTickedElsewhere; // guarded by this
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "uatwin-conditioning");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A link at work.
     *
     * @param link the adapter's.
     * @param stage what its values go through; null if no point has a chain.
     * @param door what writes and questions go to.
     */
    private record Served(Link link, @Nullable ConditioningStage stage, Link door) {}

    /**
     * @param opener makes the links.
     * @param answers runs what waits for write results.
     * @param security our certificate and whom we trust in the field.
     */
    Links(
            LivePlant live,
            LinkOpener opener,
            InstantSource clock,
            long jitterSeed,
            Executor answers,
            LinkSecurity security) {
        this.opener = opener;
        this.clock = clock;
        table = live.table();
        environment = new LinkEnvironment(
                clock,
                System::nanoTime,
                jitterSeed,
                task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                },
                answers,
                security);
        Map<Integer, Served> opened = new HashMap<>();
        live.links().forEach(link -> opened.put(link.shard(), open(live, link, null, row -> ConditioningStage.NONE)));
        byShard = opened;
    }

    private Served open(
            LivePlant live, LivePlant.LiveLink link, @Nullable ConditioningStage before, IntUnaryOperator formerRow) {
        ConditioningStage stage = stage(live, link, before, formerRow);
        return served(with(live, link, stage, opener::open), stage);
    }

    private Served served(Link link, @Nullable ConditioningStage stage) {
        return new Served(link, stage, stage == null ? link : new ConditionedLink(link, stage, clock));
    }

    /** The chains of a link's points; null if none has one. Those of points that did not change remember what they knew. */
    private @Nullable ConditioningStage stage(
            LivePlant live, LivePlant.LiveLink link, @Nullable ConditioningStage before, IntUnaryOperator formerRow) {
        List<TreatedPoint> treated = treated(live, link.connection().name());
        return treated.isEmpty() ? null : new ConditioningStage(treated, table, link.shard(), before, formerRow);
    }

    /** The points of a connection whose values are changed on their way to the table. */
    private static List<TreatedPoint> treated(LivePlant live, String connection) {
        List<TreatedPoint> treated = new ArrayList<>();
        for (TwinInstance instance : live.instances()) {
            Twin twin = instance.twin();
            for (int i = 0; twin.isTreated() && i < twin.pointCount(); i++) {
                Binding binding = instance.binding(i);
                if (twin.treatment(i).isAtLink()
                        && binding != null
                        && binding.connection().filter(connection::equals).isPresent()) {
                    treated.add(TreatedPoint.of(twin, instance.firstRow(), i));
                }
            }
        }
        return treated;
    }

    /** Something made from what a link is opened with; nothing of it holds on to the plant afterwards. */
    private <T> T with(
            LivePlant live,
            LivePlant.LiveLink link,
            @Nullable ConditioningStage stage,
            Function<LinkOpening, T> maker) {
        BoundPoints points = new BoundPoints(live, link.rows());
        int shard = link.shard();
        SampleSink sink = batch -> table.submit(shard, batch);
        T made = maker.apply(new LinkOpening(
                link.connection(), points, stage == null ? sink : stage, sink, rows(link), environment));
        points.close();
        return made;
    }

    /**
     * What a reload does to the links.
     *
     * @param updates what links that keep their wire have to be told.
     * @param served links that are new, changed or take the place of the one of their shard; by shard.
     * @param opened those of them that have to be started.
     * @param closed shards of connections that are gone.
     */
    record Change(List<Link.Update> updates, Map<Integer, Served> served, List<Link> opened, List<Integer> closed) {}

    /** Plans what the step to the next plant needs; nothing is sent and no link notices. */
    Change prepare(PlantSwap swap) {
        Change change = new Change(new ArrayList<>(), new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        for (String name : swap.touchedLinks()) {
            LivePlant.LiveLink old = swap.before().link(name);
            LivePlant.LiveLink now = swap.after().link(name);
            Served running = old == null ? null : byShard.get(old.shard());
            if (now == null) {
                if (old != null) {
                    change.closed().add(old.shard());
                }
            } else if (running == null || !update(swap, now, running, change)) {
                Served opened = open(swap.after(), now, running == null ? null : running.stage(), swap::formerRow);
                change.served().put(now.shard(), opened);
                change.opened().add(opened.link());
            }
        }
        return change;
    }

    /** Whether the running link can go on by the next plan; the change then holds what it takes. */
    private boolean update(PlantSwap swap, LivePlant.LiveLink now, Served running, Change change) {
        ConditioningStage stage = stage(swap.after(), now, running.stage(), swap::formerRow);
        Optional<Link.Update> update = with(swap.after(), now, stage, running.link()::prepareUpdate);
        update.ifPresent(found -> {
            change.updates().add(found);
            change.served().put(now.shard(), served(running.link(), stage));
        });
        return update.isPresent();
    }

    /**
     * Carries a change out; links it does not name notice nothing.
     *
     * @return completes when every link works by its new plan.
     */
    CompletionStage<Void> carryOut(Change change) {
        Map<Integer, Served> next = new HashMap<>(byShard);
        List<Link> ended = new ArrayList<>();
        change.closed().forEach(shard -> end(next.remove(shard), null, ended));
        change.served().forEach((shard, served) -> end(next.put(shard, served), served, ended));
        byShard = next;
        CompletableFuture<?>[] updates = change.updates().stream()
                .map(update -> update.carryOut().toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        ended.forEach(Link::close);
        change.opened().forEach(Link::start);
        tickIfNeeded();
        return CompletableFuture.allOf(updates);
    }

    private static void end(@Nullable Served before, @Nullable Served after, List<Link> ended) {
        if (before != null && (after == null || !before.link().equals(after.link()))) {
            ended.add(before.link());
        }
    }

    private static LinkStatisticsRows rows(LivePlant.LiveLink link) {
        Map<String, LinkStatisticsRows.Rows> devices = new HashMap<>();
        link.devices().forEach((name, instance) -> devices.put(name, rows(instance)));
        return new LinkStatisticsRows(Optional.of(rows(link.link())), devices);
    }

    private static LinkStatisticsRows.Rows rows(TwinInstance instance) {
        return new LinkStatisticsRows.Rows(instance.type(), instance.firstRow());
    }

    void start() {
        byShard.values().forEach(served -> served.link().start());
        tickIfNeeded();
    }

    /** Lets time pass for chains that wait for it, once there is one. */
    private synchronized void tickIfNeeded() {
        boolean isTimed =
                byShard.values().stream().map(Served::stage).anyMatch(stage -> stage != null && stage.isTimed());
        if (isTimed && ticking == null && !isTickedElsewhere) {
            isTickedElsewhere = opener.every(TICK_MS, this::tick);
        }
        if (isTimed && ticking == null && !isTickedElsewhere) {
            ticking = ticks.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        long now = UaTime.ofInstant(clock.instant());
        for (Served served : byShard.values()) {
            if (served.stage() != null) {
                served.stage().tick(now);
            }
        }
    }

    /** What the chains remember, by {@code twin/Point}; {@code live} is the plant as it is now. */
    CompletionStage<Map<String, byte[]>> save(LivePlant live) {
        Map<String, byte[]> all = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (Served served : byShard.values()) {
            ConditioningStage stage = served.stage();
            if (stage != null) {
                stages.add(stage.save(row -> source(live, row))
                        .thenAccept(states -> states.forEach((row, state) -> all.put(live.label(row), state)))
                        .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).thenApply(done -> all);
    }

    /** Gives chains back what another process saved of them; before {@link #start}. */
    void restore(LivePlant live, Map<String, byte[]> saved) {
        for (Served served : byShard.values()) {
            ConditioningStage stage = served.stage();
            if (stage == null) {
                continue;
            }
            for (int row : stage.rows()) {
                byte[] state = saved.get(live.label(row));
                if (state != null) {
                    stage.restore(row, source(live, row), state);
                }
            }
        }
    }

    private static String source(LivePlant live, int row) {
        TwinInstance owner = live.ownerOf(row);
        Binding binding = owner.binding(row - owner.firstRow());
        return binding == null ? "" : binding.connection().orElse("") + " " + binding.label();
    }

    /** What the chain of a point did so far; empty if it has none. */
    @Override
    public String conditioning(int row) {
        Served served = byShard.get(table.shardOf(row));
        return served == null || served.stage() == null ? "" : served.stage().report(row);
    }

    private @Nullable Link of(int row) {
        Served served = byShard.get(table.shardOf(row));
        return served == null ? null : served.door();
    }

    @Override
    public CompletionStage<StatusCode> write(
            int row, long bits, @Nullable Object object, int firstElement, long deadlineNanos) {
        Link link = of(row);
        if (link == null) {
            return CompletableFuture.completedFuture(StatusCode.BAD_NOT_CONNECTED);
        }
        return link.write(new WriteCommand(row, bits, object, firstElement, deadlineNanos))
                .thenApply(WriteResult::status);
    }

    @Override
    public String lastError(int row) {
        Link link = of(row);
        return link == null ? "" : link.diagnostics(row).lastError();
    }

    @Override
    public long lastPollTime(int row) {
        Link link = of(row);
        return link == null ? 0 : link.diagnostics(row).lastPollTime();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (ticking != null) {
                ticking.cancel(false);
            }
        }
        ticks.shutdownNow();
        byShard.values().forEach(served -> served.link().close());
    }
}
