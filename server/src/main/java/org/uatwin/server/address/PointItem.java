package org.uatwin.server.address;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredDataItem;
import org.eclipse.milo.opcua.sdk.server.util.DataChangeMonitoringFilter;
import org.eclipse.milo.opcua.sdk.server.util.RingBuffer;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringFilter;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.service.NewItem;

/**
 * A monitored item on a point of a primitive type. Values wait in columns, 32 bytes each, and become no object before
 * they are sent; an item with nothing to send is found without its lock. Filters are those of OPC UA Part 4, 7.22.2; a
 * queue that overflows marks the value next to the lost one (5.13.1.5), which Milo 1.1.2 does not.
 *
 * <p>A value of another type, as after a reload that changed the type of the point, waits as the object it is.
 *
 * <p>Any thread; state is guarded by the item itself, as Milo's.
 */
final class PointItem extends MonitoredDataItem {
    private static final AtomicIntegerFieldUpdater<PointItem> WAITING =
            AtomicIntegerFieldUpdater.newUpdater(PointItem.class, "waiting");

    private static final int OVERFLOW = 0x480;
    private static final long HAS_VALUE = 1L << 32; // above the status
    private static final int COLUMNS = 4; // bits, status and HAS_VALUE, source time, server time
    private static final int META = 1;
    private static final int SOURCE = 2;
    private static final int SERVER = 3;

    private final ValueType type;
    private final Runnable overflowed;

    private long[] ring = new long[COLUMNS];
    private Variant @Nullable [] others; // beside the ring: values of another type
    private int head;
    private volatile int waiting; // written under the lock, read without

    private boolean hasLast;
    private final long[] last = new long[COLUMNS];
    private @Nullable Variant lastOther;

    private DataChangeTrigger trigger = DataChangeTrigger.StatusValue;
    private double deadband = Double.NaN; // none
    private UInteger handle;

    PointItem(NewItem n, ValueType type) {
        super(
                n.server(),
                n.session(),
                n.id(),
                n.subscriptionId(),
                n.readValueId(),
                n.mode(),
                n.timestamps(),
                n.clientHandle(),
                n.samplingInterval(),
                uint(1), // of Milo's queue, which stays empty
                n.discardOldest());
        this.type = type;
        this.overflowed = n.overflowed();
        this.handle = n.clientHandle();
        setQueueSize(n.queueSize());
    }

    ValueType type() {
        return type;
    }

    /**
     * Offers a value in the inner form.
     *
     * @param receive receipt time in ticks; 0 while there is no value.
     */
    synchronized void offer(long bits, int status, long source, long receive) {
        boolean hasValue = status >= 0 && receive != 0; // Bad has the top bit: sent as null
        long meta = Integer.toUnsignedLong(status) | (hasValue ? HAS_VALUE : 0);
        accept(hasValue ? bits : 0, meta, source, receive, null);
    }

    @Override
    public synchronized void setValue(DataValue value) {
        Variant variant = value.value();
        long meta = value.statusCode().getValue() & 0xFFFF_FFFFL;
        long source = ticks(value.sourceTime());
        long server = ticks(value.serverTime());
        if (variant.value() == null) {
            accept(0, meta, source, server, null);
        } else if (Variants.decode(variant, type, 0) instanceof Variants.Value scalar) {
            accept(scalar.bits(), meta | HAS_VALUE, source, server, null);
        } else {
            accept(0, meta | HAS_VALUE, source, server, variant);
        }
    }

    private static long ticks(@Nullable DateTime time) {
        return time == null ? 0 : time.getUtcTime();
    }

    private void accept(long bits, long meta, long source, long server, @Nullable Variant other) {
        if (hasLast && !passes(bits, meta, source, server, other)) {
            return;
        }
        hasLast = true;
        last[0] = bits;
        last[META] = meta;
        last[SOURCE] = source;
        last[SERVER] = server;
        lastOther = other;
        if (triggeredItems != null && !triggeredItems.isEmpty()) {
            setLastValue(null);
            super.setValue(dataValue(bits, meta, source, server, other)); // filters nothing, calls enqueue, triggers
            setLastValue(null);
        } else {
            put(bits, meta, source, server, other);
        }
    }

