package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.TwinModel;

/**
 * Watches what the calibrated twin would have said: averages the innovations of the {@link ReferenceObserver}, asks the
 * {@link Isolation} now and then, and believes a verdict that repeats itself. Owned with its estimator.
 */
final class ChangeWatch {
    private static final int REPEATS = 3;
    private static final double TOLERANCE = 0.5; // of a sensor's standard deviation: what may move without meaning
    private static final double LEAST_TOLERANCE = 0.05;
    private static final double FARTHER = 20; // tolerance grows by this much per relative distance from the calibration
    private static final double UNSURE =
            9; // what three standard deviations of a calibrated parameter explain is no change
    private static final double DAMAGE_UNIT = 0.05; // amplitude 1 of a damage state, relative

    final ReferenceObserver reference;
    final FreeRun free;
    final double[] lower; // of the inputs the twin was calibrated with
    final double[] upper;
    Diagnosis diagnosis = Diagnosis.NONE;
    Diagnosis lastChange = Diagnosis.NONE; // last believed change of the asset
    int calibrations; // how often normal was found anew
    long believedSteps; // since the present diagnosis is believed
    double[] places = new double[0]; // of the parameters the reference has
    private final TwinModel model;
    private final double memory; // steps
    private double[] unsure = new double[0]; // variance of the parameters the reference has
    private final RunningSignatures signatures = new RunningSignatures();
    private final double[] shares;
    private final double[] mean;
    private final double[] weight;
    private String repeated = "";
    private int repeats;
    private int outsideButNormal;

    ChangeWatch(TwinModel model, int[] outputs, EstimatorSettings settings) {
        this.model = model;
        reference = new ReferenceObserver(model, outputs, settings.stepSeconds());
        free = new FreeRun(model, outputs, settings.stepSeconds());
        memory = settings.averageSeconds() / settings.periodSeconds();
        mean = new double[outputs.length];
        shares = new double[outputs.length];
        weight = new double[outputs.length];
        lower = new double[model.description().inputs().size()];
        upper = new double[lower.length];
        Arrays.fill(lower, Double.POSITIVE_INFINITY);
        Arrays.fill(upper, Double.NEGATIVE_INFINITY);
    }

    /** Inputs the calibration covers. */
    void cover(double[] u) {
        for (int i = 0; i < u.length; i++) {
            lower[i] = Math.min(lower[i], u[i]);
            upper[i] = Math.max(upper[i], u[i]);
        }
    }

    /** How far these inputs lie outside what the calibration covers, relative; 0 inside. */
    double distance(double[] u) {
        double most = 0;
        for (int i = 0; i < u.length; i++) {
            double noise = 4 * model.description().inputs().get(i).accuracy().sigma(u[i]);
            double beyond = Math.max(lower[i] - u[i], u[i] - upper[i]) - noise;
            double size = Math.max(Math.abs(lower[i]), Math.abs(upper[i]));
            if (beyond > 0) {
                most = Math.max(most, size > 0 ? beyond / size : 1);
            }
        }
        return most;
    }

    /** Takes the twin as it is for normal. */
    void calibrate(Follower follower) {
        AugmentedModel m = follower.model;
        calibrations++;
        double[] z = follower.filter.state();
        reference.calibrate(m.parametersAt(z), z, Arrays.copyOfRange(z, m.nx + m.nt, m.n));
        free.calibrate(m.parametersAt(z), z, Arrays.copyOfRange(z, m.nx + m.nt, m.n), follower.correction);
        places = Arrays.copyOfRange(z, m.nx, m.nx + m.nt);
        System.arraycopy(z, m.nx + m.nt, follower.shownOffset, 0, m.m);
        Arrays.fill(mean, 0);
        Arrays.fill(weight, 0);
        signatures.clear();
        unsure = new double[m.nt];
        for (int k = 0; k < m.nt; k++) {
            unsure[k] = follower.filter.covariance(m.place(k), m.place(k)) + follower.hidden[k];
        }
        diagnosis = Diagnosis.NONE;
        believedSteps = 0;
        repeats = 0;
        repeated = "";
    }

    /** Forgets what was normal. */
    void clear() {
        reference.clear();
        free.clear();
    }

