package org.uatwin.simulation.estimation;

import java.util.Optional;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.TwinModel;

/** A twin with what can follow its asset. Immutable, any thread. */
public interface Followable {
    /** Names, units and points of the model, as the follower takes them. */
    ModelDescription description();

    /** A copy of the configured parameter values. */
    double[] parameters();

    /** A follower that has seen nothing. */
    AssetFollower follower(EstimatorSettings settings);

    /** Its equations, if it is a model with states. */
    default Optional<TwinModel> model() {
        return Optional.empty();
    }

    /** A twin of a model with states. */
    static Followable of(ModelBinding binding) {
        return new Followable() {
            @Override
            public ModelDescription description() {
                return binding.description();
            }

            @Override
            public double[] parameters() {
                return binding.parameters();
            }

            @Override
            public Optional<TwinModel> model() {
                return Optional.of(binding.model());
            }

            @Override
            public AssetFollower follower(EstimatorSettings settings) {
                return new TwinEstimator(binding, settings);
            }
        };
    }
}
