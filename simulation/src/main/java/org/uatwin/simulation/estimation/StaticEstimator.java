package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.OutputSpec;

/**
 * Follows an asset whose model has no memory: each step fits what is not measured to what is ({@link LeastSquares}), and a measurement
 * that is left out several steps in a row is a sensor that contradicts the others. Nothing is learnt that has to survive. One thread at a
 * time.
 */
public final class StaticEstimator implements AssetFollower {
    private static final double STEP_S = 10;
    private static final int STALE_STEPS = 6;
    private static final int REPEATS = 3;
    private static final int SETTLES = 30; // steps until the scatter of the sensors is known
    private static final int MEMORY = 60; // steps
    private static final double INVALID_SCORE = 25;
    private static final double CONFIDENCE = 0.99;

    private final StaticModel model;
    private final ModelDescription description;
    private final Channels channels;
    private final LeastSquares fit;
    private final OutputRecord[] records;
    private final long ticks;
    private final double stepSeconds;
    private final double[] value; // by channel, of this step
    private final int[] count;
    private final int[] age; // steps since the last good one
    private final boolean[] isUncertain;
    private final double[] known; // inputs as measured
    private final double[] expected; // by measured output, before its measurement was known
    private final double[] residual;
    private final double[] deviation;
    private final boolean[] isMeasured;
    private final int[] leftOut; // steps in a row
    private long lastStep = Long.MIN_VALUE;
    private long stateTime;
    private int fits;
    private long lateDropped;

    /** A follower that has seen nothing; a step takes {@value #STEP_S} s at least. */
    public StaticEstimator(StaticModel model, EstimatorSettings settings) {
        this.model = model;
        description = model.description();
        channels = new Channels(description);
        fit = new LeastSquares(model, channels.outputs);
        stepSeconds = Math.max(STEP_S, settings.periodSeconds());
        ticks = Math.round(stepSeconds * UaTime.TICKS_PER_SECOND);
        int m = channels.outputs.length;
        records = new OutputRecord[m];
        for (int j = 0; j < m; j++) {
            records[j] = new OutputRecord(MEMORY);
        }
        value = new double[channels.points.size()];
        count = new int[value.length];
        age = new int[value.length];
        isUncertain = new boolean[value.length];
        Arrays.fill(age, Integer.MAX_VALUE);
        known = description.defaultInputs();
        expected = new double[m];
        residual = new double[m];
        deviation = new double[m];
        isMeasured = new boolean[m];
        leftOut = new int[m];
        Arrays.fill(expected, Double.NaN);
        Arrays.fill(residual, Double.NaN);
    }

    @Override
    public List<String> channels() {
        return channels.points;
    }

    @Override
    public List<String> predictedPoints() {
        return channels.predicted();
    }

    /** Good samples of a step count with their mean; those of a step that has ended are dropped and counted. */
    @Override
    public void offer(int channel, double sample, SampleQuality quality, long time) {
        if (!Double.isFinite(sample) || quality == SampleQuality.BAD) {
            return;
        }
        if (lastStep != Long.MIN_VALUE && -Math.floorDiv(-time, ticks) < lastStep) {
            lateDropped++;
            return;
        }
        count[channel]++;
        value[channel] = count[channel] == 1 ? sample : value[channel] + (sample - value[channel]) / count[channel];
        isUncertain[channel] = quality == SampleQuality.UNCERTAIN;
    }

    @Override
    public void advance(long now) {
        long due = Math.floorDiv(now, ticks);
        if (due == lastStep) {
            return;
        }
        lastStep = due;
        for (int c = 0; c < value.length; c++) {
            age[c] = count[c] > 0 ? 0 : age[c] == Integer.MAX_VALUE ? age[c] : age[c] + 1;
            count[c] = 0;
        }
        for (int i = 0; i < known.length; i++) {
            int c = channels.ofInput[i];
            InputSpec spec = description.inputs().get(i);
            known[i] = c >= 0 && age[c] <= STALE_STEPS ? spec.within(value[c]) : spec.defaultValue();
        }
        step(due * ticks);
    }

    private void step(long time) {
        int m = channels.outputs.length;
        double[] measured = new double[m];
        double[] inflation = new double[m];
        int some = 0;
        for (int j = 0; j < m; j++) {
            int c = channels.firstOutput + j;
            measured[j] = age[c] <= STALE_STEPS ? value[c] : Double.NaN;
            inflation[j] = isUncertain[c] ? SampleQuality.UNCERTAIN.inflation() : 1;
            isMeasured[j] = !Double.isNaN(measured[j]);
            some += isMeasured[j] ? 1 : 0;
        }
        if (some == 0 || !fit.predict(known)) {
            return;
        }
        for (int j = 0; j < m; j++) {
            expected[j] = fit.y[channels.outputs[j]];
            residual[j] = measured[j] - expected[j];
            double sensor = fit.sigma(j) * fit.sigma(j);
            double own = fit.variance[j];
            deviation[j] = Math.sqrt(own + records[j].noise() * sensor);
            if (isMeasured[j] && fits > 0) {
                records[j].add(measured[j], expected[j], residual[j], deviation[j] * deviation[j], own, sensor);
            }
        }
        if (!fit.fit(measured, inflation)) {
            return;
        }
        for (int j = 0; j < m; j++) {
            leftOut[j] = fit.isLeftOut[j] ? leftOut[j] + 1 : 0;
        }
        fits++;
        stateTime = time;
    }

