package org.uatwin.simulation.system;

import java.util.List;

/** A simulation that is one answer computed from tables and parameters: all of it stands in the key figures and outputs. */
public final class Planning implements Simulation {
    private final List<Port> outputs;
    private final double[] values;
    private final List<Figure> figures;

    /** An answer; {@code values} follow {@code outputs}. */
    public Planning(List<Port> outputs, double[] values, List<Figure> figures) {
        this.outputs = List.copyOf(outputs);
        this.values = values.clone();
        this.figures = List.copyOf(figures);
    }

    @Override
    public List<Port> inputs() {
        return List.of();
    }

    @Override
    public List<Port> outputs() {
        return outputs;
    }

    @Override
    public void begin(double[] inputs) {
        // nothing settles: the answer stands
    }

    @Override
    public void advance(double[] inputs, double fromSeconds, double toSeconds) {
        // the answer does not depend on time
    }

    @Override
    public void read(double[] y) {
        System.arraycopy(values, 0, y, 0, values.length);
    }

    @Override
    public List<Figure> figures() {
        return figures;
    }
}
