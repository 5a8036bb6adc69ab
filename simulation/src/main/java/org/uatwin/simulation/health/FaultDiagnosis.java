package org.uatwin.simulation.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.detection.ResidualTest;
import org.uatwin.simulation.detection.TwinDetector;
import org.uatwin.simulation.estimation.AssetFollower;
import org.uatwin.simulation.estimation.Diagnosis;
import org.uatwin.simulation.estimation.Signature;

/**
 * Names the fault that explains what a twin deviates by: the vector of mean deviations is compared with the signature of each failure
 * mode, damage state, parameter and sensor (structured residuals; Gertler 1998), computed from the model at the present operating point.
 * Signatures of a model are only nearly right, so that what is left over counts relative to the size of the deviation; against all known
 * causes stands an unknown one. Pure functions.
 */
public final class FaultDiagnosis {
    private static final double DEVIATING = 1; // standard deviations of a sensor, without an alarm
    private static final double NOISE = 0.5; // of mean deviations, in standard deviations of a sensor
    private static final double INEXACT = 0.2; // of a signature
    private static final double UNKNOWN = 0.5; // of the squared deviation is left over by something unknown
    private static final double BELIEVED = 2; // log likelihood the estimator's own verdict adds
    private static final double VISIBLE = 0.3; // standard deviations at an amplitude of 1
    private static final double WORTH_NAMING = 0.05;
    private static final double SENSOR_TEST = 0.9; // confidence that a sensor that is stuck is at fault
    private static final double TOLD_APART = 3;
    private static final int MOST = 5;

    private final List<String> points;
    private final double[] seen;
    private final List<FailureMode> modes;
    private final List<Signature> signatures;
    private final Detection detection;
    private final Diagnosis believed;

    private FaultDiagnosis(
            List<String> points,
            double[] seen,
            List<FailureMode> modes,
            List<Signature> signatures,
            Detection detection,
            Diagnosis believed) {
        this.points = points;
        this.seen = seen;
        this.modes = modes;
        this.signatures = signatures;
        this.detection = detection;
        this.believed = believed;
    }

    /**
     * Diagnoses a followed twin; on the thread that owns both.
     *
     * @param modes failure modes of its model.
     */
    public static FaultReport of(AssetFollower follower, TwinDetector detector, List<FailureMode> modes) {
        double[] seen = new double[detector.points().size()];
        for (int c = 0; c < seen.length; c++) {
            seen[c] = detector.deviation(c);
        }
        return of(
                detector.points(),
                seen,
                modes,
                follower.signatures(),
                detector.report(),
                follower.report().diagnosis());
    }

    /**
     * The same from what was found before.
     *
     * @param points predicted outputs.
     * @param seen mean deviation of each in standard deviations of its sensor; NaN if it is not measured.
     */
    public static FaultReport of(
            List<String> points,
            double[] seen,
            List<FailureMode> modes,
            List<Signature> signatures,
            Detection detection,
            Diagnosis believed) {
        return new FaultDiagnosis(points, seen, modes, signatures, detection, believed).report();
    }

    /** A cause with how well it explains what is seen. */
    private record Scored(Signature cause, double amplitude, double match, double likelihood) {}

    private FaultReport report() {
        if (!detection.isAvailable() || signatures.isEmpty()) {
            Text why = detection.isAvailable()
                    ? text("The twin is not calibrated yet.", "Der Zwilling ist noch nicht kalibriert.")
                    : detection.unavailable();
            return new FaultReport(detection.time(), false, List.of(), why, Text.EMPTY, why);
        }
        double square = 0;
        double most = 0;
        for (double one : seen) {
            square += Double.isNaN(one) ? 0 : one * one;
            most = Double.isNaN(one) ? most : Math.max(most, Math.abs(one));
        }
        FaultCandidate sensor = bySensorTest();
        boolean isDeviating =
                detection.isAlarm() || sensor != null || (most > DEVIATING && believed.kind() != Diagnosis.Kind.NONE);
        if (!isDeviating) {
            return new FaultReport(
                    detection.time(),
                    false,
                    List.of(),
                    text("Nothing deviates from what is expected.", "Nichts weicht vom Erwarteten ab."),
                    Text.EMPTY,
                    Text.EMPTY);
        }
        List<Scored> scored = new ArrayList<>();
        for (Signature cause : signatures) {
            Scored one = scored(cause, square);
            if (one != null && !isNamedByAFailureMode(one)) {
                scored.add(one);
            }
        }
        double variance = NOISE * NOISE + INEXACT * INEXACT * square;
        double unknown = -0.5 * UNKNOWN * square / variance;
        List<FaultCandidate> candidates = candidates(scored, unknown, sensor);
        return new FaultReport(
                detection.time(),
                true,
                candidates,
                answer(candidates),
                candidates.isEmpty() ? Text.EMPTY : discriminate(candidates, scored),
                Text.EMPTY);
    }

