package org.uatwin.simulation;

import java.util.HashMap;
import java.util.Map;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.solver.Trajectory;

/** Live states for tests: what a machine like the model, settled, would measure. */
public final class PlantReadings {
    private PlantReadings() {}

    /** Good readings of these name and value pairs. */
    public static LiveState of(Object... namesAndValues) {
        Map<String, LiveReading> readings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            readings.put((String) namesAndValues[i], LiveReading.good(((Number) namesAndValues[i + 1]).doubleValue()));
        }
        return LiveState.of(readings);
    }

    /** Readings of every linked point after the model, started from {@code given}, has settled for {@code seconds}. */
    public static LiveState settled(ModelBinding binding, LiveState given, double seconds) {
        TwinModel model = binding.model();
        ModelDescription description = binding.description();
        ModelStart start = model.initialise(binding.parameters(), given);
        Trajectory run = new Trajectory(model, start, java.util.List.of(), description.maxStepSeconds());
        while (run.timeSeconds() < seconds) {
            run.step();
        }
        double[] y = new double[description.outputs().size()];
        run.outputs(y);
        LiveState live = given;
        for (int i = 0; i < y.length; i++) {
            OutputSpec spec = description.outputs().get(i);
            String point = spec.linkedPoint();
            if (point != null) {
                live = live.with(point, LiveReading.good(y[i]));
            }
        }
        return live;
    }
}
