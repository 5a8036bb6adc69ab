package org.uatwin.simulation.estimation;

import java.util.Arrays;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.StateSpec;

/**
 * The filter at work on one choice of parameters: a step predicts, compares, and takes in what was measured. What a step needs to
 * be run again is kept for as many steps as a sample may be late. Owned with its estimator.
 */
final class Follower {
    private static final double DISTURBANCE = 3e-3; // of a process state at rest: what no model has
    private static final double DRIVEN_DISTURBANCE =
            1.5e-2; // where inputs drive it all day: means of inputs are not means of what they do
    private static final double QUICK_DISTURBANCE = 2e-4; // of it in a second at most
    private static final double SLOWEST = 1e-4; // per step: an integrator is disturbed like a process that takes hours
    private static final double DAMAGE_WALK = 0.05; // of a damage state, in the time of a parameter's walk
    private static final double UNSETTLED = 0.2; // error of a model's time constants
    private static final double LONGEST_UNSETTLED_S = 60; // measurements correct what is slower
    private static final double JUMP_LEFT = 0.3; // of what a jump of inputs leaves uncertain, a step later
    private static final double JUMPING = 3; // standard deviations
    private static final int CORRECTION_STEPS = 150;
    private static final double GATE = 5; // standard deviations; what is further out is taken as less sure

    final AugmentedModel model;
    final ExtendedKalmanFilter filter;
    final int[] direction; // of damage: the way its equation goes; 0 for process states
    final boolean[] isOpen; // damage no reading shows: it follows its equation alone
    final double[] damageLimit; // wear does not heal: the estimate times its direction is never below
    final double[] leastVariance; // of slow elements: a sensor's error does not average out however long one measures
    final boolean[] isExcluded; // sensors that are not believed
    final double[] residual; // of the last measurement; NaN if there was none
    /** By parameter, its variance because of what is uncertain and not estimated: what that does, it has to undo. */
    final double[] hidden;

    final double[] shownOffset; // of the sensors, as calibrated; in standard deviations
    private final double[]
            unsettled; // by output, in its unit: how badly a measurement is explained while the process moves
    private final double[] moving; // of it, what it makes in one step
    private final double[]
            jump; // by output: what changes of inputs have just made of it, as far as when they came is not known
    private final double[] inputsBefore;
    private final double[] atInputsBefore;
    private boolean hasInputsBefore;
    private final EstimatorSettings settings;
    private final int firstOutput;
    private final boolean[] isHeld;
    private final boolean[] isLinkedInput;
    private final int[] channelOfInput;
    private final double[] noise;
    private final double[] before;
    private final double[] expected;
    private final double[] plain;
    private final long[] inputTime;
    private final Snapshot[] snapshots;
    /** By state, what measurements correct it by in a step, on average over the last minutes: what the model always misses. */
    final double[] correction;

    private int corrections;
    private boolean isInside = true;

    private static final class Snapshot {
        long step = Long.MIN_VALUE;
        final double[] z;
        final double[] p;
        final double[] u;
        final long[] inputTime;
        final double[] reference;
        OperatingMode mode = OperatingMode.RUNNING;

        Snapshot(int n, int inputs, int states) {
            z = new double[n];
            p = new double[n * n];
            u = new double[inputs];
            inputTime = new long[inputs];
            reference = new double[states];
        }
    }

    Follower(AugmentedModel model, EstimatorSettings settings, int[] channelOfInput, int firstOutput, int late) {
        this.model = model;
        this.settings = settings;
        this.channelOfInput = channelOfInput;
        this.firstOutput = firstOutput;
        filter = new ExtendedKalmanFilter(model.n, model.m);
        direction = new int[model.nx];
        isOpen = new boolean[model.nx];
        damageLimit = new double[model.nx];
        Arrays.fill(damageLimit, Double.NEGATIVE_INFINITY);
        leastVariance = new double[model.n];
        isExcluded = new boolean[model.m];
        residual = new double[model.m];
        Arrays.fill(residual, Double.NaN);
        shownOffset = new double[model.m];
        hidden = new double[model.nt];
        unsettled = new double[model.m];
        moving = new double[model.m];
        jump = new double[model.m];
        inputsBefore = new double[model.u.length];
        atInputsBefore = new double[model.m];
        isHeld = new boolean[model.n];
        noise = new double[model.n];
        before = new double[model.n];
        expected = new double[model.m];
        plain = new double[model.m];
        correction = new double[model.nx];
        inputTime = new long[model.u.length];
        Arrays.fill(inputTime, Long.MIN_VALUE);
        isLinkedInput = new boolean[model.u.length];
        for (int i = 0; i < isLinkedInput.length; i++) {
            isLinkedInput[i] = channelOfInput[i] >= 0;
        }
        snapshots = new Snapshot[late + 1];
        for (int i = 0; i < snapshots.length; i++) {
            snapshots[i] = new Snapshot(model.n, model.u.length, model.nx);
        }
    }

