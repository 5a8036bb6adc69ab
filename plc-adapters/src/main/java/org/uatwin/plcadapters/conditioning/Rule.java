package org.uatwin.plcadapters.conditioning;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Conditioning;
import org.uatwin.informationmodel.conditioning.Scaling;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.PointKind;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.ValueType;

/** A chain prepared for one kind of point: what points with the same declaration share. Immutable. */
final class Rule {
    final Conditioning chain;
    final ValueType type;
    /** Whether samples arrive as Double signals; else they arrive in the point's own type. */
    final boolean isNumeric;
    /** Outside it a numeric point is a failed sensor; the link judges the others. */
    final @Nullable Range validity;

    final long debounceTicks;
    final long alignmentTicks;
    private final @Nullable Scaling scaling;
    private final double unitGain;
    private final double unitOffset;
    private final long[] calibrationFrom;
    private final double[] gains;
    private final double[] offsets;

    Rule(Member.Point point, Treatment treatment) {
        chain = treatment.conditioning();
        type = point.dataType();
        isNumeric = isNumeric(point, treatment);
        validity = isNumeric ? point.validity().orElse(null) : null;
        debounceTicks = ticks(chain.debounce().orElse(Duration.ZERO));
        alignmentTicks = ticks(chain.alignment().orElse(Duration.ZERO));
        scaling = chain.scaling().orElse(null);
        Unit from = chain.sourceUnit().orElse(null);
        Unit to = point.unit().flatMap(unit -> Units.find(unit.code())).orElse(null);
        unitGain = from == null || to == null ? 1 : from.factor() / to.factor();
        unitOffset = from == null || to == null ? 0 : (from.offset() - to.offset()) / to.factor();
        List<Conditioning.Calibration> calibrations = chain.calibrations();
        calibrationFrom = calibrations.stream()
                .mapToLong(Conditioning.Calibration::fromTicks)
                .toArray();
        gains = calibrations.stream()
                .mapToDouble(Conditioning.Calibration::gain)
                .toArray();
        offsets = calibrations.stream()
                .mapToDouble(Conditioning.Calibration::offset)
                .toArray();
    }

    static long ticks(Duration duration) {
        return duration.toNanos() / 100;
    }

    /** Whether the link is to deliver the point as Double: a step calculates, or the channel is reduced. */
    static boolean isNumeric(Member.Point point, Treatment treatment) {
        Conditioning c = treatment.conditioning();
        boolean calculates = c.changesNumbers()
                || c.spike().isPresent()
                || c.rateLimit().isPresent()
                || c.stuck().isPresent()
                || c.clamp().isPresent()
                || c.deadband().isPresent()
                || treatment.reduction().isPresent();
        return calculates && point.dataType().isNumeric() && point.kind() != PointKind.MULTI_STATE;
    }

    /** The quantity of a signal: scale, unit, calibration of that time. */
    double quantity(double signal, long sourceTime) {
        double x = scaling == null ? signal : scaling.apply(signal);
        x = x * unitGain + unitOffset;
        int c = calibration(sourceTime);
        return c < 0 ? x : x * gains[c] + offsets[c];
    }

    /** The signal of a quantity; NaN if there is none. */
    double signal(double quantity, long now) {
        int c = calibration(now);
        double x = c < 0 ? quantity : (quantity - offsets[c]) / gains[c];
        x = (x - unitOffset) / unitGain;
        return scaling == null ? x : scaling.invert(x);
    }

    boolean isOutsideScale(double signal) {
        return scaling != null && scaling.isOutside(signal);
    }

    private int calibration(long time) {
        int c = calibrationFrom.length - 1;
        while (c >= 0 && calibrationFrom[c] > time) {
            c--;
        }
        return c;
    }
}
