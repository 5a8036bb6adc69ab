package org.uatwin.server.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Connection;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.value.PointTable;

/**
 * The plant's twins with rows and shards, at one moment. Shard 0 holds what no link writes: constants and unbound points.
 * Immutable; a reload makes the next one, which takes over every instance and link that did not change.
 */
public final class LivePlant {
    /** Shard of constants, unbound points and what the server itself writes. */
    public static final int OWN_SHARD = 0;

    /** A connection with its shard, its instances and the rows of the points it has to read. */
    public record LiveLink(
            Connection connection, int shard, TwinInstance link, Map<String, TwinInstance> devices, RowRuns rows) {}

    private final Plant plant;
    private final RowPool rows;
    private final Map<String, TwinInstance> byId;
    private final List<TwinInstance> instances;
    private final TwinInstance[] byRow; // by first row; instances without points are left out
    private final List<LiveLink> links;
    private final Map<String, List<TwinInstance>> children; // by id of the parent
    private final NodeVersions versions;

    LivePlant(
            Plant plant,
            RowPool rows,
            Map<String, TwinInstance> byId,
            List<TwinInstance> instances,
            List<LiveLink> links,
            Map<String, List<TwinInstance>> children,
            NodeVersions versions) {
        this.plant = plant;
        this.rows = rows;
        this.byId = byId;
        this.instances = instances;
        this.links = links;
        this.children = children;
        this.versions = versions;
        byRow = instances.stream()
                .filter(instance -> !instance.type().points().isEmpty())
                .sorted((a, b) -> Integer.compare(a.firstRow(), b.firstRow()))
                .toArray(TwinInstance[]::new);
    }

    /**
     * The plant a server starts with; its rows are ready, its constants are there.
     *
     * @param now {@link org.uatwin.informationmodel.value.UaTime} ticks stamped on constants.
     * @throws IllegalStateException if a twin is bound to a connection the plant does not have.
     */
    public static LivePlant first(Plant plant, RowPool rows, long now) {
        PlantSwap swap = new LivePlantBuilder(plant, rows, null).build();
        swap.commit(now);
        return swap.after();
    }

    /**
     * Prepares what a changed plant makes of this one; nothing happens to it before {@link PlantSwap#commit}.
     *
     * @param changed of the same site; best made by {@link Plant#sharing}.
     */
    public PlantSwap next(Plant changed) {
        return new LivePlantBuilder(changed, rows, this).build();
    }

    public Plant plant() {
        return plant;
    }

    public PointTable table() {
        return rows.table();
    }

    /** The instance with that id or alias; null if there is none. */
    public @Nullable TwinInstance instance(String id) {
        return byId.get(id);
    }

    /** Every instance: those of the system first, then twins in the order of the file. */
    public List<TwinInstance> instances() {
        return instances;
    }

    public List<LiveLink> links() {
        return links;
    }

    /** The link of that connection; null if there is none. */
    public @Nullable LiveLink link(String connection) {
        for (LiveLink link : links) {
            if (link.connection().name().equals(connection)) {
                return link;
            }
        }
        return null;
    }

    /** The twin an instance is part of; null at the top. */
    public @Nullable TwinInstance parent(TwinInstance instance) {
        return instance.twin().parentId().map(byId::get).orElse(null);
    }

    /** The parts of an instance, in the order of the file. */
    public List<TwinInstance> children(TwinInstance instance) {
        return children.getOrDefault(instance.id(), List.of());
    }

    /** NodeVersion of the instance's node: changes whenever its members or parts do. */
    public String nodeVersion(TwinInstance instance) {
        return versions.of(instance.id());
    }

    NodeVersions versions() {
        return versions;
    }

    /** NodeVersion of what changes with this plant. */
    public String version() {
        return versions.current();
    }

    /** The instance a row belongs to. */
    public TwinInstance ownerOf(int row) {
        int low = 0;
        int high = byRow.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (byRow[middle].firstRow() <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return byRow[low];
    }

    /** {@code twin/Point} of a row, as messages name it. */
    public String label(int row) {
        TwinInstance owner = ownerOf(row);
        return owner.id() + "/"
                + owner.type().points().get(row - owner.firstRow()).name();
    }
}
