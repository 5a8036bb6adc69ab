package org.uatwin.simulation.vibration;

import java.util.List;
import java.util.Optional;

/**
 * What one waveform says.
 *
 * @param rms about the mean, in the waveform's unit.
 * @param crest highest deviation over r.m.s.; 1.4 for a sine, about 4 for noise.
 * @param kurtosis 3 for noise, more for knocks.
 * @param signs a fault each, the strongest first; empty if none can be told.
 * @param whyNoSigns why not; empty if there are signs.
 */
public record VibrationFindings(double rms, double crest, double kurtosis, List<FaultSign> signs, String whyNoSigns) {
    public VibrationFindings {
        signs = List.copyOf(signs);
    }

    /** The strongest sign, if it is one and not chance. */
    public Optional<FaultSign> fault() {
        return signs.stream().findFirst().filter(FaultSign::isSignificant);
    }

    public Optional<FaultSign> sign(BearingFault fault) {
        return signs.stream().filter(sign -> sign.fault() == fault).findFirst();
    }

    /** Of the envelope; 0 if the fault cannot be told. */
    double score(BearingFault fault) {
        return sign(fault).map(FaultSign::score).orElse(0.0);
    }
}
