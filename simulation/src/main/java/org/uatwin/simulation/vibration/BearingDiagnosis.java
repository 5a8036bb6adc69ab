package org.uatwin.simulation.vibration;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with a bearing, and why.
 *
 * @param name of the record.
 * @param fault as the lists of known records call it; {@code normal} for none.
 * @param confidence share of the weight that speaks for it, 0 to 1.
 * @param shares of all faults that can be named, the likeliest first.
 * @param findings of the waveform.
 * @param sign of the named fault; empty if it is none of inner race, outer race and ball, or its order could not be looked for.
 * @param likest the known record whose spectrum is nearest; empty without known records.
 * @param likestDb its distance; NaN without.
 * @param reason in words.
 */
public record BearingDiagnosis(
        String name,
        String fault,
        double confidence,
        Map<String, Double> shares,
        VibrationFindings findings,
        Optional<FaultSign> sign,
        String likest,
        double likestDb,
        List<String> reason) {
    public BearingDiagnosis {
        reason = List.copyOf(reason);
        shares = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(shares));
    }
}
