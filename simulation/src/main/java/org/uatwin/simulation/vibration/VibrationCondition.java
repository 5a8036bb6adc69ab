package org.uatwin.simulation.vibration;

import java.util.Optional;

/**
 * What is believed about the vibration at one place of an asset, after several snapshots. Immutable.
 *
 * @param point waveform it was measured with.
 * @param time {@link org.uatwin.informationmodel.value.UaTime} ticks of the last snapshot that was analysed.
 * @param zone that enough of the last snapshots reach; empty if none is told.
 * @param velocityMmPerS of the last snapshot, 10 Hz to 1 kHz; NaN if it was too short.
 * @param machine whose zones they are; empty with {@code zone}.
 * @param fault of the bearing that enough of the last snapshots show.
 * @param sign of that fault, the last one seen; empty without.
 * @param confidence that it is this one, 0 to 1; 0 without.
 * @param since ticks since when a fault, or zone C or D, is believed; 0 if neither is.
 * @param evidence in words.
 */
public record VibrationCondition(
        String point,
        long time,
        Optional<VibrationZone> zone,
        double velocityMmPerS,
        Optional<MachineClass> machine,
        Optional<BearingFault> fault,
        Optional<FaultSign> sign,
        double confidence,
        long since,
        String evidence) {
    /** Whether something is wrong: a named fault, or more vibration than a machine can stand for long. */
    public boolean isAlarm() {
        return fault.isPresent() || isZoneAlarm();
    }

    /** Whether the zone is C or D. */
    public boolean isZoneAlarm() {
        return zone.filter(z -> z.compareTo(VibrationZone.C) >= 0).isPresent();
    }

    /** Score of the fault's sign in terms of where a sign begins; 0 without a fault. */
    public double faultScore() {
        return fault.isPresent() ? Math.max(1, sign.map(FaultSign::score).orElse(0.0) / FaultSign.SIGNIFICANT) : 0;
    }

    /** Velocity in terms of where zone C begins; 0 if zones are not judged. */
    public double zoneScore() {
        return machine.isPresent() && Double.isFinite(velocityMmPerS)
                ? velocityMmPerS / machine.get().zoneC()
                : 0;
    }
}
