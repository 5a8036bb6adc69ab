package org.uatwin.simulation.prognosis;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.TwinModel;

/**
 * How an asset is going to be run: stretches with inputs held, one after the other, again and again. Immutable.
 *
 * @param stretches of one cycle.
 */
public record LoadProfile(List<Stretch> stretches) {
    /**
     * A time with inputs held.
     *
     * @param hours how long.
     * @param inputs in the order of the model; not to be changed.
     * @param mode of the machine.
     */
    @SuppressWarnings("ArrayRecordComponent") // read only, never compared
    public record Stretch(double hours, double[] inputs, OperatingMode mode) {
        public Stretch {
            if (!(hours > 0)) {
                throw new IllegalArgumentException("a stretch of %s h".formatted(hours));
            }
        }
    }

    /**
     * @throws IllegalArgumentException if there is no stretch.
     */
    public LoadProfile {
        stretches = List.copyOf(stretches);
        if (stretches.isEmpty()) {
            throw new IllegalArgumentException("a load profile needs a stretch");
        }
    }

    /** Always the same. */
    public static LoadProfile steady(double[] inputs) {
        return new LoadProfile(List.of(new Stretch(1, inputs.clone(), OperatingMode.RUNNING)));
    }

    /** Length of a cycle. */
    public double cycleHours() {
        return stretches.stream().mapToDouble(Stretch::hours).sum();
    }

    /**
     * The same with the load this many times as high: the inputs the model names as its load are scaled, within what they may be.
     *
     * @param factor above 0; 1 = as it is.
     */
    public LoadProfile scaled(TwinModel model, double[] parameters, double factor) {
        if (factor == 1) {
            return this;
        }
        List<Stretch> scaled = new ArrayList<>();
        for (Stretch stretch : stretches) {
            double[] u = stretch.inputs().clone();
            for (String name : model.loadInputs()) {
                int i = model.description().inputIndex(name);
                double lower = model.description().inputs().get(i).lower();
                u[i] = Math.max(lower, Math.min(model.largestInput(i, parameters), u[i] * factor));
            }
            scaled.add(new Stretch(stretch.hours(), u, stretch.mode()));
        }
        return new LoadProfile(scaled);
    }
}
