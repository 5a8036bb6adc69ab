package org.uatwin.simulation.system;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioSpec;

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

    /** Its parameters; a system of others has those of its members as well. */
    default List<ParameterSpec> parameters(Setup setup) {
        return card().parameters();
    }

    /** States that may be set at the start, by name, with the value of a new part; NaN where the model works it out. */
    default Map<String, Double> replaceable(Setup setup) {
        prepare(setup);
        Map<String, Double> found = new LinkedHashMap<>();
        setup.askedStarts().stream().sorted().forEach(name -> found.put(name, setup.startOfItself(name)));
        return found;
    }

    /** The start value that sets a state of {@link #replaceable}. */
    default String startOf(String state) {
        return state;
    }

    /** Courses of events that come with it. */
    default List<ScenarioSpec> scenarios() {
        return List.of();
    }
}
