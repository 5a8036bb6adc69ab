package org.uatwin.simulation.estimation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.uatwin.simulation.contract.OperatingMode;

/** What a twin was calibrated at, how far it can be trusted, and what it does about what has changed. Owned with its estimator. */
final class Calibration {
    static final double JUDGE_EVERY_S = 30;
    private static final double SETTLES_S = 600; // after a change of the asset, before that is the new normal
    private static final double UNEXPLAINED_S = 3600;
    private static final double INVALID_SCORE = 25;
    private static final double INVALID_S = 900;
    private static final double WORSE = 1.5;
    private static final double WORSE_S = 360;
    private static final double DRIFT_CONFIDENCE = 0.98; // 2.5 standard deviations
    static final double LEAST_VARIANCE = 0.8; // of that at calibration

    boolean isCalibrated;
    double[] places = new double[0]; // of the parameters, when the twin was calibrated
    double[] damage;
    double[] variance = new double[0]; // of the whole vector
    double score = -1;
    FidelityLevel level = FidelityLevel.NOT_TRACKED;
    private final EstimatorSettings settings;
    private final ChangeWatch watch;
    private final OutputRecord[] records;
    private final List<String> points;
    private long invalidSteps; // these two: judgements in a row
    private long worseSteps;

    /** @param points of the outputs. */
    Calibration(
            EstimatorSettings settings, ChangeWatch watch, OutputRecord[] records, List<String> points, int states) {
        this.settings = settings;
        this.watch = watch;
        this.records = records;
        this.points = points;
        damage = new double[states];
        Arrays.fill(damage, Double.NaN);
    }

    /** The twin follows, again or for the first time. */
    void begun() {
        level = isCalibrated ? FidelityLevel.CALIBRATED : FidelityLevel.INITIAL;
    }

    /** There is nothing to follow by. */
    void lost() {
        level = FidelityLevel.NOT_TRACKED;
        score = -1;
    }

    void forget() {
        isCalibrated = false;
        invalidSteps = 0;
        worseSteps = 0;
        Arrays.fill(damage, Double.NaN);
    }

    void restore(EstimatorMemory.Content memory) {
        isCalibrated = memory.isCalibrated();
        places = memory.calibrated();
        damage = memory.calibratedDamage();
        variance = memory.calibratedVariance();
    }

    /** Value of an estimated parameter when the twin was calibrated; NaN before. */
    double parameter(Follower running, int k) {
        return isCalibrated && k < places.length ? running.model.parameters[k].value(places[k]) : Double.NaN;
    }

    void calibrate(Follower running) {
        AugmentedModel m = running.model;
        isCalibrated = true;
        places = Arrays.copyOfRange(running.filter.z, m.nx, m.nx + m.nt);
        variance = new double[m.n];
        for (int i = 0; i < m.n; i++) {
            variance[i] = running.filter.covariance(i, i);
            running.leastVariance[i] = LEAST_VARIANCE * variance[i];
        }
        for (int i = 0; i < m.nx; i++) {
            damage[i] = running.direction[i] != 0 ? running.filter.z[i] : Double.NaN;
        }
        for (OutputRecord record : records) {
            record.calibratedError = record.rootMeanSquare();
        }
        running.beginWear();
        watch.calibrate(running);
        level = FidelityLevel.CALIBRATED;
    }

    /** Looks at the twin; true if it has explained nothing for so long that it had better start anew. */
    boolean judge(Follower running, long runningSteps) {
        if (assess(running, runningSteps)) {
            return true;
        }
        if (!isCalibrated || running.model.mode != OperatingMode.RUNNING) {
            return false;
        }
        Isolation.Verdict verdict = watch.judge(running, records);
        Diagnosis.Kind kind = watch.diagnosis.kind();
        if (verdict != null) {
            for (int j = 0; j < records.length; j++) {
                String point = points.get(j);
                running.isExcluded[j] =
                        kind == Diagnosis.Kind.SENSOR && watch.diagnosis.name().equals(point);
            }
            if (kind == Diagnosis.Kind.SENSOR || kind == Diagnosis.Kind.AMBIGUOUS) {
                takeBack(running);
                free(running, verdict);
            } else if (verdict.cause() != null) {
                open(running, verdict);
            }
        }
        double since = watch.believedSteps * JUDGE_EVERY_S;
        boolean isAsset = kind == Diagnosis.Kind.PARAMETER || kind == Diagnosis.Kind.DAMAGE;
        if ((isAsset && since > SETTLES_S) || (kind == Diagnosis.Kind.UNEXPLAINED && since > UNEXPLAINED_S)) {
            watch.calibrate(running); // the asset as it is now is what is compared with; the drift stays reported
        }
        return false;
    }

    /** What was learnt since the calibration was learnt from a wrong sensor: parameters, wear and offsets go back. */
    private void takeBack(Follower running) {
        AugmentedModel m = running.model;
        ExtendedKalmanFilter filter = running.filter;
        for (int i = 0; i < m.n; i++) {
            boolean isSlow = i >= m.nx || running.direction[i] != 0;
            if (isSlow) {
                filter.z[i] = i < m.nx
                        ? watch.reference.x[i]
                        : i < m.nx + m.nt ? watch.places[i - m.nx] : watch.reference.offset(i - m.nx - m.nt);
                for (int k = 0; k < m.n; k++) {
                    filter.p[i * m.n + k] = 0;
                    filter.p[k * m.n + i] = 0;
                }
                filter.p[i * m.n + i] = variance[i];
            } else {
                filter.z[i] = watch.reference.x[i];
            }
        }
        running.forgetSteps();
    }

