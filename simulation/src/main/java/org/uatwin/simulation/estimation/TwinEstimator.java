package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;

/**
 * Follows one asset: samples go in by {@link #offer}, {@link #advance} brings the twin to a time. It starts from readings, follows
 * process states at once, chooses the parameters the data can tell after a while, counts as calibrated a while later, and from then
 * on looks for what has changed. One thread at a time; a step allocates nothing except when the model has to be bound anew.
 */
public final class TwinEstimator {
    private static final double START_EVERY_S = 5;
    private static final double LONGEST_GAP_S = 120;
    private static final double NO_DATA_S = 60;
    private static final double JUDGE_EVERY_S = 30;
    private static final double SETTLES_S = 600; // after a change of the asset, before that is the new normal
    private static final double UNEXPLAINED_S = 3600;
    private static final double INVALID_SCORE = 25;
    private static final double INVALID_S = 900;
    private static final double WORSE = 1.5;
    private static final double WORSE_S = 360;
    static final double LEAST_VARIANCE = 0.8; // of that at calibration

    private final ModelBinding binding;
    private final TwinModel model;
    private final ModelDescription description;
    private final EstimatorSettings settings;
    private final double[] configured;
    private final long ticks;
    private final int late;
    private final int[] outputs;
    private final List<String> channels = new ArrayList<>();
    private final int[] channelOfInput;
    private final int firstOutput;
    private final int stateChannel;
    private final double[] latest;
    private final long[] latestTime;
    private final SampleQuality[] latestQuality;
    private final StepWindow window;
    private final OutputRecord[] records;
    private final ChangeWatch watch;
    private Sensitivities sensitivities;
    private List<Integer> chosen = List.of(); // places among the candidates
    private double[][] compensation = new double[0][]; // by candidate, of the chosen
    private double[] calibrated = new double[0]; // places of the parameters when the twin was calibrated
    private double[] calibratedDamage;
    private double[] startVariances = new double[0]; // of the states
    private double[] calibratedVariance = new double[0]; // of the whole vector
    private @Nullable Follower follower;
    private EstimatorMemory.@Nullable Content remembered;
    private long lastStep = Long.MIN_VALUE;
    private long dirtyFrom = Long.MAX_VALUE;
    private long runningSteps;
    private long chosenSteps = -1; // running steps since parameters were chosen
    private boolean isCalibrated;
    private long quietSteps; // since the last measurement
    private long invalidSteps; // these two: judgements in a row
    private long worseSteps;
    private long lateDropped;
    private long restarts;
    private double score = -1;
    private FidelityLevel level = FidelityLevel.NOT_TRACKED;

    /** An estimator that has seen nothing. */
    public TwinEstimator(ModelBinding binding, EstimatorSettings settings) {
        this.binding = binding;
        this.settings = settings;
        model = binding.model();
        description = model.description();
        configured = binding.parameters();
        ticks = Math.round(settings.periodSeconds() * UaTime.TICKS_PER_SECOND);
        late = (int) Math.round(settings.lateSeconds() / settings.periodSeconds());
        channelOfInput = new int[description.inputs().size()];
        for (int i = 0; i < channelOfInput.length; i++) {
            String point = description.inputs().get(i).linkedPoint();
            channelOfInput[i] = point == null ? -1 : channels.size();
            if (point != null) {
                channels.add(point);
            }
        }
        firstOutput = channels.size();
        outputs = measuredOutputs(description);
        for (int output : outputs) {
            channels.add(pointOf(description.outputs().get(output)));
        }
        int state = -1;
        for (OutputSpec spec : description.outputs()) {
            String point = spec.linkedPoint();
            if (point != null && !channels.contains(point)) {
                state = spec.name().equals("State") ? channels.size() : state;
                channels.add(point);
            }
        }
        stateChannel = state;
        latest = new double[channels.size()];
        latestTime = new long[channels.size()];
        latestQuality = new SampleQuality[channels.size()];
        Arrays.fill(latestQuality, SampleQuality.BAD);
        Arrays.fill(latestTime, Long.MIN_VALUE);
        window = new StepWindow(channels.size(), outputs.length, late);
        records = new OutputRecord[outputs.length];
        for (int j = 0; j < records.length; j++) {
            records[j] = new OutputRecord(settings.averageSeconds() / settings.periodSeconds());
        }
        watch = new ChangeWatch(model, outputs, settings);
        sensitivities = new Sensitivities(model, configured, outputs, settings.periodSeconds());
        calibratedDamage = new double[description.states().size()];
        Arrays.fill(calibratedDamage, Double.NaN);
    }

