package org.uatwin.server.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Connection;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantDiff;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.StatusCode;

/**
 * Lays a plant out in the table, taking over from the plant before it what did not change. Rows that nobody knows yet are
 * made ready here; what is done to rows in use is left to the {@link PlantSwap}.
 */
final class LivePlantBuilder {
    private static final StatusCode WAITING = Quality.NOT_YET_READ.status(false, false);

    private final Plant plant;
    private final RowPool rows;
    private final PointTable table;
    private final @Nullable LivePlant before;
    private final Map<String, TwinInstance> byId = new HashMap<>();
    private final List<TwinInstance> instances = new ArrayList<>();
    private final Map<String, Integer> shards = new HashMap<>(); // by connection
    private final Set<String> touched = new HashSet<>(); // connections whose definition or points changed
    private final Set<String> freshNodes = new HashSet<>(); // ids whose NodeVersion changes
    private final SwapParts parts = new SwapParts();

    LivePlantBuilder(Plant plant, RowPool rows, @Nullable LivePlant before) {
        this.plant = plant;
        this.rows = rows;
        this.table = rows.table();
        this.before = before;
    }

    PlantSwap build() {
        try {
            return layOut();
        } catch (RuntimeException e) {
            parts.allocated.forEach(instance ->
                    rows.release(instance.firstRow(), instance.type().points().size()));
            throw e;
        }
    }

    private PlantSwap layOut() {
        rows.reclaim();
        if (table.shardCount() == 0) {
            table.addShard();
        }
        shards();
        Set<TwinInstance> continued = new HashSet<>();
        for (Twin twin : plant.systemTwins()) {
            instance(twin, true, continued);
        }
        for (Twin twin : plant.twins()) {
            instance(twin, false, continued);
        }
        for (Twin twin : plant.twins()) {
            twin.aliases().forEach(alias -> byId.putIfAbsent(alias, own(twin.id())));
        }
        if (before != null) {
            for (TwinInstance old : before.instances()) {
                if (!continued.contains(old)) {
                    parts.removed.add(old);
                    touchAll(old);
                }
            }
        }
        Map<String, List<TwinInstance>> children = children();
        List<LivePlant.LiveLink> links = links();
        LivePlant after = new LivePlant(plant, rows, byId, instances, links, children, versions(children));
        return new PlantSwap(rows, before, after, parts, touched, freshNodes);
    }

    /** A connection keeps its shard; those of connections that are gone are used again. */
    private void shards() {
        Set<Integer> idle = new HashSet<>();
        for (int shard = 1; shard < table.shardCount(); shard++) {
            idle.add(shard);
        }
        if (before != null) {
            for (LivePlant.LiveLink link : before.links()) {
                idle.remove(link.shard());
                shards.put(link.connection().name(), link.shard());
                if (!plant.connections().contains(link.connection())) {
                    touched.add(link.connection().name());
                }
            }
        }
        for (Connection connection : plant.connections()) {
            if (!shards.containsKey(connection.name())) {
                touched.add(connection.name());
                Integer free = idle.stream().min(Integer::compare).orElse(null);
                shards.put(connection.name(), free == null ? table.addShard() : free);
                idle.remove(free);
            }
        }
    }

    private void instance(Twin twin, boolean isSystem, Set<TwinInstance> continued) {
        TwinInstance old = predecessor(twin);
        TwinInstance now;
        if (old != null && old.twin().equals(twin)) {
            now = old;
        } else if (old != null && old.type().equals(twin.type())) {
            now = new TwinInstance(twin, old.firstRow(), isSystem);
            replaceInPlace(old, now);
        } else {
            int count = twin.type().points().size();
            now = new TwinInstance(twin, rows.allocate(count), isSystem);
            parts.allocated.add(now);
            layOut(now, old);
        }
        if (old != null) {
            continued.add(old);
        }
        byId.put(twin.id(), now);
        instances.add(now);
    }

    private @Nullable TwinInstance predecessor(Twin twin) {
        return before == null
                ? null
                : PlantDiff.predecessor(before.plant(), plant, twin)
                        .map(old -> before.instance(old.id()))
                        .orElse(null);
    }

    /** Rows stay; those whose source is another one now are told by their old and new links, or by the swap. */
    private void replaceInPlace(TwinInstance old, TwinInstance now) {
        parts.replaced.add(new PlantSwap.Replaced(old, now));
        boolean isOtherNode = !old.id().equals(now.id());
        for (int i = 0; i < now.type().points().size(); i++) {
            Binding was = old.binding(i);
            Binding is = now.binding(i);
            if (!old.twin().treatment(i).equals(now.twin().treatment(i))) {
                touch(is); // its chain stands between the link and the table
            }
            if (Objects.equals(was, is)) {
                continue;
            }
            isOtherNode |= (was == null) != (is == null);
            touch(was);
            touch(is);
            parts.rebound.add(new SwapParts.Rebound(now.firstRow() + i, shardOf(was), shardOf(is), is));
        }
        if (isOtherNode || !old.twin().identification().equals(now.twin().identification())) {
            freshNodes.add(now.id());
        }
    }

