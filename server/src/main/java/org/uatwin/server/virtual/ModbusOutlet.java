package org.uatwin.server.virtual;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.RegisterFormat;
import org.uatwin.informationmodel.plant.RegisterType;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.codec.Encoded;
import org.uatwin.plcadapters.codec.ValueCodec;
import org.uatwin.plcadapters.conditioning.TreatedPoint;
import org.uatwin.plcadapters.device.VirtualModbusUnit;

/** A point in the registers or bits of a virtual unit, written and read back through the codec a master uses. */
final class ModbusOutlet implements Outlet {
    private static final Range EVERYTHING = new Range(-Float.MAX_VALUE, Float.MAX_VALUE);

    private final VirtualModbusUnit unit;
    private final Binding.Modbus binding;
    private final ValueType type;
    private final ValueCodec codec;
    private final Range representable;
    private final Optional<Signals> signals; // of a point whose chain calculates: the wire carries its signal
    private final Decoded decoded = new Decoded();

    /** @param startTicks UaTime at which the run begins. */
    ModbusOutlet(
            VirtualModbusUnit unit, Binding.Modbus binding, Member.Point point, Treatment treatment, long startTicks) {
        this.unit = unit;
        this.binding = binding;
        type = point.dataType();
        signals = Signals.of(point, treatment, startTicks);
        codec = new ValueCodec(
                binding.format(), binding.table(), TreatedPoint.deliveredType(point, treatment), point.isArray());
        representable = signals.isPresent() ? EVERYTHING : representable(binding, type);
    }

    static Range representable(Binding.Modbus binding, ValueType type) {
        RegisterFormat format = binding.format();
        double low = rawLow(format.type());
        double high = binding.table().isBits() ? 1 : rawHigh(format);
        double a = low * format.scale() + format.offset();
        double b = high * format.scale() + format.offset();
        double from = Math.max(-Float.MAX_VALUE, Math.min(a, b));
        double to = Math.min(Float.MAX_VALUE, Math.max(a, b));
        if (type.isNumeric()) {
            from = Math.max(from, type.minimum());
            to = Math.min(to, type.maximum());
        }
        return from < to ? new Range(from, to) : new Range(0, 1);
    }

    private static double rawLow(RegisterType type) {
        return switch (type) {
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> -0x1p63;
            case FLOAT32, FLOAT64 -> -Float.MAX_VALUE;
            default -> 0;
        };
    }

    private static double rawHigh(RegisterFormat format) {
        return switch (format.type()) {
            case BOOL, STRING -> 1;
            case INT16 -> Short.MAX_VALUE;
            case UINT16 -> format.bitCount() == 0 ? 0xFFFF : (1 << format.bitCount()) - 1;
            case INT32 -> Integer.MAX_VALUE;
            case UINT32 -> 0xFFFF_FFFFL;
            case INT64 -> Math.nextDown(0x1p63);
            case UINT64 -> Math.nextDown(0x1p64);
            case FLOAT32, FLOAT64 -> Float.MAX_VALUE;
            case BCD16 -> 9_999;
            case BCD32 -> 99_999_999;
            case BCD64 -> 9_999_999_999_999_999L;
        };
    }

    /** Whether a write to these elements touches the point. */
    boolean overlaps(int offset, int quantity) {
        return binding.offset() < offset + quantity && offset < binding.offset() + binding.quantity();
    }

    Binding.Modbus binding() {
        return binding;
    }

    /** What stands in the registers; the object is reused by the next call. */
    Decoded read() {
        codec.decode(unit.elements(binding.table(), binding.offset(), codec.quantity()), 0, decoded);
        if (signals.isPresent() && decoded.outcome == Decoded.Outcome.VALUE) {
            signals.get().toQuantity(decoded);
        }
        return decoded;
    }

    @Override
    public Range representable() {
        return representable;
    }

    @Override
    public boolean isTwistable() {
        return !binding.table().isBits() && binding.format().bitCount() == 0 && type != ValueType.STRING;
    }

    @Override
    public void serve(long bits, @Nullable Object object, Twist twist) {
        Encoded encoded =
                signals.isPresent() ? encodeSignal(signals.get(), bits, object) : codec.encode(bits, object, -1);
        if (!encoded.isGood()) {
            serveMissing(); // more than the address can carry: what a transmitter shows beyond its range
            return;
        }
        unit.store(binding.table(), binding.offset(), twist == Twist.NONE ? encoded : twisted(encoded, twist));
    }

    private Encoded encodeSignal(Signals of, long bits, @Nullable Object object) {
        return object == null
                ? codec.encode(Double.doubleToRawLongBits(of.signal(bits)), null, -1)
                : codec.encode(0, of.signals(object), -1);
    }

    private Encoded twisted(Encoded encoded, Twist twist) {
        byte[] data = encoded.data();
        byte[] changed = new byte[data.length];
        int step = 2 * codec.elementQuantity();
        for (int i = 0; i < data.length; i++) {
            int element = i - i % step;
            int within = i - element;
            int to = twist == Twist.BYTES ? within ^ 1 : step - 2 - (within & ~1) + (within & 1);
            changed[element + to] = data[i];
        }
        return new Encoded(
                encoded.status(), encoded.text(), encoded.skip(), encoded.quantity(), changed, encoded.mask());
    }

    /**
     * NaN, the most negative signed or the largest unsigned number: what SunSpec (Information Model Specification,
     * "unimplemented" values) and many transmitters use for "no value".
     */
    @Override
    public void serveMissing() {
        if (!type.isNumeric() || codec.quantity() != codec.elementQuantity()) {
            return; // a bit, a text or an array has no such mark: the last value stays
        }
        RegisterType raw = binding.format().type();
        boolean isFloat = raw == RegisterType.FLOAT32 || raw == RegisterType.FLOAT64;
        boolean isSigned = raw == RegisterType.INT16 || raw == RegisterType.INT32 || raw == RegisterType.INT64;
        boolean isLow = isSigned == binding.format().scale() > 0;
        ValueType delivered = codec.type();
        Range range = signals.isPresent() ? representable(binding, delivered) : representable;
        double mark = isFloat && delivered.isFloating() ? Double.NaN : isLow ? range.low() : range.high();
        Encoded encoded = codec.encode(delivered.fromDouble(mark), null, -1);
        if (encoded.isGood()) {
            unit.store(binding.table(), binding.offset(), encoded);
        }
    }

    @Override
    public double served() {
        Decoded seen = read();
        return seen.object != null || seen.outcome != Decoded.Outcome.VALUE ? Double.NaN : type.toDouble(seen.bits);
    }
}
