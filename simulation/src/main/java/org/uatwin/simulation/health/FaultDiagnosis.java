package org.uatwin.simulation.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private static final double LEAST_SIGMA = 0.3; // of a mean deviation, in standard deviations of a sensor
    private static final double TWO = 1.5; // log likelihood two causes cost over one
    private static final double INEXACT = 0.2; // of a signature of the asset
    private static final double INEXACT_SENSOR = 0.05; // of a sensor's: it concerns its own point alone
    private static final double MOST_SENSOR = 12; // standard deviations the sensor of an input may be off
    private static final double UNKNOWN = 0.5; // of the squared deviation is left over by something unknown
    private static final double BELIEVED = 0.5; // log likelihood the estimator's own verdict adds
    private static final double VISIBLE = 0.3; // standard deviations at an amplitude of 1
    private static final double WORTH_NAMING = 0.05;
    private static final double SENSOR_TEST =
            0.9; // confidence that a sensor that is stuck is at fault; half for one that is noisy
    private static final double EITHER_WAY = 0.69; // ln 2: a parameter or a sensor may go up or down, wear only one way
    private static final double NEARLY = 0.97; // of a confidence: as good as equal
    private static final double SPEAKS_FOR =
            0.3; // share of what is seen that a cause explains: it is named as its evidence
    private static final double ALIKE = 0.98; // cosine of two causes that nothing measured tells apart
    private static final double TOLD_APART = 3;
    private static final double ENOUGH = 0.9; // of the square explained by one cause: no second is looked for
    private static final int MOST = 5;

    private final List<String> points;
    private final double[] seen;
    private final double[] sigma;
    private final double[] answered;
    private final List<FailureMode> modes;
    private final List<Signature> signatures;
    private final Detection detection;
    private final Diagnosis believed;

    private FaultDiagnosis(
            List<String> points,
            double[] seen,
            double[] sigma,
            double[] answered,
            List<FailureMode> modes,
            List<Signature> signatures,
            Detection detection,
            Diagnosis believed) {
        this.points = points;
        this.seen = seen;
        this.sigma = sigma;
        this.answered = answered;
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
        return of(follower, detector, modes, follower.signatures());
    }

    /** The same with signatures of an earlier moment, at which the asset ran. */
    static FaultReport of(
            AssetFollower follower, TwinDetector detector, List<FailureMode> modes, List<Signature> signatures) {
        double[] seen = new double[detector.points().size()];
        double[] sigma = new double[seen.length];
        double[] answered = new double[seen.length];
        for (int c = 0; c < seen.length; c++) {
            seen[c] = detector.deviation(c);
            sigma[c] = detector.deviationSigma(c);
            answered[c] = detector.answered(c);
        }
        return of(
                detector.points(),
                seen,
                sigma,
                answered,
                modes,
                signatures,
                detector.report(),
                follower.report().diagnosis());
    }

    /**
     * The same from what was found before.
     *
     * @param points predicted outputs.
     * @param seen mean deviation of each in standard deviations of its sensor; NaN if it is not measured.
     * @param sigma standard deviation of that without a fault.
     * @param answered share of its answer to a sudden change that each has shown by now.
     */
    static FaultReport of(
            List<String> points,
            double[] seen,
            double[] sigma,
            double[] answered,
            List<FailureMode> modes,
            List<Signature> signatures,
            Detection detection,
            Diagnosis believed) {
        return new FaultDiagnosis(points, seen, sigma, answered, modes, signatures, detection, believed).report();
    }

    /** A cause, or two at a time, with how well they explain what is seen. */
    private record Scored(
            Signature cause,
            double amplitude,
            @Nullable Signature second,
            double secondAmplitude,
            double match,
            double likelihood) {
        double explained(int output) {
            Signature other = second;
            return amplitude * cause.effects().get(output)
                    + (other == null ? 0 : secondAmplitude * other.effects().get(output));
        }
    }

    private FaultReport report() {
        if (!detection.isAvailable() || signatures.isEmpty()) {
            Text why = detection.isAvailable()
                    ? text("The twin is not calibrated yet.", "Der Zwilling ist noch nicht kalibriert.")
                    : detection.unavailable();
            return new FaultReport(detection.time(), false, List.of(), why, Text.EMPTY, why);
        }
        if (!detection.isAlarm()) {
            return new FaultReport(detection.time(), false, List.of(), nothing(), Text.EMPTY, Text.EMPTY);
        }
        double square = product(seen, seen);
        List<Scored> scored = new ArrayList<>();
        for (Signature cause : signatures) {
            for (Signature each : List.of(cause, onTheWay(cause))) {
                Scored one = scored(each, square);
                if (one != null && !isNamedByAFailureMode(one)) {
                    keepBest(scored, one);
                }
            }
        }
        Scored two = two(scored, square);
        if (two != null) {
            scored.add(two);
        }
        List<FaultCandidate> candidates =
                candidates(scored, likelihood(UNKNOWN * square, square, INEXACT), bySensorTest());
        return new FaultReport(
                detection.time(),
                true,
                candidates,
                answer(candidates),
                candidates.isEmpty() ? Text.EMPTY : discriminate(candidates, scored),
                Text.EMPTY);
    }

    /** Nothing deviates; what would not show in anything that is measured is said. */
    private Text nothing() {
        String hidden = String.join(
                ", ",
                modes.stream()
                        .map(FailureMode::name)
                        .filter(name -> signatures.stream()
                                .filter(s -> s.kind() == Signature.Kind.FAILURE_MODE
                                        && s.name().equals(name))
                                .noneMatch(s -> Math.sqrt(product(effects(s), effects(s))) > VISIBLE))
                        .toList());
        return text(
                "Nothing deviates from what is expected."
                        + (hidden.isEmpty() ? "" : " No measured point shows %s.".formatted(hidden)),
                "Nichts weicht vom Erwarteten ab."
                        + (hidden.isEmpty() ? "" : " Kein gemessener Punkt zeigt %s.".formatted(hidden)));
    }

    /** What a cause has done so far if it came when the alarm began: temperatures follow later. A sensor shows what it shows at once. */
    private Signature onTheWay(Signature cause) {
        if (cause.kind() == Signature.Kind.SENSOR) {
            return cause;
        }
        List<Double> effects = new ArrayList<>();
        for (int c = 0; c < answered.length; c++) {
            effects.add(answered[c] * cause.effects().get(c));
        }
        return new Signature(cause.kind(), cause.name(), effects, cause.sign(), cause.perUnit(), cause.unit());
    }

    /** Of a failure mode at several extents counts the one that matches best. */
    private static void keepBest(List<Scored> scored, Scored one) {
        for (int i = 0; i < scored.size(); i++) {
            Signature other = scored.get(i).cause();
            if (other.kind() == one.cause().kind()
                    && other.name().equals(one.cause().name())) {
                if (one.likelihood() > scored.get(i).likelihood()) {
                    scored.set(i, one);
                }
                return;
            }
        }
        scored.add(one);
    }

    /** Inner product over what is measured, in standard deviations of what it is by chance. */
    private double product(double[] a, double[] b) {
        double sum = 0;
        for (int c = 0; c < seen.length; c++) {
            double s = Math.max(LEAST_SIGMA, sigma[c]);
            sum += Double.isNaN(seen[c]) ? 0 : a[c] * b[c] / (s * s);
        }
        return sum;
    }

    private static double likelihood(double left, double square, double inexact) {
        return -0.5 * Math.max(0, left) / (1 + inexact * inexact * square);
    }

    private static double[] effects(Signature cause) {
        return cause.effects().stream().mapToDouble(Double::doubleValue).toArray();
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
                        one.test() == ResidualTest.STUCK || one.test() == ResidualTest.MISSING ? SENSOR_TEST : 0.5,
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
        double[] effects = effects(cause);
        double product = product(seen, effects);
        double own = product(effects, effects);
        boolean isVisible = Math.sqrt(own) > VISIBLE && square > 0;
        if (!isVisible || (cause.sign() > 0 && product <= 0)) {
            return null;
        }
        double match = product / Math.sqrt(own * square);
        double amplitude = Math.min(product / own, largest(cause));
        boolean isSensor = cause.kind() == Signature.Kind.SENSOR;
        if (isSensor && !points.contains(cause.name()) && Math.abs(product / own) > MOST_SENSOR) {
            return null;
        }
        double more = (isBelieved(cause) ? BELIEVED : 0) - (cause.sign() == 0 ? EITHER_WAY : 0);
        double left = square - 2 * amplitude * product + amplitude * amplitude * own;
        return new Scored(
                cause, amplitude, null, 0, match, likelihood(left, square, isSensor ? INEXACT_SENSOR : INEXACT) + more);
    }

    /** How far a failure mode at one extent may be scaled up: to the next, because few look the same all the way. */
    private double largest(Signature cause) {
        double next = Double.POSITIVE_INFINITY;
        if (cause.kind() == Signature.Kind.FAILURE_MODE) {
            for (Signature other : signatures) {
                boolean isSame = other.kind() == cause.kind() && other.name().equals(cause.name());
                next = isSame && other.perUnit() > cause.perUnit() ? Math.min(next, other.perUnit()) : next;
            }
        }
        return next / cause.perUnit();
    }

    private boolean isBelieved(Signature cause) {
        return believed.name().equals(cause.name())
                || isOf(cause, believed.name())
                || signatures.stream().anyMatch(s -> s.name().equals(believed.name()) && looksLike(s, cause));
    }

    /** The estimator knows damage and parameters only; what it believes of one holds for a failure mode that looks the same. */
    private boolean looksLike(Signature believedIn, Signature cause) {
        double[] a = effects(believedIn);
        double[] b = effects(cause);
        double size = Math.sqrt(product(a, a) * product(b, b));
        return cause.kind() == Signature.Kind.FAILURE_MODE && size > 0 && Math.abs(product(a, b)) > ALIKE * size;
    }

    /** The best two causes of the asset that act together, if one is not enough. */
    private @Nullable Scored two(List<Scored> single, double square) {
        double best =
                single.stream().mapToDouble(s -> s.match() * s.match()).max().orElse(0);
        Scored found = null;
        for (int i = 0; i < single.size(); i++) {
            for (int j = 0; j < single.size(); j++) {
                Scored a = single.get(i);
                Scored b = single.get(j);
                boolean isPair = a.cause().kind() != Signature.Kind.SENSOR
                        && b.cause().kind() != Signature.Kind.SENSOR
                        && a.match() >= b.match()
                        && i != j;
                Scored pair = isPair && best < ENOUGH ? pair(a.cause(), b.cause(), square) : null;
                if (pair != null && (found == null || pair.likelihood() > found.likelihood())) {
                    found = pair;
                }
            }
        }
        return found;
    }

    private @Nullable Scored pair(Signature first, Signature second, double square) {
        double[] a = effects(first);
        double[] b = effects(second);
        double aa = product(a, a);
        double bb = product(b, b);
        double ab = product(a, b);
        double sa = product(seen, a);
        double sb = product(seen, b);
        double determinant = aa * bb - ab * ab;
        if (determinant < 0.1 * aa * bb) {
            return null; // they look alike: two of them explain no more than one
        }
        double x = (sa * bb - sb * ab) / determinant;
        double y = (sb * aa - sa * ab) / determinant;
        if ((first.sign() > 0 && x <= 0) || (second.sign() > 0 && y <= 0)) {
            return null;
        }
        double explained = (x * sa + y * sb) / square;
        double more = (isBelieved(first) || isBelieved(second) ? BELIEVED : 0)
                - (first.sign() == 0 ? EITHER_WAY : 0)
                - (second.sign() == 0 ? EITHER_WAY : 0);
        return new Scored(
                first,
                x,
                second,
                y,
                Math.sqrt(Math.max(0, explained)),
                likelihood(square * (1 - explained), square, INEXACT) - TWO + more);
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
                list.add(candidate(one, one.cause(), confidence));
                Signature second = one.second();
                if (second != null) {
                    list.add(candidate(one, second, confidence));
                }
            }
        }
        if (sensor != null) {
            list.add(sensor);
        }
        sort(list);
        List<FaultCandidate> unique = new ArrayList<>();
        for (FaultCandidate one : list) {
            if (unique.stream()
                    .noneMatch(u -> u.kind() == one.kind() && u.name().equals(one.name()))) {
                unique.add(one);
            }
        }
        return unique.subList(0, Math.min(MOST, unique.size()));
    }

    /** By confidence; nearly equal ones in the order of the signatures: failure modes as the model lists them, parameters, sensors. */
    private void sort(List<FaultCandidate> list) {
        list.sort(Comparator.comparingDouble(FaultCandidate::confidence).reversed());
        for (int i = 1; i < list.size(); i++) {
            for (int j = i; j > 0 && place(list.get(j)) < place(list.get(j - 1)); j--) {
                if (list.get(j).confidence() < NEARLY * list.get(j - 1).confidence()) {
                    break;
                }
                Collections.swap(list, j, j - 1);
            }
        }
    }

    private int place(FaultCandidate candidate) {
        int at = 0;
        while (at < signatures.size() && !is(signatures.get(at), candidate)) {
            at++;
        }
        return at;
    }

    private FaultCandidate candidate(Scored one, Signature cause, double confidence) {
        List<FaultCandidate.Evidence> evidence = new ArrayList<>();
        for (int c = 0; c < seen.length; c++) {
            double explained = one.explained(c);
            if (!Double.isNaN(seen[c]) && Math.max(Math.abs(seen[c]), Math.abs(explained)) > DEVIATING) {
                evidence.add(new FaultCandidate.Evidence(points.get(c), seen[c], explained));
            }
        }
        evidence.sort(Comparator.comparingDouble(e -> -Math.abs(e.seen())));
        String points = String.join(
                ", ",
                evidence.stream()
                        .filter(e -> e.explained() / e.seen() > SPEAKS_FOR)
                        .limit(3)
                        .map(e -> String.format(Locale.ROOT, "%s %+.1f σ", e.point(), e.seen()))
                        .toList());
        return new FaultCandidate(
                cause.kind(),
                cause.name(),
                confidence,
                one.match(),
                evidence,
                switch (cause.kind()) {
                    case FAILURE_MODE ->
                        text(
                                "%s explains %s.".formatted(cause.name() + other(one, cause, " and "), points),
                                "%s erklärt %s.".formatted(cause.name() + other(one, cause, " und "), points));
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

    /** The other of two causes that act together. */
    private static String other(Scored one, Signature cause, String and) {
        Signature second = one.second();
        if (second == null) {
            return "";
        }
        return and + (cause.name().equals(second.name()) ? one.cause().name() : second.name());
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
        if (a == null || b == null || a.equals(b) || a.second() != null || b.second() != null) {
            return Text.EMPTY;
        }
        int at = -1;
        double most = DEVIATING;
        for (int c = 0; c < seen.length; c++) {
            double apart = Math.abs(a.explained(c) - b.explained(c));
            if (Double.isNaN(seen[c]) && apart > most) {
                most = apart;
                at = c;
            }
        }
        String first = candidates.get(0).name();
        String second = candidates.get(1).name();
        return at >= 0
                ? text(
                        "A measurement of %s would tell %s from %s.".formatted(points.get(at), first, second),
                        "Eine Messung von %s würde %s von %s unterscheiden.".formatted(points.get(at), first, second))
                : text(
                        "%s and %s look nearly alike in all that is measured: look at the machine."
                                .formatted(first, second),
                        "%s und %s sehen in allem, was gemessen wird, fast gleich aus: Sehen Sie nach."
                                .formatted(first, second));
    }

    private static @Nullable Scored find(List<Scored> scored, FaultCandidate candidate) {
        return scored.stream()
                .filter(s -> is(s.cause(), candidate)
                        || Optional.ofNullable(s.second())
                                .filter(second -> is(second, candidate))
                                .isPresent())
                .max(Comparator.comparingDouble(Scored::likelihood))
                .orElse(null);
    }

    private static boolean is(Signature cause, FaultCandidate candidate) {
        return cause.kind() == candidate.kind() && cause.name().equals(candidate.name());
    }

    private static Text text(String english, String german) {
        return new Text(Map.of("en", english, "de", german));
    }
}
