package org.uatwin.simulation.objective;

import java.util.ArrayList;
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
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.scenario.Optimum;
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
    private final SystemModel model;
    private final ModelDescription description;
    private final Map<String, Double> parameters;
    private final Map<String, DataTable> tables;
    private final Map<String, Double> starts;
    private final Map<String, Double> inputs;

    private OwnSystem(
            SystemModel model,
            ModelDescription description,
            Map<String, Double> parameters,
            Map<String, DataTable> tables,
            Map<String, Double> starts,
            Map<String, Double> inputs) {
        this.model = model;
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
        return new OwnSystem(model, d, parameters, own.tables(), starts, inputs);
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
        return new OwnSystem(model, description, parameters, changed, starts, inputs);
    }

    /** The same without a table that the model need not have. */
    public OwnSystem without(String table) {
        Map<String, DataTable> changed = new LinkedHashMap<>(tables);
        changed.remove(table);
        return new OwnSystem(model, description, parameters, changed, starts, inputs);
    }

    /** The same with another value of a parameter or an input. */
    public OwnSystem with(String name, double value) {
        Map<String, Double> p = new HashMap<>(parameters);
        Map<String, Double> u = new LinkedHashMap<>(inputs);
        if (p.replace(name, value) == null && u.replace(name, value) == null) {
            throw new IllegalArgumentException("no parameter and no input " + name);
        }
        return new OwnSystem(model, description, p, tables, starts, u);
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

    /**
     * What a decision gains when what is known only so well, parameters and readings, is one standard deviation off; the three that matter
     * most.
     *
     * @param gain of the same decision for such a system.
     */
    public List<Optimum.Robustness> robustness(ToDoubleFunction<OwnSystem> gain, Effort effort) {
        return Sturdiness.of(
                uncertain(),
                moved -> {
                    OwnSystem other = this;
                    for (ScenarioAction action : moved) {
                        other = other.with(action.target(), action.value());
                    }
                    return gain.applyAsDouble(other);
                },
                effort);
    }

    private List<Sturdiness.Uncertain> uncertain() {
        List<Sturdiness.Uncertain> all = new ArrayList<>();
        for (ParameterSpec spec : description.parameters()) {
            Double value = parameters.get(spec.name());
            if (value != null && spec.priorSigma() > 0) {
                double sigma = spec.priorSigma() * Math.abs(value);
                all.add(new Sturdiness.Uncertain(spec.name(), spec.unit(), value, sigma, spec.lower(), spec.upper()));
            }
        }
        for (InputSpec spec : description.inputs()) {
            double value = input(spec.name());
            double sigma = spec.accuracy().sigma(value);
            if (sigma > 0) {
                all.add(new Sturdiness.Uncertain(spec.name(), spec.unit(), value, sigma, spec.lower(), spec.upper()));
            }
        }
        return all;
    }
}
