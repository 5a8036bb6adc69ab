package org.uatwin.simulation.system;

import java.util.List;

/** A simulation without memory: outputs are a function of time and inputs. */
public abstract class Algebraic implements Simulation {
    private final List<Port> inputs;
    private final List<Port> outputs;
    private final double[] u;
    private double t;

    protected Algebraic(List<Port> inputs, List<Port> outputs) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.u = new double[inputs.size()];
    }

    /** Writes the outputs for these inputs. */
    protected abstract void compute(double timeSeconds, double[] in, double[] out);

    @Override
    public final List<Port> inputs() {
        return inputs;
    }

    @Override
    public final List<Port> outputs() {
        return outputs;
    }

    @Override
    public void begin(double[] in) {
        System.arraycopy(in, 0, u, 0, u.length);
    }

    @Override
    public void advance(double[] in, double fromSeconds, double toSeconds) {
        System.arraycopy(in, 0, u, 0, u.length);
        t = toSeconds;
    }

    @Override
    public void continueFrom(Simulation before) {
        Algebraic other = (Algebraic) before;
        System.arraycopy(other.u, 0, u, 0, u.length);
        t = other.t;
    }

    @Override
    public void observe(double[] in) {
        System.arraycopy(in, 0, u, 0, u.length);
    }

    @Override
    public final void read(double[] y) {
        compute(t, u, y);
    }
}
