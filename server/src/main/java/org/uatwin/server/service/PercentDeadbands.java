package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.eclipse.milo.opcua.sdk.server.items.BaseMonitoredItem;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Range;

/**
 * Which items asked for a percent deadband. Milo has an absolute one in its place, made from the EURange of that time; when a
 * reload changes the range, the deadband is made anew (OPC UA Part 4, 7.22.2: percent of the EURange). Any thread.
 */
final class PercentDeadbands {
    private final TwinServer server;
    private final Map<BaseMonitoredItem<?>, DataChangeFilter> asked = new WeakHashMap<>(); // guarded by this

    PercentDeadbands(TwinServer server) {
        this.server = server;
    }

    /** The absolute deadband that is a percent one of a range. */
    static DataChangeFilter absolute(DataChangeFilter percent, Range range) {
        return new DataChangeFilter(
                percent.getTrigger(),
                uint(DeadbandType.Absolute.getValue()),
                percent.getDeadbandValue() / 100 * range.span());
    }

    /** An item was created or modified with that filter. */
    void accepted(@Nullable BaseMonitoredItem<?> item, @Nullable ExtensionObject filter) throws UaException {
        if (item == null) {
            return;
        }
        Object decoded = filter == null || filter.isNull() ? null : EventItems.decode(server, filter);
        boolean isPercent = decoded instanceof DataChangeFilter change
                && change.getDeadbandType().intValue() == DeadbandType.Percent.getValue();
        synchronized (this) {
            if (isPercent) {
                asked.put(item, (DataChangeFilter) decoded);
            } else {
                asked.remove(item);
            }
        }
    }

    /** EURanges of the plant may be others now. */
    void rangesChanged() {
        Map<BaseMonitoredItem<?>, DataChangeFilter> now;
        synchronized (this) {
            now = new HashMap<>(asked);
        }
        now.forEach((item, filter) -> {
            Range range =
                    server.ports().euRanges().euRange(item.getReadValueId().getNodeId());
            if (range != null) {
                install(item, absolute(filter, range));
            }
        });
    }

    private static void install(BaseMonitoredItem<?> item, DataChangeFilter filter) {
        synchronized (item) { // as Milo does when a value passes the filter
            try {
                item.installFilter(filter);
            } catch (UaException e) {
                throw new IllegalStateException("an absolute deadband was refused: " + e.getStatusCode(), e);
            }
        }
    }
}
