package org.uatwin.server.vibration;

import java.util.Optional;
import org.uatwin.simulation.vibration.BearingFault;
import org.uatwin.simulation.vibration.VibrationFindings;
import org.uatwin.simulation.vibration.VibrationZone;

/**
 * What one waveform says.
 *
 * @param velocityMmPerS 10 Hz to 1 kHz; NaN if it is too short.
 * @param peak highest distance from the mean, in the waveform's unit.
 * @param zone empty if it cannot be told, or the machine's class is not known.
 * @param findings shape and signs; without signs, why.
 * @param spectrum r.m.s. by line.
 * @param envelope of the band that shows most.
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the point table as they are; compared by nobody
record SnapshotFindings(
        double velocityMmPerS,
        double peak,
        Optional<VibrationZone> zone,
        VibrationFindings findings,
        double[] spectrum,
        double[] envelope) {
    /** Whether the faults of a bearing could be looked for. */
    boolean canTell() {
        return !findings.signs().isEmpty();
    }

    Optional<BearingFault> fault() {
        return findings.fault().map(sign -> sign.fault());
    }
}
