package org.uatwin.simulation.casefile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.uatwin.informationmodel.plant.Csv;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.simulation.expression.Expression;
import org.uatwin.simulation.expression.ExpressionException;
import org.uatwin.simulation.system.Port;

/**
 * Reads {@code inputs}: for each a number, a formula of {@code t} in seconds, or a column of a CSV file. A name without its member
 * stands for all members that are not named themselves.
 */
final class InputReader {
    private static final List<String> KEYS =
            List.of("file", "time", "timeUnit", "column", "interpolate", "repeat", "scale", "offset");
    private static final Map<String, Double> UNITS = Map.of("s", 1.0, "min", 60.0, "h", 3600.0, "d", 86_400.0);

    private final Values values;

    InputReader(Values values) {
        this.values = values;
    }

    List<Profile> read(List<Port> ports, Optional<Document.Node> node) {
        Map<String, Profile> given = new HashMap<>();
        node.ifPresent(inputs -> {
            if (!inputs.isMapping()) {
                inputs.error("inputs is %s".formatted(inputs.kind()), "write names of inputs with their values.");
            }
            Set<String> known = new HashSet<>();
            for (Port port : ports) {
                known.add(port.name());
                known.add(base(port.name()));
            }
            for (Document.Field field : inputs.fields()) {
                String name = field.key().text();
                if (!known.contains(name)) {
                    field.key()
                            .error(
                                    "there is no input \"%s\"".formatted(name),
                                    Values.advice(
                                            name, ports.stream().map(Port::name).toList()));
                } else {
                    Port port = ports.stream()
                            .filter(p -> p.name().equals(name) || base(p.name()).equals(name))
                            .findFirst()
                            .orElseThrow();
                    profile(port, field.value()).ifPresent(p -> given.put(name, p));
                }
            }
        });
        List<Profile> profiles = new ArrayList<>();
        for (Port port : ports) {
            Profile own = given.getOrDefault(port.name(), given.get(base(port.name())));
            profiles.add(own == null ? Profile.constant(port.defaultValue()) : own);
        }
        return profiles;
    }

    private static String base(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private Optional<Profile> profile(Port port, Document.Node node) {
        if (node.isMapping()) {
            return table(port, node);
        }
        OptionalDouble number = node.number();
        if (number.isPresent()) {
            OptionalDouble checked = values.range(node, port.name(), port.lower(), port.upper());
            return checked.isPresent() ? Optional.of(Profile.constant(checked.getAsDouble())) : Optional.empty();
        }
        try {
            Expression formula = Expression.compile(node.text(), List.of("t"));
            double atStart = formula.value(new double[1]);
            if (!(atStart >= port.lower() && atStart <= port.upper())) {
                node.error(
                        "%s begins with %s, outside %s %s"
                                .formatted(port.name(), Port.number(atStart), port.range(), port.unit()),
                        "check the formula; t is in seconds.");
            }
            return Optional.of(limited(port, Profile.formula(formula)));
        } catch (ExpressionException e) {
            node.error(
                    e.cause(),
                    e.fix() + " An input is a number, a formula of t in seconds, or a file with its column.");
            return Optional.empty();
        }
    }

    /** A formula may leave the range later on: it is held at its limits. */
    private static Profile limited(Port port, Profile profile) {
        return t -> Math.max(port.lower(), Math.min(port.upper(), profile.at(t)));
    }

    private Optional<Profile> table(Port port, Document.Node node) {
        node.checkKeys(KEYS);
        Optional<Document.Node> file = node.get("file");
        if (file.isEmpty()) {
            node.error("the profile of %s names no file".formatted(port.name()), "add file: with a CSV file.");
            return Optional.empty();
        }
        Optional<Csv> csv = Csv.read(file.get());
        if (csv.isEmpty()) {
            return Optional.empty();
        }
        List<String> columns = csv.get().columns();
        int time = column(node, "time", columns, columns.get(0));
        int value = column(
                node, "column", columns, columns.contains(port.name()) ? port.name() : columns.get(columns.size() - 1));
        if (time < 0 || value < 0) {
            return Optional.empty();
        }
        double unit = choice(node, "timeUnit", "s", UNITS);
        boolean isLinear = choice(node, "interpolate", "linear", Map.of("linear", 1.0, "step", 0.0)) == 1;
        boolean isRepeated = choice(node, "repeat", "false", Map.of("true", 1.0, "false", 0.0)) == 1;
        double scale = node.get("scale")
                .map(n -> values.constant(n, "scale").orElse(1))
                .orElse(1.0);
        double offset = node.get("offset")
                .map(n -> values.constant(n, "offset").orElse(0))
                .orElse(0.0);
        double[] times = new double[csv.get().rows()];
        double[] numbers = new double[times.length];
        for (int row = 0; row < times.length; row++) {
            OptionalDouble t = cell(csv.get(), row, time);
            OptionalDouble v = cell(csv.get(), row, value);
            if (t.isEmpty() || v.isEmpty()) {
                return Optional.empty();
            }
            times[row] = t.getAsDouble() * unit;
            numbers[row] = v.getAsDouble() * scale + offset;
            if (row > 0 && !(times[row] > times[row - 1])) {
                csv.get()
                        .error(
                                row,
                                time,
                                "times must rise: %s".formatted(csv.get().cell(row, time)),
                                "sort the file.");
                return Optional.empty();
            }
            if (!(numbers[row] >= port.lower() && numbers[row] <= port.upper())) {
                csv.get()
                        .error(
                                row,
                                value,
                                "%s = %s is outside %s %s"
                                        .formatted(port.name(), Port.number(numbers[row]), port.range(), port.unit()),
                                "check its unit; scale: and offset: convert it.");
                return Optional.empty();
            }
        }
        return Optional.of(Profile.table(times, numbers, isLinear, isRepeated));
    }

    private static OptionalDouble cell(Csv csv, int row, int column) {
        OptionalDouble number = csv.number(row, column);
        if (number.isEmpty()) {
            csv.error(row, column, "\"%s\" is no number".formatted(csv.cell(row, column)), "write a number.");
        }
        return number;
    }

    private static int column(Document.Node node, String key, List<String> columns, String otherwise) {
        Optional<Document.Node> named = node.get(key);
        String name = named.map(Document.Node::text).orElse(otherwise);
        int index = columns.indexOf(name);
        if (index < 0) {
            named.orElse(node).error("the file has no column \"%s\"".formatted(name), Values.advice(name, columns));
        }
        return index;
    }

    private static double choice(Document.Node node, String key, String otherwise, Map<String, Double> choices) {
        Optional<Document.Node> given = node.get(key);
        String text = given.map(Document.Node::text).orElse(otherwise);
        Double value = choices.get(text);
        if (value == null) {
            given.orElse(node)
                    .error(
                            "%s: \"%s\" is not one of %s".formatted(key, text, String.join(", ", choices.keySet())),
                            Values.advice(text, choices.keySet()));
            return 1;
        }
        return value;
    }
}
