package org.uatwin.server.assembly;

import java.time.InstantSource;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.BoundPoint;
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
import org.uatwin.server.engine.RowRuns;
import org.uatwin.server.engine.TwinInstance;

/** The plant's links: opened from the live plant, asked by row. Any thread. */
final class Links implements SetpointWriter, PointFacts, AutoCloseable {
    private static final long TICK_MS = 100;

    private final LivePlant live;
    private final Map<Integer, Link> byShard = new HashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final Map<Integer, ConditioningStage> stages = new HashMap<>(); // by shard; filled by the constructor
    private final InstantSource clock;
    private final LinkOpener opener;
    private @Nullable ScheduledFuture<?> ticking; // set by start
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "uatwin-conditioning");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param opener makes the links.
     * @param answers runs what waits for write results.
     */
    Links(LivePlant live, LinkOpener opener, InstantSource clock, long jitterSeed, Executor answers) {
        this.live = live;
        this.clock = clock;
        this.opener = opener;
        LinkEnvironment environment = new LinkEnvironment(
                clock,
                System::nanoTime,
                jitterSeed,
                task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                },
                answers);
        for (LivePlant.LiveLink link : live.links()) {
            Link opened = open(live, link, opener, environment);
            links.add(opened);
            byShard.put(link.shard(), opened);
        }
    }

    private Link open(LivePlant live, LivePlant.LiveLink link, LinkOpener opener, LinkEnvironment environment) {
        SampleSink table = batch -> live.table().submit(link.shard(), batch);
        List<TreatedPoint> treated = treated(live, link.connection().name());
        ConditioningStage stage = treated.isEmpty() ? null : new ConditioningStage(treated, live.table(), link.shard());
        Link opened = opener.open(new LinkOpening(
                link.connection(),
                points(live, link.rows()),
                stage == null ? table : stage,
                table,
                rows(link),
                environment));
        if (stage == null) {
            return opened;
        }
        stages.put(link.shard(), stage);
        return new ConditionedLink(opened, stage, environment.clock());
    }

    /** The points of a connection whose values are changed on their way to the table. */
    private static List<TreatedPoint> treated(LivePlant live, String connection) {
        List<TreatedPoint> treated = new ArrayList<>();
        for (TwinInstance instance : live.instances()) {
            Twin twin = instance.twin();
            for (int i = 0; twin != null && twin.isTreated() && i < twin.pointCount(); i++) {
                Binding binding = twin.binding(i);
                if (twin.treatment(i).isAtLink()
                        && binding != null
                        && binding.connection().filter(connection::equals).isPresent()) {
                    treated.add(TreatedPoint.of(twin, instance.firstRow(), i));
                }
            }
        }
        return treated;
    }

    private static List<BoundPoint> points(LivePlant live, RowRuns rows) {
        return new AbstractList<>() {
            @Override
            public BoundPoint get(int index) {
                int row = rows.get(index);
                TwinInstance instance = live.ownerOf(row);
                int ordinal = row - instance.firstRow();
                Binding binding = instance.binding(ordinal);
                if (binding == null || binding.connection().isEmpty()) {
                    throw new IllegalStateException(live.label(row) + " has no address");
                }
                Member.Point point = instance.type().points().get(ordinal);
                Twin twin = instance.twin();
                Treatment treatment = twin == null ? Treatment.NONE : twin.treatment(ordinal);
                return new BoundPoint(
                        row,
                        binding,
                        TreatedPoint.deliveredType(point, treatment),
                        point.arrayLength(),
                        TreatedPoint.deliveredValidity(point, treatment),
                        Optional.empty());
            }

            @Override
            public int size() {
                return rows.size();
            }
        };
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
        links.forEach(Link::start);
        boolean isTimed = stages.values().stream().anyMatch(ConditioningStage::isTimed);
        if (isTimed && !opener.every(TICK_MS, this::tick)) {
            ticking = ticks.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        long now = UaTime.ofInstant(clock.instant());
        stages.values().forEach(stage -> stage.tick(now));
    }

    /** What the chain of a point did so far; empty if it has none. */
    @Override
    public String conditioning(int row) {
        ConditioningStage stage = stages.get(live.table().shardOf(row));
        return stage == null ? "" : stage.report(row);
    }

    List<Link> all() {
        return links;
    }

    private @Nullable Link of(int row) {
        return byShard.get(live.table().shardOf(row));
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
        if (ticking != null) {
            ticking.cancel(false);
        }
        ticks.shutdownNow();
        links.forEach(Link::close);
    }
}
