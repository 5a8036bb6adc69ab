package org.uatwin.simulation.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.detection.ResidualTest;
import org.uatwin.simulation.estimation.Diagnosis;
import org.uatwin.simulation.estimation.FidelityLevel;
import org.uatwin.simulation.estimation.Synchronisation;
import org.uatwin.simulation.health.HealthAssessment.Aspect;
import org.uatwin.simulation.health.HealthAssessment.Finding;

/** Assesses: each part by itself, then the weakest counts and the worst device health wins. Pure functions. */
public final class HealthAssessor {
    private static final double WORTH_SAYING = 95; // a finding that takes less is not listed

    private HealthAssessor() {}

    /** The condition by these inputs. */
    public static HealthAssessment assess(HealthInputs in) {
        List<Finding> all = new ArrayList<>();
        mode(in, all);
        damage(in, all);
        detection(in, all);
        following(in, all);
        life(in, all);
        limit(in, all);
        in.vibration().forEach(vibration -> VibrationHealth.add(vibration, all));
        Text unavailable = unavailable(in);
        double score = all.stream().mapToDouble(Finding::score).min().orElse(100);
        DeviceHealth health = DeviceHealth.NORMAL;
        for (Finding finding : all) {
            health = health.orWorse(finding.health());
        }
        if (score < in.limits().score()) {
            health = health.orWorse(DeviceHealth.MAINTENANCE_REQUIRED);
        }
        List<Finding> named = all.stream()
                .filter(f -> f.score() < WORTH_SAYING || f.health() != DeviceHealth.NORMAL)
                .sorted(Comparator.comparingDouble(Finding::score))
                .toList();
        return new HealthAssessment(
                in.time(),
                unavailable.isEmpty() ? score : -1,
                health,
                named,
                text(score, named, unavailable),
                unavailable);
    }

    private static Text unavailable(HealthInputs in) {
        Synchronisation following = in.following();
        Detection detection = in.detection();
        boolean isFollowed = following != null && following.level().isUsable();
        boolean isWatched = detection != null && detection.isAvailable();
        return isFollowed
                        || isWatched
                        || !in.vibration().isEmpty()
                        || !in.damage().isEmpty()
                        || in.life() != null
                ? Text.EMPTY
                : text(
                        "Nothing is known of the asset yet: the twin is not calibrated, no baseline was learned and no lifetime is counted.",
                        "Über die Anlage ist noch nichts bekannt: Der Zwilling ist nicht kalibriert, kein Normalverhalten gelernt und keine Lebensdauer gezählt.");
    }

    private static void mode(HealthInputs in, List<Finding> all) {
        if (in.mode() == OperatingMode.FAILED) {
            all.add(new Finding(
                    Aspect.MODE,
                    "State",
                    0,
                    DeviceHealth.FAILURE,
                    text("The asset reports that it has failed.", "Die Anlage meldet einen Ausfall.")));
        } else if (in.mode() == OperatingMode.TRIPPED) {
            all.add(new Finding(
                    Aspect.MODE,
                    "State",
                    30,
                    DeviceHealth.FAILURE,
                    text(
                            "Protection has switched the asset off.",
                            "Eine Schutzeinrichtung hat die Anlage abgeschaltet.")));
        }
    }

    private static void damage(HealthInputs in, List<Finding> all) {
        for (DamageLevel level : in.damage()) {
            double score = 100 * Math.max(0, 1 - level.share());
            DeviceHealth health = level.share() >= 1 ? DeviceHealth.FAILURE : DeviceHealth.NORMAL;
            double percent = 100 * level.share();
            all.add(new Finding(
                    Aspect.DAMAGE,
                    level.mode(),
                    score,
                    health,
                    text(
                            "%s has come %.0f %% of the way to failure%s."
                                    .formatted(
                                            level.mode(), percent, level.isEstimated() ? "" : ", by the model alone"),
                            "%s hat %.0f %% des Weges bis zum Ausfall hinter sich%s."
                                    .formatted(
                                            level.mode(),
                                            percent,
                                            level.isEstimated() ? "" : ", nur nach dem Modell"))));
        }
    }

    /** Half of the index is left at the limit of a standing anomaly; what is still within its limits takes little. */
    private static void detection(HealthInputs in, List<Finding> all) {
        Detection detection = in.detection();
        if (detection == null || detection.contributors().isEmpty()) {
            return;
        }
        double s = detection.score();
        boolean isAlarm = detection.isAlarm();
        double score = isAlarm ? Math.max(10, 70 - 20 * Math.max(0, s - 1)) : Math.max(80, 100 - 20 * s * s);
        Detection.Contributor first = detection.contributors().get(0);
        boolean isSensor = isAlarm
                && (first.test() == ResidualTest.STUCK
                        || first.test() == ResidualTest.MISSING
                        || first.test() == ResidualTest.NOISE
                        || first.test() == ResidualTest.RATE);
        DeviceHealth health =
                isSensor ? DeviceHealth.CHECK_FUNCTION : isAlarm ? DeviceHealth.OFF_SPEC : DeviceHealth.NORMAL;
        Map<String, String> words = first.test().text().byLocale();
        all.add(new Finding(
                isSensor ? Aspect.SENSOR : Aspect.RESIDUALS,
                first.point(),
                score,
                health,
                text(
                        "%s %s (%.1f times its limit).".formatted(first.point(), words.get("en"), s),
                        "%s %s (%.1f-mal die Grenze).".formatted(first.point(), words.get("de"), s))));
    }

