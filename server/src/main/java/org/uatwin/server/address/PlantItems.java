package org.uatwin.server.address;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.SampleListener;
import org.uatwin.server.push.TimerWheel;

/**
 * Monitored items of the plant, fed by push (contracts section 3): a batch is delivered as it is, never re-read.
 * Registration and first value happen on the shard's lane, so no sample falls between them. Values that follow no
 * point are sampled by the wheel; constants are delivered once.
 */
public final class PlantItems implements SampleListener {
    private static final double SHORTEST_SAMPLING_MS = 250;
    private static final double LONGEST_SAMPLING_MS = 3_600_000;
    private static final long SEMANTICS_CHANGED = 0x4000;

    private final PlantNodes nodes;
    private final LiveValues live;
    private final PointTable table;
    private final TimerWheel wheel;
    private final LongSupplier nanoTime;
    private final Map<DataItem, PushItem> registered = new ConcurrentHashMap<>();
    private final LongAdder delivered = new LongAdder();
    private final RowItems byRow = new RowItems();

    /** Items that follow no value: on other attributes, or on nodes that are gone; looked at again by each reload. */
    private final Set<DataItem> unfollowed = ConcurrentHashMap.newKeySet();

    /** Held for writing while a reload moves the items, for reading while new ones look for their node. */
    private final ReadWriteLock swapping = new ReentrantReadWriteLock();

    private @Nullable PlantAttributes attributes;

    /**
     * @param wheel started by the caller.
     * @param nanoTime monotonic ticker.
     */
    public PlantItems(PlantNodes nodes, LiveValues live, TimerWheel wheel, LongSupplier nanoTime) {
        this.nodes = nodes;
        this.live = live;
        this.table = live.table();
        this.wheel = wheel;
        this.nanoTime = nanoTime;
        table.addListener(this);
    }

    void use(PlantAttributes reader) {
        attributes = reader;
    }

    private PlantAttributes attributes() {
        return Objects.requireNonNull(attributes, "attributes");
    }

    /** Values delivered to items so far. */
    public long delivered() {
        return delivered.sum();
    }

    /** The sampling interval a new item gets: as asked for points (0 is every sample), bounded below for the rest. */
    double revisedSamplingInterval(ReadValueId id, double requested) {
        double wanted = Double.isNaN(requested) ? 0 : Math.min(Math.max(requested, 0), LONGEST_SAMPLING_MS);
        boolean isPoint = nodes.find(id.getNodeId()) instanceof PlantNodes.Ref.Member member
                && isValue(id)
                && member.slot().value != null
                && member.slot().value.followedOrdinal() >= 0;
        return isPoint ? wanted : Math.max(wanted, SHORTEST_SAMPLING_MS);
    }

    private static boolean isValue(ReadValueId id) {
        return id.getAttributeId().intValue() == AttributeId.Value.id();
    }

    void created(List<DataItem> dataItems) {
        Placement placement = new Placement();
        swapping.readLock().lock();
        try {
            dataItems.forEach(item -> place(item, null, placement));
        } finally {
            swapping.readLock().unlock();
        }
        carryOut(placement);
    }

    /**
     * From now on items see the next plant. Those on nodes that are others now are moved to their new rows and told the
     * present value; those whose node is gone are told so once, and revive when a node of that id is there again.
     */
    public void swap(PlantNodes.State next) {
        Placement placement = new Placement();
        swapping.writeLock().lock();
        try {
            nodes.use(next);
            List<DataItem> again = List.copyOf(unfollowed);
            for (PushItem push : List.copyOf(registered.values())) {
                boolean isSame = next.live().instance(push.instance.id()) == push.instance;
                if (!isSame || push.slot.value instanceof SlotValue.NodeVersion) {
                    registered.remove(push.item);
                    placement.left.add(push);
                    place(push.item, push, placement);
                }
            }
            again.forEach(item -> place(item, null, placement));
        } finally {
            swapping.writeLock().unlock();
        }
        carryOut(placement);
    }

    /** What remains to be done when items have found their nodes; done without the lock, because it calls others. */
    private static final class Placement {
        final List<PushItem> left = new ArrayList<>();
        final Map<Integer, List<PushItem>> byShard = new HashMap<>();
        final List<PushItem> fixed = new ArrayList<>();
        final List<DataItem> unfollowed = new ArrayList<>();
    }

    /** Finds the node of an item; {@code before} is how it stood in the plant before. */
    private void place(DataItem item, @Nullable PushItem before, Placement placement) {
        if (!(nodes.find(item.getReadValueId().getNodeId()) instanceof PlantNodes.Ref.Member member)
                || !isValue(item.getReadValueId())
                || member.slot().value == null) {
            unfollowed.add(item);
            placement.unfollowed.add(item);
            return;
        }
        unfollowed.remove(item);
        int ordinal = member.slot().value.followedOrdinal();
        int row = ordinal < 0 ? -1 : member.instance().firstRow() + ordinal;
        PushItem push = new PushItem(item, member.instance(), member.slot(), row);
        push.isSemanticsChanged = before != null && !before.slot.meansTheSame(member.slot());
        registered.put(item, push);
        if (row >= 0) {
            placement
                    .byShard
                    .computeIfAbsent(table.shardOf(row), shard -> new ArrayList<>())
                    .add(push);
        } else {
            placement.fixed.add(push);
        }
    }