    /** Makes new rows ready: shards, initial states, constants, and values of points that only moved. */
    private void layOut(TwinInstance now, @Nullable TwinInstance old) {
        if (before != null) {
            freshNodes.add(now.id());
        }
        if (old == null) {
            parts.added.add(now);
        } else {
            parts.replaced.add(new PlantSwap.Replaced(old, now));
            touchAll(old);
        }
        int ownShard = now.isSystem() ? systemShard(now.twin()) : LivePlant.OWN_SHARD;
        List<Member.Point> points = now.type().points();
        for (int i = 0; i < points.size(); i++) {
            int row = now.firstRow() + i;
            Binding binding = now.binding(i);
            int shard = now.isSystem() ? ownShard : shardOf(binding);
            if (shard != LivePlant.OWN_SHARD) {
                table.assign(row, shard, WAITING);
                touch(binding);
            }
            if (binding instanceof Binding.Constant constant) {
                parts.constants.add(new SwapParts.Constant(row, constant));
            } else if (old != null && isSamePoint(old, points.get(i), binding)) {
                parts.copies.add(new SwapParts.Copy(old.row(points.get(i).name()), row, shard));
            }
        }
    }

    private static boolean isSamePoint(TwinInstance old, Member.Point point, @Nullable Binding binding) {
        int ordinal = old.type().pointOrdinal(point.name());
        if (ordinal < 0) {
            return false;
        }
        Member.Point was = old.type().points().get(ordinal);
        return was.dataType() == point.dataType()
                && was.arrayLength() == point.arrayLength()
                && Objects.equals(old.binding(ordinal), binding);
    }

    private int systemShard(Twin twin) {
        String link = twin.parentId().orElse(twin.id());
        return link.startsWith(Plant.SYSTEM_PREFIX)
                ? shards.getOrDefault(link.substring(Plant.SYSTEM_PREFIX.length()), LivePlant.OWN_SHARD)
                : LivePlant.OWN_SHARD;
    }

    private static @Nullable String connectionOf(@Nullable Binding binding) {
        return binding == null ? null : binding.connection().orElse(null);
    }

    private int shardOf(@Nullable Binding binding) {
        String connection = connectionOf(binding);
        if (connection == null) {
            return LivePlant.OWN_SHARD;
        }
        Integer shard = shards.get(connection);
        if (shard == null) {
            throw new IllegalStateException("a twin is bound to the unknown connection " + connection);
        }
        return shard;
    }

    private void touch(@Nullable Binding binding) {
        String connection = connectionOf(binding);
        if (connection != null) {
            touched.add(connection);
        }
    }

    private void touchAll(TwinInstance instance) {
        for (int i = 0; i < instance.type().points().size(); i++) {
            touch(instance.binding(i));
        }
    }

    private TwinInstance own(String id) {
        return Objects.requireNonNull(byId.get(id), id);
    }

    private Map<String, List<TwinInstance>> children() {
        Map<String, List<TwinInstance>> children = new HashMap<>();
        for (TwinInstance instance : instances) {
            instance.twin().parentId().map(byId::get).ifPresent(parent -> children.computeIfAbsent(
                            parent.id(), id -> new ArrayList<>(2))
                    .add(instance));
        }
        return children;
    }

    private NodeVersions versions(Map<String, List<TwinInstance>> children) {
        if (before == null) {
            return NodeVersions.first(plant.fingerprint());
        }
        for (TwinInstance instance : instances) {
            if (!ids(children.getOrDefault(instance.id(), List.of())).equals(ids(before.children(instance)))) {
                freshNodes.add(instance.id());
            }
        }
        return before.versions().next(plant.fingerprint(), freshNodes, byId.keySet());
    }

    private static List<String> ids(List<TwinInstance> instances) {
        return instances.isEmpty()
                ? List.of()
                : instances.stream().map(TwinInstance::id).toList();
    }

    private List<LivePlant.LiveLink> links() {
        Map<String, LivePlant.LiveLink> links = new LinkedHashMap<>();
        Map<String, RowRuns> collecting = new HashMap<>();
        for (Connection connection : plant.connections()) {
            LivePlant.LiveLink old = before == null ? null : before.link(connection.name());
            if (old != null && !touched.contains(connection.name())) {
                links.put(connection.name(), old);
                continue;
            }
            String id = Plant.SYSTEM_PREFIX + connection.name();
            Map<String, TwinInstance> devices = new LinkedHashMap<>();
            for (Connection.Device device : connection.devices()) {
                devices.put(device.name(), own(id + "." + device.name()));
            }
            RowRuns runs = new RowRuns();
            collecting.put(connection.name(), runs);
            links.put(
                    connection.name(),
                    new LivePlant.LiveLink(
                            connection, Objects.requireNonNull(shards.get(connection.name())), own(id), devices, runs));
        }
        if (!collecting.isEmpty()) {
            collect(collecting);
        }
        return List.copyOf(links.values());
    }

    private void collect(Map<String, RowRuns> runs) {
        for (TwinInstance instance : instances) {
            for (int i = 0; i < instance.type().points().size(); i++) {
                Binding binding = instance.binding(i);
                // what a channel is reduced to is written with the channel
                String connection = binding instanceof Binding.Reduced ? null : connectionOf(binding);
                RowRuns of = connection == null ? null : runs.get(connection);
                if (of != null) {
                    of.add(instance.firstRow() + i);
                }
            }
        }
    }
}