    private Diagnosis diagnosis() {
        for (int j = 0; j < leftOut.length; j++) {
            if (leftOut[j] >= REPEATS) {
                OutputSpec spec = description.outputs().get(channels.outputs[j]);
                String point = channels.predicted().get(j);
                double off = residual[j];
                String text = String.format(
                        Locale.ROOT,
                        "The sensor of %s deviates by %+.3g %s from what all others say together; it is not used. Check or calibrate it.",
                        point,
                        off,
                        spec.unit());
                return new Diagnosis(Diagnosis.Kind.SENSOR, point, off, CONFIDENCE, text);
            }
        }
        return Diagnosis.NONE;
    }

    private double score() {
        double sum = 0;
        int used = 0;
        for (int j = 0; j < records.length; j++) {
            if (records[j].count > 0 && leftOut[j] == 0) {
                sum += records[j].score(scale(j));
                used++;
            }
        }
        return used == 0 ? -1 : sum / used;
    }

    /** What a residual is measured by: the sensor, and what is not known of the unknowns. */
    private double scale(int j) {
        return Math.sqrt(fit.sigma(j) * fit.sigma(j) + fit.variance[j]);
    }

    private FidelityLevel level(double score, Diagnosis diagnosis) {
        if (stateTime == 0 || (lastStep * ticks - stateTime) > STALE_STEPS * ticks) {
            return FidelityLevel.NOT_TRACKED;
        }
        if (fits < SETTLES) {
            return FidelityLevel.INITIAL;
        }
        boolean isInvalid = score >= 0 && score < INVALID_SCORE;
        return isInvalid
                ? FidelityLevel.INVALID
                : diagnosis.kind() == Diagnosis.Kind.NONE ? FidelityLevel.CALIBRATED : FidelityLevel.DRIFTING;
    }

    @Override
    public Synchronisation report() {
        Diagnosis diagnosis = diagnosis();
        double score = score();
        double error = 0;
        double covered = 0;
        int used = 0;
        List<Synchronisation.Output> outputs = new ArrayList<>();
        for (int j = 0; j < records.length; j++) {
            OutputRecord record = records[j];
            if (record.count > 0 && leftOut[j] == 0) {
                double z = record.rootMeanSquare() / scale(j);
                error += z * z;
                covered += record.covered;
                used++;
            }
            double noise = fit.sigma(j) * fit.sigma(j);
            outputs.add(new Synchronisation.Output(
                    channels.predicted().get(j),
                    stateTime == 0 ? Double.NaN : fit.y[channels.outputs[j]],
                    residual[j],
                    deviation[j],
                    stateTime,
                    isMeasured[j],
                    record.efficiency(noise),
                    record.correlation(noise),
                    record.bias,
                    record.rootMeanSquare(),
                    record.covered,
                    record.nis,
                    record.whiteness()));
        }
        return new Synchronisation(
                level(score, diagnosis),
                score,
                used == 0 ? -1 : Math.sqrt(error / used),
                used == 0 ? -1 : covered / used,
                stateTime,
                stepSeconds,
                false,
                false,
                diagnosis,
                outputs,
                quantities(),
                lateDropped,
                0);
    }

    private List<Synchronisation.Quantity> quantities() {
        List<Synchronisation.Quantity> all = new ArrayList<>();
        int n = fit.theta.length;
        for (int i = 0; i < n; i++) {
            StaticModel.Unknown u = model.unknowns().get(i);
            double sigma = stateTime == 0 ? u.sigma() : Math.sqrt(fit.covariance[i * n + i]);
            all.add(new Synchronisation.Quantity(
                    u.name(), u.unit(), fit.theta[i], sigma, sigma < 0.9 * u.sigma(), Double.NaN));
        }
        return all;
    }

    @Override
    public Optional<Estimate> estimate() {
        double score = score();
        return level(score, diagnosis()).isUsable()
                ? Optional.of(new StaticEstimate(model, fit, Math.max(0, score)))
                : Optional.empty();
    }

    /** Each step stands by itself. */
    @Override
    public byte[] save() {
        return new byte[0];
    }

    @Override
    public boolean restore(byte[] saved) {
        return false;
    }
}
