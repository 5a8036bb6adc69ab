package org.uatwin.simulation.objective;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.Setpoint;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;

/**
 * A twin's own system model as it stands now, for objectives that change its tables, parameters or inputs. Immutable; the simulations it
 * prepares belong to one thread each.
 */
public final class OwnSystem {
    private static final int MOST_SHOWN = 3;

    private final SystemModel model;
    private final String twinId;
    private final ModelDescription description;
    private final Map<String, Double> parameters;
    private final Map<String, DataTable> tables;
    private final Map<String, Double> starts;
    private final Map<String, Double> inputs;

    /**
     * Something that is known only so well.
     *
     * @param value as taken.
     * @param sigma one standard deviation.
     */
    private record Doubt(String name, String unit, double value, double sigma, double lower, double upper) {}

    private OwnSystem(
            SystemModel model,
            String twinId,
            ModelDescription description,
            Map<String, Double> parameters,
            Map<String, DataTable> tables,
            Map<String, Double> starts,
            Map<String, Double> inputs) {
        this.model = model;
        this.twinId = twinId;
        this.description = description;
        this.parameters = parameters;
        this.tables = tables;
        this.starts = starts;
        this.inputs = inputs;
    }

    /** The model of the twin a question is about, started from its readings; members it drives are left out. */
    public static OwnSystem of(SystemModel model, Question question) {
        Subject own = question.subject().own();
        ModelStart start = own == question.subject() ? question.start() : own.start(question.live());
        ModelDescription d = own.description();
        Map<String, Double> parameters = new HashMap<>();
        double[] values = start.parameters();
        for (ParameterSpec spec : model.card().parameters()) {
            int index = d.parameterIndex(spec.name());
            parameters.put(spec.name(), index < 0 ? spec.defaultValue() : values[index]);
        }
        Map<String, Double> starts = new HashMap<>();
        double[] state = start.state();
        for (int i = 0; i < state.length; i++) {
            if (!Double.isNaN(state[i])) {
                starts.put(d.states().get(i).name(), state[i]);
            }
        }
        Map<String, Double> inputs = new LinkedHashMap<>();
        double[] u = start.inputs();
        for (int i = 0; i < u.length; i++) {
            inputs.put(d.inputs().get(i).name(), u[i]);
        }
        return new OwnSystem(model, question.subject().twinId(), d, parameters, own.tables(), starts, inputs);
    }

    /** The value of a parameter. */
    public double parameter(String name) {
        Double value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(model.card().name() + " has no parameter " + name);
        }
        return value;
    }

    /** The present value of an input. */
    public double input(String name) {
        Double value = inputs.get(name);
        if (value == null) {
            throw new IllegalArgumentException(model.card().name() + " has no input " + name);
        }
        return value;
    }

    /** A table that the model has. */
    public DataTable table(String name) {
        return optionalTable(name).orElseThrow(() -> new IllegalArgumentException("no table " + name));
    }

    /** A table that the model may have. */
    public Optional<DataTable> optionalTable(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** The same with another table. */
    public OwnSystem with(DataTable table) {
        Map<String, DataTable> changed = new LinkedHashMap<>(tables);
        changed.put(table.name(), table);
        return new OwnSystem(model, twinId, description, parameters, changed, starts, inputs);
    }

    /** The same with another value of a parameter or an input. */
    public OwnSystem with(String name, double value) {
        Map<String, Double> p = new HashMap<>(parameters);
        Map<String, Double> u = new LinkedHashMap<>(inputs);
        if (p.replace(name, value) == null && u.replace(name, value) == null) {
            throw new IllegalArgumentException("no parameter and no input " + name);
        }
        return new OwnSystem(model, twinId, description, p, tables, starts, u);
    }

    /** A simulation that has not begun. */
    public Simulation prepare(long seed) {
        return model.prepare(new Setup(model.card(), parameters, tables, starts, SolverSettings.DEFAULT, seed));
    }

    /** Present inputs in the order of a simulation of it. */
    public double[] inputs(Simulation simulation) {
        return simulation.inputs().stream()
                .mapToDouble(port -> inputs.getOrDefault(port.name(), port.defaultValue()))
                .toArray();
    }

    /** A setpoint for the point that carries an input; empty when none does. */
    public Optional<Setpoint> setpoint(String input, double value) {
        int index = description.inputIndex(input);
        String point = index < 0 ? null : description.inputs().get(index).linkedPoint();
        if (point == null) {
            return Optional.empty();
        }
        int slash = point.indexOf('/');
        return Optional.of(new Setpoint(
                slash < 0 ? twinId : point.substring(0, slash),
                point.substring(slash + 1),
                description.inputs().get(index).unit(),
                value,
                input(input)));
    }

    /**
     * What a decision gains when what is known only so well, parameters and readings, is one standard deviation off; the three that matter
     * most.
     *
     * @param gain of the same decision for such a system.
     */
    public List<Optimum.Robustness> robustness(ToDoubleFunction<OwnSystem> gain) {
        double expected = gain.applyAsDouble(this);
        List<Optimum.Robustness> all = new ArrayList<>();
        for (Doubt doubt : doubts()) {
            double below = gain.applyAsDouble(with(doubt.name(), Math.max(doubt.lower(), doubt.value() - doubt.sigma())));
            double above = gain.applyAsDouble(with(doubt.name(), Math.min(doubt.upper(), doubt.value() + doubt.sigma())));
            if (Double.isFinite(below) && Double.isFinite(above) && (below != expected || above != expected)) {
                all.add(new Optimum.Robustness(doubt.name(), doubt.unit(), doubt.sigma(), below, above));
            }
        }
        all.sort(Comparator.comparingDouble(r -> Math.min(r.gainBelow(), r.gainAbove())));
        return all.subList(0, Math.min(MOST_SHOWN, all.size()));
    }

    private List<Doubt> doubts() {
        List<Doubt> doubts = new ArrayList<>();
        for (ParameterSpec spec : description.parameters()) {
            Double value = parameters.get(spec.name());
            if (value != null && spec.priorSigma() > 0) {
                double sigma = spec.priorSigma() * Math.abs(value);
                doubts.add(new Doubt(spec.name(), spec.unit(), value, sigma, spec.lower(), spec.upper()));
            }
        }
        for (InputSpec spec : description.inputs()) {
            double value = input(spec.name());
            double sigma = spec.accuracy().sigma(value);
            if (sigma > 0) {
                doubts.add(new Doubt(spec.name(), spec.unit(), value, sigma, spec.lower(), spec.upper()));
            }
        }
        return doubts;
    }
}