    /** A sensor that is stuck, noisy, missing or jumps needs no signature. */
    private @Nullable FaultCandidate bySensorTest() {
        for (Detection.Contributor one : detection.contributors()) {
            boolean isOfSensor = one.test() == ResidualTest.STUCK
                    || one.test() == ResidualTest.NOISE
                    || one.test() == ResidualTest.MISSING
                    || one.test() == ResidualTest.RATE;
            if (isOfSensor && one.value() >= one.limit()) {
                Map<String, String> words = one.test().text().byLocale();
                return new FaultCandidate(
                        Signature.Kind.SENSOR,
                        one.point(),
                        SENSOR_TEST,
                        Double.NaN,
                        List.of(),
                        text(
                                "The sensor of %s %s.".formatted(one.point(), words.get("en")),
                                "Der Sensor von %s %s.".formatted(one.point(), words.get("de"))));
            }
        }
        return null;
    }

    private @Nullable Scored scored(Signature cause, double square) {
        double product = 0;
        double own = 0;
        for (int c = 0; c < seen.length; c++) {
            if (!Double.isNaN(seen[c])) {
                product += seen[c] * cause.effects().get(c);
                own += cause.effects().get(c) * cause.effects().get(c);
            }
        }
        boolean isVisible = Math.sqrt(own) > VISIBLE && square > 0;
        if (!isVisible || (cause.sign() > 0 && product <= 0)) {
            return null;
        }
        double match = product / Math.sqrt(own * square);
        double left = square * (1 - match * match);
        double variance = NOISE * NOISE + INEXACT * INEXACT * square;
        boolean isBelieved = believed.name().equals(cause.name()) || (isOf(cause, believed.name()));
        return new Scored(cause, product / own, match, -0.5 * left / variance + (isBelieved ? BELIEVED : 0));
    }

    /** Whether a cause is the failure mode of this damage state or parameter. */
    private boolean isOf(Signature cause, String name) {
        return cause.kind() == Signature.Kind.FAILURE_MODE
                && !name.isEmpty()
                && modes.stream()
                        .anyMatch(m -> m.name().equals(cause.name())
                                && (m.damage().equals(name) || m.knob().equals(name)));
    }

    /** Damage and parameters that a failure mode stands for are named by it, if they went its way. */
    private boolean isNamedByAFailureMode(Scored one) {
        boolean isOfAsset =
                one.cause().kind() == Signature.Kind.DAMAGE || one.cause().kind() == Signature.Kind.PARAMETER;
        return isOfAsset
                && signatures.stream().filter(s -> isOf(s, one.cause().name())).anyMatch(s -> scored(s, 1) != null);
    }

    private List<FaultCandidate> candidates(List<Scored> scored, double unknown, @Nullable FaultCandidate sensor) {
        double best = scored.stream().mapToDouble(Scored::likelihood).max().orElse(unknown);
        best = Math.max(best, unknown);
        double whole = StrictMath.exp(unknown - best);
        for (Scored one : scored) {
            whole += StrictMath.exp(one.likelihood() - best);
        }
        List<FaultCandidate> list = new ArrayList<>();
        double left = sensor == null ? 1 : 1 - sensor.confidence();
        for (Scored one : scored) {
            double confidence = left * StrictMath.exp(one.likelihood() - best) / whole;
            boolean isSame = sensor != null && one.cause().name().equals(sensor.name());
            if (confidence > WORTH_NAMING && one.likelihood() > unknown && !isSame) {
                list.add(candidate(one, confidence));
            }
        }
        if (sensor != null) {
            list.add(sensor);
        }
        list.sort(Comparator.comparingDouble(FaultCandidate::confidence).reversed());
        return list.subList(0, Math.min(MOST, list.size()));
    }

