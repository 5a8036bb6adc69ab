package org.uatwin.server.assembly;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.plcadapters.adapter.SampleSink;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;
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
    private final Protocols protocols;
    private final PointTable table;
    private final LinkEnvironment environment;
    private volatile Map<Integer, Link> byShard; // replaced as a whole

    /** @param answers runs what waits for write results. */
    Links(LivePlant live, Protocols protocols, InstantSource clock, long jitterSeed, Executor answers) {
        this.protocols = protocols;
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
                answers);
        Map<Integer, Link> opened = new HashMap<>();
        live.links().forEach(link -> opened.put(link.shard(), open(live, link)));
        byShard = opened;
    }

    private Link open(LivePlant live, LivePlant.LiveLink link) {
        return with(live, link, protocols::open);
    }

    /** Something made from what a link is opened with; nothing of it holds on to the plant afterwards. */
    private <T> T with(LivePlant live, LivePlant.LiveLink link, Function<LinkOpening, T> maker) {
        BoundPoints points = new BoundPoints(live, link.rows());
        int shard = link.shard();
        SampleSink sink = batch -> table.submit(shard, batch);
        T made = maker.apply(new LinkOpening(link.connection(), points, sink, sink, rows(link), environment));
        points.close();
        return made;
    }

    /**
     * What a reload does to the links.
     *
     * @param updates links that keep their wire and get another plan.
     * @param opened links that are new or take the place of the one of their shard; by shard.
     * @param closed shards of connections that are gone.
     */
    record Change(List<Link.Update> updates, Map<Integer, Link> opened, List<Integer> closed) {}

    /** Plans what the step to the next plant needs; nothing is sent and no link notices. */
    Change prepare(PlantSwap swap) {
        Change change = new Change(new ArrayList<>(), new HashMap<>(), new ArrayList<>());
        for (String name : swap.touchedLinks()) {
            LivePlant.LiveLink old = swap.before().link(name);
            LivePlant.LiveLink now = swap.after().link(name);
            Link running = old == null ? null : byShard.get(old.shard());
            Optional<Link.Update> update =
                    running == null || now == null ? Optional.empty() : with(swap.after(), now, running::prepareUpdate);
            if (update.isPresent()) {
                change.updates().add(update.get());
            } else if (now != null) {
                change.opened().put(now.shard(), open(swap.after(), now));
            } else if (old != null) {
                change.closed().add(old.shard());
            }
        }
        return change;
    }

    /**
     * Carries a change out; links it does not name notice nothing.
     *
     * @return completes when every link works by its new plan.
     */
    CompletionStage<Void> carryOut(Change change) {
        Map<Integer, Link> next = new HashMap<>(byShard);
        List<Link> ended = new ArrayList<>();
        change.closed().forEach(shard -> add(ended, next.remove(shard)));
        change.opened().forEach((shard, link) -> add(ended, next.put(shard, link)));
        byShard = next;
        CompletableFuture<?>[] updates = change.updates().stream()
                .map(update -> update.carryOut().toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        ended.forEach(Link::close);
        change.opened().values().forEach(Link::start);
        return CompletableFuture.allOf(updates);
    }

    private static void add(List<Link> links, @Nullable Link link) {
        if (link != null) {
            links.add(link);
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
        byShard.values().forEach(Link::start);
    }

    private @Nullable Link of(int row) {
        return byShard.get(table.shardOf(row));
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
        byShard.values().forEach(Link::close);
    }
}
