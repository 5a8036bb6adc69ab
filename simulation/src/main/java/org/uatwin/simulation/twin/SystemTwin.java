package org.uatwin.simulation.twin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.FailureMode;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioAction;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.contract.SensorAccuracy;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec;

/** What a system model needs to be the model of twins. Immutable; made once per model. */
public final class SystemTwin {
    private static final double[] NO_LIMITS = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};

    private final SystemModel model;
    private final Map<String, Tuning> tunings;
    private final Map<String, Double> presets;
    private final Map<String, double[]> ranges;
    private final Map<String, Link> inputs;
    private final Map<String, Link> outputs;
    private final List<ParameterSpec> shaping;
    private final Map<String, Function<ToDoubleFunction<String>, List<Map<String, Object>>>> defaultTables;
    private final Map<String, Function<List<TwinMember>, List<Map<String, Object>>>> memberships;
    private final List<Inference> inferences;
    private final Map<String, String> starts;
    private final List<String> needs;
    private final Map<String, double[]> envelope;
    private final List<ScenarioSpec> scenarios;
    private final List<FailureMode> failureModes;
    private final List<String> loadInputs;
    private final @Nullable Following following;
    private final Map<String, Guess> guesses;
    private final List<String> parts;
    private final boolean isRandom;
    private final boolean hasClock;
    private final double horizonSeconds;
    private final double maxStepSeconds;
    private final ToDoubleFunction<BoundSystem.Size> stepCost;

    /** How well a parameter is known and whether it may be varied. */
    record Tuning(double priorSigma) {}

    /**
     * The point behind a port.
     *
     * @param point of the twin, or of the member that the port belongs to; {@code %s} stands for the row of a table when rows are
     *     parts of the twin itself ({@code %sTorque}).
     */
    record Link(String point, SensorAccuracy accuracy) {}

    /**
     * What one reading says about one unknown.
     *
     * @param unknown parameter, start value or input.
     * @param sigma standard deviation of what is known before; of a parameter a share of its value.
     */
    record Inference(String unknown, String output, double lower, double upper, double sigma) {}

    /**
     * How twins of it follow their assets.
     *
     * @param pace {@link org.uatwin.simulation.contract.TwinModel#pace}.
     * @param stop what makes the model stand still when the point State says that the asset does; null if it has no such point.
     * @param shown by input, the point that shows it although a what-if may set it otherwise.
     */
    record Following(double pace, @Nullable Stop stop, Map<String, Link> shown) {}

    /** What is expected of an input nobody measures; its prior is the default. */
    record Guess(double sigma, double lower, double upper) {}

    /** Value of an input while the asset does not run. */
    record Stop(String input, double value) {}

    private SystemTwin(Builder b) {
        model = b.model;
        tunings = Map.copyOf(b.tunings);
        presets = Map.copyOf(b.presets);
        ranges = Map.copyOf(b.ranges);
        inputs = Map.copyOf(b.inputs);
        outputs = Map.copyOf(b.outputs);
        shaping = List.copyOf(b.shaping);
        defaultTables = Map.copyOf(b.defaultTables);
        memberships = Map.copyOf(b.memberships);
        inferences = List.copyOf(b.inferences);
        starts = Map.copyOf(b.starts);
        needs = List.copyOf(b.needs);
        envelope = Map.copyOf(b.envelope);
        scenarios = List.copyOf(b.scenarios);
        failureModes = List.copyOf(b.failureModes);
        loadInputs = List.copyOf(b.loadInputs);
        following = b.pace > 0 ? new Following(b.pace, b.stop, Map.copyOf(b.shown)) : null;
        guesses = Map.copyOf(b.guesses);
        parts = List.copyOf(b.parts);
        isRandom = b.isRandom;
        hasClock = b.hasClock;
        horizonSeconds = b.horizonSeconds;
        maxStepSeconds = b.maxStepSeconds;
        stepCost = b.stepCost;
    }

    /** A declaration for this model. */
    public static Builder of(SystemModel model) {
        return new Builder(model);
    }

    /** Name of the model: what a twin type gives under {@code model}. */
    public String name() {
        return model.card().name();
    }

    /** Parameters of the model and those that only shape its default tables. */
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> all = new ArrayList<>();
        for (ParameterSpec spec : model.card().parameters()) {
            Tuning tuning = tunings.get(spec.name());
            all.add(new ParameterSpec(
                    spec.name(),
                    spec.unit(),
                    presets.getOrDefault(spec.name(), spec.defaultValue()),
                    Math.max(spec.lower(), ranges.getOrDefault(spec.name(), NO_LIMITS)[0]),
                    Math.min(spec.upper(), ranges.getOrDefault(spec.name(), NO_LIMITS)[1]),
                    tuning == null ? spec.priorSigma() : tuning.priorSigma(),
                    tuning != null || spec.tunable(),
                    spec.meaning(),
                    spec.source()));
        }
        all.addAll(shaping);
        return all;
    }

    /** Tables a plant file may give, by name. */
    public List<TableSpec> tables() {
        return model.card().tables();
    }

    /** Ways in which the asset fails. */
    public List<FailureMode> failureModes() {
        return failureModes;
    }

    /** Inputs that a factor on the load scales in a prognosis. */
    List<String> loadInputs() {
        return loadInputs;
    }

    /** Points that measure outputs of table rows; {@code %s} stands for the row. */
    public List<String> measuredRows() {
        return outputs.values().stream()
                .map(Link::point)
                .filter(point -> point.contains("%s"))
                .sorted()
                .toList();
    }

    SystemModel model() {
        return model;
    }

    @Nullable
    Link input(String port) {
        return inputs.get(port);
    }

    @Nullable
    Link output(String port) {
        return outputs.get(port);
    }

    Map<String, Function<ToDoubleFunction<String>, List<Map<String, Object>>>> defaultTables() {
        return defaultTables;
    }

    /** By table: its rows from the members of a twin; none when the members are of other types. */
    Map<String, Function<List<TwinMember>, List<Map<String, Object>>>> memberships() {
        return memberships;
    }

    /** What is inferred from which reading, for people. */
    public List<String> inferred() {
        return inferences.stream()
                .map(i -> "%s from %s".formatted(i.unknown(), i.output()))
                .toList();
    }

    /** By input, per row of a table too: what is estimated of a model without memory. */
    Map<String, Guess> guesses() {
        return guesses;
    }

    /** Types of the parts whose points it measures. */
    public List<String> parts() {
        return parts;
    }

    /** Points of parts that measure outputs of table rows. */
    public List<String> measuredOfParts() {
        List<String> points = new ArrayList<>();
        for (Map.Entry<String, Link> output : outputs.entrySet()) {
            boolean isPerRow = model.card().output(output.getKey()).isPerMember();
            if (isPerRow && !output.getValue().point().contains("%s")) {
                points.add(output.getValue().point());
            }
        }
        points.sort(null);
        return points;
    }

    /** How it is followed; null if it is not. */
    @Nullable
    Following following() {
        return following;
    }

    List<Inference> inferences() {
        return inferences;
    }

    /** Start value by the output whose reading it takes. */
    Map<String, String> starts() {
        return starts;
    }

    /** Points without which there is no answer; {@code A|B} means one of them. */
    public List<String> needs() {
        return needs;
    }

    /** By input or output the range within which the model may be trusted. */
    public Map<String, double[]> envelope() {
        return envelope;
    }

    /** Named scenarios, failure modes included. */
    public List<ScenarioSpec> scenarios() {
        return scenarios;
    }

    /** Whether answers are means over runs. */
    public boolean isRandom() {
        return isRandom;
    }

    boolean hasClock() {
        return hasClock;
    }

    double horizonSeconds() {
        return horizonSeconds;
    }

    double maxStepSeconds() {
        return maxStepSeconds;
    }

    ToDoubleFunction<BoundSystem.Size> stepCost() {
        return stepCost;
    }

    /** Collects a declaration; names are checked against the card. */
    public static final class Builder {
        private final SystemModel model;
        private final Map<String, Tuning> tunings = new LinkedHashMap<>();
        private final Map<String, Double> presets = new LinkedHashMap<>();
        private final Map<String, double[]> ranges = new LinkedHashMap<>();
        private final Map<String, Link> inputs = new LinkedHashMap<>();
        private final Map<String, Link> outputs = new LinkedHashMap<>();
        private final List<ParameterSpec> shaping = new ArrayList<>();
        private final Map<String, Function<ToDoubleFunction<String>, List<Map<String, Object>>>> defaultTables =
                new LinkedHashMap<>();
        private final Map<String, Function<List<TwinMember>, List<Map<String, Object>>>> memberships =
                new LinkedHashMap<>();
        private final List<Inference> inferences = new ArrayList<>();
        private final Map<String, String> starts = new LinkedHashMap<>();
        private final List<String> needs = new ArrayList<>();
        private final Map<String, double[]> envelope = new LinkedHashMap<>();
        private final List<ScenarioSpec> scenarios = new ArrayList<>();
        private final List<FailureMode> failureModes = new ArrayList<>();
        private final List<String> loadInputs = new ArrayList<>();
        private final Map<String, Link> shown = new LinkedHashMap<>();
        private final Map<String, Guess> guesses = new LinkedHashMap<>();
        private final List<String> parts = new ArrayList<>();
        private @Nullable Stop stop;
        private double pace;
        private boolean isRandom;
        private boolean hasClock;
        private double horizonSeconds;
        private double maxStepSeconds;
        private ToDoubleFunction<BoundSystem.Size> stepCost = size -> 1;

        private Builder(SystemModel model) {
            this.model = model;
            ModelCard card = model.card();
            isRandom = card.kind() == ModelCard.Kind.EVENTS;
            horizonSeconds = card.horizonSeconds() > 0 ? card.horizonSeconds() : 1;
            maxStepSeconds = card.stepSeconds();
        }

        /**
         * A parameter that is not known exactly and may be varied.
         *
         * @param priorSigma standard deviation as a share of its value; 0 = known, but may be varied.
         */
        public Builder tunable(String parameter, double priorSigma) {
            requireParameter(parameter);
            tunings.put(parameter, new Tuning(priorSigma));
            return this;
        }

        /** A narrower range than the model's: one in which every answer is a matter of milliseconds. */
        public Builder range(String parameter, double lower, double upper) {
            requireParameter(parameter);
            ranges.put(parameter, new double[] {lower, upper});
            return this;
        }

        /** Another default of a parameter than the model has. */
        public Builder preset(String parameter, double value) {
            requireParameter(parameter);
            presets.put(parameter, value);
            return this;
        }

        /** An input that a point of the twin, or of a member, carries. */
        public Builder input(String port, String point, double relative, double floor) {
            model.card().input(port);
            inputs.put(port, new Link(point, new SensorAccuracy(relative, floor)));
            return this;
        }

        /** The same with the point named as the port. */
        public Builder input(String port, double relative, double floor) {
            return input(port, port, relative, floor);
        }

        /** An output that a point of the twin, or of a member, measures. */
        public Builder measured(String port, String point, double relative, double floor) {
            model.card().output(port);
            outputs.put(port, new Link(point, new SensorAccuracy(relative, floor)));
            return this;
        }

        /** The same with the point named as the port. */
        public Builder measured(String port, double relative, double floor) {
            return measured(port, port, relative, floor);
        }

        /** A value that shapes default tables and that the equations do not know. */
        public Builder shaping(ParameterSpec parameter) {
            shaping.add(parameter);
            return this;
        }

        /** A model whose time is that of the day: it starts at the present one. */
        public Builder clock() {
            hasClock = true;
            return this;
        }

        /** A required table as it is when the plant file gives none, made from the parameters; rows by column. */
        public Builder defaultTable(String table, Function<ToDoubleFunction<String>, List<Map<String, Object>>> rows) {
            requireTable(table);
            defaultTables.put(table, rows);
            return this;
        }

        /** A table's rows from the members, in the order of the plant file, when the file gives no table. */
        public Builder members(String table, Function<List<TwinMember>, List<Map<String, Object>>> rows) {
            requireTable(table);
            memberships.put(table, rows);
            return this;
        }

        /** A tunable parameter that the reading of an output says something about; its prior is that of the parameter. */
        public Builder infer(String parameter, String output, double lower, double upper) {
            requireParameter(parameter);
            Tuning tuning = tunings.get(parameter);
            if (tuning == null || tuning.priorSigma() == 0) {
                throw new IllegalArgumentException(parameter + " has no prior");
            }
            inferences.add(new Inference(parameter, output, lower, upper, tuning.priorSigma()));
            return this;
        }

        /** A start value that the reading of another output says something about. */
        public Builder inferStart(String start, String output, double lower, double upper, double sigma) {
            requireStart(start);
            inferences.add(new Inference(start, output, lower, upper, sigma));
            return this;
        }

        /** An input without a reading that the reading of an output says something about. */
        public Builder inferInput(String input, String output, double lower, double upper, double sigma) {
            model.card().input(input);
            inferences.add(new Inference(input, output, lower, upper, sigma));
            return this;
        }

        /** A start value that is the reading of an output. */
        public Builder start(String start, String output) {
            requireStart(start);
            model.card().output(output);
            starts.put(start, output);
            return this;
        }

        /** Points without which there is no answer; {@code A|B} means one of them. */
        public Builder needs(String... points) {
            needs.addAll(List.of(points));
            return this;
        }

        /** Range of an input or output within which the model may be trusted. */
        public Builder valid(String port, double lower, double upper) {
            envelope.put(port, new double[] {lower, upper});
            return this;
        }

        /** A named scenario. */
        public Builder scenario(String name, String meaning, ScenarioAction... actions) {
            scenarios.add(new ScenarioSpec(name, meaning, List.of(actions)));
            return this;
        }

        /** A failure mode; it is a scenario as well, named {@code fault-} and its name in lower case with hyphens. */
        public Builder fails(String name, String knob, double value, String signature) {
            failureModes.add(FailureMode.byKnob(name, knob, value, signature));
            String scenario = "fault" + name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
            return scenario(scenario, name + ": " + signature, ScenarioAction.set(knob, value, 0));
        }

        /** Inputs that are the load of what wears: a factor on it scales them in a prognosis. */
        public Builder load(String... inputs) {
            for (String input : inputs) {
                model.card().input(input);
                loadInputs.add(input);
            }
            return this;
        }

        /** A model whose twins follow their assets, this much slower than a machine; its simulation must be {@code Stateful}. */
        public Builder follows(double times) {
            pace = times;
            return this;
        }

        /** An input that is estimated each time: of a model without memory, by weighted least squares. */
        public Builder estimated(String input, double sigma, double lower, double upper) {
            model.card().input(input);
            guesses.put(input, new Guess(sigma, lower, upper));
            return this;
        }

        /** Type of the parts whose points measure outputs of table rows. */
        public Builder partsAre(String type) {
            parts.add(type);
            return this;
        }

        /** While the point State says that the asset does not run, an input has this value. */
        public Builder standsWith(String input, double value) {
            model.card().input(input);
            stop = new Stop(input, value);
            return this;
        }

        /** An input that a point shows while the asset is followed, although questions may set it as they like. */
        public Builder shownBy(String input, String point, double relative, double floor) {
            model.card().input(input);
            shown.put(input, new Link(point, new SensorAccuracy(relative, floor)));
            return this;
        }

        /**
         * A failure mode that damage leads to.
         *
         * @param damage state of the model, or the point that shows it, with {@code %s} for the rows of a table.
         */
        public Builder wearsOut(String name, String mechanism, String damage, double threshold, String signature) {
            failureModes.add(FailureMode.byDamage(name, mechanism, damage, threshold, signature));
            return this;
        }

        /** A model with chance that is not event-driven. */
        public Builder random() {
            isRandom = true;
            return this;
        }

        /** Default horizon and largest step. */
        public Builder time(double defaultHorizonSeconds, double largestStepSeconds) {
            horizonSeconds = defaultHorizonSeconds;
            maxStepSeconds = largestStepSeconds;
            return this;
        }

        /** Work of one largest step in steps of an ordinary machine's model, about 1 microsecond each. */
        public Builder cost(ToDoubleFunction<BoundSystem.Size> cost) {
            stepCost = cost;
            return this;
        }

        private void requireParameter(String name) {
            if (model.card().parameters().stream().noneMatch(p -> p.name().equals(name))) {
                throw new IllegalArgumentException(model.card().name() + " has no parameter " + name);
            }
        }

        private void requireTable(String name) {
            if (model.card().table(name).isEmpty()) {
                throw new IllegalArgumentException(model.card().name() + " has no table " + name);
            }
        }

        private void requireStart(String name) {
            String base = name.indexOf('.') < 0 ? name : name.substring(0, name.indexOf('.'));
            if (model.card().starts().keySet().stream().noneMatch(s -> s.equals(name) || s.startsWith(base + ".<"))) {
                throw new IllegalArgumentException(model.card().name() + " has no start value " + name);
            }
        }

        public SystemTwin build() {
            return new SystemTwin(this);
        }
    }
}
