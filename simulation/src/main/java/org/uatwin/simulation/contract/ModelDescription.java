package org.uatwin.simulation.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a model is, as data: names, units, ranges, sources. Vectors passed to {@link ModelDynamics} follow the order of the lists.
 *
 * @param name registry name, for example {@code CentrifugalPump}.
 * @param version changes whenever an equation, a default or the order of a vector changes.
 * @param parameters constants of one asset.
 * @param states state vector.
 * @param inputs input vector.
 * @param outputs output vector.
 * @param events event functions.
 * @param scenarios named scenarios, without the baseline.
 * @param defaultHorizonSeconds what a horizon of 0 means in a what-if.
 * @param maxStepSeconds largest step at which the explicit solver is stable and accurate for any accepted parameter.
 */
public record ModelDescription(
        String name,
        String version,
        List<ParameterSpec> parameters,
        List<StateSpec> states,
        List<InputSpec> inputs,
        List<OutputSpec> outputs,
        List<EventSpec> events,
        List<ScenarioSpec> scenarios,
        double defaultHorizonSeconds,
        double maxStepSeconds) {
    public ModelDescription {
        parameters = List.copyOf(parameters);
        states = List.copyOf(states);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        events = List.copyOf(events);
        scenarios = List.copyOf(scenarios);
        if (!(defaultHorizonSeconds > 0) || !(maxStepSeconds > 0)) {
            throw new IllegalArgumentException(name + ": horizon and step must be positive");
        }
        Set<String> targets = new HashSet<>();
        parameters.forEach(p -> unique(targets, p.name()));
        inputs.forEach(i -> unique(targets, i.name()));
        Set<String> results = new HashSet<>();
        outputs.forEach(o -> unique(results, o.name()));
    }

    private static void unique(Set<String> seen, String name) {
        if (!seen.add(name)) {
            throw new IllegalArgumentException("name used twice: " + name);
        }
    }

    /** Name and version, as reported in answers: {@code CentrifugalPump/1.0}. */
    public String versionText() {
        return name + "/" + version;
    }

    /** Index of the parameter, or -1. */
    public int parameterIndex(String parameterName) {
        return indexOf(parameters, ParameterSpec::name, parameterName);
    }

    /** Index of the input, or -1. */
    public int inputIndex(String inputName) {
        return indexOf(inputs, InputSpec::name, inputName);
    }

    /** Index of the output, or -1. */
    public int outputIndex(String outputName) {
        return indexOf(outputs, OutputSpec::name, outputName);
    }

    /** Unit in which the model takes a point, or null if it does not know it. */
    public @Nullable String unitOfPoint(String point) {
        for (InputSpec input : inputs) {
            if (point.equals(input.linkedPoint())) {
                return input.unit();
            }
        }
        for (OutputSpec output : outputs) {
            if (point.equals(output.linkedPoint())) {
                return output.unit();
            }
        }
        return null;
    }

    /** Index of the state, or -1. */
    public int stateIndex(String stateName) {
        return indexOf(states, StateSpec::name, stateName);
    }

    /** The scenario of this name; the empty name and {@code baseline} are the scenario without actions. */
    public Optional<ScenarioSpec> scenario(String scenarioName) {
        if (scenarioName.isEmpty() || scenarioName.equals(ScenarioSpec.BASELINE)) {
            return Optional.of(new ScenarioSpec(ScenarioSpec.BASELINE, "Nothing is changed.", List.of()));
        }
        return scenarios.stream().filter(s -> s.name().equals(scenarioName)).findFirst();
    }

    /** A new parameter vector holding the defaults. */
    public double[] defaultParameters() {
        return parameters.stream().mapToDouble(ParameterSpec::defaultValue).toArray();
    }

    /** A new input vector holding the defaults. */
    public double[] defaultInputs() {
        return inputs.stream().mapToDouble(InputSpec::defaultValue).toArray();
    }

    /** Index of a named element in a list of specifications, or -1. */
    public static <T> int indexOf(List<T> list, Function<T, String> nameOf, String wanted) {
        for (int i = 0; i < list.size(); i++) {
            if (nameOf.apply(list.get(i)).equals(wanted)) {
                return i;
            }
        }
        return -1;
    }
}
