package org.uatwin.informationmodel.conditioning;

import java.util.Optional;
import org.uatwin.informationmodel.expression.PointRef;

/**
 * What the waveform of an accelerometer is looked at for.
 *
 * @param prefix what the names of the points begin with that get the results ({@link org.uatwin.informationmodel.type.VibrationPoints}).
 * @param bearing whose faults are looked for; empty: none.
 * @param speed of the shaft; empty if no orders are asked for.
 * @param sampleRateHz samples a second; 0 while it is not known.
 * @param metrePerS2 what 1 of the waveform's unit is.
 * @param machine class of ISO 10816 and ISO 20816, as {@code class-ii}; empty: no zones are told.
 * @param confirm snapshots in a row of which a fault shows in {@code confirmHits} to be believed.
 * @param confirmHits see {@code confirm}.
 * @param baseline first snapshots that are taken as good.
 */
public record VibrationRule(
        String prefix,
        Optional<Bearing> bearing,
        Optional<Speed> speed,
        double sampleRateHz,
        double metrePerS2,
        Optional<String> machine,
        int confirmHits,
        int confirm,
        int baseline) {
    public VibrationRule {
        if (!(sampleRateHz >= 0) || !(metrePerS2 > 0)) {
            throw new IllegalArgumentException(
                    "%s samples/s of %s m/s2: 0 and more, above 0".formatted(sampleRateHz, metrePerS2));
        }
        if (confirmHits < 1 || confirm < confirmHits || baseline < 3) {
            throw new IllegalArgumentException("confirmed by %d of %d snapshots, %d of baseline: at least 1, as many, 3"
                    .formatted(confirmHits, confirm, baseline));
        }
    }

    /** The same with that sample rate. */
    public VibrationRule sampledAt(double rateHz) {
        return new VibrationRule(prefix, bearing, speed, rateHz, metrePerS2, machine, confirmHits, confirm, baseline);
    }

    /**
     * Dimensions of a bearing.
     *
     * @param name its designation; empty if only the dimensions are known.
     * @param balls rolling elements of a row.
     * @param ballMm diameter of one.
     * @param pitchMm diameter of the circle through their centres.
     * @param angleDeg contact angle.
     */
    public record Bearing(String name, int balls, double ballMm, double pitchMm, double angleDeg) {}

    /**
     * Where the speed comes from.
     *
     * @param point that shows it, in a unit of frequency, rotational speed or angular velocity; empty: it is constant.
     * @param rpm turns a minute if it is constant; else 0.
     * @param ratio turns of this bearing's shaft a turn of what is measured.
     */
    public record Speed(Optional<PointRef> point, double rpm, double ratio) {}
}
