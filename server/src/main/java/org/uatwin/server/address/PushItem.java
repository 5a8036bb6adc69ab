package org.uatwin.server.address;

import java.util.List;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.server.engine.TwinInstance;

/**
 * A monitored item on the Value of a computed node. All fields below the constructor are owned by the lane of the
 * item's shard.
 */
final class PushItem {
    final DataItem item;
    final TwinInstance instance;
    final Slot slot;
    final int row;
    final List<String> locales;
    /** The point whose row it follows; null for values that follow none. */
    final Member.@Nullable Point followed;
    /** Whether the item gets the point's DataValue as it is, so that all such items can share one object. */
    final boolean isPlain;
    /** The item itself if it takes values of the followed point as they are in the table. */
    final @Nullable PointItem packed;

    private long intervalNanos;
    private long nextDue = Long.MIN_VALUE;
    private @Nullable DataValue pending;
    private boolean isScheduled;
    boolean isDeleted;
    boolean isSemanticsChanged; // the next value delivered says so

    PushItem(DataItem item, TwinInstance instance, Slot slot, int row) {
        this.item = item;
        this.instance = instance;
        this.slot = slot;
        this.row = row;
        this.locales = PlantAttributes.locales(item.getSession());
        int ordinal = slot.value == null ? -1 : slot.value.followedOrdinal();
        this.followed = ordinal < 0 ? null : instance.type().points().get(ordinal);
        String range = item.getReadValueId().getIndexRange();
        this.isPlain = slot.point != null && (range == null || range.isEmpty());
        this.packed = isPlain
                        && followed != null
                        && !followed.isArray()
                        && item instanceof PointItem point
                        && point.type() == followed.dataType()
                ? point
                : null;
        readParameters();
    }

    /** Takes over a changed sampling interval. */
    void readParameters() {
        double millis = item.getSamplingInterval();
        intervalNanos = millis > 0 ? (long) (millis * 1e6) : 0;
    }

    long intervalNanos() {
        return intervalNanos;
    }

    boolean isEnabled() {
        return !isDeleted && item.isSamplingEnabled();
    }

    /**
     * Offers a new value. Interval 0 delivers each one; a positive interval delivers the first at once and keeps the
     * last for the trailing edge.
     *
     * @return nanoseconds after which {@link #trailingEdge} has to be called, or -1 if no timer is needed.
     */
    long offer(DataValue value, long now) {
        if (intervalNanos == 0) {
            item.setValue(value);
            return -1;
        }
        if (now >= nextDue && !isScheduled) {
            nextDue = now + intervalNanos;
            item.setValue(value);
            return -1;
        }
        pending = value;
        if (isScheduled) {
            return -1;
        }
        isScheduled = true;
        return nextDue - now;
    }

    /** Delivers the last value of the interval that has ended. */
    void trailingEdge(long now) {
        isScheduled = false;
        DataValue last = pending;
        pending = null;
        if (last != null && isEnabled()) {
            nextDue = now + intervalNanos;
            item.setValue(last);
        }
    }

    /** Delivers the current value whatever the interval: the first one, or after the item was enabled again. */
    void deliverNow(DataValue value, long now) {
        pending = null;
        nextDue = now + intervalNanos;
        item.setValue(value);
    }
}
