package org.uatwin.server.virtual;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.virtual.fault.Distortion;
import org.uatwin.server.virtual.fault.FaultKind;

/** One bound point of a virtual device: its truth, its faults, its place on the wire. Owned by the stepping thread. */
final class VirtualPoint {
    private record Affected(ActiveFault fault, Distortion distortion) {}

    private final Twin twin;
    private final int ordinal;
    private final Member.Point point;
    private final TwinSource source;
    private final Outlet outlet;
    private final List<Affected> faults = new ArrayList<>(0);
    private int frozen;
    private double truth;
    private @Nullable Object shown; // setpoints: what was put out last, so that a master's write is not undone
    private double shownNumber = Double.NaN;

    VirtualPoint(Twin twin, int ordinal, TwinSource source, Outlet outlet) {
        this.twin = twin;
        this.ordinal = ordinal;
        point = twin.type().points().get(ordinal);
        this.source = source;
        this.outlet = outlet;
    }

    Twin twin() {
        return twin;
    }

    int ordinal() {
        return ordinal;
    }

    Member.Point point() {
        return point;
    }

    TwinSource source() {
        return source;
    }

    Outlet outlet() {
        return outlet;
    }

    Binding binding() {
        return Objects.requireNonNull(twin.binding(ordinal));
    }

    /** {@code twin/Point}. */
    String name() {
        return twin.id() + "/" + point.name();
    }

    /** Whether it is a scalar number, so that equations apply. */
    boolean isNumber() {
        return !point.isArray() && point.dataType().isNumeric();
    }

    void add(ActiveFault fault, long seed) {
        faults.add(new Affected(fault, new Distortion(fault.order(), seed)));
    }

    void remove(ActiveFault fault) {
        faults.removeIf(affected -> affected.fault().equals(fault));
    }

    void freeze(boolean isFrozen) {
        frozen += isFrozen ? 1 : -1;
    }

    double truth() {
        return truth;
    }

    /** Takes the truth of this step and puts out what the faults leave of it. */
    void publish(double now, double dt, long clockTicks) {
        Object object = source.object(ordinal);
        boolean isClock = point.dataType() == ValueType.DATE_TIME;
        truth = object != null ? Double.NaN : isClock ? clockTicks : source.number(ordinal);
        if (frozen > 0) {
            return;
        }
        long clock = clock(now, clockTicks);
        outlet.time(clock);
        if (point.isWritable()) {
            publishSetpoint(object);
            return;
        }
        double value = truth;
        boolean isHeld = false;
        Outlet.Twist twist = Outlet.Twist.NONE;
        for (Affected affected : faults) {
            FaultKind kind = affected.fault().order().kind();
            if (kind != FaultKind.LATE || !outlet.isMessage()) { // late messages are the field's
                value = affected.distortion()
                        .apply(value, now - affected.fault().begin(), dt);
            }
            isHeld |= kind == FaultKind.STUCK;
            twist = kind == FaultKind.SWAPPED_WORDS
                    ? Outlet.Twist.WORDS
                    : kind == FaultKind.SWAPPED_BYTES ? Outlet.Twist.BYTES : twist;
        }
        if (object != null) {
            if (!isHeld) {
                outlet.serve(0, object, twist);
            }
        } else if (isClock) {
            outlet.serve(isHeld ? (long) value : clock, null, twist);
        } else if (Double.isNaN(value)) {
            outlet.serveMissing();
        } else {
            outlet.serve(bits(value), null, twist);
        }
    }

    /** What the device's clock shows when it should show this. */
    private long clock(double now, long clockTicks) {
        long clock = clockTicks;
        for (Affected affected : faults) {
            ActiveFault fault = affected.fault();
            if (fault.order().kind() == FaultKind.FROZEN_TIMESTAMP) {
                clock -= Math.round((now - fault.begin()) * UaTime.TICKS_PER_SECOND);
            } else if (fault.order().kind() == FaultKind.CLOCK_OFFSET) {
                clock += Math.round(fault.order().get("seconds") * UaTime.TICKS_PER_SECOND);
            }
        }
        return clock;
    }

    /** A setpoint goes out when the machine changed it, not each time: a master may have written meanwhile. */
    private void publishSetpoint(@Nullable Object object) {
        if (object != null) {
            if (!Objects.deepEquals(object, shown)) {
                shown = object;
                outlet.serve(0, object, Outlet.Twist.NONE);
            }
        } else if (truth != shownNumber) {
            shownNumber = truth;
            outlet.serve(bits(truth), null, Outlet.Twist.NONE);
        }
    }

    /** A master wrote this: what it wrote stands in the registers already. */
    void written(long bits, @Nullable Object object) {
        if (object != null) {
            shown = object;
            source.writeObject(ordinal, object);
        } else {
            shownNumber = point.dataType().toDouble(bits);
            source.write(ordinal, shownNumber);
        }
    }

    private long bits(double value) {
        ValueType type = point.dataType();
        if (type == ValueType.BOOLEAN) {
            return value >= 0.5 ? 1 : 0;
        }
        return type.fromDouble(Signal.clamp(
                value, outlet.representable().low(), outlet.representable().high()));
    }
}
