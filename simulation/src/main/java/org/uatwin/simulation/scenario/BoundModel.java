package org.uatwin.simulation.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.solver.Trajectory;

/** A twin model as a subject. */
record BoundModel(ModelBinding binding) implements Subject {
    @Override
    public String twinId() {
        return binding.twinId();
    }

    @Override
    public ModelDescription description() {
        return binding.description();
    }

    @Override
    public double[] parameters() {
        return binding.parameters();
    }

    @Override
    public double largestInput(int input) {
        return binding.model().largestInput(input, binding.parameters());
    }

    @Override
    public ModelStart start(LiveState live) {
        return binding.model().initialise(binding.parameters(), live);
    }

    @Override
    public ModelStart draw(LiveState live, NoiseStream noise) {
        double[] parameters = Replicates.parameters(binding.description(), binding.parameters(), noise);
        return binding.model().initialise(parameters, Replicates.measured(binding.description(), live, noise));
    }

    /** New is what the model begins with when nothing is measured. */
    @Override
    public Map<String, Double> replaceable() {
        double[] state = binding.model()
                .initialise(binding.parameters(), LiveState.of(Map.of()))
                .state();
        Map<String, Double> parts = new LinkedHashMap<>(Subject.super.replaceable());
        parts.replaceAll((name, unknown) -> state[description().stateIndex(name)]);
        return parts;
    }

    @Override
    public Course course(ModelStart start, List<ScenarioAction> actions, double stepSeconds, long seed) {
        return new Way(new Trajectory(binding.model(), start, actions, stepSeconds));
    }

    /** Equations without chance: the seed does not matter. */
    private record Way(Trajectory trajectory) implements Course {
        @Override
        public void step() {
            trajectory.step();
        }

        @Override
        public double input(int index) {
            return trajectory.input(index);
        }

        @Override
        public void input(int index, double value) {
            trajectory.input(index, value);
        }

        @Override
        public double timeSeconds() {
            return trajectory.timeSeconds();
        }

        @Override
        public void outputs(double[] y) {
            trajectory.outputs(y);
        }

        @Override
        public boolean insideEnvelope() {
            return trajectory.insideEnvelope();
        }

        @Override
        public OperatingMode mode() {
            return trajectory.mode();
        }

        @Override
        public List<Trajectory.Occurrence> occurrences() {
            return trajectory.occurrences();
        }
    }
}
