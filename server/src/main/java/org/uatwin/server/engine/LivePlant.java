package org.uatwin.server.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Connection;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;

/** The plant's twins with rows and shards. Shard 0 holds what no link writes: constants and unbound points. */
public final class LivePlant {
    /** Id prefix of the system's own instances; plant files may not use it. */
    public static final String SYSTEM_PREFIX = "_";

    private static final int OWN_SHARD = 0;

    /** A connection with its shard, its instances and the rows of the points it has to read. */
    public record LiveLink(
            Connection connection, int shard, TwinInstance link, Map<String, TwinInstance> devices, RowRuns rows) {}

    private final Plant plant;
    private final PointTable table;
    private final Map<String, TwinInstance> byId = new HashMap<>();
    private final List<TwinInstance> instances = new ArrayList<>();
    private final List<LiveLink> links = new ArrayList<>();

    /**
     * @param now {@link org.uatwin.informationmodel.value.UaTime} ticks stamped on constants.
     * @throws IllegalStateException if the type library lacks the types of links and devices.
     */
    public LivePlant(Plant plant, PointTable table, long now) {
        this.plant = plant;
        this.table = table;
        if (table.shardCount() == 0) {
            table.addShard();
        }
        Map<String, LiveLink> byConnection = new HashMap<>();
        for (Connection connection : plant.connections()) {
            LiveLink link = link(connection);
            byConnection.put(connection.name(), link);
            links.add(link);
        }
        for (Twin twin : plant.twins()) {
            TwinInstance instance = allocate(twin.id(), twin.type(), twin.displayName(), twin);
            for (String alias : twin.aliases()) {
                byId.putIfAbsent(alias, instance);
            }
            bind(instance, twin, byConnection, now);
        }
        for (Twin twin : plant.twins()) {
            twin.parentId().map(byId::get).ifPresent(parent -> parent.addChild(instanceOf(twin.id())));
        }
    }

    private LiveLink link(Connection connection) {
        int shard = table.addShard();
        String id = SYSTEM_PREFIX + connection.name();
        TwinInstance link = allocate(id, libraryType(connection.linkType()), Text.of(connection.name()), null);
        assign(link, shard);
        Map<String, TwinInstance> devices = new HashMap<>();
        for (Connection.Device device : connection.devices()) {
            TwinInstance instance = allocate(
                    id + "." + device.name(), libraryType(connection.deviceType()), Text.of(device.name()), null);
            assign(instance, shard);
            link.addChild(instance);
            devices.put(device.name(), instance);
        }
        return new LiveLink(connection, shard, link, devices, new RowRuns());
    }

    private TwinType libraryType(String name) {
        return plant.types().stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the type library has no " + name));
    }

    private TwinInstance allocate(String id, TwinType type, Text displayName, @Nullable Twin twin) {
        int first = table.allocate(type.points().size(), Quality.NOT_BOUND.status(false, false));
        TwinInstance instance = new TwinInstance(id, type, displayName, twin, first);
        byId.put(id, instance);
        instances.add(instance);
        return instance;
    }

    private void assign(TwinInstance instance, int shard) {
        for (int i = 0; i < instance.type().points().size(); i++) {
            table.assign(instance.firstRow() + i, shard, Quality.NOT_YET_READ.status(false, false));
        }
    }

    private void bind(TwinInstance instance, Twin twin, Map<String, LiveLink> byConnection, long now) {
        SampleBatch constants = new SampleBatch(1);
        for (int i = 0; i < twin.pointCount(); i++) {
            int row = instance.firstRow() + i;
            Binding binding = twin.binding(i);
            if (binding == null) {
                continue;
            }
            if (binding.connection().isPresent()) {
                String connection = binding.connection().get();
                LiveLink link = byConnection.get(connection);
                if (link == null) {
                    throw new IllegalStateException(
                            "%s is bound to the unknown connection %s".formatted(twin, connection));
                }
                table.assign(row, link.shard(), Quality.NOT_YET_READ.status(false, false));
                if (!(binding instanceof Binding.Reduced)) {
                    link.rows().add(row); // what a channel is reduced to is written with the channel
                }
            } else if (binding instanceof Binding.Constant constant) {
                if (constant.object() == null) {
                    constants.add(row, constant.bits(), StatusCode.GOOD, now, now);
                } else {
                    constants.addObject(row, constant.object(), StatusCode.GOOD, now, now);
                }
            }
        }
        if (!constants.isEmpty()) {
            table.submit(OWN_SHARD, constants);
        }
    }

    public Plant plant() {
        return plant;
    }

    public PointTable table() {
        return table;
    }

    /** The instance with that id or alias; null if there is none. */
    public @Nullable TwinInstance instance(String id) {
        return byId.get(id);
    }

    private TwinInstance instanceOf(String id) {
        TwinInstance instance = byId.get(id);
        if (instance == null) {
            throw new IllegalArgumentException("no twin " + id);
        }
        return instance;
    }

    /** Every instance: links and devices first, then twins in the order of the file. */
    public List<TwinInstance> instances() {
        return instances;
    }

    public List<LiveLink> links() {
        return links;
    }

    /** The instance a row belongs to; instances lie in the table in their order. */
    public TwinInstance ownerOf(int row) {
        int low = 0;
        int high = instances.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (instances.get(middle).firstRow() <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return instances.get(low);
    }

    /** {@code twin/Point} of a row, as messages name it. */
    public String label(int row) {
        TwinInstance owner = ownerOf(row);
        return owner.id() + "/"
                + owner.type().points().get(row - owner.firstRow()).name();
    }
}
