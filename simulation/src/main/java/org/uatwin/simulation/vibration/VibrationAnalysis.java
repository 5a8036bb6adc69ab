package org.uatwin.simulation.vibration;

import java.util.List;
import java.util.Locale;
import org.uatwin.informationmodel.signal.Moments;

/**
 * One waveform of a bearing's accelerometer: its shape, and which faults show in its envelope. Pure, any thread; a tenth of a second of a core for
 * 24 000 samples, twice that if nothing shows.
 */
public final class VibrationAnalysis {
    private static final double FEWEST_TURNS = 20; // lines of neighbouring orders must be apart

    private VibrationAnalysis() {}

    /**
     * @param samples of acceleration, in any unit, at equal distances.
     * @param rateHz samples a second.
     * @param rpm of the shaft while they were taken, within 1 %; at constant speed.
     * @throws IllegalArgumentException if they are no waveform, or the speed is not finite.
     */
    public static VibrationFindings of(double[] samples, double rateHz, double rpm, BearingGeometry geometry) {
        return of(Waveform.of(samples, rateHz), rpm, geometry);
    }

    /** The same for a waveform. */
    public static VibrationFindings of(Waveform waveform, double rpm, BearingGeometry geometry) {
        if (!Double.isFinite(rpm)) {
            throw new IllegalArgumentException("a speed of %s r/min".formatted(rpm));
        }
        Moments moments = waveform.moments();
        double shaftHz = Math.abs(rpm) / 60;
        double turns = shaftHz * waveform.seconds();
        List<FaultSign> signs = List.of();
        String why = "";
        if (!(moments.std() > 0)) {
            why = "the signal does not move";
        } else if (turns < FEWEST_TURNS) {
            why = String.format(
                    Locale.ROOT,
                    "%.3g s at %.0f r/min are %.1f turns; orders can be told from %.0f turns on",
                    waveform.seconds(),
                    Math.abs(rpm),
                    turns,
                    FEWEST_TURNS);
        } else {
            signs = EnvelopeAnalysis.signs(waveform, shaftHz, geometry.orders());
            why = signs.isEmpty()
                    ? String.format(
                            Locale.ROOT,
                            "%.0f Hz of samples are too few for the orders of this bearing at %.0f r/min",
                            waveform.rateHz(),
                            Math.abs(rpm))
                    : "";
        }
        return new VibrationFindings(moments.std(), moments.crest(), moments.kurtosis(), signs, why);
    }
}