    /** Whether a model has anything that can be compared with measurements. */
    public static boolean canFollow(TwinModel model) {
        return measuredOutputs(model.description()).length > 0;
    }

    /** Outputs with a point and an accuracy. */
    static int[] measuredOutputs(ModelDescription description) {
        List<Integer> measured = new ArrayList<>();
        for (int i = 0; i < description.outputs().size(); i++) {
            OutputSpec spec = description.outputs().get(i);
            if (spec.linkedPoint() != null
                    && (spec.accuracy().relative() > 0 || spec.accuracy().floor() > 0)) {
                measured.add(i);
            }
        }
        return measured.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String pointOf(OutputSpec spec) {
        String point = spec.linkedPoint();
        return point == null ? spec.name() : point;
    }

    /** Points it wants samples of; a channel is a place in this list. */
    public List<String> channels() {
        return List.copyOf(channels);
    }

    /** The points it predicts, in the order of {@link Synchronisation#outputs}. */
    public List<String> predictedPoints() {
        return List.copyOf(channels.subList(firstOutput, firstOutput + outputs.length));
    }

    /**
     * Hands a sample over. Late ones join the step they belong to, if that is not final; what is later is dropped and counted,
     * unless it is the newest of its channel: then the next step takes it.
     *
     * @param time source time, {@link UaTime} ticks.
     */
    public void offer(int channel, double value, SampleQuality quality, long time) {
        if (!Double.isFinite(value)) {
            return;
        }
        long step = -Math.floorDiv(-time, ticks);
        if (lastStep != Long.MIN_VALUE) {
            if (step > lastStep + window.ahead()) {
                return; // a clock far in the future says nothing about when
            }
            boolean isFinal = step <= lastStep - late || (follower == null && step <= lastStep);
            if (isFinal) {
                if (time <= latestTime[channel]) {
                    lateDropped++;
                    return;
                }
                lateDropped += follower == null ? 0 : 1;
                step = lastStep + 1;
            }
        }
        if (window.put(step, channel, value, quality, time) && lastStep != Long.MIN_VALUE && step <= lastStep) {
            dirtyFrom = Math.min(dirtyFrom, step);
        }
    }

    /** Brings the twin to this time: every step that has ended by then. */
    public void advance(long now) {
        long due = Math.floorDiv(now, ticks);
        if (lastStep == Long.MIN_VALUE) {
            lastStep = due - 1;
        }
        if (due - lastStep > LONGEST_GAP_S / settings.periodSeconds()) {
            beginAnew();
            lastStep = due - 1;
        }
        Follower running = follower;
        if (running != null && dirtyFrom <= lastStep) {
            if (running.back(dirtyFrom, watch.reference.x)) {
                for (long step = dirtyFrom; step <= lastStep; step++) {
                    run(running, step);
                }
            } else {
                lateDropped++;
            }
        }
        dirtyFrom = Long.MAX_VALUE;
        while (lastStep < due) {
            lastStep++;
            step(lastStep);
        }
    }

    private void step(long step) {
        StepWindow.Row row = window.row(step);
        remember(row);
        Follower running = follower;
        if (running == null) {
            long every = Math.max(1, Math.round(START_EVERY_S / settings.periodSeconds()));
            if (Math.floorMod(step, every) == 0) {
                tryStart(step * ticks);
            }
            return;
        }
        quietSteps = hasMeasurement(row) ? 0 : quietSteps + 1;
        if (quietSteps > NO_DATA_S / settings.periodSeconds()) {
            beginAnew();
            return;
        }
        run(running, step);
        finish(running, window.row(step - late));
        if (follower == running) {
            grow(running, step);
        }
    }

    private void run(Follower running, long step) {
        StepWindow.Row row = window.row(step);
        running.keep(step, watch.reference.x);
        boolean isLearning = chosenSteps >= 0 && watch.diagnosis.kind() != Diagnosis.Kind.AMBIGUOUS;
        running.run(row, step * ticks, isLearning, stateChannel, records);
        watch.reference.step(running.model.mode, running.model.u, row, firstOutput, row.reference);
    }

    private void remember(StepWindow.Row row) {
        for (int c = 0; c < latest.length; c++) {
            if (row.time[c] > latestTime[c]) {
                latest[c] = row.value[c];
                latestTime[c] = row.time[c];
                latestQuality[c] = row.quality[c];
            }
        }
    }

    private boolean hasMeasurement(StepWindow.Row row) {
        for (int j = 0; j < outputs.length; j++) {
            if (!Double.isNaN(row.value[firstOutput + j]) && row.quality(firstOutput + j) != SampleQuality.BAD) {
                return true;
            }
        }
        return false;
    }

    private LiveState readings(long now) {
        Map<String, LiveReading> readings = new HashMap<>();
        for (int c = 0; c < latest.length; c++) {
            if (latestTime[c] != Long.MIN_VALUE) {
                double age = Math.max(0, UaTime.secondsBetween(latestTime[c], now));
                readings.put(channels.get(c), new LiveReading(latest[c], latestQuality[c] == SampleQuality.GOOD, age));
            }
        }
        return LiveState.of(readings);
    }

    private void tryStart(long now) {
        LiveState live = readings(now);
        if (live.size() == 0) {
            return;
        }
        EstimatorMemory.Content memory = remembered;
        double[] parameters = memory == null ? configured : memory.parameters();
        ModelStart start = model.initialise(parameters, live);
        if (!start.isUsable() || !isFinite(start.state())) {
            return;
        }
        double[] base = memory == null ? start.parameters() : memory.parameters();
        double[] state = start.state();
        double[] variances = StartCovariance.of(model, parameters, live, state);
        startVariances = variances.clone();
        if (memory != null) {
            chosen = memory.chosen();
            keepDamage(memory, state, variances);
        }
        Follower made = follower(base, state, variances, start.inputs(), start.mode());
        if (memory != null) {
            memory.into(made, watch);
        }
        quietSteps = 0;
        follower = made;
        level = isCalibrated ? FidelityLevel.CALIBRATED : FidelityLevel.INITIAL;
    }

    private void keepDamage(EstimatorMemory.Content memory, double[] state, double[] variances) {
        List<StateSpec> states = description.states();
        for (int i = 0; i < state.length; i++) {
            if (states.get(i).kind() == StateSpec.Kind.DAMAGE) {
                state[i] = memory.state()[i];
                variances[i] = memory.variances()[i];
            }
        }
    }

    private static boolean isFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private Follower follower(double[] base, double[] state, double[] variances, double[] inputs, OperatingMode mode) {
        int[] estimated =
                chosen.stream().mapToInt(c -> sensitivities.candidates[c]).toArray();
        AugmentedModel augmented = new AugmentedModel(
                model,
                configured,
                base,
                estimated,
                outputs,
                settings.periodSeconds(),
                settings.offsetHours() * 3600,
                inputs,
                mode);
        Follower made = new Follower(augmented, settings, channelOfInput, firstOutput, late);
        double[] z = new double[augmented.n];
        double[] p = new double[augmented.n];
        System.arraycopy(state, 0, z, 0, augmented.nx);
        System.arraycopy(variances, 0, p, 0, augmented.nx);
        for (int k = 0; k < augmented.nt; k++) {
            p[augmented.place(k)] = 1;
        }
        for (int j = 0; j < augmented.m; j++) {
            p[augmented.offset(j)] = 1;
        }
        made.filter.start(z, p);
        made.findDirections();
        return made;
    }

    /** Keeps what was learnt and starts from readings as soon as there are some. */
    private void beginAnew() {
        Follower running = follower;
        if (running != null) {
            remembered = memory(running);
            restarts++;
        }
        follower = null;
        level = FidelityLevel.NOT_TRACKED;
        score = -1;
    }

    /** Learns from a step that no sample can change any more. */
    private void finish(Follower running, StepWindow.Row row) {
        if (!row.isComplete) {
            return;
        }
        row.isComplete = false;
        AugmentedModel m = running.model;
        for (int j = 0; j < outputs.length; j++) {
            if (!Double.isNaN(row.innovation[j]) && row.isRunning) {
                boolean isPlain = row.quality(firstOutput + j) == SampleQuality.GOOD && !running.isExcluded[j];
                double sensor = isPlain ? m.sigma[j] * m.sigma[j] : 0;
                records[j].add(
                        row.value[firstOutput + j],
                        row.expected[j],
                        row.innovation[j],
                        row.variance[j],
                        row.own[j],
                        sensor);
            }
        }
        watch.add(row, m);
        if (row.isRunning) {
            runningSteps++;
            if (chosenSteps >= 0) {
                chosenSteps++;
            }
            if (!isCalibrated) {
                watch.cover(m.u);
            }
        }
    }

    private void grow(Follower running, long step) {
        double period = settings.periodSeconds();
        if (running.model.mode == OperatingMode.RUNNING
                && runningSteps >= settings.learnSeconds() / period
                && Math.floorMod(step, Math.max(1, Math.round(10 / period))) == 0
                && (chosenSteps < 0 || chosenSteps >= settings.learnSeconds() / period)
                && sensitivities.isNew(running.model.u)) {
            choose(running);
        }
        Follower now = follower == null ? running : follower;
        if (chosenSteps >= settings.calibrationSeconds() / period && !isCalibrated) {
            calibrate(now);
        }
        refreshUnseen(now, step);
        if (Math.floorMod(step, Math.max(1, Math.round(JUDGE_EVERY_S / period))) == 0) {
            judge(now);
        }
    }

    /** Inputs nobody measures but a start can infer, such as a setpoint that is not bound, are inferred now and then. */
    private void refreshUnseen(Follower running, long step) {
        boolean isUnseen = false;
        for (int i = 0; i < channelOfInput.length; i++) {
            isUnseen |= running.isInputUnseen(i);
        }
        if (!isUnseen || Math.floorMod(step, Math.max(1, Math.round(START_EVERY_S / settings.periodSeconds()))) != 0) {
            return;
        }
        ModelStart start = model.initialise(running.model.parametersAt(running.filter.z), readings(step * ticks));
        if (start.isUsable()) {
            double[] inferred = start.inputs();
            for (int i = 0; i < channelOfInput.length; i++) {
                if (running.isInputUnseen(i)) {
                    running.model.u[i] = inferred[i];
                }
            }
        }
    }

    /** Adds the present operating point and chooses again; what was chosen stays. */
    private void choose(Follower running) {
        AugmentedModel old = running.model;
        double[] z = running.filter.z;
        boolean[] isMeasured = new boolean[outputs.length];
        double[] sigma = new double[old.nx];
        for (int j = 0; j < outputs.length; j++) {
            isMeasured[j] = records[j].count > 0;
        }
        for (int i = 0; i < old.nx; i++) {
            sigma[i] = Math.sqrt(startVariances[i]);
        }
        double[] base = old.parametersAt(z);
        sensitivities.add(base, Arrays.copyOf(z, old.nx), old.u, old.mode, isMeasured, sigma);
        List<Integer> next = new ArrayList<>(chosen);
        for (int candidate : sensitivities.choose(settings.mostParameters()).chosen()) {
            if (!next.contains(candidate) && next.size() < settings.mostParameters()) {
                next.add(candidate);
            }
        }
        compensation = new double[sensitivities.candidates.length][];
        for (int c = 0; c < compensation.length; c++) {
            compensation[c] = sensitivities.compensation(c, next);
        }
        boolean isFirst = chosenSteps < 0;
        if (isFirst) {
            chosenSteps = 0;
        }
        if (next.equals(chosen)) {
            return;
        }
        chosen = List.copyOf(next);
        Follower made = follower(base, Arrays.copyOf(z, old.nx), startVariances, old.u, old.mode);
        copy(running, made);
        follower = made;
        if (!isFirst) {
            isCalibrated = false; // what is normal has to be found again with the further parameters
            chosenSteps = 0;
            watch.reference.clear();
        }
    }

    /**
     * Takes what another choice of parameters does not concern: process states and what goes with them. Parameters, wear and
     * offsets begin with their priors, because with other parameters to choose from the same data say something else about them.
     */
    private static void copy(Follower from, Follower to) {
        for (int i = 0; i < to.model.nx; i++) {
            for (int k = 0; k < to.model.nx; k++) {
                if (to.direction[i] == 0 && to.direction[k] == 0) {
                    to.filter.p[i * to.model.n + k] = from.filter.covariance(i, k);
                }
            }
        }
        System.arraycopy(from.isExcluded, 0, to.isExcluded, 0, to.isExcluded.length);
    }

    private void calibrate(Follower running) {
        AugmentedModel m = running.model;
        isCalibrated = true;
        calibrated = Arrays.copyOfRange(running.filter.z, m.nx, m.nx + m.nt);
        calibratedVariance = new double[m.n];
        for (int i = 0; i < m.n; i++) {
            calibratedVariance[i] = running.filter.covariance(i, i);
            running.leastVariance[i] = LEAST_VARIANCE * calibratedVariance[i];
        }
        for (int i = 0; i < m.nx; i++) {
            calibratedDamage[i] = running.direction[i] != 0 ? running.filter.z[i] : Double.NaN;
        }
        for (OutputRecord record : records) {
            record.calibratedError = record.rootMeanSquare();
        }
        running.beginWear();
        watch.calibrate(running);
        level = FidelityLevel.CALIBRATED;
    }

    private void judge(Follower running) {
        assess(running);
        if (!isCalibrated || running.model.mode != OperatingMode.RUNNING) {
            return;
        }
        Isolation.Verdict verdict = watch.judge(running, records);
        Diagnosis.Kind kind = watch.diagnosis.kind();
        if (verdict != null) {
            for (int j = 0; j < outputs.length; j++) {
                String point = pointOf(description.outputs().get(outputs[j]));
                running.isExcluded[j] =
                        kind == Diagnosis.Kind.SENSOR && watch.diagnosis.name().equals(point);
            }
            if (kind == Diagnosis.Kind.SENSOR || kind == Diagnosis.Kind.AMBIGUOUS) {
                takeBack(running);
            } else if (verdict.cause() != null) {
                open(running, verdict);
            }
        }
        double since = watch.believedSteps * JUDGE_EVERY_S;
        boolean isAsset = kind == Diagnosis.Kind.PARAMETER || kind == Diagnosis.Kind.DAMAGE;
        if ((isAsset && since > SETTLES_S) || (kind == Diagnosis.Kind.UNEXPLAINED && since > UNEXPLAINED_S)) {
            watch.calibrate(running); // the asset as it is now is what is compared with; the drift stays reported
        }
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
                filter.p[i * m.n + i] = calibratedVariance[i];
            } else {
                filter.z[i] = watch.reference.x[i];
            }
        }
        running.forgetSteps();
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

