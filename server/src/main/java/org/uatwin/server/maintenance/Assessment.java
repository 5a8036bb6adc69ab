package org.uatwin.server.maintenance;

import java.util.Optional;
import org.uatwin.simulation.detection.Detection;
import org.uatwin.simulation.health.FaultReport;
import org.uatwin.simulation.health.HealthAssessment;
import org.uatwin.simulation.prognosis.Prognosis;
import org.uatwin.simulation.prognosis.PrognosisAnswer;

/**
 * What was found about a twin at one moment. Immutable.
 *
 * @param time of the assessment, {@link org.uatwin.informationmodel.value.UaTime} ticks.
 * @param dataAgeSeconds how old the data are that it stands on.
 * @param inputs whether these are good.
 * @param health how healthy the asset is.
 * @param life how long it will last.
 * @param failureProbability of failing within {@link org.uatwin.informationmodel.type.MaintenancePoints#PROBABILITY_HOURS}; -1 if it is
 *     not known.
 * @param coverage share of past intervals that held what came, 0..1; -1 = none yet.
 * @param state whether there is a prediction.
 * @param detection what is unusual.
 * @param fault what explains it.
 * @param fit how well the twin follows its asset, 0..1; -1 = not tracked.
 * @param isExtrapolated whether the asset runs outside of what the model was calibrated for.
 * @param modelVersion name and version of the model.
 */
public record Assessment(
        long time,
        double dataAgeSeconds,
        Inputs inputs,
        HealthAssessment health,
        PrognosisAnswer life,
        double failureProbability,
        double coverage,
        State state,
        Detection detection,
        FaultReport fault,
        double fit,
        boolean isExtrapolated,
        String modelVersion) {
    /** What it stands on. */
    public enum Inputs {
        /** All are good. */
        GOOD,
        /** Some are not good, or the data have stopped. */
        NOT_GOOD,
        /** There are none: nothing follows the twin. */
        NONE
    }

    /** What {@code PredictionState} shows, by its number. */
    public enum State {
        NOT_AVAILABLE(0),
        LEARNING(1),
        READY(2),
        DRIFTING(3);

        private final int number;

        State(int number) {
            this.number = number;
        }

        /** Value of the point. */
        public int number() {
            return number;
        }
    }

    /** The prognosis, if there is one. */
    public Optional<Prognosis> prognosis() {
        return life.prognosis();
    }
}
