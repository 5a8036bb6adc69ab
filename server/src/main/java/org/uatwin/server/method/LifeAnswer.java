package org.uatwin.server.method;

import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.server.maintenance.Assessment;
import org.uatwin.server.maintenance.Texts;
import org.uatwin.simulation.prognosis.MethodWeight;
import org.uatwin.simulation.prognosis.ModeShare;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.prognosis.PrognosisAnswer;
import org.uatwin.simulation.scenario.AnswerBlock;

/** Answer of {@code PredictRemainingUsefulLife}. */
final class LifeAnswer {
    private static final double[] PROBABILITY_HOURS = {24, 72, 168, 336, 720, 2190, 4380, 8760};

    private LifeAnswer() {}

    static CallMethodResult of(Assessment found, PrognosisAnswer answer, Map<String, @Nullable Object> more) {
        if (answer instanceof PrognosisAnswer.NotYet missing) {
            String text = HealthAnswer.english(missing.reason());
            AnswerBlock block = new AnswerBlock(
                    0,
                    0,
                    0,
                    "h",
                    found.dataAgeSeconds(),
                    found.fit(),
                    found.isExtrapolated(),
                    found.modelVersion(),
                    text);
            return Answer.of(false, "Not predictable yet: " + text, block, 0.0, 0.0, "");
        }
        Prognosis p = answer.prognosis().orElseThrow();
        double horizon = p.horizonHours();
        more.put("ModeNames", p.modes().stream().map(ModeShare::mode).toArray(String[]::new));
        more.put(
                "ModeMedianHours",
                p.modes().stream()
                        .map(mode -> Math.min(horizon, mode.medianHours()))
                        .toArray(Double[]::new));
        more.put("ModeProbabilities", p.modes().stream().map(ModeShare::share).toArray(Double[]::new));
        more.put(
                "MethodNames",
                p.methods().stream()
                        .map(m -> m.method().name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new));
        more.put("MethodWeights", p.methods().stream().map(MethodWeight::weight).toArray(Double[]::new));
        more.put("ProbabilityHours", DoubleStream.of(PROBABILITY_HOURS).boxed().toArray(Double[]::new));
        more.put(
                "Probabilities",
                DoubleStream.of(PROBABILITY_HOURS).map(p::failureWithin).boxed().toArray(Double[]::new));
        String reason = MaintenanceCalls.why(found) + HealthAnswer.english(p.reason());
        AnswerBlock block = new AnswerBlock(
                Math.min(p.lowerHours(), p.upperHours()),
                p.upperHours(),
                p.confidenceLevel(),
                "h",
                p.dataAgeSeconds(),
                p.fit(),
                p.extrapolated(),
                p.modelVersion(),
                reason);
        return Answer.of(
                true,
                Texts.prognosis(p),
                block,
                p.medianHours(),
                p.failureWithin(MaintenancePoints.PROBABILITY_HOURS),
                p.dominantMode());
    }
}
