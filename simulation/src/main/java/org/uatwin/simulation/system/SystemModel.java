package org.uatwin.simulation.system;

/** A model that is set up from parameters and tables and then runs by itself. Stateless. */
public interface SystemModel {
    /** What it is. */
    ModelCard card();

    /**
     * One run of it, at time 0.
     *
     * @throws SetupException naming the parameter, table and row that cannot be.
     */
    Simulation prepare(Setup setup);
}
