package org.uatwin.server.vibration;

import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.signal.Moments;
import org.uatwin.informationmodel.type.VibrationPoints;
import org.uatwin.simulation.vibration.AmplitudeSpectrum;
import org.uatwin.simulation.vibration.BearingGeometry;
import org.uatwin.simulation.vibration.FaultSign;
import org.uatwin.simulation.vibration.MachineClass;
import org.uatwin.simulation.vibration.VelocityBand;
import org.uatwin.simulation.vibration.VibrationAnalysis;
import org.uatwin.simulation.vibration.VibrationFindings;
import org.uatwin.simulation.vibration.VibrationZone;
import org.uatwin.simulation.vibration.Waveform;

/** How the waveforms of one point are analysed. Immutable, any thread. */
final class SnapshotAnalysis {
    private final VibrationRule rule;
    private final Optional<BearingGeometry> geometry;
    private final Optional<MachineClass> machine;
    private final int lines;

    /** @param lines of the spectra. */
    SnapshotAnalysis(VibrationRule rule, int lines) {
        this.rule = rule;
        this.lines = lines;
        geometry = rule.bearing()
                .filter(b -> b.balls() > 0) // a name that no catalogue was asked for has no dimensions
                .map(b -> new BearingGeometry(b.balls(), b.ballMm(), b.pitchMm(), b.angleDeg()));
        machine = rule.machine().flatMap(MachineClass::named);
    }

    Optional<MachineClass> machine() {
        return machine;
    }

    /**
     * Looks at one waveform.
     *
     * @param speed of the shaft while it was taken.
     */
    SnapshotFindings of(Waveform waveform, SpeedTrack.Speed speed) {
        Moments moments = waveform.moments();
        double velocity = rule.metrePerS2() * VelocityBand.rmsMmPerS(waveform);
        VibrationFindings findings = findings(waveform, moments, speed);
        double half = rule.sampleRateHz() / 2;
        double low =
                findings.signs().isEmpty() ? half / 2 : findings.signs().get(0).bandLowHz();
        double high =
                findings.signs().isEmpty() ? half : findings.signs().get(0).bandHighHz();
        return new SnapshotFindings(
                velocity,
                Math.max(moments.max() - moments.mean(), moments.mean() - moments.min()),
                machine.filter(m -> Double.isFinite(velocity)).map(m -> VibrationZone.of(velocity, m)),
                findings,
                AmplitudeSpectrum.rms(waveform, lines, half),
                AmplitudeSpectrum.envelope(waveform, low, high, lines, Math.min(half, VibrationPoints.ENVELOPE_HZ)));
    }

    private VibrationFindings findings(Waveform waveform, Moments moments, SpeedTrack.Speed speed) {
        String why = geometry.isEmpty()
                ? "no bearing is declared"
                : !speed.problem().isEmpty() ? speed.problem() : speed.rpm() == 0 ? "the shaft stands still" : "";
        return why.isEmpty()
                ? VibrationAnalysis.of(waveform, speed.rpm(), geometry.orElseThrow())
                : new VibrationFindings(moments.std(), moments.crest(), moments.kurtosis(), List.<FaultSign>of(), why);
    }
}