    /** Averages a final step. */
    void add(StepWindow.Row row, Follower follower) {
        AugmentedModel m = follower.model;
        if (!reference.isReady() || !row.isRunning) {
            return;
        }
        Arrays.fill(shares, 0);
        for (int j = 0; j < mean.length; j++) {
            if (!Double.isNaN(row.reference[j]) && row.isSettled[j] && m.sigma[j] > 0) {
                weight[j] = Math.min(weight[j] + 1, memory);
                double value = Math.max(-20, Math.min(20, row.reference[j] / m.sigma[j]));
                mean[j] += (value - mean[j]) / weight[j];
                shares[j] = 1 / weight[j];
            }
        }
        if (model.inputsActAtOnce()) {
            signatures.add(follower, reference.gain, shares);
        }
    }

    /**
     * Judges what has been averaged; answers a verdict that has just come to be believed, else null.
     *
     * @param records noise of the sensors.
     */
    Isolation.@Nullable Verdict judge(Follower follower, OutputRecord[] records) {
        believedSteps++;
        AugmentedModel m = follower.model;
        ExtendedKalmanFilter filter = follower.filter;
        double[] r = new double[m.m];
        double[] averaged = new double[m.m];
        for (int j = 0; j < m.m; j++) {
            boolean isKnown = weight[j] >= memory / 2;
            averaged[j] = isKnown ? mean[j] : Double.NaN;
            r[j] = isKnown && !follower.isExcluded[j] && m.sigma[j] > 0
                    ? records[j].noise() * m.sigma[j] * m.sigma[j]
                    : Double.POSITIVE_INFINITY;
        }
        reference.makeGain(filter.transitionJacobian(), filter.outputJacobian(), m.n, follower.noise(), r);
        reference.prepare(filter.transitionJacobian(), filter.outputJacobian(), m.n);
        List<Isolation.Cause> causes = new ArrayList<>();
        double[] covariance = new double[m.m * m.m];
        double distance = distance(m.u);
        double tolerance = TOLERANCE * (1 + FARTHER * distance);
        for (int j = 0; j < m.m; j++) {
            causes.add(sensor(m, j));
        }
        for (int d = 0; d < m.drivers.length; d++) {
            causes.add(input(m, filter, d));
        }
        for (Isolation.Cause sensor : causes) {
            tolerate(covariance, sensor.signature(), tolerance * tolerance);
        }
        for (int j = 0; j < m.m; j++) {
            covariance[j * m.m + j] += 2 * records[j].noise() / memory + LEAST_TOLERANCE * LEAST_TOLERANCE;
        }
        for (int k = 0; k < m.nt; k++) {
            Isolation.Cause parameter = parameter(m, filter, k);
            causes.add(parameter);
            if (model.inputsActAtOnce()) {
                tolerate(covariance, parameter.signature(), UNSURE * unsure[k]);
            }
        }
        for (int i = 0; i < m.nx; i++) {
            if (follower.direction[i] != 0 && !follower.isOpen[i]) {
                causes.add(damage(follower, i));
            }
        }
        Isolation.Verdict verdict = Isolation.judge(averaged, covariance, causes);
        extend(m, distance, verdict);
        return believed(verdict);
    }

    private static void tolerate(double[] covariance, double[] s, double variance) {
        for (int a = 0; a < s.length; a++) {
            for (int b = 0; b < s.length; b++) {
                covariance[a * s.length + b] += variance * s[a] * s[b];
            }
        }
    }

    /** An operating point that was not calibrated but has been explained for a while belongs to the calibration. */
    private void extend(AugmentedModel m, double distance, Isolation.Verdict verdict) {
        outsideButNormal = distance > 0 && verdict.isNormal() ? outsideButNormal + 1 : 0;
        if (outsideButNormal >= 10) {
            cover(m.u);
            outsideButNormal = 0;
        }
    }

    private Isolation.@Nullable Verdict believed(Isolation.Verdict verdict) {
        String now = verdict.diagnosis().kind() + verdict.diagnosis().name();
        repeats = now.equals(repeated) ? repeats + 1 : 1;
        repeated = now;
        if (repeats < REPEATS) {
            return null;
        }
        boolean isOther = verdict.diagnosis().kind() != diagnosis.kind()
                || !verdict.diagnosis().name().equals(diagnosis.name());
        diagnosis = verdict.diagnosis();
        if (!isOther) {
            return null;
        }
        believedSteps = 0;
        if (diagnosis.kind() == Diagnosis.Kind.PARAMETER || diagnosis.kind() == Diagnosis.Kind.DAMAGE) {
            lastChange = diagnosis;
        }
        return verdict;
    }

