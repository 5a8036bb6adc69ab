package org.uatwin.simulation.twin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.EventSpec;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.SensorAccuracy;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.estimation.Followable;
import org.uatwin.simulation.scenario.Course;
import org.uatwin.simulation.scenario.Replicates;
import org.uatwin.simulation.scenario.SimulationCourse;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.Stateful;
import org.uatwin.simulation.system.TableSpec;

/** A system model with the parameters, tables and members of one twin. */
public final class BoundSystem implements Subject, SimulationCourse.Source {
    /** Reading, in hours, that a model with a clock starts at; the server adds it to the snapshot. */
    public static final String TIME_OF_DAY = "TimeOfDay";

    private static final double HOURS_OF_A_DAY = 24;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final double STALE_AFTER_SECONDS = 30;
    private static final int FEWEST_STEPS = 4;

    private final String twinId;
    private final SystemTwin twin;
    private final double[] parameters;
    private final Map<String, DataTable> tables;
    private final Set<String> members;
    private final ModelDescription description;
    private final Map<String, Double> parts = new LinkedHashMap<>();
    private final double stepCost;

    /**
     * How big a bound model is, for its cost.
     *
     * @param rows rows of its tables together.
     * @param parameters values by name.
     */
    public record Size(int inputs, int outputs, int rows, Map<String, Double> parameters) {}

    private BoundSystem(
            String twinId, SystemTwin twin, double[] parameters, Map<String, DataTable> tables, Set<String> members) {
        this.members = members;
        this.twinId = twinId;
        this.twin = twin;
        this.parameters = parameters;
        this.tables = tables;
        Setup setup = setup(parameters, Map.of(), 1);
        Simulation probe = twin.model().prepare(setup);
        this.description = describe(setup, probe);
        setup.askedStarts().stream().sorted().forEach(name -> parts.put(name, setup.startOfItself(name)));
        int rows =
                tables(parameters).values().stream().mapToInt(DataTable::rows).sum();
        double inside = Math.max(1, twin.maxStepSeconds() / probe.internalStepSeconds());
        this.stepCost = inside
                * twin.stepCost()
                        .applyAsDouble(
                                new Size(probe.inputs().size(), probe.outputs().size(), rows, named(parameters)));
    }

    /**
     * One twin of a system model.
     *
     * @param values parameters that differ from their defaults.
     * @param given tables of the plant file; what is missing is made from members, else from the parameters.
     * @throws SetupException naming the parameter, table or row that cannot be.
     */
    public static BoundSystem of(
            String twinId,
            SystemTwin twin,
            Map<String, Double> values,
            Map<String, DataTable> given,
            List<TwinMember> members) {
        List<ParameterSpec> specs = twin.parameters();
        double[] parameters = new double[specs.size()];
        for (int i = 0; i < parameters.length; i++) {
            ParameterSpec spec = specs.get(i);
            double value = values.getOrDefault(spec.name(), spec.defaultValue());
            if (!(value >= spec.lower() && value <= spec.upper())) {
                throw SetupException.of(
                        spec.name(),
                        "%s = %s is outside %s %s"
                                .formatted(
                                        spec.name(),
                                        Port.number(value),
                                        Port.range(spec.lower(), spec.upper()),
                                        spec.unit()),
                        "write a value in it.");
            }
            parameters[i] = value;
        }
        Map<String, DataTable> tables = new LinkedHashMap<>(given);
        for (TableSpec spec : twin.tables()) {
            if (!tables.containsKey(spec.name())) {
                ofMembers(twin, spec, members).ifPresent(table -> tables.put(spec.name(), table));
            }
        }
        Set<String> ids = members.stream().map(TwinMember::id).collect(Collectors.toSet());
        return new BoundSystem(twinId, twin, parameters, tables, ids);
    }

    private static Optional<DataTable> ofMembers(SystemTwin twin, TableSpec spec, List<TwinMember> members) {
        var maker = twin.memberships().get(spec.name());
        List<Map<String, Object>> rows = maker == null ? List.of() : maker.apply(members);
        return rows.isEmpty() ? Optional.empty() : Optional.of(Tables.of(spec, rows));
    }

    /** Tables as they are with these parameters: those that are given, and the defaults. */
    private Map<String, DataTable> tables(double[] vector) {
        Map<String, DataTable> all = new LinkedHashMap<>(tables);
        List<ParameterSpec> specs = twin.parameters();
        twin.defaultTables().forEach((name, maker) -> {
            if (!all.containsKey(name)) {
                TableSpec spec = twin.model().card().table(name).orElseThrow();
                all.put(
                        name,
                        Tables.of(
                                spec,
                                maker.apply(parameter ->
                                        vector[ModelDescription.indexOf(specs, ParameterSpec::name, parameter)])));
            }
        });
        return all;
    }

