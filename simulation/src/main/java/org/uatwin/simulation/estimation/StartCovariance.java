package org.uatwin.simulation.estimation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.SensorAccuracy;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;

/**
 * How well a start from readings is known: the start is repeated with each reading and each uncertain parameter moved by its
 * standard deviation, and what that does to a state adds up as squares.
 */
final class StartCovariance {
    private static final double LEAST_RELATIVE = 1e-3; // of a state: no start is better than that
    private static final double LEAST_DAMAGE = 0.01;
    // The filter is going to see the same sensors with the same errors: a start that counted fully would count twice.
    private static final double CAUTION = 9;

    private final TwinModel model;
    private final double[] parameters;
    private final LiveState live;
    private final double[] state;
    private final double[] variances;

    private StartCovariance(TwinModel model, double[] parameters, LiveState live, double[] state) {
        this.model = model;
        this.parameters = parameters;
        this.live = live;
        this.state = state;
        variances = new double[state.length];
    }

    static double[] of(TwinModel model, double[] parameters, LiveState live, double[] state) {
        return new StartCovariance(model, parameters, live, state).variances();
    }

    private double[] variances() {
        ModelDescription description = model.description();
        for (InputSpec spec : description.inputs()) {
            reading(spec.linkedPoint(), spec.accuracy());
        }
        for (OutputSpec spec : description.outputs()) {
            reading(spec.linkedPoint(), spec.accuracy());
        }
        for (int i = 0; i < parameters.length; i++) {
            ParameterSpec spec = description.parameters().get(i);
            if (spec.priorSigma() > 0) {
                double[] moved = parameters.clone();
                double step = spec.priorSigma() * Math.abs(moved[i]);
                moved[i] = moved[i] + step <= spec.upper() ? moved[i] + step : Math.max(spec.lower(), moved[i] - step);
                add(model.initialise(moved, live).state());
            }
        }
        List<StateSpec> states = description.states();
        for (int i = 0; i < state.length; i++) {
            double relative = states.get(i).kind() == StateSpec.Kind.DAMAGE
                    ? (variances[i] > 0 ? LEAST_DAMAGE : 0) // what no reading shows is followed by its equation alone
                    : LEAST_RELATIVE;
            double least = relative * Math.abs(state[i]);
            variances[i] = Math.max(CAUTION * variances[i], least * least);
        }
        return variances;
    }

    private void reading(@Nullable String point, SensorAccuracy accuracy) {
        LiveReading reading = point == null ? null : live.reading(point);
        if (point == null || reading == null || !reading.good()) {
            return;
        }
        double sigma = accuracy.sigma(reading.value());
        if (sigma > 0) {
            LiveReading moved = new LiveReading(reading.value() + sigma, true, reading.ageSeconds());
            add(model.initialise(parameters, live.with(point, moved)).state());
        }
    }

    private void add(double[] moved) {
        for (int i = 0; i < state.length; i++) {
            double change = moved[i] - state[i];
            if (Double.isFinite(change)) {
                variances[i] += change * change;
            }
        }
    }
}
