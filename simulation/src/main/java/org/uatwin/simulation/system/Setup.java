package org.uatwin.simulation.system;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.solver.NoiseStream;

/**
 * What a simulation is made from: parameter values, tables, start values, solver, seed. Read once by {@link SystemModel#prepare}.
 */
public final class Setup {
    private final ModelCard card;
    private final Map<String, Double> parameters = new HashMap<>();
    private final Map<String, DataTable> tables;
    private final Map<String, Double> starts;
    private final Map<String, Double> asked = new HashMap<>(); // start values by name, with what holds without one
    private final SolverSettings solver;
    private final long seed;

    /** A setup whose values were checked against the card; parameters that are not given have their defaults. */
    public Setup(
            ModelCard card,
            Map<String, Double> parameters,
            Map<String, DataTable> tables,
            Map<String, Double> starts,
            SolverSettings solver,
            long seed) {
        this.card = card;
        for (ParameterSpec spec : card.parameters()) {
            this.parameters.put(spec.name(), spec.defaultValue());
        }
        this.parameters.putAll(parameters);
        this.tables = Map.copyOf(tables);
        this.starts = Map.copyOf(starts);
        this.solver = solver;
        this.seed = seed;
    }

    /** The card of the model. */
    public ModelCard card() {
        return card;
    }

    /** The value of a parameter. */
    public double parameter(String name) {
        Double value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(card.name() + " has no parameter " + name);
        }
        return value;
    }

    /** The value of a parameter that the card need not have. */
    public double given(String name, double otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    /** A table that is required. */
    public DataTable table(String name) {
        DataTable table = tables.get(name);
        if (table == null) {
            throw SetupException.of(name, "the table \"%s\" is missing".formatted(name), "add it under tables.");
        }
        return table;
    }

    /** A table that may be missing. */
    public Optional<DataTable> optionalTable(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** The start value of a state, or what the model begins with. */
    public double start(String name, double otherwise) {
        asked.put(name, otherwise);
        return starts.getOrDefault(name, otherwise);
    }

    /** Whether a start value is given. */
    public boolean hasStart(String name) {
        asked.putIfAbsent(name, Double.NaN);
        return starts.containsKey(name);
    }

    /** All start values. */
    public Map<String, Double> starts() {
        return starts;
    }

    /** Names of the states the model has asked for: what {@code start} may hold. */
    public Set<String> askedStarts() {
        return Set.copyOf(asked.keySet());
    }

    /** What a start value is that nobody gives, such as that of a new part; NaN where the model works it out. */
    public double startOfItself(String name) {
        return asked.getOrDefault(name, Double.NaN);
    }

    public SolverSettings solver() {
        return solver;
    }

    public long seed() {
        return seed;
    }

    /** A stream of random numbers that depends on the seed only; call once per simulation. */
    public NoiseStream stream() {
        return NoiseStream.ofSeed(seed);
    }

    /** The same setup with another seed. */
    public Setup withSeed(long other) {
        return with(parameters, starts, other);
    }

    /** The same tables and solver with other values. */
    public Setup with(Map<String, Double> otherParameters, Map<String, Double> otherStarts, long otherSeed) {
        return new Setup(card, otherParameters, tables, otherStarts, solver, otherSeed);
    }
}