    private Isolation.Cause sensor(AugmentedModel m, int j) {
        double[] direct = new double[m.m];
        direct[j] = m.sigma[j];
        OutputSpec spec = m.description.outputs().get(m.outputs[j]);
        String point = spec.linkedPoint() == null ? spec.name() : spec.linkedPoint();
        return cause(
                m, Diagnosis.Kind.SENSOR, point, -1 - j, direct, new double[m.nx], true, 0, m.sigma[j], spec.unit());
    }

    /** The sensor of an input: the process is not what it is told to be. */
    private Isolation.Cause input(AugmentedModel m, ExtendedKalmanFilter filter, int d) {
        InputSpec spec = m.description.inputs().get(m.drivers[d]);
        String point = spec.linkedPoint() == null ? spec.name() : spec.linkedPoint();
        double[] direct = new double[m.m];
        double[] state = new double[m.nx];
        effects(m, filter, m.inputOffset(d), 1, direct, state);
        return cause(
                m,
                Diagnosis.Kind.SENSOR,
                point,
                m.inputOffset(d),
                direct,
                state,
                false,
                0,
                m.inputSigma(d),
                spec.unit());
    }

    private Isolation.Cause parameter(AugmentedModel m, ExtendedKalmanFilter filter, int k) {
        BoundedParameter parameter = m.parameters[k];
        double place = filter.z[m.place(k)];
        double share = parameter.slope() / parameter.value(place);
        return column(m, filter, m.place(k), 1, Diagnosis.Kind.PARAMETER, parameter.spec.name(), 0, share);
    }

    private Isolation.Cause damage(Follower follower, int i) {
        AugmentedModel m = follower.model;
        int direction = follower.direction[i];
        double amount = damageAmount(follower, i);
        String name = m.description.states().get(i).name();
        return column(m, follower.filter, i, amount, Diagnosis.Kind.DAMAGE, name, 1, direction * DAMAGE_UNIT);
    }

    /** What amplitude 1 of a damage state is. */
    static double damageAmount(Follower follower, int i) {
        return follower.direction[i] * DAMAGE_UNIT * follower.damageScale(i, follower.filter.z[i]);
    }

    private Isolation.Cause column(
            AugmentedModel m,
            ExtendedKalmanFilter filter,
            int of,
            double amount,
            Diagnosis.Kind kind,
            String name,
            int sign,
            double perUnit) {
        double[] direct = new double[m.m];
        double[] state = new double[m.nx];
        effects(m, filter, of, amount, direct, state);
        return cause(m, kind, name, of, direct, state, false, sign, perUnit, "");
    }

    /** What a change of one element does to outputs and states in a step. */
    private static void effects(
            AugmentedModel m, ExtendedKalmanFilter filter, int of, double amount, double[] direct, double[] state) {
        for (int j = 0; j < m.m; j++) {
            direct[j] = amount * filter.outputJacobian()[j * m.n + of];
        }
        for (int i = 0; i < m.nx; i++) {
            state[i] = amount * filter.transitionJacobian()[i * m.n + of];
        }
    }

    private Isolation.Cause cause(
            AugmentedModel m,
            Diagnosis.Kind kind,
            String name,
            int element,
            double[] direct,
            double[] state,
            boolean isMeasurement,
            int sign,
            double perUnit,
            String unit) {
        double[] along = signatures.of(element);
        double[] s = along == null ? reference.signature(direct, state, isMeasurement) : along;
        for (int j = 0; j < m.m; j++) {
            s[j] = m.sigma[j] > 0 && Double.isFinite(s[j]) ? s[j] / m.sigma[j] : 0;
        }
        return new Isolation.Cause(kind, name, s, sign, perUnit, unit);
    }

    /** Amplitude 1 of a damage state, relative. */
    static double damageUnit() {
        return DAMAGE_UNIT;
    }
}