    /** Finds which way damage goes, from the equations at the present state. */
    void findDirections() {
        double[] dx = new double[model.nx];
        double[] x = Arrays.copyOf(filter.z, model.nx);
        model.dynamics().derivatives(OperatingMode.RUNNING, x, model.u, dx);
        for (int i = 0; i < model.nx; i++) {
            boolean isDamage = model.description.states().get(i).kind() == StateSpec.Kind.DAMAGE;
            direction[i] = isDamage ? (dx[i] < 0 ? -1 : 1) : 0;
            isOpen[i] = isDamage && filter.covariance(i, i) <= 0;
        }
    }

    /** Keeps what is needed to run this step again. */
    void keep(long step, double[] reference) {
        Snapshot s = snapshots[Math.floorMod(step, snapshots.length)];
        s.step = step;
        System.arraycopy(filter.z, 0, s.z, 0, s.z.length);
        System.arraycopy(filter.p, 0, s.p, 0, s.p.length);
        System.arraycopy(model.u, 0, s.u, 0, s.u.length);
        System.arraycopy(inputTime, 0, s.inputTime, 0, s.inputTime.length);
        System.arraycopy(reference, 0, s.reference, 0, s.reference.length);
        s.mode = model.mode;
    }

    /** Goes back to before this step; false if that is not kept any more. */
    boolean back(long step, double[] reference) {
        Snapshot s = snapshots[Math.floorMod(step, snapshots.length)];
        if (s.step != step) {
            return false;
        }
        System.arraycopy(s.z, 0, filter.z, 0, s.z.length);
        System.arraycopy(s.p, 0, filter.p, 0, s.p.length);
        System.arraycopy(s.u, 0, model.u, 0, s.u.length);
        System.arraycopy(s.inputTime, 0, inputTime, 0, s.inputTime.length);
        System.arraycopy(s.reference, 0, reference, 0, s.reference.length);
        model.mode = s.mode;
        return true;
    }

    /** From here on no earlier step can be run again: the estimate was changed by hand. */
    void forgetSteps() {
        for (Snapshot s : snapshots) {
            s.step = Long.MIN_VALUE;
        }
        model.forget();
    }

    /**
     * One step.
     *
     * @param row what was measured; gets the results.
     * @param time ticks at its end.
     * @param isLearning whether parameters and damage may move.
     * @param stateChannel channel of the operating mode; -1 if none.
     */
    void run(StepWindow.Row row, long time, boolean isLearning, int stateChannel, OutputRecord[] records) {
        boolean isStale = takeInputs(row, time);
        boolean hasMode = stateChannel >= 0
                && !Double.isNaN(row.value[stateChannel])
                && row.quality(stateChannel) == SampleQuality.GOOD;
        if (hasMode) {
            model.mode = OperatingMode.ofNumber(row.value[stateChannel]);
        }
        if (model.needsLinearising(filter.z)) {
            model.linearise(filter);
        }
        boolean isRunning = model.mode == OperatingMode.RUNNING;
        noises(isLearning && isRunning, isStale);
        System.arraycopy(filter.z, 0, before, 0, model.n);
        filter.predict(model, noise);
        model.project(filter.z);
        unsettled();
        compare(row, records);
        hold(isLearning && isRunning, isRunning);
        System.arraycopy(filter.z, 0, before, 0, model.n);
        for (int j = 0; j < model.m; j++) {
            if (!Double.isNaN(row.innovation[j]) && !isExcluded[j]) {
                take(row, j, model.drivers.length > 0 ? records[j].repetition() : 1);
            }
        }
        keepWear(isLearning && isRunning);
        model.project(filter.z);
        if (isRunning) {
            correct();
        }
        if (!hasMode && stateChannel < 0) {
            System.arraycopy(filter.z, 0, before, 0, model.n);
            model.mode = model.dynamics().nextMode(model.mode, before, model.u);
        }
        isInside = model.dynamics().insideEnvelope(filter.z, model.u);
        row.isRunning = isRunning;
        row.isInside = isInside;
        row.isComplete = true;
    }

    private void correct() {
        corrections = Math.min(corrections + 1, CORRECTION_STEPS);
        for (int i = 0; i < model.nx; i++) {
            correction[i] += (filter.z[i] - before[i] - correction[i]) / corrections;
        }
    }

