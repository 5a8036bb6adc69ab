package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.server.maintenance.Assessment;
import org.uatwin.server.maintenance.Texts;
import org.uatwin.simulation.health.FaultCandidate;
import org.uatwin.simulation.health.HealthAssessment;
import org.uatwin.simulation.scenario.AnswerBlock;

/** Answers of {@code AssessHealth} and {@code Diagnose}. */
final class HealthAnswer {
    private static final double CERTAIN = 1;

    private HealthAnswer() {}

    static CallMethodResult assess(Assessment found, Map<String, @Nullable Object> more) {
        HealthAssessment health = found.health();
        double score = Math.max(0, health.score());
        List<HealthAssessment.Finding> findings = health.findings();
        more.put(
                "ContributorNames",
                findings.stream().map(HealthAssessment.Finding::subject).toArray(String[]::new));
        more.put(
                "ContributorLosses", findings.stream().map(f -> 100 - f.score()).toArray(Double[]::new));
        more.put(
                "ContributorTexts",
                findings.stream().map(f -> english(f.text())).toArray(String[]::new));
        String text = english(health.isAvailable() ? health.text() : health.unavailable());
        return Answer.of(
                health.isAvailable(),
                text,
                block(found, score, "%", MaintenanceCalls.why(found) + text),
                score,
                health.health().number(),
                MaintenanceCalls.time(found.time()));
    }

    static CallMethodResult diagnose(Assessment found, Map<String, @Nullable Object> more) {
        var fault = found.fault();
        List<FaultCandidate> candidates = fault.candidates();
        double confidence = !fault.isDeviating()
                ? CERTAIN
                : candidates.isEmpty() ? 0 : candidates.get(0).confidence();
        String text = english(fault.isAvailable() ? fault.text() : fault.unavailable());
        List<String> evidence = new ArrayList<>();
        candidates.stream().limit(1).forEach(c -> c.evidence()
                .forEach(e -> evidence.add(String.format(
                        Locale.ROOT,
                        "%s: %+.1f standard deviations seen, %+.1f explained by %s",
                        e.point(),
                        e.seen(),
                        e.explained(),
                        Texts.name(c)))));
        if (found.detection().isAlarm()) {
            evidence.add(Texts.anomaly(found.detection()));
        }
        String discriminate = english(fault.discriminate());
        return Answer.of(
                fault.isAvailable(),
                text,
                block(found, confidence, "", MaintenanceCalls.why(found) + text),
                fault.isAvailable() ? Texts.fault(fault) : "",
                fault.isAvailable() ? confidence : 0.0,
                MaintenanceCalls.time(found.detection().since()),
                candidates.stream().map(Texts::name).toArray(String[]::new),
                candidates.stream().map(FaultCandidate::confidence).toArray(Double[]::new),
                evidence.toArray(new String[0]),
                discriminate.isEmpty() ? new String[0] : new String[] {discriminate});
    }

    private static AnswerBlock block(Assessment found, double value, String unit, String reason) {
        return new AnswerBlock(
                value,
                value,
                0,
                unit,
                found.dataAgeSeconds(),
                found.fit(),
                found.isExtrapolated(),
                found.modelVersion(),
                reason);
    }

    static String english(Text text) {
        return text.in(List.of("en")).text();
    }
}
