package org.uatwin.simulation.casefile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.plant.Csv;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;

/** Reads {@code parameters}: a mapping, a CSV file {@code name,value}, or a list of both in which later ones win. */
final class ParameterReader {
    private final Values values;
    private final Map<String, Double> found = new HashMap<>();

    ParameterReader(Values values) {
        this.values = values;
    }

    Map<String, Double> read(ModelCard card, Optional<Document.Node> node) {
        node.ifPresent(n -> part(card, n, true));
        return found;
    }

    private void part(ModelCard card, Document.Node node, boolean isTop) {
        if (node.isMapping()) {
            node.fields().forEach(f -> inline(card, f));
        } else if (node.isSequence() && isTop) {
            node.items().forEach(item -> part(card, item, false));
        } else if (node.isScalar()) {
            Csv.read(node).ifPresent(csv -> file(card, csv));
        } else {
            node.error(
                    "parameters is %s".formatted(node.kind()), "write names with values, or the name of a CSV file.");
        }
    }

    private void inline(ModelCard card, Document.Field field) {
        String name = field.key().text();
        Optional<ParameterSpec> spec = card.parameter(name);
        if (spec.isEmpty()) {
            field.key()
                    .error("%s has no parameter \"%s\"".formatted(card.name(), name), Values.advice(name, names(card)));
            return;
        }
        values.range(field.value(), name, spec.get().lower(), spec.get().upper())
                .ifPresent(v -> found.put(spec.get().name(), v));
    }

    private void file(ModelCard card, Csv csv) {
        int name = Math.max(csv.columns().indexOf("name"), csv.columns().indexOf("parameter"));
        int value = csv.columns().indexOf("value");
        if (name < 0 || value < 0) {
            csv.error(
                    "a file of parameters needs the columns name and value; it has " + String.join(", ", csv.columns()),
                    "name them in the first line.");
            return;
        }
        for (int row = 0; row < csv.rows(); row++) {
            String text = csv.cell(row, name);
            Optional<ParameterSpec> spec = card.parameter(text);
            OptionalDouble number = csv.number(row, value);
            if (spec.isEmpty()) {
                csv.warning(
                        row,
                        "\"%s\" is no parameter of %s and is not used".formatted(text, card.name()),
                        "names: uatwin simulate --describe %s.".formatted(card.name()));
            } else if (number.isEmpty()) {
                csv.error(
                        row,
                        value,
                        "%s must be a number: \"%s\"".formatted(text, csv.cell(row, value)),
                        "write a number with a decimal point, without unit.");
            } else if (!(number.getAsDouble() >= spec.get().lower()
                    && number.getAsDouble() <= spec.get().upper())) {
                String range = Port.range(spec.get().lower(), spec.get().upper());
                csv.error(
                        row,
                        value,
                        "%s = %s is outside %s %s"
                                .formatted(
                                        text,
                                        csv.cell(row, value),
                                        range,
                                        spec.get().unit()),
                        "write a number in %s.".formatted(range));
            } else {
                found.put(spec.get().name(), number.getAsDouble());
            }
        }
    }

    private static List<String> names(ModelCard card) {
        return card.parameters().stream().map(ParameterSpec::name).toList();
    }
}
