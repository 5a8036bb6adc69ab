package org.uatwin.simulation.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uatwin.simulation.contract.ParameterSpec;

/**
 * What a system model is, as data: {@code uatwin simulate --describe} prints it.
 *
 * @param name by which a case file names it.
 * @param version changes whenever an equation, a default or a name changes.
 * @param kind how it moves in time.
 * @param summary one sentence.
 * @param validity where it may be trusted.
 * @param parameters constants.
 * @param tables tables it reads.
 * @param inputs what may change while it runs; names with {@code .<x>} stand for one input per member of a table.
 * @param outputs what it answers; likewise.
 * @param starts state values that may be given at the start, by name with their meaning.
 * @param horizonSeconds default horizon; 0 = one instant.
 * @param stepSeconds default step between outputs.
 * @param aliases other names of parameters, as published parameter sets use them.
 * @param fixed parameters that cannot change while it runs, with the reason.
 */
public record ModelCard(
        String name,
        String version,
        Kind kind,
        String summary,
        String validity,
        List<ParameterSpec> parameters,
        List<TableSpec> tables,
        List<Port> inputs,
        List<Port> outputs,
        Map<String, String> starts,
        double horizonSeconds,
        double stepSeconds,
        Map<String, String> aliases,
        Map<String, String> fixed) {
    /** How a model moves in time. */
    public enum Kind {
        ALGEBRAIC("algebraic"),
        CONTINUOUS("differential equations"),
        STEPPED("fixed steps of its own"),
        EVENTS("discrete events"),
        PLANNING("one answer from tables");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public ModelCard {
        parameters = List.copyOf(parameters);
        tables = List.copyOf(tables);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        starts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(starts));
        aliases = Map.copyOf(aliases);
        fixed = Map.copyOf(fixed);
        Set<String> seen = new HashSet<>();
        for (ParameterSpec parameter : parameters) {
            if (!seen.add(parameter.name())) {
                throw new IllegalArgumentException(name + ": two parameters are named " + parameter.name());
            }
        }
    }

    /** The parameter of this name or alias, which may carry a unit after an underscore: {@code R1_ohm}. */
    public Optional<ParameterSpec> parameter(String wanted) {
        String own = aliases.getOrDefault(wanted, wanted);
        Optional<ParameterSpec> exact =
                parameters.stream().filter(p -> p.name().equals(own)).findFirst();
        int unit = wanted.lastIndexOf('_');
        return exact.isPresent() || unit <= 0 ? exact : parameter(wanted.substring(0, unit));
    }

    /** Why a parameter keeps its value while the model runs; empty when it may change at any time. */
    public Optional<String> whyFixed(String parameter) {
        return kind == Kind.PLANNING
                ? Optional.of("the answer is planned once, at the start")
                : Optional.ofNullable(fixed.get(parameter));
    }

    /** The table of this name. */
    public Optional<TableSpec> table(String wanted) {
        return tables.stream().filter(t -> t.name().equals(wanted)).findFirst();
    }

    /** The output port of this name, or of its pattern for members. */
    public Port output(String wanted) {
        return outputs.stream()
                .filter(p -> p.name().equals(wanted) || p.name().startsWith(wanted + ".<"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no output " + wanted));
    }

    /** The input port of this name, or of its pattern for members. */
    public Port input(String wanted) {
        return inputs.stream()
                .filter(p -> p.name().equals(wanted) || p.name().startsWith(wanted + ".<"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no input " + wanted));
    }

    /** A card being written. */
    public static Builder named(String name, Kind kind, String summary) {
        return new Builder(name, kind, summary);
    }

    /** Collects the parts of a card in the order they are shown. */
    public static final class Builder {
        private final String name;
        private final Kind kind;
        private final String summary;
        private String validity = "";
        private final List<ParameterSpec> parameters = new ArrayList<>();
        private final List<TableSpec> tables = new ArrayList<>();
        private final List<Port> inputs = new ArrayList<>();
        private final List<Port> outputs = new ArrayList<>();
        private final Map<String, String> starts = new LinkedHashMap<>();
        private final Map<String, String> aliases = new LinkedHashMap<>();
        private final Map<String, String> fixed = new LinkedHashMap<>();
        private double horizon;
        private double step = 1;

        private Builder(String name, Kind kind, String summary) {
            this.name = name;
            this.kind = kind;
            this.summary = summary;
        }

        /** Where the model may be trusted. */
        public Builder valid(String text) {
            validity = text;
            return this;
        }

        /** A constant with its source. */
        public Builder parameter(
                String parameter,
                String unit,
                double value,
                double lower,
                double upper,
                String meaning,
                String source) {
            parameters.add(ParameterSpec.fixed(parameter, unit, value, lower, upper, meaning, source));
            return this;
        }

        /** Constants described elsewhere. */
        public Builder parameters(List<ParameterSpec> more) {
            parameters.addAll(more);
            return this;
        }

        /** Another name of the parameter that was added last. */
        public Builder alias(String alias) {
            aliases.put(alias, parameters.get(parameters.size() - 1).name());
            return this;
        }

        /** Parameters that cannot change while it runs, and why: a clause. */
        public Builder fixed(String why, String... names) {
            for (String fixedName : names) {
                fixed.put(fixedName, why);
            }
            return this;
        }

        /** A table. */
        public Builder table(String table, boolean isRequired, String meaning, TableSpec.Column... columns) {
            tables.add(new TableSpec(table, isRequired, List.of(columns), meaning));
            return this;
        }

        /** A table another model declares. */
        public Builder table(TableSpec other) {
            tables.add(other);
            return this;
        }

        /** An input. */
        public Builder input(String input, String unit, double value, double lower, double upper, String meaning) {
            inputs.add(Port.input(input, unit, value, lower, upper, meaning));
            return this;
        }

        /** An output of any size. */
        public Builder output(String output, String unit, String meaning) {
            return output(output, unit, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, meaning);
        }

        /** An output within a range. */
        public Builder output(String output, String unit, double lower, double upper, String meaning) {
            outputs.add(Port.output(output, unit, lower, upper, meaning));
            return this;
        }

        /** A state that may be given at the start. */
        public Builder start(String state, String meaning) {
            starts.put(state, meaning);
            return this;
        }

        /** Default horizon and step. */
        public Builder time(double horizonSeconds, double stepSeconds) {
            horizon = horizonSeconds;
            step = stepSeconds;
            return this;
        }

        public ModelCard build() {
            return new ModelCard(
                    name,
                    "1.0",
                    kind,
                    summary,
                    validity,
                    parameters,
                    tables,
                    inputs,
                    outputs,
                    starts,
                    horizon,
                    step,
                    aliases,
                    fixed);
        }
    }
}
