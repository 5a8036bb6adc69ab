package org.uatwin.server.virtual;

import java.util.Arrays;
import java.util.Optional;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.plcadapters.codec.Decoded;
import org.uatwin.plcadapters.conditioning.SignalRule;

/**
 * Between the quantity of a point and the signal on its wire, where a chain calculates. Calibrations count from their
 * dates; a run has that of its start.
 */
final class Signals {
    private final SignalRule chain;
    private final ValueType type;
    private final long startTicks;

    private Signals(SignalRule chain, ValueType type, long startTicks) {
        this.chain = chain;
        this.type = type;
        this.startTicks = startTicks;
    }

    /**
     * Empty if signal and quantity of the point are the same number.
     *
     * @param startTicks UaTime at which the run begins.
     */
    static Optional<Signals> of(Member.Point point, Treatment treatment, long startTicks) {
        return SignalRule.of(point, treatment).map(rule -> new Signals(rule, point.dataType(), startTicks));
    }

    /** The signal of a scalar quantity. */
    double signal(long bits) {
        return chain.signal(type.toDouble(bits), startTicks);
    }

    /** The signals of an array of quantities; none for texts and truth values. */
    double[] signals(Object quantities) {
        double[] signals = quantities instanceof double[] d
                ? d.clone()
                : quantities instanceof long[] l
                        ? Arrays.stream(l).mapToDouble(type::toDouble).toArray()
                        : new double[0];
        for (int i = 0; i < signals.length; i++) {
            signals[i] = chain.signal(signals[i], startTicks);
        }
        return signals;
    }

    /** Makes quantities of the signals that were decoded. */
    void toQuantity(Decoded decoded) {
        if (decoded.object instanceof double[] signals) {
            double[] quantities = signals.clone();
            for (int i = 0; i < quantities.length; i++) {
                quantities[i] = chain.quantity(signals[i], startTicks);
            }
            decoded.object = type.isFloating() ? quantities : toLongs(quantities);
        } else if (decoded.object == null) {
            double quantity = chain.quantity(Double.longBitsToDouble(decoded.bits), startTicks);
            if (type.isFloating() || (quantity >= type.minimum() && quantity <= type.maximum())) {
                decoded.bits = type.fromDouble(quantity);
            } else {
                decoded.outcome = Decoded.Outcome.TOO_LARGE;
            }
        }
    }

    private long[] toLongs(double[] quantities) {
        long[] longs = new long[quantities.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = type.fromDouble(Signal.clamp(quantities[i], type.minimum(), type.maximum()));
        }
        return longs;
    }
}
