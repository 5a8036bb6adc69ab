package org.uatwin.simulation.estimation;

import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * A twin's estimate at one moment, with its uncertainty: what a question to a followed twin starts from. Immutable; any thread.
 */
public interface Estimate {
    /** Fidelity 0..1. */
    double fit();

    /** Whether model or calibration do not cover the present operation. */
    boolean isOutsideEnvelope();

    /** What the answer stands on, in words. */
    String text();

    /** Whether a value of an input, or a parameter, was among those the twin was calibrated with. */
    boolean isCalibratedFor(String inputName, double value);

    /** The model at the estimate; readings that were not taken at face value come from a start from readings. */
    ModelStart start(ModelStart.Quality readings);

    /** Standard deviation of a state; 0 where it follows its equation alone. */
    double stateSigma(int state);

    /** A start that is as compatible with the data as the estimate itself. */
    ModelStart draw(ModelStart.Quality readings, NoiseStream noise);
}