    /** Inputs of the step; answers whether one is held beyond its limit. */
    private boolean takeInputs(StepWindow.Row row, long time) {
        boolean isStale = false;
        for (int i = 0; i < model.u.length; i++) {
            int channel = channelOfInput[i];
            if (channel < 0) {
                continue;
            }
            InputSpec spec = model.description.inputs().get(i);
            if (!Double.isNaN(row.value[channel]) && row.quality(channel) != SampleQuality.BAD) {
                model.u[i] = Math.max(spec.lower(), Math.min(spec.upper(), row.value[channel]));
                inputTime[i] = row.time[channel];
            } else if (inputTime[i] != Long.MIN_VALUE && (time - inputTime[i]) / 1e7 > spec.stalenessLimitSeconds()) {
                isStale = true;
                if (spec.holdRule() == InputSpec.HoldRule.USE_DEFAULT) {
                    model.u[i] = spec.defaultValue();
                }
            }
        }
        return isStale;
    }

    /** Whether an input with a point has never had a value. */
    boolean isInputUnseen(int input) {
        return isLinkedInput[input] && inputTime[input] == Long.MIN_VALUE;
    }

    private void noises(boolean isLearning, boolean isStale) {
        double dt = settings.periodSeconds();
        double walk = dt / (settings.walkHours() * 3600);
        double[] z = filter.z;
        double[] f = filter.transitionJacobian();
        double disturbance = model.drivers.length > 0 ? DRIVEN_DISTURBANCE : DISTURBANCE;
        for (int i = 0; i < model.nx; i++) {
            if (direction[i] == 0) {
                double rate = Math.max(SLOWEST * dt, Math.min(1, 1 - f[i * model.n + i]));
                double share = Math.min(
                        2 * disturbance * disturbance * rate,
                        QUICK_DISTURBANCE * QUICK_DISTURBANCE * dt * settings.pace());
                double q = share * z[i] * z[i] + model.inputNoise(i);
                noise[i] = isStale ? 10 * q : q;
            } else {
                double step = DAMAGE_WALK * z[i];
                double variance = filter.covariance(i, i);
                boolean mayGrow = isLearning && !isOpen[i] && variance < step * step;
                noise[i] = mayGrow ? Math.max(step * step * walk, leastVariance[i] - variance) : 0;
            }
        }
        for (int i = model.nx; i < model.nx + model.nt; i++) {
            double variance = filter.covariance(i, i);
            noise[i] = isLearning && variance < 1 ? Math.max(walk, leastVariance[i] - variance) : 0;
        }
        double keep = model.keep();
        for (int i = model.nx + model.nt; i < model.n; i++) {
            noise[i] = 1 - keep * keep;
        }
    }

    /** What is not at rest yet is predicted as badly as the model's time constants are known. */
    private void unsettled() {
        double[] f = filter.transitionJacobian();
        double[] h = filter.outputJacobian();
        for (int j = 0; j < model.m; j++) {
            double far = 0;
            double step = 0;
            for (int i = 0; i < model.nx; i++) {
                double slope = h[j * model.n + i];
                double rate = 1 - f[i * model.n + i];
                if (slope != 0 && direction[i] == 0 && rate > 1e-6) {
                    double change = Math.abs(slope * (filter.z[i] - before[i]));
                    step += change;
                    far += change / Math.max(rate, settings.periodSeconds() / LONGEST_UNSETTLED_S);
                }
            }
            unsettled[j] = UNSETTLED * far;
            moving[j] = UNSETTLED * step;
        }
    }

    /** Where outputs follow inputs at once, the moment within the step at which an input changed decides what was measured. */
    private void jumps() {
        if (model.drivers.length == 0) {
            return;
        }
        if (hasInputsBefore) {
            model.modelledWith(filter.z, inputsBefore, atInputsBefore);
        }
        for (int j = 0; j < model.m; j++) {
            double now = hasInputsBefore ? UNSETTLED * Math.abs(plain[j] - atInputsBefore[j]) : 0;
            jump[j] = Math.max(now, JUMP_LEFT * jump[j]);
        }
        model.inputs(filter.z, inputsBefore);
        hasInputsBefore = true;
    }