    private Map<String, Double> named(double[] vector) {
        Map<String, Double> named = new LinkedHashMap<>();
        List<ParameterSpec> specs = twin.parameters();
        for (int i = 0; i < vector.length; i++) {
            named.put(specs.get(i).name(), vector[i]);
        }
        return named;
    }

    private Setup setup(double[] vector, Map<String, Double> starts, long seed) {
        return new Setup(twin.model().card(), named(vector), tables(vector), starts, SolverSettings.DEFAULT, seed);
    }

    private ModelDescription describe(Setup setup, Simulation probe) {
        List<StateSpec> states = new ArrayList<>();
        setup.askedStarts().stream().sorted().forEach(name -> states.add(StateSpec.dynamic(name, "", -ANY, ANY)));
        if (twin.hasClock()) {
            states.add(StateSpec.dynamic(TIME_OF_DAY, "h", 0, HOURS_OF_A_DAY));
        }
        double stale = Math.max(STALE_AFTER_SECONDS, twin.maxStepSeconds());
        List<InputSpec> inputs = new ArrayList<>();
        for (Port port : probe.inputs()) {
            SystemTwin.Link link = twin.input(base(port.name()));
            inputs.add(new InputSpec(
                    port.name(),
                    port.unit(),
                    port.defaultValue(),
                    port.lower(),
                    port.upper(),
                    point(port.name(), link),
                    stale,
                    InputSpec.HoldRule.HOLD_LAST,
                    link == null ? SensorAccuracy.EXACT : link.accuracy()));
        }
        List<OutputSpec> outputs = new ArrayList<>();
        for (Port port : probe.outputs()) {
            SystemTwin.Link link = twin.output(base(port.name()));
            outputs.add(new OutputSpec(
                    port.name(),
                    port.unit(),
                    point(port.name(), link),
                    stale,
                    link == null ? SensorAccuracy.EXACT : link.accuracy(),
                    port.meaning()));
        }
        return new ModelDescription(
                twin.model().card().name(),
                twin.model().card().version(),
                twin.parameters(),
                states,
                inputs,
                outputs,
                List.<EventSpec>of(),
                twin.scenarios(),
                twin.horizonSeconds(),
                twin.maxStepSeconds());
    }

    static String base(String port) {
        int dot = port.indexOf('.');
        return dot < 0 ? port : port.substring(0, dot);
    }

    /** The point behind a port: of the twin, of a part of it, or of the member the port belongs to; null without one. */
    private @Nullable String point(String port, SystemTwin.@Nullable Link link) {
        if (link == null) {
            return null;
        }
        int dot = port.indexOf('.');
        if (dot < 0) {
            return link.point();
        }
        String row = port.substring(dot + 1);
        if (link.point().contains("%s")) {
            return link.point().replace("%s", row);
        }
        return members.contains(row) ? row + "/" + link.point() : null;
    }