    private static void following(HealthInputs in, List<Finding> all) {
        Synchronisation following = in.following();
        if (following == null) {
            return;
        }
        if (following.level() == FidelityLevel.INVALID) {
            all.add(new Finding(
                    Aspect.MODEL,
                    "FidelityLevel",
                    100,
                    DeviceHealth.CHECK_FUNCTION,
                    text(
                            "The model does not explain its asset any more.",
                            "Das Modell erklärt seine Anlage nicht mehr.")));
        }
        Diagnosis diagnosis = following.diagnosis();
        boolean isConfirmed =
                in.detection() == null || in.detection().isAlarm(); // the estimator's search is quick, and flickers
        if (diagnosis.kind() == Diagnosis.Kind.SENSOR && isConfirmed) {
            all.add(new Finding(
                    Aspect.SENSOR,
                    diagnosis.name(),
                    90,
                    DeviceHealth.CHECK_FUNCTION,
                    text(diagnosis.text(), "Der Sensor von %s weicht ab.".formatted(diagnosis.name()))));
        }
        if (following.level().isUsable() && following.isOutsideEnvelope()) {
            all.add(new Finding(
                    Aspect.MODEL,
                    "OutsideEnvelope",
                    100,
                    DeviceHealth.OFF_SPEC,
                    text(
                            "The asset runs where its model is not validated or not calibrated.",
                            "Die Anlage läuft dort, wo ihr Modell nicht geprüft oder nicht kalibriert ist.")));
        }
    }

    /** Half is left when as much time remains as the warning value. */
    private static void life(HealthInputs in, List<Finding> all) {
        HealthInputs.Life life = in.life();
        if (life == null) {
            return;
        }
        double hours = Math.max(0, life.medianHours());
        double warning = in.limits().rulHours();
        double score = hours + warning > 0 ? 100 * hours / (hours + warning) : 0;
        boolean isShort = hours < warning;
        String mode = life.dominantMode();
        all.add(new Finding(
                Aspect.LIFE,
                mode.isEmpty() ? "RemainingUsefulLife" : mode,
                score,
                isShort ? DeviceHealth.MAINTENANCE_REQUIRED : DeviceHealth.NORMAL,
                text(
                        "%.0f h remain%s.".formatted(hours, mode.isEmpty() ? "" : " until " + mode),
                        "%.0f h verbleiben%s.".formatted(hours, mode.isEmpty() ? "" : " bis " + mode))));
    }

    private static void limit(HealthInputs in, List<Finding> all) {
        HealthInputs.PointLimit limit = in.sharpestPoint();
        if (limit == null) {
            return;
        }
        double score = 100 - 50 * Math.min(1.6, Math.max(0, limit.share()));
        boolean isOver = limit.share() >= 1;
        all.add(new Finding(
                Aspect.LIMITS,
                limit.point(),
                isOver ? score : Math.max(score, 60),
                isOver
                        ? (limit.isAlarm() ? DeviceHealth.FAILURE : DeviceHealth.MAINTENANCE_REQUIRED)
                        : DeviceHealth.NORMAL,
                text(
                        "%s is at %.0f %% of the way to its limit.".formatted(limit.point(), 100 * limit.share()),
                        "%s ist bei %.0f %% des Weges zu seiner Grenze."
                                .formatted(limit.point(), 100 * limit.share()))));
    }

    private static Text text(double score, List<Finding> named, Text unavailable) {
        if (!unavailable.isEmpty()) {
            return unavailable;
        }
        if (named.isEmpty()) {
            return text(
                    format("Health %.0f of 100; nothing stands out.", score),
                    format("Zustand %.0f von 100; nichts fällt auf.", score));
        }
        StringBuilder en = new StringBuilder(format("Health %.0f of 100.", score));
        StringBuilder de = new StringBuilder(format("Zustand %.0f von 100.", score));
        named.stream().limit(3).forEach(f -> {
            en.append(' ').append(f.text().byLocale().get("en"));
            de.append(' ').append(f.text().byLocale().get("de"));
        });
        return text(en.toString(), de.toString());
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static Text text(String english, String german) {
        return new Text(Map.of("en", english, "de", german));
    }
}
