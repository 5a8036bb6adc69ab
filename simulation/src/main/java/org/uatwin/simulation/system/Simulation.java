package org.uatwin.simulation.system;

import java.util.List;

/** One run of a system model. Owned by one thread. */
public interface Simulation {
    /** Its inputs, members of tables spelled out; vectors follow this order. */
    List<Port> inputs();

    /** Its outputs, likewise. */
    List<Port> outputs();

    /** Settles at time 0 with these inputs. Called once, before anything else. */
    void begin(double[] inputs);

    /** Moves from one instant to a later one with the inputs held. */
    void advance(double[] inputs, double fromSeconds, double toSeconds);

    /**
     * Goes on where another run of the same model stands, with the parameters of this one. Called instead of {@link #begin}; the
     * other run is not used afterwards. What only shapes the start of a run is not looked at again.
     *
     * @throws SetupException when these parameters cannot follow those of the other.
     */
    default void continueFrom(Simulation before) {
        throw new UnsupportedOperationException(getClass() + " makes its plan at the start");
    }

    /**
     * Replaces a part while it runs: the state of this name, one of the start values, gets this value.
     *
     * @return false when it is no state of its own that could be set.
     */
    default boolean replace(String state, double value) {
        return false;
    }

    /** Shows the inputs of the present instant before {@link #read}: outputs that follow inputs at once use them. */
    default void observe(double[] inputs) {}

    /** Writes the present outputs. */
    void read(double[] outputs);

    /** Largest step it takes inside; infinite when it takes none. */
    default double internalStepSeconds() {
        return Double.POSITIVE_INFINITY;
    }

    /** What has happened so far, in order of time. */
    default List<Happening> happenings() {
        return List.of();
    }

    /** Key figures of the run up to now. */
    default List<Figure> figures() {
        return List.of();
    }

    /** An event at an instant. */
    record Happening(double atSeconds, String name) {}

    /** A key figure. */
    record Figure(String name, String unit, double value) {}
}