    /** The sensor of an input cannot be left out; from now on what it is off may move fast. */
    private void free(Follower running, Isolation.Verdict verdict) {
        int i = watch.diagnosis.kind() == Diagnosis.Kind.SENSOR
                ? running.model.inputOffset(watch.diagnosis.name())
                : -1;
        if (i >= 0) {
            running.filter.p[i * running.model.n + i] += verdict.amplitude() * verdict.amplitude();
        }
    }

    /** The asset has changed: what changed may move fast. */
    private static void open(Follower running, Isolation.Verdict verdict) {
        Isolation.Cause cause = verdict.cause();
        AugmentedModel m = running.model;
        if (cause == null) {
            return;
        }
        for (int k = 0; k < m.nt; k++) {
            if (cause.name().equals(m.parameters[k].spec.name())) {
                int i = m.place(k);
                running.filter.p[i * m.n + i] += verdict.amplitude() * verdict.amplitude();
            }
        }
        int state = m.description.stateIndex(cause.name());
        if (cause.kind() == Diagnosis.Kind.DAMAGE && state >= 0) {
            double scale = running.damageScale(state, running.filter.z[state]);
            double move = verdict.amplitude() * ChangeWatch.damageUnit() * scale;
            running.filter.p[state * m.n + state] += move * move;
        }
    }

    /** Score and level; true if it is Invalid for good. */
    private boolean assess(Follower running, long runningSteps) {
        double sum = 0;
        int count = 0;
        boolean isWorse = false;
        for (int j = 0; j < records.length; j++) {
            if (records[j].count > 0 && !running.isExcluded[j] && running.model.scale[j] > 0) {
                sum += records[j].score(running.model.scale[j]);
                count++;
                double normal = Math.max(running.model.scale[j], records[j].calibratedError);
                isWorse |= isCalibrated && records[j].rootMeanSquare() > WORSE * normal;
            }
        }
        score = count == 0 ? -1 : sum / count;
        worseSteps = isWorse ? worseSteps + 1 : 0;
        double perJudge = JUDGE_EVERY_S;
        boolean isInvalid = count > 0 && score < INVALID_SCORE && runningSteps > settings.averageSeconds();
        invalidSteps = isInvalid ? invalidSteps + 1 : 0;
        if (isInvalid) {
            level = FidelityLevel.INVALID;
            return invalidSteps * perJudge > INVALID_S;
        }
        if (!isCalibrated) {
            level = FidelityLevel.INITIAL;
        } else {
            level = worseSteps * perJudge > WORSE_S
                            || watch.diagnosis.kind() != Diagnosis.Kind.NONE
                            || isDrifting(running)
                    ? FidelityLevel.DRIFTING
                    : FidelityLevel.CALIBRATED;
        }
        return false;
    }

    /** The parameter that has moved farthest from what it was calibrated at, if one has by more than chance would make it. */
    Optional<Diagnosis> drifted(Follower running) {
        AugmentedModel m = running.model;
        Diagnosis found = null;
        double most = 1;
        for (int k = 0; k < m.nt && k < places.length; k++) {
            double value = m.parameters[k].value(running.filter.z[m.place(k)]);
            double was = m.parameters[k].value(places[k]);
            double sigma = m.parameters[k].slope() * deviation(running, m.place(k), k);
            double share = Math.abs(value - was) / Math.max(settings.driftShare() * Math.abs(was), 2.5 * sigma);
            if (share > most) {
                most = share;
                String name = m.parameters[k].spec.name();
                double change = value / was - 1;
                found = new Diagnosis(
                        Diagnosis.Kind.PARAMETER,
                        name,
                        change,
                        DRIFT_CONFIDENCE,
                        String.format(
                                Locale.ROOT,
                                "%s has moved by %+.1f %% since the twin was calibrated.",
                                name,
                                100 * change));
            }
        }
        return Optional.ofNullable(found);
    }

    boolean isDrifting(Follower running) {
        AugmentedModel m = running.model;
        if (!isCalibrated) {
            return false;
        }
        Diagnosis.Kind kind = watch.diagnosis.kind();
        if (kind == Diagnosis.Kind.PARAMETER || kind == Diagnosis.Kind.DAMAGE) {
            return true;
        }
        if (drifted(running).isPresent()) {
            return true;
        }
        for (int i = 0; i < m.nx; i++) {
            if (running.direction[i] != 0 && !running.isOpen[i] && !Double.isNaN(damage[i])) {
                double moved = Math.abs(running.filter.z[i] - damage[i]);
                double sigma = deviation(running, i, -1);
                double scale = running.damageScale(i, damage[i]);
                if (moved > Math.max(settings.driftShare() * scale, 2.5 * sigma)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Standard deviation of an element, now or when the twin was calibrated, whichever is larger; where inputs drive the asset all the time, also
     * because of parameters that are not estimated: what they make of it changes with the inputs.
     */
    private double deviation(Follower running, int i, int parameter) {
        double now = running.filter.covariance(i, i);
        double most = i < variance.length ? Math.max(now, variance[i]) : now;
        boolean isDriven = running.model.drivers.length > 0 && parameter >= 0;
        return Math.sqrt(isDriven ? most + running.hidden[parameter] : most);
    }
}
