package org.uatwin.simulation.health;

import java.util.ArrayList;
import java.util.List;
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
    private static final double LEAST_SIGMA = 0.3; // of a mean deviation, in standard deviations of a sensor
    private static final double TWO = 1.5; // log likelihood two causes cost over one
    private static final double INEXACT = 0.2; // of a signature of the asset
    private static final double INEXACT_SENSOR = 0.05; // of a sensor's: it concerns its own point alone
    private static final double MOST_SENSOR = 12; // standard deviations the sensor of an input may be off
    private static final double UNKNOWN = 0.5; // of the squared deviation is left over by something unknown
    private static final double BELIEVED = 0.5; // log likelihood the estimator's own verdict adds
    private static final double VISIBLE = 0.3; // standard deviations at an amplitude of 1
    private static final double SENSOR_TEST =
            0.9; // confidence that a sensor that is stuck is at fault; half for one that is noisy
    private static final double EITHER_WAY = 0.69; // ln 2: a parameter or a sensor may go up or down, wear only one way
    private static final double ALIKE = 0.98; // cosine of two causes that nothing measured tells apart
    private static final double ENOUGH = 0.9; // of the square explained by one cause: no second is looked for

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
        List<Explanation> scored = new ArrayList<>();
        for (Signature cause : signatures) {
            for (Signature each : List.of(cause, onTheWay(cause))) {
                Explanation one = scored(each, square);
                if (one != null && !isNamedByAFailureMode(one)) {
                    keepBest(scored, one);
                }
            }
        }
        Explanation two = two(scored, square);
        if (two != null) {
            scored.add(two);
        }
        FaultRanking ranking = new FaultRanking(points, seen, signatures, scored);
        List<FaultCandidate> candidates =
                ranking.candidates(likelihood(UNKNOWN * square, square, INEXACT), bySensorTest());
        return new FaultReport(
                detection.time(),
                true,
                candidates,
                FaultRanking.answer(candidates),
                ranking.discriminator(candidates),
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
    private static void keepBest(List<Explanation> scored, Explanation one) {
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

    private @Nullable Explanation scored(Signature cause, double square) {
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
        return new Explanation(
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
    private @Nullable Explanation two(List<Explanation> single, double square) {
        double best =
                single.stream().mapToDouble(s -> s.match() * s.match()).max().orElse(0);
        Explanation found = null;
        for (int i = 0; i < single.size(); i++) {
            for (int j = 0; j < single.size(); j++) {
                Explanation a = single.get(i);
                Explanation b = single.get(j);
                boolean isPair = a.cause().kind() != Signature.Kind.SENSOR
                        && b.cause().kind() != Signature.Kind.SENSOR
                        && a.match() >= b.match()
                        && i != j;
                Explanation pair = isPair && best < ENOUGH ? pair(a.cause(), b.cause(), square) : null;
                if (pair != null && (found == null || pair.likelihood() > found.likelihood())) {
                    found = pair;
                }
            }
        }
        return found;
    }

    private @Nullable Explanation pair(Signature first, Signature second, double square) {
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
        return new Explanation(
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
    private boolean isNamedByAFailureMode(Explanation one) {
        boolean isOfAsset =
                one.cause().kind() == Signature.Kind.DAMAGE || one.cause().kind() == Signature.Kind.PARAMETER;
        return isOfAsset
                && signatures.stream().filter(s -> isOf(s, one.cause().name())).anyMatch(s -> scored(s, 1) != null);
    }

    static Text text(String english, String german) {
        return new Text(Map.of("en", english, "de", german));
    }
}
