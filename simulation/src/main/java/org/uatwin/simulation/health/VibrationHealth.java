package org.uatwin.simulation.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.detection.ResidualTest;
import org.uatwin.simulation.estimation.Signature;
import org.uatwin.simulation.health.HealthAssessment.Aspect;
import org.uatwin.simulation.health.HealthAssessment.Finding;
import org.uatwin.simulation.vibration.BearingFault;
import org.uatwin.simulation.vibration.FaultSign;
import org.uatwin.simulation.vibration.MachineClass;
import org.uatwin.simulation.vibration.VibrationCondition;
import org.uatwin.simulation.vibration.VibrationZone;

/** What the vibration of an asset means for its health, beside what else is known of it. Pure functions. */
public final class VibrationHealth {
    private static final double FAULT_BEGINS = 60; // health index at a sign that is just one
    private static final double FAULT_CLEAR = 35; // beyond doubt
    private static final double ZONE_C = 50;
    private static final double ZONE_D = 20;

    private VibrationHealth() {}

    static void add(VibrationCondition vibration, List<Finding> all) {
        vibration.fault().ifPresent(fault -> {
            double clear = Math.min(1, (vibration.faultScore() - 1) / 3);
            all.add(new Finding(
                    Aspect.VIBRATION,
                    fault.failureMode(),
                    FAULT_BEGINS - (FAULT_BEGINS - FAULT_CLEAR) * clear,
                    DeviceHealth.MAINTENANCE_REQUIRED,
                    text(vibration, fault)));
        });
        if (vibration.isZoneAlarm()) {
            boolean isWorst = vibration.zone().orElseThrow() == VibrationZone.D;
            all.add(new Finding(
                    Aspect.VIBRATION,
                    vibration.point(),
                    isWorst ? ZONE_D : ZONE_C,
                    isWorst ? DeviceHealth.FAILURE : DeviceHealth.MAINTENANCE_REQUIRED,
                    zone(vibration)));
        }
    }

    private static Text text(VibrationCondition vibration, BearingFault fault) {
        return new Text(Map.of(
                "en",
                "The bearing at %s has a damaged %s (%.0f %%): %s."
                        .formatted(
                                vibration.point(), fault.words(), 100 * vibration.confidence(), vibration.evidence()),
                "de",
                "Das Lager an %s hat einen Schaden: %s (%.0f %%)."
                        .formatted(vibration.point(), fault.german(), 100 * vibration.confidence())));
    }

    private static Text zone(VibrationCondition vibration) {
        String name = vibration.zone().orElseThrow().name();
        String machine = vibration.machine().map(MachineClass::key).orElse("");
        return new Text(Map.of(
                "en",
                String.format(
                        Locale.ROOT,
                        "%s vibrates with %.2f mm/s, zone %s of %s: %s.",
                        vibration.point(),
                        vibration.velocityMmPerS(),
                        name,
                        machine,
                        vibration.zone().orElseThrow().words()),
                "de",
                String.format(
                        Locale.ROOT,
                        "%s schwingt mit %.2f mm/s, Zone %s von %s.",
                        vibration.point(),
                        vibration.velocityMmPerS(),
                        name,
                        machine)));
    }

    /** What is unusual, with vibration among it: the larger score counts, and what says more comes first. */
    public static Detection detection(Detection own, List<VibrationCondition> vibration) {
        List<Detection.Contributor> seen = new ArrayList<>();
        double score = own.isAvailable() ? own.score() : 0;
        double usual = own.isAvailable() && !own.contributors().isEmpty() ? score : 0;
        double sum = usual;
        long since = own.isAlarm() ? own.since() : Long.MAX_VALUE;
        long time = own.time();
        for (VibrationCondition one : vibration) {
            time = Math.max(time, one.time());
            if (one.faultScore() > 0) {
                double least = FaultSign.SIGNIFICANT;
                seen.add(contributor(one, ResidualTest.ENVELOPE, one.faultScore(), least * one.faultScore(), least));
            }
            if (one.isZoneAlarm()) {
                double limit = one.machine().orElseThrow().zoneC();
                double times = Math.max(1, one.zoneScore());
                seen.add(contributor(one, ResidualTest.ZONE, times, one.velocityMmPerS(), limit));
            }
            since = one.isAlarm() ? Math.min(since, one.since()) : since;
        }
        if (vibration.isEmpty()) {
            return own;
        }
        for (Detection.Contributor one : seen) {
            score = Math.max(score, one.share());
            sum += one.share();
        }
        List<Detection.Contributor> all = new ArrayList<>();
        for (Detection.Contributor one : seen) {
            all.add(shared(one, one.share() / sum));
        }
        for (Detection.Contributor one : own.contributors()) {
            all.add(shared(one, one.share() * usual / Math.max(sum, Double.MIN_NORMAL)));
        }
        all.sort(Comparator.comparingDouble(Detection.Contributor::share).reversed());
        boolean isAlarm = since != Long.MAX_VALUE;
        return new Detection(
                time, Math.min(Detection.MOST, score), isAlarm, isAlarm ? since : 0, all, own.baseline(), Text.EMPTY);
    }

    /** Its share is the score until all are known. */
    private static Detection.Contributor contributor(
            VibrationCondition of, ResidualTest test, double score, double value, double limit) {
        return new Detection.Contributor(of.point(), score, test, value, limit);
    }

    private static Detection.Contributor shared(Detection.Contributor one, double share) {
        return new Detection.Contributor(one.point(), share, one.test(), one.value(), one.limit());
    }

    /**
     * What explains it: a fault whose order shows in the envelope is named before what only fits the deviations of points, such as a sensor that
     * shows too much vibration.
     */
    public static FaultReport report(FaultReport own, List<VibrationCondition> vibration, long now) {
        List<FaultCandidate> named = new ArrayList<>();
        for (VibrationCondition one : vibration) {
            one.fault()
                    .ifPresent(fault -> named.add(new FaultCandidate(
                            Signature.Kind.FAILURE_MODE,
                            fault.failureMode(),
                            one.confidence(),
                            Double.NaN,
                            List.of(),
                            text(one, fault))));
        }
        named.sort(Comparator.comparingDouble(FaultCandidate::confidence).reversed());
        boolean isVibrating = vibration.stream().anyMatch(VibrationCondition::isAlarm);
        if (named.isEmpty()) {
            return isVibrating && !own.isDeviating() ? unexplained(vibration, now) : own;
        }
        double left = 1 - named.get(0).confidence();
        List<FaultCandidate> all = new ArrayList<>(named);
        for (FaultCandidate other : own.candidates()) {
            all.add(new FaultCandidate(
                    other.kind(),
                    other.name(),
                    left * other.confidence(),
                    other.match(),
                    other.evidence(),
                    other.text()));
        }
        return new FaultReport(now, true, all, named.get(0).text(), Text.EMPTY, Text.EMPTY);
    }

    private static FaultReport unexplained(List<VibrationCondition> vibration, long now) {
        Text zone = vibration.stream()
                .filter(VibrationCondition::isZoneAlarm)
                .map(VibrationHealth::zone)
                .findFirst()
                .orElseThrow();
        return new FaultReport(
                now,
                true,
                List.of(),
                zone,
                new Text(Map.of(
                        "en",
                        "Look at the spectrum: the shaft's own frequency tells of unbalance, twice that of misalignment.",
                        "de",
                        "Spektrum ansehen: Drehfrequenz deutet auf Unwucht, die doppelte auf Ausrichtungsfehler.")),
                Text.EMPTY);
    }
}
