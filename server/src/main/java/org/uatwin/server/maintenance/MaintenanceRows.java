package org.uatwin.server.maintenance;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.uatwin.informationmodel.type.MaintenancePoints;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.prognosis.Prognosis;

/**
 * Writes an assessment into the rows of its twin. Quality by contracts section 2: what cannot be told yet is
 * Bad_WaitingForInitialData, what stands on inputs that are not good Uncertain_LastUsableValue, what nobody watches Bad_OutOfService.
 */
final class MaintenanceRows {
    private static final double PERCENT = 100;

    private final TwinInstance instance;
    private final int declared;

    MaintenanceRows(TwinInstance instance) {
        this.instance = instance;
        declared = instance.type().declaredPoints().size();
    }

    /** Before anything is known. */
    void waiting(SampleBatch batch, long now) {
        for (int i = declared; i < instance.type().points().size(); i++) {
            batch.addStatus(instance.firstRow() + i, StatusCode.BAD_WAITING_FOR_INITIAL_DATA, now, now);
        }
    }

    void add(SampleBatch batch, Assessment found) {
        Writer to = new Writer(batch, found.time(), found.inputs());
        boolean hasHealth = found.health().isAvailable();
        to.number(MaintenancePoints.HEALTH_SCORE, hasHealth, found.health().score());
        to.integer(
                MaintenancePoints.DEVICE_HEALTH,
                hasHealth,
                found.health().health().number());
        to.number(
                MaintenancePoints.ANOMALY_SCORE,
                found.detection().isAvailable(),
                found.detection().score());
        to.text(MaintenancePoints.ANOMALY_DETAIL, Texts.anomaly(found.detection()));
        to.text(MaintenancePoints.DIAGNOSED_FAULT, found.fault().isAvailable(), Texts.fault(found.fault()));
        to.integer(MaintenancePoints.PREDICTION_STATE, true, found.state().number());
        life(to, found);
        to.number(MaintenancePoints.INTERVAL_COVERAGE, found.coverage() >= 0, PERCENT * Math.max(0, found.coverage()));
    }

    private static void life(Writer to, Assessment found) {
        Optional<Prognosis> life = found.prognosis();
        boolean isKnown = life.isPresent();
        to.number(MaintenancePoints.REMAINING_LIFE, isKnown, number(life, Prognosis::medianHours));
        to.number(MaintenancePoints.REMAINING_LIFE_LOWER, isKnown, number(life, Prognosis::lowerHours));
        to.number(MaintenancePoints.REMAINING_LIFE_UPPER, isKnown, number(life, Prognosis::upperHours));
        to.number(
                MaintenancePoints.FAILURE_PROBABILITY,
                found.failureProbability() >= 0,
                PERCENT * found.failureProbability());
        to.text(
                MaintenancePoints.DOMINANT_MODE,
                isKnown,
                life.map(Prognosis::dominantMode).orElse(""));
        to.text(
                MaintenancePoints.MODEL_VERSION,
                isKnown,
                life.map(Prognosis::modelVersion).orElse(""));
        to.time(MaintenancePoints.PREDICTED_AT, isKnown, found.time());
        to.text(MaintenancePoints.PREDICTION_DETAIL, Texts.prognosisOrWhy(found));
    }

    private static double number(Optional<Prognosis> life, ToDoubleFunction<Prognosis> of) {
        return life.isPresent() ? of.applyAsDouble(life.get()) : 0;
    }

    /** Adds values of this twin with the quality of one assessment. */
    private final class Writer {
        private final SampleBatch batch;
        private final long time;
        private final Assessment.Inputs inputs;

        Writer(SampleBatch batch, long time, Assessment.Inputs inputs) {
            this.batch = batch;
            this.time = time;
            this.inputs = inputs;
        }

        /** Row of one of our points; -1 where the type has a member of its own under this name. */
        private int row(String point) {
            TwinType type = instance.type();
            int ordinal = type.pointOrdinal(point);
            return ordinal < declared ? -1 : instance.firstRow() + ordinal;
        }

        private StatusCode status() {
            return inputs == Assessment.Inputs.GOOD ? StatusCode.GOOD : StatusCode.UNCERTAIN_LAST_USABLE_VALUE;
        }

        private boolean refused(int row, boolean isKnown) {
            if (row >= 0 && !isKnown) {
                batch.addStatus(
                        row,
                        inputs == Assessment.Inputs.NONE
                                ? StatusCode.BAD_OUT_OF_SERVICE
                                : StatusCode.BAD_WAITING_FOR_INITIAL_DATA,
                        time,
                        time);
            }
            return row < 0 || !isKnown;
        }

        void number(String point, boolean isKnown, double value) {
            bits(point, isKnown, Double.doubleToRawLongBits(value));
        }

        void integer(String point, boolean isKnown, int value) {
            bits(point, isKnown, value);
        }

        void time(String point, boolean isKnown, long ticks) {
            bits(point, isKnown, ticks);
        }

        private void bits(String point, boolean isKnown, long bits) {
            int row = row(point);
            if (!refused(row, isKnown)) {
                batch.add(row, bits, status(), time, time);
            }
        }

        void text(String point, boolean isKnown, String text) {
            int row = row(point);
            if (!refused(row, isKnown)) {
                batch.addObject(row, text, status(), time, time);
            }
        }

        /** A text that says why something is missing is itself never missing. */
        void text(String point, String text) {
            int row = row(point);
            if (row >= 0) {
                batch.addObject(row, text, StatusCode.GOOD, time, time);
            }
        }
    }
}