    private FaultCandidate candidate(Scored one, double confidence) {
        List<FaultCandidate.Evidence> evidence = new ArrayList<>();
        for (int c = 0; c < seen.length; c++) {
            double explained = one.amplitude() * one.cause().effects().get(c);
            if (!Double.isNaN(seen[c]) && Math.max(Math.abs(seen[c]), Math.abs(explained)) > DEVIATING) {
                evidence.add(new FaultCandidate.Evidence(points.get(c), seen[c], explained));
            }
        }
        evidence.sort(Comparator.comparingDouble(e -> -Math.abs(e.seen())));
        String points = String.join(
                ", ",
                evidence.stream()
                        .limit(3)
                        .map(e -> String.format(Locale.ROOT, "%s %+.1f s", e.point(), e.seen()))
                        .toList());
        Signature cause = one.cause();
        return new FaultCandidate(
                cause.kind(),
                cause.name(),
                confidence,
                one.match(),
                evidence,
                switch (cause.kind()) {
                    case FAILURE_MODE ->
                        text(
                                "%s explains %s.".formatted(cause.name(), points),
                                "%s erklärt %s.".formatted(cause.name(), points));
                    case DAMAGE, PARAMETER ->
                        text(
                                "A change of %s explains %s.".formatted(cause.name(), points),
                                "Eine Änderung von %s erklärt %s.".formatted(cause.name(), points));
                    case SENSOR ->
                        text(
                                "A wrong sensor of %s explains %s.".formatted(cause.name(), points),
                                "Ein falscher Sensor von %s erklärt %s.".formatted(cause.name(), points));
                });
    }

    private static Text answer(List<FaultCandidate> candidates) {
        if (candidates.isEmpty()) {
            return text(
                    "Something is wrong that no known fault explains.",
                    "Etwas stimmt nicht, und kein bekannter Fehler erklärt es.");
        }
        FaultCandidate first = candidates.get(0);
        String sure = String.format(Locale.ROOT, " (%.0f %%)", 100 * first.confidence());
        Map<String, String> words = first.text().byLocale();
        return text(words.get("en") + sure, words.get("de") + sure);
    }

    /** Where the first two would differ most: a point that is not measured is worth binding. */
    private Text discriminate(List<FaultCandidate> candidates, List<Scored> scored) {
        if (candidates.size() < 2
                || candidates.get(0).confidence()
                        > TOLD_APART * candidates.get(1).confidence()) {
            return Text.EMPTY;
        }
        Scored a = find(scored, candidates.get(0));
        Scored b = find(scored, candidates.get(1));
        if (a == null || b == null) {
            return Text.EMPTY;
        }
        int at = -1;
        double most = DEVIATING;
        for (int c = 0; c < seen.length; c++) {
            double apart = Math.abs(a.amplitude() * a.cause().effects().get(c)
                    - b.amplitude() * b.cause().effects().get(c));
            if (Double.isNaN(seen[c]) && apart > most) {
                most = apart;
                at = c;
            }
        }
        String first = a.cause().name();
        String second = b.cause().name();
        return at >= 0
                ? text(
                        "A measurement of %s would tell %s from %s.".formatted(points.get(at), first, second),
                        "Eine Messung von %s würde %s von %s unterscheiden.".formatted(points.get(at), first, second))
                : text(
                        "%s and %s look alike in all that the model predicts: look at the machine, or measure vibration spectra."
                                .formatted(first, second),
                        "%s und %s sehen in allem, was das Modell vorhersagt, gleich aus: Sehen Sie nach, oder messen Sie Schwingungsspektren."
                                .formatted(first, second));
    }

    private static @Nullable Scored find(List<Scored> scored, FaultCandidate candidate) {
        return scored.stream()
                .filter(s ->
                        s.cause().kind() == candidate.kind() && s.cause().name().equals(candidate.name()))
                .findFirst()
                .orElse(null);
    }

    private static Text text(String english, String german) {
        return new Text(Map.of("en", english, "de", german));
    }
}
