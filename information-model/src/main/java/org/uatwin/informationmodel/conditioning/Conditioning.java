package org.uatwin.informationmodel.conditioning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.unit.Unit;

/**
 * The chain of steps a point's values go through; an absent step does nothing. Steps are listed in the order they are
 * done in.
 *
 * @param isWithoutLate whether a sample older than the last one is dropped.
 * @param isWithoutDuplicates whether a sample that came already is dropped.
 * @param rollover what a counter begins again at 0 at.
 * @param sourceUnit unit the device sends in; converted to the point's.
 * @param calibrations corrections by date, the earliest first.
 * @param debounce how long a new value has to stay before it counts.
 * @param alignment grid of source times.
 * @param deadband change of value, in the point's unit, below which the last value stays.
 */
public record Conditioning(
        boolean isWithoutLate,
        boolean isWithoutDuplicates,
        Optional<Missing> missing,
        OptionalDouble rollover,
        Optional<Scaling> scaling,
        Optional<Unit> sourceUnit,
        List<Calibration> calibrations,
        Optional<Spike> spike,
        Optional<RateLimit> rateLimit,
        Optional<Stuck> stuck,
        Optional<Clamp> clamp,
        Optional<Duration> debounce,
        Optional<Duration> alignment,
        OptionalDouble deadband) {
    /** No step at all. */
    public static final Conditioning NONE = new Conditioning(
            false,
            false,
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty());

    /** What a step makes of a value it does not believe. */
    public enum Doubt {
        /** The number stays and is flagged. */
        FLAG,
        /** The last believed value takes its place, flagged. */
        HOLD
    }

    /**
     * Values by which a device says that it has none; NaN always is one.
     *
     * @param rule what comes in their place.
     * @param hold how long {@link Rule#HOLD} keeps the last value.
     * @param replacement value of {@link Rule#REPLACE}, in the point's unit.
     */
    public record Missing(List<Double> values, Rule rule, Duration hold, double replacement) {
        /** What comes in place of a missing value. */
        public enum Rule {
            /** Nothing: the point is a failed sensor. */
            BAD,
            /** The last value for a time, flagged; then as BAD. */
            HOLD,
            /** A declared value, flagged. */
            REPLACE
        }

        public Missing {
            values = List.copyOf(values);
        }
    }

    /**
     * A correction from a date on: value times gain plus offset, in the point's unit.
     *
     * @param fromTicks UaTime ticks of the source time it begins at.
     */
    public record Calibration(long fromTicks, double gain, double offset) {
        public Calibration {
            if (gain == 0 || !Double.isFinite(gain) || !Double.isFinite(offset)) {
                throw new IllegalArgumentException("gain must not be 0: " + gain);
            }
        }
    }

    /**
     * A value further than {@code limit} from the median of the last {@code samples} believed ones is a spike, unless
     * {@code confirm} in a row are.
     */
    public record Spike(double limit, int samples, int confirm, Doubt doubt) {
        public Spike {
            if (!(limit > 0) || samples < 3 || confirm < 2) {
                throw new IllegalArgumentException("limit above 0, samples 3 or more, confirm 2 or more: %s, %d, %d"
                        .formatted(limit, samples, confirm));
            }
        }
    }

    /**
     * A value that changes faster.
     *
     * @param perSecond in the point's unit.
     * @param isLimited whether the value follows at that rate; else it is only flagged.
     */
    public record RateLimit(double perSecond, boolean isLimited) {
        public RateLimit {
            if (!(perSecond > 0)) {
                throw new IllegalArgumentException("perSecond must be above 0: " + perSecond);
            }
        }
    }

    /** A value that moves by no more than {@code within} for {@code after}. */
    public record Stuck(Duration after, double within) {
        public Stuck {
            if (after.isZero() || after.isNegative() || !(within >= 0)) {
                throw new IllegalArgumentException("after above 0, within 0 or more: %s, %s".formatted(after, within));
            }
        }
    }

    /**
     * A value outside becomes the bound.
     *
     * @param tolerance excess up to which the value stays Good.
     */
    public record Clamp(double low, double high, double tolerance) {
        public Clamp {
            if (!(low < high) || !(tolerance >= 0)) {
                throw new IllegalArgumentException(
                        "low below high, tolerance 0 or more: %s, %s, %s".formatted(low, high, tolerance));
            }
        }
    }

    public Conditioning {
        calibrations = List.copyOf(calibrations);
        for (int i = 1; i < calibrations.size(); i++) {
            if (calibrations.get(i - 1).fromTicks() >= calibrations.get(i).fromTicks()) {
                throw new IllegalArgumentException("calibrations must rise in time");
            }
        }
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Whether a step changes the number of a value, so that a write has to be turned back. */
    public boolean changesNumbers() {
        return scaling.isPresent() || sourceUnit.isPresent() || !calibrations.isEmpty() || rollover.isPresent();
    }

    /** These steps, and those of {@code base} where this has none; what is dropped is this one's to say. */
    public Conditioning over(Conditioning base) {
        return new Conditioning(
                isWithoutLate,
                isWithoutDuplicates,
                missing.or(base::missing),
                rollover.isPresent() ? rollover : base.rollover,
                scaling.or(base::scaling),
                sourceUnit.or(base::sourceUnit),
                calibrations.isEmpty() ? base.calibrations : calibrations,
                spike.or(base::spike),
                rateLimit.or(base::rateLimit),
                stuck.or(base::stuck),
                clamp.or(base::clamp),
                debounce.or(base::debounce),
                alignment.or(base::alignment),
                deadband.isPresent() ? deadband : base.deadband);
    }
}
