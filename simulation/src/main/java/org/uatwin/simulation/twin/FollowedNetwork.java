package org.uatwin.simulation.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.estimation.AssetFollower;
import org.uatwin.simulation.estimation.EstimatorSettings;
import org.uatwin.simulation.estimation.Followable;
import org.uatwin.simulation.estimation.StaticEstimator;
import org.uatwin.simulation.estimation.StaticModel;
import org.uatwin.simulation.system.Simulation;

/** A bound system model without memory as an estimator sees it. Immutable. */
final class FollowedNetwork implements StaticModel, Followable {
    private final BoundSystem bound;
    private final List<Unknown> unknowns = new ArrayList<>();

    private FollowedNetwork(BoundSystem bound) {
        this.bound = bound;
        ModelDescription d = bound.description();
        for (InputSpec input : d.inputs()) {
            SystemTwin.Guess guess = bound.declaration().guesses().get(BoundSystem.base(input.name()));
            if (guess != null) {
                unknowns.add(new Unknown(
                        input.name(), input.unit(), input.defaultValue(), guess.sigma(), guess.lower(), guess.upper()));
            }
        }
        double[] parameters = bound.parameters();
        for (int i = 0; i < parameters.length; i++) {
            ParameterSpec spec = d.parameters().get(i);
            double sigma = spec.priorSigma() * Math.abs(parameters[i]);
            if (spec.tunable() && sigma > 0) {
                unknowns.add(new Unknown(spec.name(), spec.unit(), parameters[i], sigma, spec.lower(), spec.upper()));
            }
        }
    }

    /** Empty for models whose declaration names nothing to estimate. */
    static Optional<FollowedNetwork> of(BoundSystem bound) {
        return bound.declaration().guesses().isEmpty() ? Optional.empty() : Optional.of(new FollowedNetwork(bound));
    }

    @Override
    public ModelDescription description() {
        return bound.description();
    }

    @Override
    public double[] parameters() {
        return bound.parameters();
    }

    @Override
    public List<Unknown> unknowns() {
        return unknowns;
    }

    @Override
    public AssetFollower follower(EstimatorSettings settings) {
        return new StaticEstimator(this, settings);
    }

    @Override
    public Equations equations() {
        double[] states = new double[bound.description().states().size()];
        Arrays.fill(states, Double.NaN);
        return new Equations() {
            private double[] at = new double[0];
            private Simulation simulation = bound.prepare(bound.parameters(), states, 1);

            @Override
            public boolean outputs(double[] parameters, double[] inputs, double[] y) {
                try {
                    if (!Arrays.equals(at, parameters)) {
                        simulation = bound.prepare(parameters, states, 1);
                        simulation.begin(inputs);
                        at = parameters.clone();
                    } else {
                        simulation.observe(inputs);
                    }
                    simulation.read(y);
                    return Arrays.stream(y).allMatch(Double::isFinite);
                } catch (RuntimeException e) {
                    at = new double[0]; // beyond what the equations can solve; the next attempt begins anew
                    return false;
                }
            }
        };
    }
}
