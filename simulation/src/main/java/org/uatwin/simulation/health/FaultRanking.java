package org.uatwin.simulation.health;

import static org.uatwin.simulation.health.FaultDiagnosis.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.estimation.Signature;

/** Puts explanations of what is seen in order and into words. */
final class FaultRanking {
    private static final double DEVIATING = 1; // standard deviations of a sensor, without an alarm
    private static final double WORTH_NAMING = 0.05;
    private static final double NEARLY = 0.97; // of a confidence: as good as equal
    private static final double SPEAKS_FOR =
            0.3; // share of what is seen that a cause explains: it is named as its evidence
    private static final double TOLD_APART = 3;
    private static final int MOST = 5;

    private final List<String> points;
    private final double[] seen;
    private final List<Signature> signatures;
    private final List<Explanation> scored;

    /**
     * @param seen mean deviation of each point; NaN if it is not measured.
     * @param signatures whose order decides between near equals.
     * @param scored one for each cause that may be.
     */
    FaultRanking(List<String> points, double[] seen, List<Signature> signatures, List<Explanation> scored) {
        this.points = points;
        this.seen = seen;
        this.signatures = signatures;
        this.scored = scored;
    }

    /**
     * Those that are likelier than an unknown cause, the likeliest first.
     *
     * @param unknown logarithm of the likelihood of something unknown.
     * @param sensor whose own tests say that it is at fault; null if none do.
     */
    List<FaultCandidate> candidates(double unknown, @Nullable FaultCandidate sensor) {
        double best = scored.stream().mapToDouble(Explanation::likelihood).max().orElse(unknown);
        best = Math.max(best, unknown);
        double whole = StrictMath.exp(unknown - best);
        for (Explanation one : scored) {
            whole += StrictMath.exp(one.likelihood() - best);
        }
        List<FaultCandidate> list = new ArrayList<>();
        double left = sensor == null ? 1 : 1 - sensor.confidence();
        for (Explanation one : scored) {
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

    private FaultCandidate candidate(Explanation one, Signature cause, double confidence) {
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
    private static String other(Explanation one, Signature cause, String and) {
        Signature second = one.second();
        if (second == null) {
            return "";
        }
        return and + (cause.name().equals(second.name()) ? one.cause().name() : second.name());
    }

    static Text answer(List<FaultCandidate> candidates) {
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
    Text discriminator(List<FaultCandidate> candidates) {
        if (candidates.size() < 2
                || candidates.get(0).confidence()
                        > TOLD_APART * candidates.get(1).confidence()) {
            return Text.EMPTY;
        }
        Explanation a = find(candidates.get(0));
        Explanation b = find(candidates.get(1));
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

    private @Nullable Explanation find(FaultCandidate candidate) {
        return scored.stream()
                .filter(s -> is(s.cause(), candidate)
                        || Optional.ofNullable(s.second())
                                .filter(second -> is(second, candidate))
                                .isPresent())
                .max(Comparator.comparingDouble(Explanation::likelihood))
                .orElse(null);
    }

    private static boolean is(Signature cause, FaultCandidate candidate) {
        return cause.kind() == candidate.kind() && cause.name().equals(candidate.name());
    }
}