    private boolean passes(long bits, long meta, long source, long server, @Nullable Variant other) {
        if (other != null || lastOther != null) {
            return DataChangeMonitoringFilter.filter(
                    dataValue(last[0], last[META], last[SOURCE], last[SERVER], lastOther),
                    dataValue(bits, meta, source, server, other),
                    getFilter(),
                    getEuRange());
        }
        if ((int) meta != (int) last[META]) {
            return true;
        }
        return switch (trigger) {
            case Status -> false;
            case StatusValue -> isOtherValue(bits, meta);
            case StatusValueTimestamp -> (Double.isNaN(deadband) && source != last[SOURCE]) || isOtherValue(bits, meta);
        };
    }

    private boolean isOtherValue(long bits, long meta) {
        if (meta != last[META]) {
            return true; // one of them is no value
        }
        if (bits == last[0]) {
            return false;
        }
        if (!type.isNumeric()) {
            return true;
        }
        double before = type.toDouble(last[0]);
        double now = type.toDouble(bits);
        if (Double.isNaN(before) || Double.isNaN(now)) {
            return !(Double.isNaN(before) && Double.isNaN(now));
        }
        return Double.isNaN(deadband) || Math.abs(now - before) > deadband;
    }

    @Override
    protected synchronized void enqueue(DataValue value) {
        // Only on the way back from accept, with the value remembered there.
        put(last[0], last[META], last[SOURCE], last[SERVER], lastOther);
    }

    private void put(long bits, long meta, long source, long server, @Nullable Variant other) {
        int capacity = getQueueSize();
        if (waiting < capacity) {
            append(bits, meta, source, server, other);
        } else if (capacity == 1) {
            clearQueue();
            boolean isMarked = (meta & OVERFLOW) == OVERFLOW; // by an upstream server, of a queue that is not ours
            append(bits, isMarked ? meta & ~OVERFLOW : meta, source, server, other);
        } else {
            overflowed.run();
            if (isDiscardOldest()) {
                drop();
                ring[COLUMNS * head + META] |= OVERFLOW;
                append(bits, meta, source, server, other);
            } else {
                WAITING.lazySet(this, waiting - 1);
                append(bits, meta | OVERFLOW, source, server, other);
            }
        }
    }

    private void append(long bits, long meta, long source, long server, @Nullable Variant other) {
        int slots = ring.length / COLUMNS;
        if (waiting == slots) {
            grow(Math.min(2 * slots, getQueueSize()));
            slots = ring.length / COLUMNS;
        }
        int slot = head + waiting < slots ? head + waiting : head + waiting - slots;
        int at = COLUMNS * slot;
        ring[at] = bits;
        ring[at + META] = meta;
        ring[at + SOURCE] = source;
        ring[at + SERVER] = server;
        if (other != null && others == null) {
            others = new Variant[slots];
        }
        if (others != null) {
            others[slot] = other;
        }
        WAITING.lazySet(this, waiting + 1);
    }

    private void grow(int slots) {
        int old = ring.length / COLUMNS;
        long[] grown = new long[COLUMNS * slots];
        Variant[] grownOthers = others == null ? null : new Variant[slots];
        for (int i = 0; i < waiting; i++) {
            int slot = (head + i) % old;
            System.arraycopy(ring, COLUMNS * slot, grown, COLUMNS * i, COLUMNS);
            if (grownOthers != null && others != null) {
                grownOthers[i] = others[slot];
            }
        }
        ring = grown;
        others = grownOthers;
        head = 0;
    }

    private void drop() {
        if (others != null) {
            others[head] = null;
        }
        head = head + 1 == ring.length / COLUMNS ? 0 : head + 1;
        WAITING.lazySet(this, waiting - 1);
    }

