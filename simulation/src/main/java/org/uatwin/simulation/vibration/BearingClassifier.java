package org.uatwin.simulation.vibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names the fault of a bearing by two witnesses. Physics: which orders of the geometry show in the envelope; a fault that shows
 * nothing is weighed by how often such faults hide. Experience: known records whose spectrum has the same shape, each with the weight
 * exp(-(d/h)^2/2) of its distance d. A record like a known one is named by experience, any other by physics. Immutable, any thread.
 */
public final class BearingClassifier {
    /** The fault that is none. */
    public static final String NORMAL = "normal";

    private static final double PHYSICS = 0.2; // weight beside one known record of the same shape
    private static final double REACH = 0.4; // of the usual distance between records of different faults
    private static final double USUAL_REACH_DB = 2; // if there are none to tell
    private static final double LEAST_REACH_DB = 1;
    private static final double MOST_REACH_DB = 3;
    private static final double NOISE_KURTOSIS = 3.5; // up to here nothing knocks

    private record Known(String name, String fault, SpectralShape shape) {}

    private final BearingGeometry geometry;
    private final List<Known> known;
    private final double topHz;
    private final double reachDb;

    private BearingClassifier(BearingGeometry geometry, List<Known> known, double topHz, double reachDb) {
        this.geometry = geometry;
        this.known = known;
        this.topHz = topHz;
        this.reachDb = reachDb;
    }

    /** Knows the geometry and nothing else: names IR, OR, B, or {@link #NORMAL} if nothing shows. */
    public static BearingClassifier ofPhysics(BearingGeometry geometry) {
        return new BearingClassifier(geometry, List.of(), 1, USUAL_REACH_DB);
    }

    /**
     * Learns what faults look like on this machine.
     *
     * @param records of known faults.
     * @param faults one a record: any names; IR, OR, B and their synonyms are known to physics as well.
     * @throws IllegalArgumentException if there is no record, or a name is missing.
     */
    public static BearingClassifier learn(BearingGeometry geometry, List<BearingRecord> records, List<String> faults) {
        if (records.isEmpty() || records.size() != faults.size()) {
            throw new IllegalArgumentException("%d faults of %d records".formatted(faults.size(), records.size()));
        }
        double topHz = records.stream()
                .mapToDouble(record -> record.waveform().rateHz() / 2)
                .min()
                .orElseThrow();
        List<Known> known = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            BearingRecord record = records.get(i);
            if (faults.get(i).isBlank()) {
                throw new IllegalArgumentException("%s: no fault is named to learn from".formatted(record.name()));
            }
            known.add(new Known(record.name(), faults.get(i), SpectralShape.of(record.waveform(), topHz)));
        }
        return new BearingClassifier(geometry, List.copyOf(known), topHz, reach(known));
    }

    private static double reach(List<Known> known) {
        double[] nearest = known.stream()
                .mapToDouble(one -> known.stream()
                        .filter(other -> !other.fault().equals(one.fault()))
                        .mapToDouble(other -> one.shape().distanceDb(other.shape()))
                        .min()
                        .orElse(Double.NaN))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return nearest.length == 0
                ? USUAL_REACH_DB
                : Math.min(MOST_REACH_DB, Math.max(LEAST_REACH_DB, REACH * nearest[nearest.length / 2]));
    }

    /** Names that can be given. */
    public List<String> faults() {
        if (known.isEmpty()) {
            List<String> names = new ArrayList<>();
            Arrays.stream(BearingFault.values()).map(BearingFault::code).forEach(names::add);
            names.add(NORMAL);
            return names;
        }
        return known.stream().map(Known::fault).distinct().sorted().toList();
    }

    /** Distance of spectra at which a known record's weight falls to 0.6. */
    public double reachDb() {
        return reachDb;
    }

    public BearingDiagnosis diagnose(BearingRecord record) {
        VibrationFindings findings = VibrationAnalysis.of(record.waveform(), record.rpm(), geometry);
        Map<String, Double> weights = new LinkedHashMap<>();
        double physics = physicsWeight(findings);
        physics(findings).forEach((fault, share) -> weights.merge(fault, physics * share, Double::sum));
        String likest = "";
        double likestDb = Double.NaN;
        if (!known.isEmpty()) {
            SpectralShape shape = SpectralShape.of(record.waveform(), topHz);
            for (Known one : known) {
                double distance = one.shape().distanceDb(shape);
                double ratio = distance / reachDb;
                weights.merge(one.fault(), StrictMath.exp(-ratio * ratio / 2), Double::sum);
                if (!(distance >= likestDb)) {
                    likestDb = distance;
                    likest = one.name();
                }
            }
        }
        return diagnosis(record, findings, shares(weights), likest, likestDb);
    }

    private BearingDiagnosis diagnosis(
            BearingRecord record,
            VibrationFindings findings,
            Map<String, Double> shares,
            String likest,
            double likestDb) {
        Map.Entry<String, Double> first = shares.entrySet().iterator().next();
        Optional<FaultSign> sign = BearingFault.named(first.getKey()).flatMap(findings::sign);
        List<String> reason = new ArrayList<>();
        if (!likest.isEmpty()) {
            String how =
                    likestDb <= 2 * reachDb ? "spectrum like %s (%.1f dB)" : "spectrum like none known (%s: %.1f dB)";
            reason.add(String.format(Locale.ROOT, how, likest, likestDb));
        }
        if (sign.isPresent() && sign.get().isSignificant()) {
            reason.add("the order of the " + sign.get().fault().words() + " shows");
        } else {
            findings.fault().ifPresent(other -> reason.add("its order does not show, but " + other.text()));
            if (findings.fault().isEmpty()) {
                reason.add(
                        findings.signs().isEmpty()
                                ? findings.whyNoSigns()
                                : "no order of the bearing shows in the envelope");
            }
        }
        if (findings.kurtosis() > NOISE_KURTOSIS) {
            reason.add(String.format(Locale.ROOT, "knocks: kurtosis %.1f", findings.kurtosis()));
        }
        return new BearingDiagnosis(
                record.name(), first.getKey(), first.getValue(), shares, findings, sign, likest, likestDb, reason);
    }

    /** The clearer the strongest sign, the less a likeness can outweigh it. */
    private static double physicsWeight(VibrationFindings findings) {
        double clearest =
                findings.signs().isEmpty() ? 0 : findings.signs().get(0).score() / FaultSign.HIGHEST;
        return PHYSICS + (1 - PHYSICS) * clearest * clearest;
    }

    /** What each fault that can be named weighs by the envelope alone; sums to 1, or is empty if physics knows none of them. */
    private Map<String, Double> physics(VibrationFindings findings) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String name : faults()) {
            BearingFault.named(name)
                    .ifPresent(fault -> weights.put(name, fault.hidden() * StrictMath.exp(findings.score(fault))));
        }
        if (known.stream().noneMatch(one -> one.fault().equals(NORMAL))) {
            // a healthy bearing shows nothing and does not knock; as likely as any fault together, at the score of
            // chance
            double knocks = Math.max(0, findings.kurtosis() - NOISE_KURTOSIS);
            weights.put(NORMAL, StrictMath.exp(1 - knocks));
        }
        double sum = weights.values().stream().mapToDouble(w -> w).sum();
        weights.replaceAll((name, weight) -> weight / sum);
        return weights;
    }

    private static Map<String, Double> shares(Map<String, Double> weights) {
        double sum = weights.values().stream().mapToDouble(w -> w).sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        weights.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> shares.put(entry.getKey(), sum > 0 ? entry.getValue() / sum : 0));
        return shares;
    }
}
