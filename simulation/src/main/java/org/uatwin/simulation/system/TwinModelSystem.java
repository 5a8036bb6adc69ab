package org.uatwin.simulation.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.informationmodel.plant.TypeLibrary;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.ModelDynamics;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.contract.OperatingMode;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.contract.TwinModel;

/**
 * A twin's model run offline. It starts as in a server: from its inputs and the readings given under {@code start}, which it may use
 * to infer parameters. Readings it cannot do without are taken from the design; then parameters stay as configured and the machine
 * is run until it has settled.
 */
public final class TwinModelSystem implements SystemModel {
    private static final double SETTLING_SECONDS = 6 * 3600;
    private static final String STATE = "State."; // before the names of states among the start values
    private static final int MOST_SETTLING_STEPS = 400_000;

    private final TwinModel model;
    private final ModelCard card;
    private final Map<String, String> design;
    private final boolean settles;

    /** A twin model that starts from the state it publishes. */
    public TwinModelSystem(TwinModel model, String summary) {
        this.model = model;
        this.design = Map.of();
        this.settles = false;
        this.card = card(model.description(), summary);
    }

    /**
     * A twin model that starts settled.
     *
     * @param summary one sentence.
     * @param design output that stands in for a missing reading, with the parameter that holds its design value.
     */
    public TwinModelSystem(TwinModel model, String summary, Map<String, String> design) {
        this.model = model;
        this.design = Map.copyOf(design);
        this.settles = true;
        this.card = card(model.description(), summary);
    }

