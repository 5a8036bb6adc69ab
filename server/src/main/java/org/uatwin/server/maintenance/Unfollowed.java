package org.uatwin.server.maintenance;

import static org.uatwin.server.maintenance.Watched.both;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.health.DeviceHealth;
import org.uatwin.simulation.health.FaultReport;
import org.uatwin.simulation.health.HealthAssessment;
import org.uatwin.simulation.health.HealthAssessor;
import org.uatwin.simulation.health.HealthInputs;
import org.uatwin.simulation.health.VibrationHealth;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.prognosis.PrognosisAnswer;

/** What is found about a twin that nothing follows, because it has no model or shall not be. */
final class Unfollowed {
    private static final Text NO_MODEL = both(
            "No model of this twin knows its failure modes.", "Kein Modell dieses Zwillings kennt seine Ausfallarten.");

    private Unfollowed() {}

    /** Nothing was learned of it. */
    static Assessment nothing(long now) {
        Text why = both(
                "Nothing follows this twin, and no baseline was learned: call LearnBaseline, or see whether its type has a model and"
                        + " the plant file says follow: false.",
                "Diesem Zwilling wird nicht gefolgt, und kein Normalverhalten ist gelernt: LearnBaseline aufrufen, oder prüfen, ob sein"
                        + " Typ ein Modell hat und die Anlagendatei follow: false sagt.");
        return withoutLife(
                Assessment.Inputs.NONE,
                new HealthAssessment(now, -1, DeviceHealth.NORMAL, List.of(), why, why),
                new Detection(0, 0, false, 0, List.of(), null, why),
                why,
                "");
    }

    /** What was learned of its points is all there is. */
    static Assessment byBaseline(BaselineFeed learned, InputPoints inputs, long now) {
        Detection detection = learned.report();
        return withoutLife(
                quality(inputs),
                HealthAssessor.assess(HealthInputs.at(now).with(detection)),
                detection,
                NO_MODEL,
                learned.watch.learned().id());
    }

    private static Assessment withoutLife(
            Assessment.Inputs inputs, HealthAssessment health, Detection detection, Text why, String version) {
        return new Assessment(
                health.time(),
                0,
                inputs,
                health,
                new PrognosisAnswer.NotYet(why),
                -1,
                -1,
                Assessment.State.NOT_AVAILABLE,
                detection,
                new FaultReport(health.time(), false, List.of(), why, Text.EMPTY, why),
                -1,
                false,
                version);
    }

    /** Where no baseline was learned either. */
    static Detection notCompared() {
        Text why = both(
                "Nothing is compared: no baseline was learned; call LearnBaseline.",
                "Es wird nichts verglichen: Kein Normalverhalten ist gelernt; LearnBaseline aufrufen.");
        return new Detection(0, 0, false, 0, List.of(), null, why);
    }

    /**
     * Points of it are looked at one by one.
     *
     * @param found what was found in them.
     * @param detection what is unusual.
     * @param wear what those that wear say of its life; null if none does.
     */
    static Assessment byPoints(
            HealthInputs found, Detection detection, InputPoints inputs, @Nullable PrognosisAnswer wear) {
        PrognosisAnswer answer = wear == null ? new PrognosisAnswer.NotYet(NO_MODEL) : wear;
        Optional<Prognosis> known = answer.prognosis();
        HealthInputs.PointLimit limit = inputs.passedLimit();
        HealthInputs in = Watched.withLife(
                limit == null ? found.with(detection) : found.with(detection).with(limit), known);
        FaultReport unknown = new FaultReport(
                in.time(),
                false,
                List.of(),
                NO_MODEL,
                Text.EMPTY,
                in.vibration().isEmpty() ? NO_MODEL : Text.EMPTY);
        return new Assessment(
                in.time(),
                known.map(Prognosis::dataAgeSeconds).orElse(0.0),
                quality(inputs),
                HealthAssessor.assess(in),
                answer,
                known.map(p -> p.failureWithin(MaintenancePoints.PROBABILITY_HOURS))
                        .orElse(-1.0),
                known.map(Prognosis::coverage).orElse(-1.0),
                known.isPresent()
                        ? Assessment.State.READY
                        : wear == null ? Assessment.State.NOT_AVAILABLE : Assessment.State.LEARNING,
                VibrationHealth.detection(detection, in.vibration()),
                VibrationHealth.report(unknown, in.vibration(), in.time()),
                known.map(Prognosis::fit).orElse(-1.0),
                known.map(Prognosis::extrapolated).orElse(false),
                known.map(Prognosis::modelVersion).orElse(""));
    }

    private static Assessment.Inputs quality(InputPoints inputs) {
        return inputs.areGood() ? Assessment.Inputs.GOOD : Assessment.Inputs.NOT_GOOD;
    }
}