    private void clearQueue() {
        head = 0;
        others = null;
        WAITING.lazySet(this, 0);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // asked of each item in each publishing interval
    public boolean hasNotifications() {
        return waiting > 0 && getMonitoringMode() == MonitoringMode.Reporting;
    }

    @Override
    public synchronized boolean getNotifications(List<UaStructuredType> notifications, int max) {
        boolean sendsSource = timestamps == TimestampsToReturn.Source || timestamps == TimestampsToReturn.Both;
        boolean sendsServer = timestamps == TimestampsToReturn.Server || timestamps == TimestampsToReturn.Both;
        for (int i = Math.min(waiting, max); i > 0; i--) {
            int at = COLUMNS * head;
            Variant other = others == null ? null : others[head];
            if (other == null) {
                notifications.add(new PointNotification(
                        handle,
                        type,
                        (ring[at + META] & HAS_VALUE) != 0,
                        ring[at],
                        (int) ring[at + META],
                        sendsSource ? ring[at + SOURCE] : 0,
                        sendsServer ? serverTime(ring[at + SERVER]) : 0));
            } else {
                notifications.add(wrapQueueValue(
                        dataValue(ring[at], ring[at + META], ring[at + SOURCE], ring[at + SERVER], other)));
            }
            drop();
        }
        if (waiting == 0) {
            triggered = false;
        }
        return waiting == 0;
    }

    /** A server timestamp that is asked for is sent (Part 4, 7.11). */
    private static long serverTime(long ticks) {
        return ticks == 0 ? DateTime.now().getUtcTime() : ticks;
    }

    private DataValue dataValue(long bits, long meta, long source, long server, @Nullable Variant other) {
        Variant value = other;
        if (value == null) {
            value = (meta & HAS_VALUE) == 0 ? Variant.NULL_VALUE : Variants.of(type, false, bits, null);
        }
        return new DataValue(
                value,
                new StatusCode(meta & 0xFFFF_FFFFL),
                source == 0 ? null : new DateTime(source),
                server == 0 ? null : new DateTime(server));
    }

    @Override
    public synchronized void modify(
            TimestampsToReturn newTimestamps,
            UInteger clientHandle,
            double newInterval,
            MonitoringFilter filter,
            UInteger queueSize,
            boolean discardsOldest)
            throws UaException {
        super.modify(newTimestamps, clientHandle, newInterval, filter, queueSize, discardsOldest);
        queue = new RingBuffer<>(1);
        handle = clientHandle;
        while (waiting > getQueueSize()) {
            if (discardsOldest) {
                drop();
            } else {
                WAITING.lazySet(this, waiting - 1);
            }
        }
        if (ring.length > COLUMNS * getQueueSize()) {
            grow(Math.max(1, waiting));
        }
    }

    @Override
    public synchronized void installFilter(MonitoringFilter filter) throws UaException {
        super.installFilter(filter);
        DataChangeFilter change = getFilter();
        trigger = change.getTrigger();
        boolean isAbsolute = change.getDeadbandType().intValue() == DeadbandType.Absolute.getValue();
        deadband = isAbsolute ? change.getDeadbandValue() : Double.NaN; // percent was rewritten to absolute
    }

    @Override
    public synchronized void setMonitoringMode(MonitoringMode mode) {
        super.setMonitoringMode(mode);
        if (mode == MonitoringMode.Disabled) {
            clearQueue();
            hasLast = false;
        }
    }

    @Override
    public synchronized void setQuality(StatusCode quality) {
        DateTime now = DateTime.now();
        Variant value =
                hasLast ? dataValue(last[0], last[META], 0, 0, lastOther).value() : Variant.NULL_VALUE;
        setValue(new DataValue(value, quality, now, now));
    }

    @Override
    public synchronized void maybeSendLastValue() {
        if (waiting == 0 && hasLast) {
            put(last[0], last[META], last[SOURCE], last[SERVER], lastOther);
        }
    }
}