    private void carryOut(Placement placement) {
        placement.left.forEach(this::leave);
        placement.unfollowed.forEach(this::deliverAttribute);
        for (PushItem push : placement.fixed) {
            deliverCurrent(push);
            if (Objects.requireNonNull(push.slot.value).isSampled()) {
                sample(push);
            }
        }
        placement.byShard.forEach((shard, pushes) -> table.execute(
                shard,
                () -> pushes.forEach(push -> {
                    if (table.shardOf(push.row) == shard) {
                        register(push);
                    } else {
                        onRow(push.row, () -> register(push));
                    }
                })));
    }

    private void register(PushItem push) {
        if (registered.get(push.item) == push) {
            byRow.add(push);
            deliverCurrent(push);
        }
    }

    /** Takes an item off its row. */
    private void leave(PushItem push) {
        if (push.row < 0) {
            push.isDeleted = true;
            return;
        }
        onRow(push.row, () -> {
            push.isDeleted = true;
            byRow.remove(push);
        });
    }

    /** Runs a task on the lane of the shard the row is in when the task runs. */
    private void onRow(int row, Runnable task) {
        int shard = table.shardOf(row);
        table.execute(shard, () -> {
            if (table.shardOf(row) == shard) {
                task.run();
            } else {
                onRow(row, task);
            }
        });
    }

    private void deliverAttribute(DataItem item) {
        if (item.isSamplingEnabled()) {
            ReadValueId id = item.getReadValueId();
            item.setValue(attributes()
                    .read(
                            item.getSession(),
                            id.getNodeId(),
                            id.getAttributeId().intValue(),
                            id.getIndexRange(),
                            id.getDataEncoding(),
                            TimestampsToReturn.Both));
            delivered.increment();
        }
    }

    private void deliverCurrent(PushItem push) {
        if (push.isEnabled()) {
            DataValue value = current(push);
            if (push.isSemanticsChanged) {
                push.isSemanticsChanged = false;
                value = withSemanticsChanged(value);
            }
            push.deliverNow(value, nanoTime.getAsLong());
            delivered.increment();
        }
    }

    /** One notification tells that unit, range or texts are others now (OPC UA Part 8, 5.2; Part 4, StatusCode). */
    private static DataValue withSemanticsChanged(DataValue value) {
        StatusCode status = new StatusCode(value.statusCode().getValue() | SEMANTICS_CHANGED);
        return new DataValue(value.value(), status, value.sourceTime(), value.serverTime());
    }

    private DataValue current(PushItem push) {
        SlotValue value = Objects.requireNonNull(push.slot.value);
        return part(push, value.read(live, push.instance, push.locales));
    }

    private static DataValue part(PushItem push, DataValue whole) {
        ReadValueId id = push.item.getReadValueId();
        return ValueParts.part(whole, push.slot.dataType, id.getIndexRange(), id.getDataEncoding());
    }

    private void sample(PushItem push) {
        wheel.schedule(push.intervalNanos(), () -> {
            if (registered.get(push.item) == push) {
                deliverCurrent(push);
                sample(push);
            }
        });
    }

    @Override
    public void onSamples(int shard, SampleBatch batch) {
        long now = nanoTime.getAsLong();
        LiveValues.Times times = new LiveValues.Times();
        int offered = 0;
        for (int i = 0; i < batch.size(); i++) {
            PushItem[] items = byRow.of(batch.row(i));
            if (items.length > 0) {
                offered += push(items, batch, i, times, now);
            }
        }
        delivered.add(offered);
    }

    private int push(PushItem[] items, SampleBatch batch, int i, LiveValues.Times times, long now) {
        DataValue shared = null;
        int offered = 0;
        for (PushItem push : items) {
            if (!push.isEnabled()) {
                continue;
            }
            if (push.packed != null && push.intervalNanos() == 0) {
                push.packed.offer(batch.bits(i), batch.statusBits(i), batch.sourceTime(i), batch.receiveTime(i));
                offered++;
                continue;
            }
            if (shared == null) {
                shared = LiveValues.ofBatch(Objects.requireNonNull(push.followed), batch, i, times);
            }
            DataValue own = shared;
            if (!push.isPlain) {
                if (push.slot.value instanceof SlotValue.Derived derived) {
                    own = derived.derivation().derive(shared, push.locales);
                }
                own = part(push, own);
            }
            long delay = push.offer(own, now);
            if (delay >= 0) {
                wheel.schedule(delay, () -> onRow(push.row, () -> push.trailingEdge(nanoTime.getAsLong())));
            }
            offered++;
        }
        return offered;
    }

    void modified(List<DataItem> dataItems) {
        onLane(dataItems, PushItem::readParameters);
    }

    void deleted(List<DataItem> dataItems) {
        for (DataItem item : dataItems) {
            unfollowed.remove(item);
            PushItem push = registered.remove(item);
            if (push != null) {
                leave(push);
            }
        }
    }

    void modeChanged(List<MonitoredItem> monitoredItems) {
        List<DataItem> enabled = new ArrayList<>();
        for (MonitoredItem item : monitoredItems) {
            if (item instanceof DataItem dataItem && item.isSamplingEnabled()) {
                if (registered.containsKey(dataItem)) {
                    enabled.add(dataItem);
                } else {
                    deliverAttribute(dataItem);
                }
            }
        }
        onLane(enabled, this::deliverCurrent);
    }

    private void onLane(List<DataItem> dataItems, Consumer<PushItem> action) {
        for (DataItem item : dataItems) {
            PushItem push = registered.get(item);
            if (push != null && push.row >= 0) {
                onRow(push.row, () -> action.accept(push));
            } else if (push != null) {
                action.accept(push);
            }
        }
    }
}
