package org.uatwin.simulation.scenario;

import java.util.List;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.solver.Trajectory;
import org.uatwin.simulation.system.Simulation;

/** One run of a model from a start, step by step. Owned by one thread. */
public interface Course {
    /** Advances by one step. */
    void step();

    /** The present value of an input. */
    double input(int index);

    /** Sets an input from now on: what other members of a system drive. */
    void input(int index, double value);

    /** Time since the start of the run. */
    double timeSeconds();

    /** Writes the present outputs, in the order of the description. */
    void outputs(double[] y);

    /** Whether it is inside the range for which the model is validated. */
    boolean insideEnvelope();

    /** The present mode. */
    OperatingMode mode();

    /** Events and mode changes so far. */
    List<Trajectory.Occurrence> occurrences();

    /** Why it cannot go on; empty while it can. */
    default String trouble() {
        return "";
    }

    /** Key figures of the run up to now. */
    default List<Simulation.Figure> figures() {
        return List.of();
    }
}
