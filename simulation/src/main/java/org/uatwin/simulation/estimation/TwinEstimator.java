package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;

/**
 * Follows one asset: samples go in by {@link #offer}, {@link #advance} brings the twin to a time. It starts from readings, follows
 * process states at once, chooses the parameters the data can tell after a while, counts as calibrated a while later, and from then
 * on looks for what has changed. One thread at a time; a step allocates nothing except when the model has to be bound anew.
 */
public final class TwinEstimator implements AssetFollower {
    private static final double START_EVERY_S = 5;
    private static final double LONGEST_GAP_S = 120;
    private static final double NO_DATA_S = 60;
    private static final int AFTER_WORK = 2;

    private final ModelBinding binding;
    private final TwinModel model;
    private final ModelDescription description;
    private final EstimatorSettings settings;
    private final double[] configured;
    private final long ticks;
    private final int late;
    private final Channels channels;
    private final StepWindow window;
    private final OutputRecord[] records;
    private final ChangeWatch watch;
    private final Calibration calibration;
    private final FollowedStep finished;
    private @Nullable StepWatcher watcher;
    private Sensitivities sensitivities;
    private List<Integer> chosen = List.of(); // places among the candidates
    private double[][] compensation = new double[0][]; // by candidate, of the chosen
    private double[] startVariances = new double[0]; // of the states
    private @Nullable Follower follower;
    private EstimatorMemory.@Nullable Content remembered;
    private long lastStep = Long.MIN_VALUE;
    private long dirtyFrom = Long.MAX_VALUE;
    private long runningSteps;
    private long pointSteps; // running steps when the choice was last looked at
    private int calibrationTimes = 1; // of the usual time: what was worked at is not at rest for long
    private long chosenSteps = -1; // running steps since parameters were chosen
    private long quietSteps; // since the last measurement
    private long lateDropped;
    private long restarts;

    /** An estimator that has seen nothing. */
    public TwinEstimator(ModelBinding binding, EstimatorSettings settings) {
        this.binding = binding;
        model = binding.model();
        this.settings = settings.atPace(model.pace());
        description = model.description();
        configured = binding.parameters();
        ticks = Math.round(this.settings.stepSeconds() * UaTime.TICKS_PER_SECOND);
        late = (int) Math.round(this.settings.lateSeconds() / this.settings.periodSeconds());
        channels = new Channels(description);
        window = new StepWindow(channels.points.size(), channels.outputs.length, late, means());
        records = new OutputRecord[channels.outputs.length];
        for (int j = 0; j < records.length; j++) {
            records[j] = new OutputRecord(this.settings.averageSeconds() / this.settings.periodSeconds());
        }
        watch = new ChangeWatch(model, channels.outputs, this.settings);
        finished =
                new FollowedStep(channels.outputs.length, description.inputs().size());
        sensitivities = new Sensitivities(model, configured, channels.outputs, this.settings);
        calibration = new Calibration(
                this.settings,
                watch,
                records,
                predictedPoints(),
                description.states().size());
    }

    /** By channel, whether a step counts the mean of what was measured in it: where steps are long, but not of a mode. */
    private boolean[] means() {
        boolean[] isMean = new boolean[channels.points.size()];
        Arrays.fill(isMean, settings.pace() > 1);
        if (channels.state >= 0) {
            isMean[channels.state] = false;
        }
        return isMean;
    }

    /** Whether a model has anything that can be compared with measurements. */
    public static boolean canFollow(TwinModel model) {
        return Channels.measuredOutputs(model.description()).length > 0;
    }

    /** Points it wants samples of; a channel is a place in this list. */
    @Override
    public List<String> channels() {
        return channels.points;
    }

    /** The points it predicts, in the order of {@link Synchronisation#outputs}. */
    @Override
    public List<String> predictedPoints() {
        return channels.predicted();
    }

    /**
     * Hands a sample over. Late ones join the step they belong to, if that is not final; what is later is dropped and counted,
     * unless it is the newest of its channel: then the next step takes it.
     *
     * @param time source time, {@link UaTime} ticks.
     */
    @Override
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
                if (time <= channels.latestTime(channel)) {
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
    @Override
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
        channels.take(row);
        Follower running = follower;
        if (running == null) {
            long every = Math.max(1, Math.round(START_EVERY_S / settings.periodSeconds()));
            if (Math.floorMod(step, every) == 0) {
                tryStart(step * ticks);
            }
            return;
        }
        quietSteps = channels.hasMeasurement(row) ? 0 : quietSteps + 1;
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
        running.run(row, step * ticks, isLearning, channels.state, records);
        watch.reference.step(running.model, row, channels.firstOutput, row.reference);
        row.ranWith(running.model.u, running.model.mode);
    }