    @Override
    public String twinId() {
        return twinId;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public double[] parameters() {
        return parameters.clone();
    }

    @Override
    public Map<String, DataTable> tables() {
        return tables(parameters);
    }

    @Override
    public double largestInput(int input) {
        return description.inputs().get(input).upper();
    }

    @Override
    public boolean isRandom() {
        return twin.isRandom();
    }

    @Override
    public double stepCost() {
        return stepCost;
    }

    @Override
    public int fewestSteps() {
        return FEWEST_STEPS;
    }

    @Override
    public Optional<String> whyFixed(String parameter) {
        return twin.model().card().whyFixed(parameter);
    }

    @Override
    public Map<String, Double> replaceable() {
        return Collections.unmodifiableMap(parts);
    }

    /** {@inheritDoc} Asks a simulation that nobody runs. */
    @Override
    public Optional<String> whyKept(String state) {
        return twin.model().prepare(setup(parameters, Map.of(), 1)).replace(state, 0)
                ? Optional.empty()
                : Optional.of("%s is where a run begins and no part that could be exchanged".formatted(state));
    }

    /** The declaration behind it. */
    public SystemTwin declaration() {
        return twin;
    }

    @Override
    public ModelStart start(LiveState live) {
        return new SystemStart(this, live).from(parameters);
    }

    @Override
    public ModelStart draw(LiveState live, NoiseStream noise) {
        double[] drawn = Replicates.parameters(description, parameters, noise);
        return new SystemStart(this, Replicates.measured(description, live, noise)).from(drawn);
    }

    /** What an estimator follows the asset with; empty for models that are not followed. */
    public Optional<Followable> followable() {
        return followed().map(Followable::of).or(() -> FollowedNetwork.of(this));
    }

    /** The model of an estimator with states; empty for models without. */
    public Optional<ModelBinding> followed() {
        return FollowedModel.of(this).map(model -> ModelBinding.of(twinId, model, named(parameters)));
    }

    /** What twins of this model are followed with when nothing is said about them; empty if they are not, or not without tables. */
    public static Optional<ModelDescription> typical(SystemTwin twin) {
        try {
            List<TwinMember> two = twin.parts().isEmpty() ? List.of() : List.of(sample("1", twin), sample("2", twin));
            return of("", twin, Map.of(), Map.of(), two).followable().map(Followable::description);
        } catch (SetupException e) {
            return Optional.empty();
        }
    }

    private static TwinMember sample(String id, SystemTwin twin) {
        return new TwinMember(id, "", twin.parts(), Map.of());
    }

    @Override
    public ModelStart resumed(ModelStart readings, ModelStart estimate) {
        return new Resumed(readings, estimate);
    }

    /** A start whose state is that of an estimator; the time of day is still that of the readings. */
    static final class Resumed extends ModelStart {
        private final double[] vector;

        Resumed(ModelStart readings, ModelStart estimate) {
            super(estimate.parameters(), readings.state(), estimate.inputs(), estimate.mode(), estimate.quality());
            vector = estimate.state();
        }

        double[] vector() {
            return vector.clone();
        }
    }

    @Override
    public Course course(ModelStart start, List<ScenarioAction> actions, double stepSeconds, long seed) {
        if (!(stepSeconds > 0)) {
            throw new IllegalArgumentException("step must be positive: " + stepSeconds);
        }
        int time = description.stateIndex(TIME_OF_DAY);
        double beganAt = time < 0 ? 0 : start.state()[time] * SECONDS_PER_HOUR;
        return new SimulationCourse(this, start, actions, step -> step * stepSeconds, beganAt, seed);
    }

    /** An estimate is taken over, but what the actions of time 0 set of it: a part that was replaced. */
    @Override
    public void resume(Simulation begun, ModelStart start, double[] states) {
        if (start instanceof Resumed estimate && begun instanceof Stateful stateful) {
            double[] vector = estimate.vector();
            double[] before = estimate.state();
            for (int i = 0; i < states.length; i++) {
                int at = ModelDescription.indexOf(
                        stateful.states(),
                        StateSpec::name,
                        description.states().get(i).name());
                if (at >= 0 && !Double.isNaN(states[i]) && states[i] != before[i]) {
                    vector[at] = states[i];
                }
            }
            stateful.resume(vector);
        }
    }

    @Override
    public Simulation prepare(double[] vector, double[] states, long seed) {
        Map<String, Double> starts = new LinkedHashMap<>();
        for (int i = 0; i < states.length; i++) {
            boolean isOfModel = !description.states().get(i).name().equals(TIME_OF_DAY);
            if (isOfModel && !Double.isNaN(states[i])) {
                starts.put(description.states().get(i).name(), states[i]);
            }
        }
        return twin.model().prepare(setup(vector, starts, seed));
    }

    @Override
    public boolean isInside(double[] u, double[] y) {
        for (Map.Entry<String, double[]> range : twin.envelope().entrySet()) {
            if (!inside(range.getKey(), range.getValue(), u, y)) {
                return false;
            }
        }
        return true;
    }

    private boolean inside(String port, double[] range, double[] u, double[] y) {
        for (int i = 0; i < u.length; i++) {
            if (base(description.inputs().get(i).name()).equals(port) && outside(u[i], range)) {
                return false;
            }
        }
        for (int i = 0; i < y.length; i++) {
            if (base(description.outputs().get(i).name()).equals(port) && outside(y[i], range)) {
                return false;
            }
        }
        return true;
    }

    private static boolean outside(double value, double[] range) {
        return !(value >= range[0] && value <= range[1]);
    }

    @Override
    public String toString() {
        return twinId + " " + description.versionText();
    }

    /** The output of this name, or null. */
    @Nullable
    OutputSpec output(String name) {
        int index = description.outputIndex(name);
        return index < 0 ? null : description.outputs().get(index);
    }
}
