package org.uatwin.simulation.scenario;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.SensorAccuracy;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * Draws starts that are all compatible with what is known: parameters from their priors, readings from their sensors' accuracy,
 * and then the model started anew, so that everything the readings determine is inferred again (parametric bootstrap; Efron and
 * Tibshirani 1993, ch. 6). What the data pin down varies little, what they do not varies by its prior.
 */
public final class Replicates {
    private Replicates() {}

    /** A parameter vector drawn around the configured one. */
    public static double[] parameters(ModelDescription description, double[] configured, NoiseStream noise) {
        List<ParameterSpec> specs = description.parameters();
        double[] parameters = configured.clone();
        for (int i = 0; i < parameters.length; i++) {
            ParameterSpec spec = specs.get(i);
            if (spec.priorSigma() > 0) {
                double value = parameters[i] * (1 + spec.priorSigma() * noise.gaussian());
                parameters[i] = Math.max(spec.lower(), Math.min(spec.upper(), value));
            }
        }
        return parameters;
    }

    /** The readings another set of equally accurate sensors might show. */
    public static LiveState measured(ModelDescription description, LiveState live, NoiseStream noise) {
        Map<String, LiveReading> readings = new HashMap<>();
        for (InputSpec spec : description.inputs()) {
            perturb(live, spec.linkedPoint(), spec.accuracy(), noise, readings);
        }
        for (OutputSpec spec : description.outputs()) {
            perturb(live, spec.linkedPoint(), spec.accuracy(), noise, readings);
        }
        return LiveState.of(readings);
    }

    private static void perturb(
            LiveState live,
            @Nullable String point,
            SensorAccuracy accuracy,
            NoiseStream noise,
            Map<String, LiveReading> into) {
        LiveReading reading = point == null ? null : live.reading(point);
        if (point == null || reading == null) {
            return;
        }
        double sigma = Double.isFinite(reading.value()) ? accuracy.sigma(reading.value()) : 0;
        double error = sigma > 0 ? sigma * noise.gaussian() : 0;
        into.put(point, new LiveReading(reading.value() + error, reading.good(), reading.ageSeconds()));
    }
}
