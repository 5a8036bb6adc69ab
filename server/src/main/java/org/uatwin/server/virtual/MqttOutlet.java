package org.uatwin.server.virtual;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.mqtt.VirtualValue;

/** A point in the messages of a virtual MQTT device. */
final class MqttOutlet implements Outlet {
    private static final Range EVERYTHING = new Range(-Float.MAX_VALUE, Float.MAX_VALUE);

    private final VirtualValue value;
    private final ValueType type;
    private final Optional<Signals> signals; // of a point whose chain calculates: messages carry its signal

    MqttOutlet(VirtualValue value, Member.Point point, Treatment treatment, long startTicks) {
        this.value = value;
        type = point.dataType();
        signals = Signals.of(point, treatment, startTicks);
    }

    VirtualValue value() {
        return value;
    }

    /** What a client commanded, as the point has it. */
    Decoded quantity(Decoded wish) {
        signals.ifPresent(s -> s.toQuantity(wish));
        return wish;
    }

    @Override
    public Range representable() {
        return signals.isPresent() ? EVERYTHING : value.representable();
    }

    @Override
    public boolean isTwistable() {
        return false; // texts have no words to swap
    }

    @Override
    public boolean isMessage() {
        return true;
    }

    @Override
    public boolean hasTime() {
        return value.hasTime();
    }

    @Override
    public void time(long ticks) {
        value.time(ticks);
    }

    @Override
    public void serve(long bits, @Nullable Object object, Twist twist) {
        if (signals.isEmpty()) {
            value.set(bits, object);
        } else if (object == null) {
            value.set(Double.doubleToRawLongBits(signals.get().signal(bits)), null);
        } else {
            value.set(0, signals.get().signals(object));
        }
    }

    @Override
    public void serveMissing() {
        value.setMissing();
    }

    @Override
    public double served() {
        double shown = value.number();
        if (signals.isEmpty() || Double.isNaN(shown)) {
            return shown;
        }
        Decoded seen = new Decoded();
        seen.outcome = Decoded.Outcome.VALUE;
        seen.bits = Double.doubleToRawLongBits(shown);
        signals.get().toQuantity(seen);
        return seen.outcome == Decoded.Outcome.VALUE ? type.toDouble(seen.bits) : Double.NaN;
    }
}