    private void tryStart(long now) {
        LiveState live = channels.readings(now);
        if (live.size() == 0) {
            return;
        }
        EstimatorMemory.Content memory = remembered;
        double[] parameters = memory == null ? configured : memory.parameters();
        ModelStart start = model.initialise(parameters, live);
        if (!start.isUsable() || !Matrices.isFinite(start.state())) {
            return;
        }
        double[] base = memory == null ? start.parameters() : memory.parameters();
        double[] state = start.state();
        double[] variances = StartCovariance.of(model, parameters, live, state);
        startVariances = variances.clone();
        if (memory != null) {
            chosen = memory.chosen();
            memory.keepDamage(description, state, variances);
        }
        Follower made = follower(base, state, variances, start.inputs(), start.mode());
        if (memory != null) {
            memory.into(made, watch);
        }
        quietSteps = 0;
        follower = made;
        calibration.begun();
    }

    private Follower follower(double[] base, double[] state, double[] variances, double[] inputs, OperatingMode mode) {
        int[] estimated =
                chosen.stream().mapToInt(c -> sensitivities.candidates[c]).toArray();
        AugmentedModel augmented = new AugmentedModel(
                model,
                configured,
                base,
                estimated,
                channels.outputs,
                settings.stepSeconds(),
                settings.offsetHours() * 3600 * settings.pace(),
                inputs,
                mode);
        Follower made = new Follower(augmented, settings, channels.ofInput, channels.firstOutput, late);
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
        hide(made);
        return made;
    }

    private void hide(Follower made) {
        Arrays.fill(made.hidden, 0);
        for (int c = 0; c < compensation.length; c++) {
            for (int k = 0; k < made.hidden.length && !chosen.contains(c); k++) {
                made.hidden[k] += compensation[c][k] * compensation[c][k];
            }
        }
    }

    /** Keeps what was learnt and starts from readings as soon as there are some. */
    private void beginAnew() {
        Follower running = follower;
        if (running != null) {
            remembered = memory(running);
            restarts++;
        }
        follower = null;
        calibration.lost();
    }

