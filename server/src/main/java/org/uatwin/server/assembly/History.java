package org.uatwin.server.assembly;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.jspecify.annotations.Nullable;
import org.uatwin.historian.memory.MemoryHistoryStore;
import org.uatwin.historian.sqlite.HistoryException;
import org.uatwin.historian.sqlite.SqliteHistoryStore;
import org.uatwin.historian.sqlite.StoreSettings;
import org.uatwin.historian.store.HistoryFeed;
import org.uatwin.historian.store.HistoryPage;
import org.uatwin.historian.store.HistorySamples;
import org.uatwin.historian.store.HistoryStore;
import org.uatwin.historian.store.HistoryTag;
import org.uatwin.historian.store.RawQuery;
import org.uatwin.historian.store.TagDefinition;
import org.uatwin.informationmodel.plant.HistorySettings;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.address.PlantAccess;
import org.uatwin.server.address.PlantPorts;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.PlantSwap;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.server.history.HistoricalNodes;
import org.uatwin.server.history.HistoricalVariable;
import org.uatwin.server.history.HistoryAccess;
import org.uatwin.server.history.HistoryCapabilities;
import org.uatwin.server.history.HistoryLimits;
import org.uatwin.server.maintenance.PastValues;
import org.uatwin.server.service.AsyncHistory;
import org.uatwin.server.service.Deadline;
import org.uatwin.server.service.ServerLimits;
import org.uatwin.server.service.TwinServer;

