package org.uatwin.simulation.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.uatwin.simulation.contract.FitScore;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveReader;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.system.Simulation;

/**
 * Starts a system model from readings. What one reading says about an unknown is weighed against what was known before (iterated
 * extended Kalman update, Bell and Cathey 1993, for one unknown): a reading that the configured value explains moves little.
 */
final class SystemStart {
    private static final int ITERATIONS = 8;
    private static final double PROBE = 1e-3; // of the unknown's standard deviation, for the slope
    private static final double MODEL_ERROR = 0.02; // share of a value that no model of this kind gets better than

    private final BoundSystem bound;
    private final ModelDescription description;
    private final LiveState live;
    private final LiveReader reader;
    private final double[] inputs;
    private final double[] measured;
    private final double[] states;
    private final FitScore fit = new FitScore();
    private final List<String> assumptions = new ArrayList<>();
    private boolean isExtrapolated;

    SystemStart(BoundSystem bound, LiveState live) {
        this.bound = bound;
        this.description = bound.description();
        this.live = live;
        this.reader = new LiveReader(live);
        this.inputs = new double[description.inputs().size()];
        this.measured = new double[description.outputs().size()];
        this.states = new double[description.states().size()];
        Arrays.fill(states, Double.NaN);
    }

    ModelStart from(double[] configured) {
        double[] parameters = configured.clone();
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = plausible(description.inputs().get(i));
        }
        for (int i = 0; i < measured.length; i++) {
            measured[i] = reader.measured(description.outputs().get(i));
        }
        Set<String> used = new HashSet<>();
        for (int i = 0; i < states.length; i++) {
            states[i] = reading(description.states().get(i).name(), used);
        }
        for (SystemTwin.Inference inference : bound.declaration().inferences()) {
            if (infer(inference, parameters)) {
                used.add(inference.output());
            }
        }
        double[] y = evaluate(parameters, states);
        String missing = missing();
        if (missing.isEmpty() && !isFinite(y)) {
            missing = "the readings lead out of the model's domain";
        }
        compare(y, used);
        isExtrapolated |= !bound.isInside(inputs, y);
        return new ModelStart(
                parameters,
                states,
                inputs,
                OperatingMode.RUNNING,
                new ModelStart.Quality(
                        missing, reader.issues(), assumptions, reader.dataAgeSeconds(), fit.value(), isExtrapolated));
    }

    /** The reading a start value takes, NaN if there is none; rows of tables by the name after the dot. */
    private double reading(String state, Set<String> used) {
        if (state.equals(BoundSystem.TIME_OF_DAY)) {
            LiveReading time = live.reading(state);
            return time == null ? 0 : time.value();
        }
        int dot = state.indexOf('.');
        String source = bound.declaration().starts().get(dot < 0 ? state : state.substring(0, dot));
        if (source == null) {
            return Double.NaN;
        }
        String name = dot < 0 ? source : source + state.substring(dot);
        int output = description.outputIndex(name);
        if (output < 0 || Double.isNaN(measured[output])) {
            return Double.NaN;
        }
        used.add(name);
        return measured[output];
    }

    /** An input within what the model takes; a reading beyond it is held at the limit and flagged. */
    private double plausible(InputSpec spec) {
        double value = reader.input(spec);
        double held = Math.max(spec.lower(), Math.min(spec.upper(), value));
        String point = spec.linkedPoint();
        if (held != value && point != null) {
            isExtrapolated = true;
            return reader.implausible(point, held);
        }
        return held;
    }

    private String missing() {
        List<String> missing = new ArrayList<>();
        for (String need : bound.declaration().needs()) {
            boolean isThere = Arrays.stream(need.split("\\|"))
                    .anyMatch(point -> reader.isUsable(point, Math.max(30, description.maxStepSeconds())));
            if (!isThere) {
                missing.add(need.replace("|", " or "));
            }
        }
        return missing.isEmpty() ? "" : "no good reading of " + String.join(", ", missing);
    }

    /** Updates one unknown from one reading; false when there is none, or when it says nothing. */
    private boolean infer(SystemTwin.Inference inference, double[] parameters) {
        int output = description.outputIndex(inference.output());
        OutputSpec spec = bound.output(inference.output());
        if (spec == null || Double.isNaN(measured[output])) {
            return false;
        }
        double y = measured[output];
        int parameter = description.parameterIndex(inference.unknown());
        int state = description.stateIndex(inference.unknown());
        double[] vector = parameter >= 0 ? parameters : state >= 0 ? states : inputs;
        int index = parameter >= 0 ? parameter : state >= 0 ? state : description.inputIndex(inference.unknown());
        double before = Double.isNaN(vector[index]) ? y : vector[index];
        double sigma = parameter >= 0 ? inference.sigma() * Math.max(1e-9, Math.abs(before)) : inference.sigma();
        double noise = Math.max(spec.accuracy().sigma(y), 1e-9 * Math.max(1, Math.abs(y)));
        double estimate = before;
        for (int n = 0; n < ITERATIONS; n++) {
            vector[index] = estimate;
            double at = evaluate(parameters, states)[output];
            vector[index] = estimate + PROBE * sigma;
            double slope = (evaluate(parameters, states)[output] - at) / (PROBE * sigma);
            if (!Double.isFinite(at) || !Double.isFinite(slope)) {
                vector[index] = before;
                return false;
            }
            double gain = sigma * sigma * slope / (slope * slope * sigma * sigma + noise * noise);
            double next = before + gain * (y - at - slope * (before - estimate));
            next = Math.max(inference.lower(), Math.min(inference.upper(), next));
            boolean isSettled = Math.abs(next - estimate) < 1e-6 * sigma;
            estimate = next;
            if (isSettled) {
                break;
            }
        }
        vector[index] = estimate;
        isExtrapolated |= estimate == inference.lower() || estimate == inference.upper();
        fit.residual(estimate, before, sigma);
        fit.residual(y, evaluate(parameters, states)[output], Math.max(noise, MODEL_ERROR * Math.abs(y)));
        return true;
    }

    private void compare(double[] y, Set<String> used) {
        for (int i = 0; i < measured.length; i++) {
            OutputSpec spec = description.outputs().get(i);
            if (!used.contains(spec.name())) {
                double sigma = Math.max(spec.accuracy().sigma(measured[i]), MODEL_ERROR * Math.abs(measured[i]));
                fit.residual(measured[i], y[i], Math.max(1e-9, sigma));
            }
        }
        for (ParameterSpec spec : description.parameters()) {
            boolean isUncertain = spec.priorSigma() > 0
                    && bound.declaration().inferences().stream()
                            .noneMatch(i -> i.unknown().equals(spec.name()));
            if (isUncertain && assumptions.isEmpty()) {
                assumptions.add("what no reading tells is taken as configured");
            }
        }
    }

    /** Outputs at time 0; NaN where they cannot be computed. */
    private double[] evaluate(double[] parameters, double[] start) {
        double[] y = new double[measured.length];
        try {
            Simulation simulation = bound.prepare(parameters, start, 1);
            simulation.begin(inputs);
            simulation.observe(inputs);
            simulation.read(y);
        } catch (RuntimeException e) {
            Arrays.fill(y, Double.NaN); // the caller says that the readings lead out of the model's domain
        }
        return y;
    }

    private static boolean isFinite(double[] y) {
        return Arrays.stream(y).allMatch(Double::isFinite);
    }

    @Override
    public String toString() {
        return bound + " from " + live;
    }
}
