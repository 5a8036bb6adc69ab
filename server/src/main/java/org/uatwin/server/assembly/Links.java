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
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;
import org.uatwin.plcadapters.adapter.SampleSink;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;
import org.uatwin.server.address.PointFacts;
import org.uatwin.server.address.SetpointWriter;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowRuns;
import org.uatwin.server.engine.TwinInstance;

/** The plant's links: opened from the live plant, asked by row. Any thread. */
final class Links implements SetpointWriter, PointFacts, AutoCloseable {
    private final LivePlant live;
    private final Map<Integer, Link> byShard = new HashMap<>();
    private final List<Link> links = new ArrayList<>();

    /**
     * @param opener makes the links.
     * @param answers runs what waits for write results.
     */
    Links(LivePlant live, LinkOpener opener, InstantSource clock, long jitterSeed, Executor answers) {
        this.live = live;
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
            SampleSink table = batch -> live.table().submit(link.shard(), batch);
            Link opened = opener.open(new LinkOpening(
                    link.connection(), points(live, link.rows()), table, table, rows(link), environment));
            links.add(opened);
            byShard.put(link.shard(), opened);
        }
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
                return new BoundPoint(
                        row, binding, point.dataType(), point.arrayLength(), point.validity(), Optional.empty());
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
        links.forEach(Link::close);
    }
}