/** The historian of a plant, fed by the point table and read by clients. */
final class History implements AsyncHistory, HistoricalNodes, PastValues, AutoCloseable {
    /** Memory the ring may take in all; a quarter of the heap. */
    private static final long BUDGET_BYTES =
            Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 4);

    private static final int QUEUE = 100_000;
    private static final int VALUES_PER_PAGE = 10_000;
    private static final int READ_THREADS = 2;

    private final PointTable table;
    private final String siteId;
    private final boolean isKept;
    private final HistoryStore store;
    private final HistoryFeed feed;
    private final HistoryAccess access;
    private final PlantPorts ports;

    /**
     * @param directory for its files; null: a plant that lives in another time leaves none.
     * @throws StartException if the files cannot be used.
     */
    History(
            Plant plant,
            @Nullable Path directory,
            LivePlant live,
            TwinServer server,
            PlantPorts ports,
            PlantAccess permissions,
            ServerLimits limits,
            InstantSource clock) {
        this.table = live.table();
        this.siteId = plant.siteId();
        this.ports = ports;
        HistorySettings settings = plant.server().history();
        isKept = settings.isKept();
        store = open(settings, directory, clock);
        feed = new HistoryFeed(table, store, QUEUE);
        live.instances().forEach(this::track);
        table.addListener(feed);
        HistoryLimits historyLimits = new HistoryLimits(
                VALUES_PER_PAGE,
                limits.messageSize() / 2,
                limits.nodesPerHistoryReadData(),
                limits.historyContinuationPoints(),
                READ_THREADS,
                Math.max(1_000, limits.nodesPerHistoryReadData()));
        access = new HistoryAccess(
                store,
                this,
                (session, nodeId) -> permissions.mayReadHistory(session),
                historyLimits,
                server.getStaticEncodingContext(),
                System::nanoTime);
        HistoryCapabilities.of(historyLimits).writeTo(server);
        feed.start();
    }

    private static HistoryStore open(HistorySettings settings, @Nullable Path directory, InstantSource clock) {
        if (settings.place() != HistorySettings.Place.DISK || directory == null) {
            // With no history nothing is tracked, so the store stays empty whatever it could keep.
            return new MemoryHistoryStore(settings.inMemory(), BUDGET_BYTES, clock);
        }
        try {
            return SqliteHistoryStore.open(StoreSettings.of(directory, settings.retention(), settings.bytes()), clock);
        } catch (HistoryException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private void track(TwinInstance instance) {
        List<Member.Point> points = instance.type().points();
        for (int i = 0; isKept && i < points.size(); i++) {
            Member.Point point = points.get(i);
            boolean isOfServer = i >= instance.type().declaredPoints().size();
            if (point.isHistorized() && (!isOfServer || instance.twin().isWatched())) {
                TagDefinition definition =
                        new TagDefinition(siteId, instance.id(), path(point), point.dataType(), point.arrayLength());
                List<TagDefinition> former = instance.twin().aliases().stream()
                        .map(definition::withTwinId)
                        .toList();
                feed.track(instance.firstRow() + i, store.register(definition, former));
            }
        }
    }

    /** Of the member that shows a point. */
    private static String path(Member.Point point) {
        boolean isCounter = MaintenancePoints.isOne(point) && point.name().equals(MaintenancePoints.REMAINING_LIFE);
        return isCounter ? "LifetimeCounters/" + point.name() : point.name();
    }

    private void untrack(TwinInstance instance) {
        for (int i = 0; i < instance.type().points().size(); i++) {
            feed.untrack(instance.firstRow() + i);
        }
    }

    /** Follows a reload: what was kept stays, under the new id if a twin was renamed. */
    void follow(PlantSwap swap) {
        swap.removed().forEach(this::untrack);
        for (PlantSwap.Replaced replaced : swap.replaced()) {
            if (replaced.hasMoved()) {
                untrack(replaced.before());
            }
            if (replaced.hasMoved()
                    || !replaced.before().id().equals(replaced.after().id())) {
                track(replaced.after());
            }
        }
        swap.added().forEach(this::track);
    }

    @Override
    public @Nullable HistoricalVariable variable(NodeId nodeId) {
        PlantPorts.HistorizedPoint point = ports.historized(nodeId);
        return point == null
                ? null
                : feed.tag(point.row())
                        .map(tag -> new HistoricalVariable(
                                tag, point.point().dataType(), point.point().arrayLength()))
                        .orElse(null);
    }

    @Override
    public boolean exists(NodeId nodeId) {
        return ports.permissionClass(nodeId) != null;
    }

    @Override
    public @Nullable CompletionStage<HistoryReadResult> read(
            Session session,
            HistoryReadDetails details,
            TimestampsToReturn timestamps,
            HistoryReadValueId node,
            boolean releaseContinuationPoint,
            int nodesInRequest,
            Deadline deadline) {
        if (variable(node.getNodeId()) == null) {
            return null;
        }
        return access.read(
                session, details, timestamps, node, releaseContinuationPoint, nodesInRequest, deadline.nanoTime());
    }

    @Override
    public boolean read(int row, long from, long until, Sink sink) {
        HistoryTag tag = feed.tag(row).orElse(null);
        ValueType type = tag == null
                ? null
                : store.definition(tag)
                        .filter(TagDefinition::isScalar)
                        .map(TagDefinition::type)
                        .orElse(null);
        if (tag == null || type == null) {
            return false;
        }
        RawQuery before = RawQuery.of(tag).reverse().from(from).limit(1);
        hand(store.read(before).samples(), type, sink);
        Optional<RawQuery> next = Optional.of(RawQuery.of(tag).from(from + 1).until(until));
        while (next.isPresent()) {
            HistoryPage page = store.read(next.get());
            hand(page.samples(), type, sink);
            next = page.next();
        }
        return true;
    }

    @Override
    public boolean glance(int row, long from, long until, int stretches, int most, Sink sink) {
        HistoryTag tag = feed.tag(row).orElse(null);
        ValueType type = tag == null
                ? null
                : store.definition(tag)
                        .filter(TagDefinition::isScalar)
                        .map(TagDefinition::type)
                        .orElse(null);
        if (tag == null || type == null) {
            return false;
        }
        long width = Math.max(1, (until - from) / stretches);
        for (long begin = from; begin < until; begin += width) {
            RawQuery few = RawQuery.of(tag)
                    .from(begin)
                    .until(Math.min(until, begin + width))
                    .limit(most);
            hand(store.read(few).samples(), type, sink);
        }
        return true;
    }

    @Override
    public long oldest(int row) {
        return feed.tag(row)
                .map(tag -> store.oldest(tag).orElse(Long.MAX_VALUE))
                .orElse(Long.MAX_VALUE);
    }

    private static void hand(HistorySamples samples, ValueType type, Sink sink) {
        for (int i = 0; i < samples.size(); i++) {
            sink.value(
                    samples.sourceTime(i),
                    type.toDouble(samples.bits(i)),
                    samples.status(i).isGood());
        }
    }

    /** What the way into the store has done. */
    HistoryFeed.Statistics written() {
        return feed.statistics();
    }

    /** What clients have read. */
    HistoryAccess.Statistics read() {
        return access.statistics();
    }

    /** Entries of HistoryRead that wait for a thread. */
    int readsWaiting() {
        return access.waiting();
    }

    @Override
    public void close() {
        table.removeListener(feed);
        access.close();
        feed.close();
        store.close();
    }
}
