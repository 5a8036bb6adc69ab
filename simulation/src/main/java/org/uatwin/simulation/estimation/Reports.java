package org.uatwin.simulation.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.StateSpec;

/** What an estimator tells others. */
final class Reports {
    private static final double FAR_OFF = 2.5; // standard deviations of a sensor's class
    private static final double FAR_OFF_CONFIDENCE = 0.95;
    private static final double MARGIN = 0.1; // beyond the calibrated range of an input

    private final TwinEstimator of;
    private final ModelDescription description;

    Reports(TwinEstimator of) {
        this.of = of;
        description = of.binding().description();
    }

    Synchronisation synchronisation() {
        Follower running = of.follower();
        double error = 0;
        double covered = 0;
        int count = 0;
        OutputRecord[] records = of.records();
        for (int j = 0; j < records.length && running != null; j++) {
            if (records[j].count > 0 && !running.isExcluded[j] && running.model.scale[j] > 0) {
                double z = records[j].rootMeanSquare() / running.model.scale[j];
                error += z * z;
                covered += records[j].covered;
                count++;
            }
        }
        boolean isDrifting = running != null && of.calibration().isDrifting(running);
        Diagnosis now = of.watch().diagnosis;
        return new Synchronisation(
                of.calibration().level,
                of.calibration().score,
                count == 0 ? -1 : Math.sqrt(error / count),
                count == 0 ? -1 : covered / count,
                of.stateTime(),
                of.settings().stepSeconds(),
                isDrifting,
                running != null && isOutside(running),
                now.kind() == Diagnosis.Kind.NONE && running != null ? unnamed(running, isDrifting) : now,
                outputs(running),
                quantities(running),
                of.lateDropped(),
                of.restarts());
    }

    /** What has moved although no cause was singled out: a sensor of an input that is far off, else the parameter that drifts. */
    private Diagnosis unnamed(Follower running, boolean isDrifting) {
        AugmentedModel m = running.model;
        for (int d = 0; d < m.drivers.length && of.calibration().isCalibrated; d++) {
            int i = m.inputOffset(d);
            double off = running.filter.z[i];
            if (Math.abs(off) - Math.sqrt(running.filter.covariance(i, i)) > FAR_OFF) {
                InputSpec spec = description.inputs().get(m.drivers[d]);
                String point = spec.linkedPoint() == null ? spec.name() : spec.linkedPoint();
                return new Diagnosis(
                        Diagnosis.Kind.SENSOR,
                        point,
                        off * m.inputSigma(d),
                        FAR_OFF_CONFIDENCE,
                        String.format(
                                Locale.ROOT,
                                "The sensor of %s deviates by %+.3g %s from what everything else says; the twin goes on with the corrected value. Check or calibrate it.",
                                point,
                                off * m.inputSigma(d),
                                spec.unit()));
            }
        }
        if (!isDrifting) {
            return Diagnosis.NONE;
        }
        return of.watch().lastChange.kind() == Diagnosis.Kind.NONE
                ? of.calibration().drifted(running).orElse(Diagnosis.NONE)
                : of.watch().lastChange;
    }

    private boolean isOutside(Follower running) {
        return !running.isInside()
                || (of.calibration().isCalibrated && of.watch().distance(running.model.u) > MARGIN);
    }

    private List<Synchronisation.Output> outputs(@Nullable Follower running) {
        List<Synchronisation.Output> list = new ArrayList<>();
        List<String> points = of.predictedPoints();
        StepWindow.Row row = of.lastRow();
        OutputRecord[] records = of.records();
        for (int j = 0; j < records.length; j++) {
            OutputRecord record = records[j];
            double expected = Double.NaN;
            double residual = Double.NaN;
            double deviation = Double.NaN;
            boolean isMeasured = false;
            double sigma = 0;
            if (running != null && row != null && row.variance[j] > 0) {
                expected = row.expected[j];
                residual = running.residual[j];
                deviation = Math.sqrt(row.variance[j]);
                isMeasured = !Double.isNaN(row.innovation[j]);
                sigma = running.model.sigma[j];
            }
            list.add(new Synchronisation.Output(
                    points.get(j),
                    expected,
                    residual,
                    deviation,
                    of.stateTime(),
                    isMeasured,
                    record.efficiency(sigma * sigma),
                    record.correlation(sigma * sigma),
                    record.bias,
                    record.rootMeanSquare(),
                    record.covered,
                    record.nis,
                    record.whiteness()));
        }
        return list;
    }