    /** Learns from a step that no sample can change any more. */
    private void finish(Follower running, StepWindow.Row row) {
        if (!row.isComplete) {
            return;
        }
        row.isComplete = false;
        AugmentedModel m = running.model;
        for (int j = 0; j < channels.outputs.length; j++) {
            if (!Double.isNaN(row.innovation[j]) && row.isRunning && !row.isJumping[j]) {
                boolean isPlain = row.quality(channels.firstOutput + j) == SampleQuality.GOOD && !running.isExcluded[j];
                double sensor = isPlain ? m.sigma[j] * m.sigma[j] : 0;
                records[j].add(
                        row.value[channels.firstOutput + j],
                        row.expected[j],
                        row.innovation[j],
                        row.variance[j],
                        row.own[j],
                        sensor);
            }
        }
        watch.add(row, running);
        StepWatcher told = watcher;
        if (told != null) {
            finished.take(row, channels.firstOutput, running, watch, row.step * ticks, settings.stepSeconds());
            told.step(finished);
        }
        if (row.isRunning) {
            runningSteps++;
            if (chosenSteps >= 0) {
                chosenSteps++;
            }
            if (!calibration.isCalibrated) {
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
                && (chosenSteps < 0
                        || settings.pace() == 1
                        || runningSteps - pointSteps >= settings.learnSeconds() / period)
                && sensitivities.isNew(running.model.u)) {
            choose(running);
        }
        Follower now = follower == null ? running : follower;
        if (chosenSteps >= calibrationTimes * settings.calibrationSeconds() / period && !calibration.isCalibrated) {
            calibrationTimes = 1;
            calibration.calibrate(now);
        }
        refreshUnseen(now, step);
        if (Math.floorMod(step, Math.max(1, Math.round(Calibration.JUDGE_EVERY_S / period))) == 0) {
            if (calibration.judge(now, runningSteps)) {
                forget();
            }
        }
    }

    /** Inputs nobody measures but a start can infer, such as a setpoint that is not bound, are inferred now and then. */
    private void refreshUnseen(Follower running, long step) {
        boolean isUnseen = false;
        for (int i = 0; i < channels.ofInput.length; i++) {
            isUnseen |= running.isInputUnseen(i);
        }
        if (!isUnseen || Math.floorMod(step, Math.max(1, Math.round(START_EVERY_S / settings.periodSeconds()))) != 0) {
            return;
        }
        ModelStart start =
                model.initialise(running.model.parametersAt(running.filter.z), channels.readings(step * ticks));
        if (start.isUsable()) {
            double[] inferred = start.inputs();
            for (int i = 0; i < channels.ofInput.length; i++) {
                if (running.isInputUnseen(i)) {
                    running.model.u[i] = inferred[i];
                }
            }
        }
    }

    /** Adds the present operating point and chooses again; what was chosen stays. */
    private void choose(Follower running) {
        pointSteps = runningSteps;
        AugmentedModel old = running.model;
        double[] z = running.filter.z;
        boolean[] isMeasured = new boolean[channels.outputs.length];
        double[] sigma = new double[old.nx];
        for (int j = 0; j < channels.outputs.length; j++) {
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
            hide(running);
            return;
        }
        chosen = List.copyOf(next);
        Follower made = follower(base, Arrays.copyOf(z, old.nx), startVariances, old.u, old.mode);
        made.takeOver(running);
        follower = made;
        if (!isFirst) {
            calibration.isCalibrated = false; // what is normal has to be found again with the further parameters
            chosenSteps = 0;
            watch.clear();
        }
    }

    /** Starts as if nothing had been seen: after maintenance, or when it has explained nothing for a while. */
    public void forget() {
        beginAnew();
        remembered = null;
        chosen = List.of();
        chosenSteps = -1;
        runningSteps = 0;
        calibration.forget();
        sensitivities = new Sensitivities(model, configured, channels.outputs, settings);
        Arrays.fill(watch.lower, Double.POSITIVE_INFINITY);
        Arrays.fill(watch.upper, Double.NEGATIVE_INFINITY);
        watch.clear();
        watch.diagnosis = Diagnosis.NONE;
        watch.lastChange = Diagnosis.NONE;
        for (int j = 0; j < records.length; j++) {
            records[j] = new OutputRecord(settings.averageSeconds() / settings.periodSeconds());
        }
    }

    @Override
    public boolean renew(String state, double level, double sigma) {
        int i = description.stateIndex(state);
        if (i < 0 || description.states().get(i).kind() != StateSpec.Kind.DAMAGE) {
            return false;
        }
        Follower running = follower;
        EstimatorMemory.Content memory = remembered;
        if (memory != null) {
            memory.renew(i, level, sigma);
        }
        if (chosenSteps >= 0) {
            chosenSteps = 0;
        }
        calibration.isCalibrated = false;
        calibrationTimes = AFTER_WORK;
        if (running != null) {
            running.renew(i, level, sigma);
            calibration.begun();
        }
        watch.clear();
        watch.diagnosis = Diagnosis.NONE;
        watch.lastChange = Diagnosis.NONE;
        return true;
    }

    /** How well it follows now; a new object, for readers on any thread. */
    @Override
    public Synchronisation report() {
        return new Reports(this).synchronisation();
    }

    @Override
    public void watch(StepWatcher told) {
        watcher = told;
    }

    @Override
    public List<Signature> signatures() {
        Follower running = follower;
        return running == null || !calibration.isCalibrated || !watch.reference.isReady()
                ? List.of()
                : new Signatures(model, running, settings.stepSeconds()).all();
    }

    /** The estimate a question can start from; empty while nothing calibrated is there. */
    @Override
    public Optional<Estimate> estimate() {
        Follower running = follower;
        return running == null || !calibration.level.isUsable()
                ? Optional.empty()
                : Optional.of(new Reports(this).estimate(running));
    }

    /** What has to survive a restart of the server; empty while nothing was learnt. */
    @Override
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
    @Override
    public boolean restore(byte[] saved) {
        EstimatorMemory.Content memory =
                EstimatorMemory.read(saved, model, configured, sensitivities.candidates.length, records);
        if (memory == null) {
            return false;
        }
        remembered = memory;
        chosen = memory.chosen();
        runningSteps = memory.runningSteps();
        chosenSteps = memory.chosenSteps();
        calibration.restore(memory);
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
                calibration.isCalibrated,
                calibration.places.clone(),
                calibration.damage.clone(),
                calibration.variance.clone(),
                watch.lower.clone(),
                watch.upper.clone());
    }

    // For Reports.

    EstimatorSettings settings() {
        return settings;
    }

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

    Calibration calibration() {
        return calibration;
    }

    long lateDropped() {
        return lateDropped;
    }

    long restarts() {
        return restarts;
    }
}