    private void compare(StepWindow.Row row, OutputRecord[] records) {
        model.modelled(filter.z, plain);
        model.sigmasAt(plain);
        jumps();
        for (int j = 0; j < model.m; j++) {
            int channel = firstOutput + j;
            double sigma = model.sigma[j];
            expected[j] = plain[j] + sigma * filter.z[model.offset(j)];
            row.expected[j] = plain[j] + sigma * shownOffset[j];
            boolean isJumping = jump[j] > JUMPING * model.scale[j];
            double own = filter.outputVariance(j) + moving[j] * moving[j] + (isJumping ? jump[j] * jump[j] : 0);
            double measurement = records[j].noise() * sigma * sigma;
            double value = row.value[channel];
            if (Double.isNaN(value) || row.quality(channel) == SampleQuality.BAD || !Double.isFinite(plain[j])) {
                row.innovation[j] = Double.NaN;
            } else {
                row.innovation[j] = value - expected[j];
                residual[j] = value - row.expected[j];
                measurement *= row.quality(channel).inflation();
            }
            row.own[j] = own;
            row.variance[j] = own + measurement;
            row.isJumping[j] = isJumping;
            row.isSettled[j] = unsettled[j] <= sigma && !row.isJumping[j];
        }
    }

    private void take(StepWindow.Row row, int j, double repetition) {
        double innovation = row.innovation[j] - filter.outputChange(j, before);
        double variance = repetition * (row.variance[j] - row.own[j]) + unsettled[j] * unsettled[j] + jump[j] * jump[j];
        variance += model.bend[j] * model.bend[j];
        double s = filter.outputVariance(j) + variance;
        double widest = innovation * innovation / (GATE * GATE);
        if (widest > s) {
            variance += widest - s;
        }
        filter.update(j, innovation, variance, isHeld);
    }

    private void hold(boolean isLearning, boolean isRunning) {
        for (int i = 0; i < model.nx; i++) {
            isHeld[i] = isOpen[i] || (direction[i] != 0 && !isLearning);
        }
        for (int i = model.nx; i < model.nx + model.nt; i++) {
            isHeld[i] = !isLearning;
        }
        for (int i = model.nx + model.nt; i < model.n; i++) {
            isHeld[i] = !isRunning;
        }
    }

    /** Wear does not heal: an estimate more than two standard deviations better than an earlier one is not believed. */
    private void keepWear(boolean isLearning) {
        for (int i = 0; i < model.nx; i++) {
            if (direction[i] != 0 && !isOpen[i]) {
                double wear = direction[i] * filter.z[i];
                if (wear < damageLimit[i]) {
                    filter.z[i] = direction[i] * damageLimit[i];
                } else if (isLearning && damageLimit[i] > Double.NEGATIVE_INFINITY) {
                    double sure = wear - 2 * Math.sqrt(filter.covariance(i, i));
                    damageLimit[i] = Math.max(damageLimit[i], sure);
                }
            }
        }
    }

    /**
     * Takes what another choice of parameters does not concern: process states and what goes with them. Parameters, wear and
     * offsets begin with their priors, because with other parameters to choose from the same data say something else about them.
     */
    void takeOver(Follower from) {
        for (int i = 0; i < model.nx; i++) {
            for (int k = 0; k < model.nx; k++) {
                if (direction[i] == 0 && direction[k] == 0) {
                    filter.p[i * model.n + k] = from.filter.covariance(i, k);
                }
            }
        }
        System.arraycopy(from.isExcluded, 0, isExcluded, 0, isExcluded.length);
    }

    /** From now on wear only grows. */
    void beginWear() {
        for (int i = 0; i < model.nx; i++) {
            if (direction[i] != 0) {
                damageLimit[i] = direction[i] * filter.z[i] - 2 * Math.sqrt(filter.covariance(i, i));
            }
        }
    }

    /** A part is another one: its damage is known anew, and nothing else depends on what it was. */
    void renew(int state, double level, double sigma) {
        filter.z[state] = level;
        for (int k = 0; k < model.n; k++) {
            filter.p[state * model.n + k] = 0;
            filter.p[k * model.n + state] = 0;
        }
        filter.p[state * model.n + state] = isOpen[state] ? 0 : sigma * sigma;
        leastVariance[state] = 0;
        damageLimit[state] = direction[state] * level - 2 * sigma;
        forgetSteps();
    }

    /** What a change of a damage state is measured by: its range if it is a share of life, else what it was. */
    double damageScale(int state, double was) {
        StateSpec spec = model.description.states().get(state);
        double range = spec.upper() - spec.lower();
        return range <= 1 ? range : Math.abs(was);
    }

    /** The dynamics are inside their validated range. */
    boolean isInside() {
        return isInside;
    }

    /** Process noise of the last step; owned by the follower. */
    double[] noise() {
        return noise;
    }
}