    private List<Synchronisation.Quantity> quantities(@Nullable Follower running) {
        List<Synchronisation.Quantity> list = new ArrayList<>();
        int[] candidates = of.sensitivities().candidates;
        for (int candidate : candidates) {
            ParameterSpec spec = description.parameters().get(candidate);
            double value = of.binding().parameters()[candidate];
            double sigma = spec.priorSigma() * Math.abs(value);
            double calibrated = Double.NaN;
            boolean isEstimated = false;
            if (running != null) {
                AugmentedModel m = running.model;
                for (int k = 0; k < m.nt; k++) {
                    if (m.parameters[k].index == candidate) {
                        double place = running.filter.z[m.place(k)];
                        value = m.parameters[k].value(place);
                        double variance = running.filter.covariance(m.place(k), m.place(k));
                        sigma = m.parameters[k].slope() * Math.sqrt(variance + running.hidden[k]);
                        calibrated = of.calibration().parameter(running, k);
                        isEstimated = true;
                    }
                }
            }
            list.add(new Synchronisation.Quantity(spec.name(), spec.unit(), value, sigma, isEstimated, calibrated));
        }
        List<StateSpec> states = description.states();
        for (int i = 0; i < states.size(); i++) {
            StateSpec spec = states.get(i);
            if (spec.kind() == StateSpec.Kind.DAMAGE) {
                double variance = running == null ? 0 : running.filter.covariance(i, i);
                list.add(new Synchronisation.Quantity(
                        spec.name(),
                        spec.unit(),
                        running == null ? Double.NaN : running.filter.z[i],
                        running == null ? Double.NaN : Math.sqrt(variance),
                        running != null && !running.isOpen[i],
                        of.calibration().damage[i]));
            }
        }
        return list;
    }

    Estimate estimate(Follower running) {
        AugmentedModel m = running.model;
        double[] z = running.filter.state();
        int n = m.nx + m.nt;
        double[] p = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                p[i * n + k] = running.filter.covariance(i, k);
            }
        }
        double[] factor = new double[n * n];
        Matrices.cholesky(p, n, factor);
        List<Integer> free = new ArrayList<>();
        List<double[]> compensation = new ArrayList<>();
        int[] candidates = of.sensitivities().candidates;
        for (int c = 0; c < candidates.length; c++) {
            if (!of.chosen().contains(c) && of.sensitivities().hasPoints()) {
                free.add(candidates[c]);
                compensation.add(of.compensation(c));
            }
        }
        double[] places = Arrays.copyOfRange(z, m.nx, n);
        double[] inputs = new double[m.u.length];
        m.inputs(z, inputs);
        String text = String.format(
                Locale.ROOT,
                "the twin follows the asset with a fidelity of %.0f %%%s",
                of.calibration().score,
                of.watch().diagnosis.text().isEmpty()
                        ? ""
                        : ": " + of.watch().diagnosis.text().replaceFirst("[.]$", ""));
        return new FilterEstimate(
                of.binding(),
                m.parametersAt(z),
                Arrays.copyOf(z, m.nx),
                inputs,
                m.mode,
                m.parameters,
                places,
                factor,
                free.stream().mapToInt(Integer::intValue).toArray(),
                compensation.toArray(new double[0][]),
                margins(of.watch().lower, -1),
                margins(of.watch().upper, 1),
                Math.max(0, of.calibration().score),
                isOutside(running),
                text);
    }

    private double[] margins(double[] bounds, int sign) {
        double[] wide = bounds.clone();
        for (int i = 0; i < wide.length; i++) {
            double noise = 4 * description.inputs().get(i).accuracy().sigma(bounds[i]);
            wide[i] += sign * (MARGIN * Math.abs(bounds[i]) + (Double.isFinite(noise) ? noise : 0));
        }
        return wide;
    }
}
