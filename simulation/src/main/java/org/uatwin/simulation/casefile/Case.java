package org.uatwin.simulation.casefile;

import java.util.List;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;

/** A case that was read without errors, ready to run. Its first simulation is used by the first run. */
public final class Case {
    private final SystemModel model;
    private final Setup setup;
    private final Simulation first;
    private final List<Profile> inputs;
    private final int[] outputs;
    private final Times times;
    private final int replicates;

    /**
     * The instants of a run.
     *
     * @param horizonSeconds its end; 0 = one instant.
     * @param stepSeconds between instants.
     * @param every number of steps between rows of the answer.
     */
    record Times(double horizonSeconds, double stepSeconds, int every) {
        long steps() {
            return horizonSeconds == 0 ? 0 : Math.max(1, (long) Math.ceil(horizonSeconds / stepSeconds - 1e-9));
        }

        double at(long step) {
            return step == steps() ? horizonSeconds : step * stepSeconds;
        }
    }

    Case(
            SystemModel model,
            Setup setup,
            Simulation first,
            List<Profile> inputs,
            int[] outputs,
            Times times,
            int replicates) {
        this.model = model;
        this.setup = setup;
        this.first = first;
        this.inputs = List.copyOf(inputs);
        this.outputs = outputs.clone();
        this.times = times;
        this.replicates = replicates;
    }

    public SystemModel model() {
        return model;
    }

    Setup setup() {
        return setup;
    }

    Simulation first() {
        return first;
    }

    List<Profile> inputs() {
        return inputs;
    }

    Times times() {
        return times;
    }

    int output(int column) {
        return outputs[column];
    }

    public int replicates() {
        return replicates;
    }

    public long seed() {
        return setup.seed();
    }

    /** The end of the run in seconds; 0 = one instant. */
    public double horizonSeconds() {
        return times.horizonSeconds();
    }

    public double stepSeconds() {
        return times.stepSeconds();
    }

    /** The outputs wanted, in order. */
    public List<Port> columns() {
        return java.util.Arrays.stream(outputs)
                .mapToObj(i -> first.outputs().get(i))
                .toList();
    }
}
