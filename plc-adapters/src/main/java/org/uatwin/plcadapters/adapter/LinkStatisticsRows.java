package org.uatwin.plcadapters.adapter;

import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.type.TwinType;

/**
 * Rows of the PointTable into which a link writes its statistics about once a second. Points are looked up by name;
 * what the type lacks is left out. The rows belong to the link's shard.
 *
 * @param link rows of the link itself.
 * @param devices rows of its devices by {@code Connection.Device.name()}.
 */
public record LinkStatisticsRows(Optional<Rows> link, Map<String, Rows> devices) {
    public static final LinkStatisticsRows NONE = new LinkStatisticsRows(Optional.empty(), Map.of());

    /**
     * The rows of one twin.
     *
     * @param firstRow row of the type's point 0.
     */
    public record Rows(TwinType type, int firstRow) {}

    public LinkStatisticsRows {
        devices = Map.copyOf(devices);
    }
}
