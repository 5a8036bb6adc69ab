package org.uatwin.server.maintenance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.health.DeviceHealth;
import org.uatwin.simulation.health.HealthAssessment;
import org.uatwin.simulation.prognosis.ModeShare;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.prognosis.PrognosisAnswer;

/** The health of a system out of that of its parts: the worst part counts (information model 4.3). Pure functions. */
final class RollUp {
    /** What was found about a part; the system itself has the empty name. */
    record Part(String name, Assessment found) {}

    private RollUp() {}

    /** Of a system of which something is known; empty if nothing is known of any part. */
    static Optional<Assessment> of(List<Part> parts, long now) {
        List<Part> known = parts.stream()
                .filter(part -> part.found().inputs() != Assessment.Inputs.NONE)
                .toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Part weakest = known.stream()
                .filter(part -> part.found().health().isAvailable())
                .min(Comparator.comparingDouble(part -> part.found().health().score()))
                .orElse(known.get(0));
        Part first = known.stream()
                .filter(part -> part.found().prognosis().isPresent())
                .min(Comparator.comparingDouble(
                        part -> part.found().prognosis().orElseThrow().medianHours()))
                .orElse(weakest);
        Part loudest = known.stream()
                .max(Comparator.comparingDouble(part -> part.found().detection().score()))
                .orElse(weakest);
        Assessment a = weakest.found();
        double survives = 1;
        boolean hasProbability = false;
        for (Part part : known) {
            double p = part.found().failureProbability();
            hasProbability |= p >= 0;
            survives *= 1 - Math.max(0, p);
        }
        boolean isGood = known.stream().allMatch(part -> part.found().inputs() == Assessment.Inputs.GOOD);
        return Optional.of(new Assessment(
                now,
                known.stream()
                        .mapToDouble(part -> part.found().dataAgeSeconds())
                        .max()
                        .orElse(0),
                isGood ? Assessment.Inputs.GOOD : Assessment.Inputs.NOT_GOOD,
                health(known, weakest, now),
                life(first),
                hasProbability ? 1 - survives : -1,
                first.found().coverage(),
                first.found().state(),
                loudest.found().detection(),
                loudest.found().fault(),
                a.fit(),
                known.stream().anyMatch(part -> part.found().isExtrapolated()),
                first.found().modelVersion()));
    }

    private static HealthAssessment health(List<Part> known, Part weakest, long now) {
        DeviceHealth worst = DeviceHealth.NORMAL;
        List<HealthAssessment.Finding> findings = new ArrayList<>();
        for (Part part : known) {
            HealthAssessment health = part.found().health();
            if (health.isAvailable()) {
                worst = worst.orWorse(health.health());
            }
            health.findings()
                    .forEach(f -> findings.add(new HealthAssessment.Finding(
                            f.aspect(), named(part, f.subject()), f.score(), f.health(), prefixed(part, f.text()))));
        }
        findings.sort(Comparator.comparingDouble(HealthAssessment.Finding::score));
        HealthAssessment of = weakest.found().health();
        return new HealthAssessment(now, of.score(), worst, findings, prefixed(weakest, of.text()), of.unavailable());
    }

    private static PrognosisAnswer life(Part first) {
        Optional<Prognosis> found = first.found().prognosis();
        if (found.isEmpty() || first.name().isEmpty()) {
            return first.found().life();
        }
        Prognosis p = found.get();
        List<ModeShare> modes = p.modes().stream()
                .map(mode -> new ModeShare(named(first, mode.mode()), mode.share(), mode.medianHours()))
                .toList();
        return new PrognosisAnswer.Known(new Prognosis(
                p.life(),
                p.confidenceLevel(),
                modes,
                p.dataAgeSeconds(),
                p.modelVersion(),
                p.fit(),
                p.extrapolated(),
                p.methods(),
                prefixed(first, p.reason())));
    }

    private static String named(Part part, String name) {
        return part.name().isEmpty() ? name : part.name() + "/" + name;
    }

    private static Text prefixed(Part part, Text text) {
        if (part.name().isEmpty() || text.isEmpty()) {
            return text;
        }
        Map<String, String> all = new java.util.HashMap<>();
        text.byLocale().forEach((locale, words) -> all.put(locale, part.name() + ": " + words));
        return new Text(all);
    }
}
