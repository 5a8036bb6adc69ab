package org.uatwin.plcadapters.mqtt;

import java.lang.reflect.Array;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.payload.RawValue;
import org.uatwin.plcadapters.payload.ValueConverter;

/**
 * The value of one point in the messages of a virtual device: what it shows now, and with what time. Owned by the
 * stepping thread.
 */
public final class VirtualValue {
    private final MqttAddress address;
    private final VirtualStation station;
    private final ValueConverter converter;
    private long bits;
    private @Nullable Object object;
    private boolean isMissing = true;
    private boolean isChanged = true;
    private long ticks = UaTime.NONE;

    VirtualValue(MqttAddress address, VirtualStation station, ValueType type, int arrayLength) {
        this.address = address;
        this.station = station;
        converter = new ValueConverter(type, arrayLength, address.scale(), address.offset(), address.states());
    }

    MqttAddress address() {
        return address;
    }

    VirtualStation station() {
        return station;
    }

    /** The type its messages are read as. */
    public ValueType type() {
        return converter.type();
    }

    /** What a number can be there at all: a text carries any, its type may not. */
    public Range representable() {
        ValueType type = type();
        return type.isInteger()
                ? new Range(type.minimum(), type.maximum())
                : new Range(-Float.MAX_VALUE, Float.MAX_VALUE);
    }

    /** What it shows from now on, as {@code ValueType} defines bits and objects. */
    public void set(long newBits, @Nullable Object newObject) {
        isChanged |= isMissing || newBits != bits || newObject != object;
        bits = newBits;
        object = newObject;
        isMissing = isNoNumber();
    }

    private boolean isNoNumber() {
        return object == null && type().isFloating() && !Double.isFinite(type().toDouble(bits));
    }

    /** From now on there is no value: null, an empty column, no message. */
    public void setMissing() {
        isChanged |= !isMissing;
        isMissing = true;
    }

    /** The time of the device, UaTime ticks, that goes with the value. */
    public void time(long newTicks) {
        ticks = newTicks;
    }

    /** Whether its messages tell the time of the device. */
    public boolean hasTime() {
        return address.options().time().isPresent() || address.sparkplug().isPresent();
    }

    /** The number shown now; NaN if there is none. */
    public double number() {
        return isMissing || object != null ? Double.NaN : type().toDouble(bits);
    }

    boolean isMissing() {
        return isMissing;
    }

    long ticks() {
        return ticks;
    }

    /** Whether it has changed since the last call. */
    boolean takeChange() {
        boolean was = isChanged;
        isChanged = false;
        return was;
    }

    boolean isArray() {
        return converter.arrayLength() > 0;
    }

    int length() {
        return object == null ? 0 : Array.getLength(object);
    }

    /** A scalar in the device's terms, without quotes. */
    String text() {
        return converter.toText(bits, object);
    }

    /** An element of an array in the device's terms, without quotes. */
    String text(int element) {
        Object item = Array.get(java.util.Objects.requireNonNull(object), element);
        if (item instanceof Double d) {
            return converter.toText(type().fromDouble(d), null);
        }
        return item instanceof Long l ? converter.toText(l, null) : String.valueOf(item);
    }

    /** The scalar number in the device's terms. */
    double deviceNumber() {
        return converter.toDevice(bits);
    }

    long bits() {
        return bits;
    }

    @Nullable
    Object object() {
        return object;
    }

    boolean isScaled() {
        return converter.scale() != 1 || converter.offset() != 0;
    }

    /** What a command says the value shall be; empty if it is none the device could take. */
    Optional<Decoded> wish(RawValue raw) {
        Decoded wish = new Decoded();
        converter.convert(raw, wish);
        return wish.outcome == Decoded.Outcome.VALUE ? Optional.of(wish) : Optional.empty();
    }
}