    private void assess(Follower running) {
        double sum = 0;
        int count = 0;
        boolean isWorse = false;
        for (int j = 0; j < outputs.length; j++) {
            if (records[j].count > 0 && !running.isExcluded[j] && running.model.sigma[j] > 0) {
                sum += records[j].score(running.model.sigma[j]);
                count++;
                double normal = Math.max(running.model.sigma[j], records[j].calibratedError);
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
            if (invalidSteps * perJudge > INVALID_S) {
                forget();
            }
        } else if (!isCalibrated) {
            level = FidelityLevel.INITIAL;
        } else {
            level = worseSteps * perJudge > WORSE_S
                            || watch.diagnosis.kind() != Diagnosis.Kind.NONE
                            || isDrifting(running)
                    ? FidelityLevel.DRIFTING
                    : FidelityLevel.CALIBRATED;
        }
    }

    /** Starts as if nothing had been seen: after maintenance, or when it has explained nothing for a while. */
    public void forget() {
        beginAnew();
        remembered = null;
        chosen = List.of();
        chosenSteps = -1;
        runningSteps = 0;
        isCalibrated = false;
        invalidSteps = 0;
        Arrays.fill(calibratedDamage, Double.NaN);
        sensitivities = new Sensitivities(model, configured, outputs, settings.periodSeconds());
        Arrays.fill(watch.lower, Double.POSITIVE_INFINITY);
        Arrays.fill(watch.upper, Double.NEGATIVE_INFINITY);
        watch.reference.clear();
        watch.diagnosis = Diagnosis.NONE;
        watch.lastChange = Diagnosis.NONE;
        for (int j = 0; j < records.length; j++) {
            records[j] = new OutputRecord(settings.averageSeconds() / settings.periodSeconds());
        }
    }

    private boolean isDrifting(Follower running) {
        AugmentedModel m = running.model;
        if (!isCalibrated) {
            return false;
        }
        Diagnosis.Kind kind = watch.diagnosis.kind();
        if (kind == Diagnosis.Kind.PARAMETER || kind == Diagnosis.Kind.DAMAGE) {
            return true;
        }
        for (int k = 0; k < m.nt && k < calibrated.length; k++) {
            double place = running.filter.z[m.place(k)];
            double value = m.parameters[k].value(place);
            double was = m.parameters[k].value(calibrated[k]);
            double sigma = m.parameters[k].slope() * Math.sqrt(running.filter.covariance(m.place(k), m.place(k)));
            if (Math.abs(value - was) > Math.max(settings.driftShare() * Math.abs(was), 2.5 * sigma)) {
                return true;
            }
        }
        for (int i = 0; i < m.nx; i++) {
            if (running.direction[i] != 0 && !running.isOpen[i] && !Double.isNaN(calibratedDamage[i])) {
                double moved = Math.abs(running.filter.z[i] - calibratedDamage[i]);
                double sigma = Math.sqrt(running.filter.covariance(i, i));
                double scale = running.damageScale(i, calibratedDamage[i]);
                if (moved > Math.max(settings.driftShare() * scale, 2.5 * sigma)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How well it follows now; a new object, for readers on any thread. */
    public Synchronisation report() {
        return new Reports(this).synchronisation();
    }

    /** The estimate a question can start from; empty while nothing calibrated is there. */
    public Optional<Estimate> estimate() {
        Follower running = follower;
        return running == null || !level.isUsable()
                ? Optional.empty()
                : Optional.of(new Reports(this).estimate(running));
    }

    /** What has to survive a restart of the server; empty while nothing was learnt. */
    public byte[] save() {
        Follower running = follower;
        EstimatorMemory.Content memory = running == null ? remembered : memory(running);
        return memory == null ? new byte[0] : EstimatorMemory.write(memory, records);
    }

    /**
     * Takes up what {@link #save} wrote; before the first step.
     *
     * @return whether it belongs to this model with these parameters and could be read.
     */
    public boolean restore(byte[] saved) {
        EstimatorMemory.Content memory =
                EstimatorMemory.read(saved, description, configured, sensitivities.candidates.length, records);
        if (memory == null) {
            return false;
        }
        remembered = memory;
        chosen = memory.chosen();
        runningSteps = memory.runningSteps();
        chosenSteps = memory.chosenSteps();
        isCalibrated = memory.isCalibrated();
        calibrated = memory.calibrated();
        calibratedDamage = memory.calibratedDamage();
        calibratedVariance = memory.calibratedVariance();
        System.arraycopy(memory.lower(), 0, watch.lower, 0, watch.lower.length);
        System.arraycopy(memory.upper(), 0, watch.upper, 0, watch.upper.length);
        return true;
    }

    private EstimatorMemory.Content memory(Follower running) {
        AugmentedModel m = running.model;
        double[] variances = new double[m.n];
        for (int i = 0; i < m.n; i++) {
            variances[i] = running.filter.covariance(i, i);
        }
        return new EstimatorMemory.Content(
                description.versionText(),
                configured,
                m.parametersAt(running.filter.z),
                chosen,
                running.filter.state(),
                variances,
                running.damageLimit.clone(),
                runningSteps,
                chosenSteps,
                isCalibrated,
                calibrated.clone(),
                calibratedDamage.clone(),
                calibratedVariance.clone(),
                watch.lower.clone(),
                watch.upper.clone());
    }

    // For Reports.

    ModelBinding binding() {
        return binding;
    }

    Sensitivities sensitivities() {
        return sensitivities;
    }

    List<Integer> chosen() {
        return chosen;
    }

    @Nullable
    Follower follower() {
        return follower;
    }

    OutputRecord[] records() {
        return records;
    }

    ChangeWatch watch() {
        return watch;
    }

    double[] compensation(int candidate) {
        return compensation[candidate];
    }

    StepWindow.@Nullable Row lastRow() {
        return lastStep == Long.MIN_VALUE ? null : window.row(lastStep);
    }

    long stateTime() {
        return follower == null ? 0 : lastStep * ticks;
    }

    double score() {
        return score;
    }

    FidelityLevel level() {
        return level;
    }

    boolean isDriftingNow() {
        Follower running = follower;
        return running != null && isDrifting(running);
    }

    double calibratedParameter(int k) {
        Follower running = follower;
        return running == null || !isCalibrated || k >= calibrated.length
                ? Double.NaN
                : running.model.parameters[k].value(calibrated[k]);
    }

    double calibratedDamage(int state) {
        return calibratedDamage[state];
    }

    boolean isCalibratedNow() {
        return isCalibrated;
    }

    long lateDropped() {
        return lateDropped;
    }

    long restarts() {
        return restarts;
    }

    ParameterSpec parameter(int index) {
        return description.parameters().get(index);
    }

    double configured(int index) {
        return configured[index];
    }
}
