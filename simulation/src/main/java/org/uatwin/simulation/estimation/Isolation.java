package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says which single cause explains what the reference observer sees: for each candidate its best amplitude and how much of the
 * deviation it leaves (generalised likelihood ratio; Willsky and Jones 1976; Gertler 1998 for structured residuals). A sensor leaves
 * its own signature only where others see the same quantity; without such redundancy the answer is "cannot be told".
 */
final class Isolation {
    /** A deviation this improbable is looked into: chi-square of as many outputs as are measured, this many deviates out. */
    private static final double DEVIATES = 4;
    /** Two times the log of the likelihood ratio by which a cause has to lead the other kind: about 20 to 1. */
    private static final double LEAD = 6;
    /** Share of the deviation a cause has to explain. */
    private static final double EXPLAINED = 0.6;
    /** Prior standard deviations, units of damage, or standard deviations of a sensor that a cause may amount to. */
    private static final double MOST = 12;
    /** A sensor whose error is seen this directly may be off by any amount. */
    private static final double DIRECT = 0.3;

    private Isolation() {}

    /**
     * A possible cause.
     *
     * @param signature innovations it settles at for an amplitude of 1.
     * @param sign -1 or 1 if it can go one way only, else 0.
     * @param perUnit change in reported terms for an amplitude of 1.
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one judgement, never compared
    record Cause(Diagnosis.Kind kind, String name, double[] signature, int sign, double perUnit, String unit) {
        /** Largest part of the signature. */
        double strength() {
            double most = 0;
            for (double one : signature) {
                most = Math.max(most, Math.abs(one));
            }
            return most;
        }
    }

    /**
     * Result.
     *
     * @param deviation chi-square of the innovations.
     * @param limit above which something has changed.
     * @param cause the best one, if something has changed and one explains it.
     * @param amplitude of it.
     */
    record Verdict(double deviation, double limit, Diagnosis diagnosis, @Nullable Cause cause, double amplitude) {
        boolean isNormal() {
            return diagnosis.kind() == Diagnosis.Kind.NONE;
        }
    }

    /** Wear does not heal, and what would have to change out of all proportion is not the cause. */
    private static boolean isPossible(Cause cause, double amplitude) {
        boolean isLikely =
                Math.abs(amplitude) <= MOST || (cause.kind() == Diagnosis.Kind.SENSOR && cause.strength() > DIRECT);
        return isLikely && (cause.sign() == 0 || cause.sign() * amplitude > 0);
    }

    private record Scored(Cause cause, double amplitude, double gain) {}

    /**
     * Judges.
     *
     * @param mean averaged innovations of the outputs that are measured; NaN for others.
     * @param covariance of them when nothing has changed, m x m.
     */
    static Verdict judge(double[] mean, double[] covariance, List<Cause> causes) {
        int m = mean.length;
        double[] nu = mean.clone();
        double[] c = covariance.clone();
        int measured = 0;
        for (int j = 0; j < m; j++) {
            if (Double.isNaN(nu[j])) {
                nu[j] = 0;
                for (int k = 0; k < m; k++) {
                    c[j * m + k] = 0;
                    c[k * m + j] = 0;
                }
                c[j * m + j] = 1;
            } else {
                measured++;
            }
        }
        double[] l = new double[m * m];
        Matrices.cholesky(c, m, l);
        Matrices.forward(l, m, nu);
        double deviation = dot(nu, nu);
        double limit = measured == 0 ? Double.POSITIVE_INFINITY : Consistency.quantile(measured, DEVIATES);
        if (deviation <= limit) {
            return new Verdict(deviation, limit, Diagnosis.NONE, null, 0);
        }
        List<Scored> scored = new ArrayList<>();
        for (Cause cause : causes) {
            double[] s = cause.signature().clone();
            for (int j = 0; j < m; j++) {
                s[j] = Double.isNaN(mean[j]) ? 0 : s[j];
            }
            Matrices.forward(l, m, s);
            double square = dot(s, s);
            double amplitude = square > 0 ? dot(s, nu) / square : 0;
            boolean isPossible = isPossible(cause, amplitude);
            scored.add(new Scored(cause, amplitude, isPossible ? amplitude * amplitude * square : 0));
        }
        scored.sort((a, b) -> Double.compare(b.gain(), a.gain()));
        if (!scored.isEmpty() && scored.get(0).gain() >= EXPLAINED * deviation) {
            return decide(deviation, limit, scored);
        }
        return several(nu, l, mean, deviation, limit, causes);
    }

    /**
     * A machine often wears in several places at once: causes of the asset one after the other, each explaining most of what is
     * left (orthogonal matching pursuit; Pati et al. 1993), at most three.
     */
    private static Verdict several(
            double[] nu, double[] l, double[] mean, double deviation, double limit, List<Cause> causes) {
        int m = nu.length;
        double[] rest = nu.clone();
        List<Scored> taken = new ArrayList<>();
        List<double[]> directions = new ArrayList<>();
        while (taken.size() < 3) {
            Scored best = null;
            double[] bestDirection = new double[0];
            for (Cause cause : causes) {
                double[] s = cause.signature().clone();
                for (int j = 0; j < m; j++) {
                    s[j] = Double.isNaN(mean[j]) ? 0 : s[j];
                }
                Matrices.forward(l, m, s);
                for (double[] direction : directions) {
                    double along = dot(s, direction);
                    for (int j = 0; j < m; j++) {
                        s[j] -= along * direction[j];
                    }
                }
                double square = dot(s, s);
                double amplitude = square > 1e-6 ? dot(s, rest) / square : 0;
                boolean isPossible = cause.kind() != Diagnosis.Kind.SENSOR && isPossible(cause, amplitude);
                double gain = isPossible ? amplitude * amplitude * square : 0;
                if (gain > 0 && (best == null || gain > best.gain())) {
                    best = new Scored(cause, amplitude, gain);
                    bestDirection = s;
                }
            }
            if (best == null || best.gain() < 0.1 * deviation) {
                break;
            }
            taken.add(best);
            double size = Math.sqrt(dot(bestDirection, bestDirection));
            for (int j = 0; j < m; j++) {
                bestDirection[j] /= size;
            }
            double along = dot(rest, bestDirection);
            for (int j = 0; j < m; j++) {
                rest[j] -= along * bestDirection[j];
            }
            directions.add(bestDirection);
            if (dot(rest, rest) <= (1 - EXPLAINED) * deviation) {
                return changes(deviation, limit, taken);
            }
        }
        return unexplained(deviation, limit, taken);
    }

    private static Verdict changes(double deviation, double limit, List<Scored> taken) {
        StringBuilder text = new StringBuilder("Since the twin was calibrated ");
        for (int i = 0; i < taken.size(); i++) {
            text.append(i == 0 ? "" : i == taken.size() - 1 ? " and " : ", ").append(name(taken.get(i)));
        }
        Scored first = taken.get(0);
        return new Verdict(
                deviation,
                limit,
                new Diagnosis(
                        first.cause().kind(),
                        first.cause().name(),
                        first.amplitude() * first.cause().perUnit(),
                        0.5,
                        text.append('.').toString()),
                first.cause(),
                first.amplitude());
    }

    private static Verdict unexplained(double deviation, double limit, List<Scored> taken) {
        String nearest = taken.isEmpty() ? "" : "; nearest is that " + name(taken.get(0));
        String text =
                "The asset behaves otherwise than when the twin was calibrated, and neither a sensor nor up to three changes of the asset explain it"
                        + nearest
                        + '.';
        return new Verdict(deviation, limit, new Diagnosis(Diagnosis.Kind.UNEXPLAINED, "", 0, 0, text), null, 0);
    }

    private static Verdict decide(double deviation, double limit, List<Scored> scored) {
        Scored best = scored.get(0);
        boolean isSensor = best.cause().kind() == Diagnosis.Kind.SENSOR;
        Scored rival = null;
        double all = 0;
        for (int i = 0; i < scored.size(); i++) {
            Scored one = scored.get(i);
            all += StrictMath.exp(0.5 * (one.gain() - best.gain()));
            boolean isOtherKind = (one.cause().kind() == Diagnosis.Kind.SENSOR) != isSensor;
            boolean isOtherSensor = isSensor && i > 0;
            if (rival == null && (isOtherKind || isOtherSensor)) {
                rival = one;
            }
        }
        double confidence = 1 / all;
        double change = best.amplitude() * best.cause().perUnit();
        if (rival != null && best.gain() - rival.gain() < LEAD) {
            String text =
                    "Either %s or %s; the other measurements cannot tell. A second sensor or a check by hand would."
                            .formatted(name(best), name(rival));
            return new Verdict(
                    deviation,
                    limit,
                    new Diagnosis(Diagnosis.Kind.AMBIGUOUS, best.cause().name(), change, confidence, text),
                    null,
                    0);
        }
        String against = rival == null ? "" : " Next would be %s.".formatted(name(rival));
        String text = isSensor
                ? "The sensor of %s deviates by %s, and all others contradict it; it is not used. Check or calibrate it.%s"
                        .formatted(best.cause().name(), amount(best), against)
                : "%s changed by %s since the twin was calibrated.%s"
                        .formatted(best.cause().name(), amount(best), against);
        return new Verdict(
                deviation,
                limit,
                new Diagnosis(best.cause().kind(), best.cause().name(), change, confidence, text),
                best.cause(),
                best.amplitude());
    }

    private static String name(Scored one) {
        return one.cause().kind() == Diagnosis.Kind.SENSOR
                ? "the sensor of %s is off by %s".formatted(one.cause().name(), amount(one))
                : "%s changed by %s".formatted(one.cause().name(), amount(one));
    }

    private static String amount(Scored one) {
        double change = one.amplitude() * one.cause().perUnit();
        return one.cause().kind() == Diagnosis.Kind.SENSOR
                ? String.format(Locale.ROOT, "%+.3g %s", change, one.cause().unit())
                        .trim()
                : String.format(Locale.ROOT, "%+.1f %%", 100 * change);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