    private static ModelCard card(ModelDescription d, String summary) {
        ModelCard.Builder card = ModelCard.named(d.name(), ModelCard.Kind.CONTINUOUS, summary)
                .valid("see docs/reference/models.md")
                .parameters(d.parameters())
                .time(d.defaultHorizonSeconds(), Math.max(1, d.maxStepSeconds()));
        Map<String, double[]> ranges = ranges(d.name());
        for (InputSpec input : d.inputs()) {
            card.input(
                    input.name(),
                    input.unit(),
                    input.defaultValue(),
                    input.lower(),
                    input.upper(),
                    input.linkedPoint() == null ? "boundary condition" : "point " + input.linkedPoint());
        }
        for (OutputSpec output : d.outputs()) {
            double[] range = ranges.getOrDefault(
                    output.name(), new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});
            card.output(output.name(), output.unit(), range[0], range[1], output.meaning());
            if (output.linkedPoint() != null) {
                card.start(output.name(), "reading to start from, " + output.unit());
            }
        }
        for (StateSpec state : d.states()) {
            card.start(STATE + state.name(), "state, " + state.unit());
        }
        return card.build();
    }

    /** Engineering ranges of the points of the twin type of the same name. */
    private static Map<String, double[]> ranges(String type) {
        Map<String, double[]> ranges = new HashMap<>();
        TypeLibrary.builtIn().type(type).ifPresent(twinType -> {
            for (Member.Point point : twinType.points()) {
                point.euRange().ifPresent(r -> ranges.put(point.name(), new double[] {r.low(), r.high()}));
            }
        });
        return ranges;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public List<ScenarioSpec> scenarios() {
        return model.description().scenarios();
    }

    /** New is what the model begins with when nothing is measured. */
    @Override
    public Map<String, Double> replaceable(Setup setup) {
        double[] begun = model.initialise(vector(setup), LiveState.of(Map.of())).state();
        Map<String, Double> found = new LinkedHashMap<>();
        List<StateSpec> states = model.description().states();
        for (int i = 0; i < begun.length; i++) {
            if (states.get(i).kind() == StateSpec.Kind.DAMAGE) {
                found.put(states.get(i).name(), begun[i]);
            }
        }
        return found;
    }

    @Override
    public String startOf(String state) {
        return STATE + state;
    }

    private double[] vector(Setup setup) {
        return model.description().parameters().stream()
                .map(ParameterSpec::name)
                .mapToDouble(setup::parameter)
                .toArray();
    }

    @Override
    public Simulation prepare(Setup setup) {
        ModelDescription d = model.description();
        double[] parameters = vector(setup);
        Map<String, Double> readings = new LinkedHashMap<>();
        for (OutputSpec output : d.outputs()) {
            if (output.linkedPoint() != null && setup.hasStart(output.name())) {
                readings.put(output.linkedPoint(), setup.start(output.name(), 0));
            }
        }
        Map<Integer, Double> states = new LinkedHashMap<>();
        for (int i = 0; i < d.states().size(); i++) {
            String name = STATE + d.states().get(i).name();
            if (setup.hasStart(name)) {
                states.put(i, setup.start(name, 0));
            }
        }
        Map<String, Double> designed = new LinkedHashMap<>();
        design.forEach((output, parameter) -> designed.put(output, setup.parameter(parameter)));
        return new Run(setup, card, model, new Start(parameters, readings, states, designed, settles));
    }

    /** What a run begins with. */
    private static final class Start {
        final double[] parameters;
        final Map<String, Double> readings;
        final Map<Integer, Double> states;
        final Map<String, Double> design;
        final boolean settles;

        Start(
                double[] parameters,
                Map<String, Double> readings,
                Map<Integer, Double> states,
                Map<String, Double> design,
                boolean settles) {
            this.parameters = parameters;
            this.readings = readings;
            this.states = states;
            this.design = design;
            this.settles = settles;
        }
    }

    private static final class Run extends Continuous {
        private final TwinModel model;
        private final Start start;
        private final List<String> notes = new ArrayList<>();
        private double[] parameters; // as configured, or inferred from readings
        private ModelDynamics dynamics;
        private OperatingMode mode = OperatingMode.RUNNING;

        Run(Setup setup, ModelCard card, TwinModel model, Start start) {
            super(
                    setup,
                    card.inputs(),
                    card.outputs(),
                    new double[model.description().states().size()],
                    model.description().events().size(),
                    SolverSettings.Method.RK4,
                    model.description().maxStepSeconds());
            this.model = model;
            this.start = start;
            this.parameters = start.parameters;
            this.dynamics = model.bind(parameters);
        }

        @Override
        protected void settle(double[] x, double[] u) {
            List<InputSpec> inputs = model.description().inputs();
            Map<String, LiveReading> live = new HashMap<>();
            for (int i = 0; i < u.length; i++) {
                String point = inputs.get(i).linkedPoint();
                if (point != null) {
                    live.put(point, LiveReading.good(u[i]));
                }
            }
            start.readings.forEach((point, value) -> live.put(point, LiveReading.good(value)));
            ModelStart begun = model.initialise(start.parameters, LiveState.of(live));
            boolean isDesign = false;
            if (!begun.isUsable() && !start.design.isEmpty()) {
                start.design.forEach((point, value) -> live.put(point, LiveReading.good(value)));
                begun = model.initialise(start.parameters, LiveState.of(live));
                isDesign = true;
            }
            if (!begun.isUsable()) {
                throw SetupException.of("start", begun.quality().missing(), "give it under start, as a reading.");
            }
            System.arraycopy(begun.state(), 0, x, 0, x.length);
            mode = begun.mode();
            parameters = isDesign || start.readings.isEmpty() ? start.parameters : begun.parameters();
            dynamics = model.bind(parameters);
            if (start.settles && (isDesign || start.readings.isEmpty())) {
                runUntilSettled(x, u);
            }
            start.states.forEach((i, value) -> x[i] = value);
            notes.addAll(begun.quality().assumptions());
        }

        /** What readings told stays; what is given anew holds. */
        @Override
        protected void inherit(Continuous before) {
            Run other = (Run) before;
            parameters = other.parameters.clone();
            for (int i = 0; i < parameters.length; i++) {
                if (start.parameters[i] != other.start.parameters[i]) {
                    parameters[i] = start.parameters[i];
                }
            }
            dynamics = model.bind(parameters);
            mode = other.mode;
            notes.addAll(other.notes);
        }

        @Override
        public boolean replace(String state, double value) {
            int index =
                    model.description().stateIndex(state.startsWith(STATE) ? state.substring(STATE.length()) : state);
            if (index >= 0) {
                renew(index, value);
            }
            return index >= 0;
        }

        /**
         * Lets the process states come to rest. Damage and what does not come to rest (counters, levels) stay as they were, and a
         * machine that trips on the way is left as it started.
         */
        private void runUntilSettled(double[] x, double[] u) {
            double[] begun = x.clone();
            OperatingMode begunMode = mode;
            double h = model.description().maxStepSeconds();
            int steps = (int) Math.min(MOST_SETTLING_STEPS, Math.ceil(SETTLING_SECONDS / h));
            var solver = new org.uatwin.simulation.solver.FixedStepSolver(
                    org.uatwin.simulation.solver.FixedStepSolver.Method.RK4, x.length);
            List<StateSpec> states = model.description().states();
            for (int n = 0; n < steps; n++) {
                solver.step(dynamics, mode, x, u, h);
                for (int i = 0; i < x.length; i++) {
                    if (states.get(i).kind() == StateSpec.Kind.DAMAGE) {
                        x[i] = begun[i];
                    }
                }
                mode = dynamics.nextMode(mode, x, u);
                if (!mode.canDrive()) {
                    System.arraycopy(begun, 0, x, 0, x.length);
                    mode = begunMode;
                    return;
                }
            }
            double[] dx = new double[x.length];
            dynamics.derivatives(mode, x, u, dx);
            for (int i = 0; i < x.length; i++) {
                if (Math.abs(dx[i]) * 3600 > 1e-2 * Math.abs(x[i]) + 1e-9) {
                    x[i] = begun[i];
                }
            }
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            dynamics.derivatives(mode, x, u, dx);
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            dynamics.outputs(mode, x, u, y);
        }

        @Override
        protected double event(int index, double t, double[] x, double[] u) {
            return dynamics.event(index, x, u);
        }

        @Override
        protected String happened(int index, double t, double[] x, double[] u) {
            return model.description().events().get(index).name();
        }

        @Override
        protected void stepped(double t, double[] x, double[] u) {
            dynamics.project(x);
            OperatingMode next = dynamics.nextMode(mode, x, u);
            if (next != mode) {
                mode = next;
                record(t, "Mode " + next.text());
            }
        }
    }
}
