package org.uatwin.simulation.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The model of one twin with the parameter values of its asset. Immutable. */
public final class ModelBinding {
    private final String twinId;
    private final TwinModel model;
    private final double[] parameters;

    private ModelBinding(String twinId, TwinModel model, double[] parameters) {
        this.twinId = twinId;
        this.model = model;
        this.parameters = parameters;
    }

    /**
     * Binds a twin to its model; parameters that are not named keep their defaults.
     *
     * @throws IllegalArgumentException naming every unknown parameter and every value outside its range; {@link #problems}
     *     gives the same as a list.
     */
    public static ModelBinding of(String twinId, TwinModel model, Map<String, Double> parameters) {
        List<String> problems = problems(model, parameters);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(twinId + ": " + String.join("; ", problems));
        }
        double[] values = model.description().defaultParameters();
        parameters.forEach((name, value) -> values[model.description().parameterIndex(name)] = value);
        return new ModelBinding(twinId, model, values);
    }

    /** What is wrong with a set of parameter values: each entry names the parameter, the value, the range or the nearest name. */
    public static List<String> problems(TwinModel model, Map<String, Double> parameters) {
        ModelDescription description = model.description();
        List<String> problems = new ArrayList<>();
        parameters.forEach((name, value) -> {
            int index = description.parameterIndex(name);
            if (index < 0) {
                List<String> names = description.parameters().stream()
                        .map(ParameterSpec::name)
                        .toList();
                problems.add("unknown parameter \"%s\" of model %s%s"
                        .formatted(name, description.name(), NearestName.hint(name, names)));
                return;
            }
            ParameterSpec spec = description.parameters().get(index);
            if (!(value >= spec.lower() && value <= spec.upper())) {
                problems.add(
                        "%s = %s is outside %s..%s %s".formatted(name, value, spec.lower(), spec.upper(), spec.unit()));
            }
        });
        return problems;
    }

    /** Id of the twin. */
    public String twinId() {
        return twinId;
    }

    /** Its model. */
    public TwinModel model() {
        return model;
    }

    /** Description of its model. */
    public ModelDescription description() {
        return model.description();
    }

    /** A copy of the configured parameter values. */
    public double[] parameters() {
        return parameters.clone();
    }
}
