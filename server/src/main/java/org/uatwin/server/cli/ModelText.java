package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.casefile.SystemModels;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec;

/** What {@code uatwin simulate --list} and {@code --describe} print. */
final class ModelText {
    private ModelText() {}

    static void list(PrintWriter out, SystemModels models, boolean isJson) {
        List<ModelCard> cards = models.names().stream()
                .map(name -> models.find(name).orElseThrow().card())
                .toList();
        if (isJson) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (ModelCard card : cards) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("model", card.name());
                row.put("version", card.version());
                row.put("kind", card.kind().text());
                row.put("summary", card.summary());
                row.put("tables", card.tables().stream().map(TableSpec::name).toList());
                rows.add(row);
            }
            out.println(Json.pretty(rows));
            return;
        }
        Table table = Table.of("MODEL", "KIND", "WHAT IT IS");
        cards.forEach(card -> table.row(card.name(), card.kind().text(), card.summary()));
        table.print(out);
    }

    static void describe(PrintWriter out, SystemModels models, SystemModel model, boolean isJson) {
        ModelCard card = model.card();
        Map<String, Double> sigma = models.uncertainty(model);
        if (isJson) {
            Map<String, @Nullable Object> answer = json(card);
            answer.put("uncertainty", sigma);
            answer.put("scenarios", models.scenarios(model));
            answer.put("fixedWhileItRuns", card.fixed());
            out.println(Json.pretty(answer));
            return;
        }
        out.println(
                "%s/%s  %s".formatted(card.name(), card.version(), card.kind().text()));
        out.println(card.summary());
        out.println("Valid: " + card.validity());
        out.println("Default horizon %s s, step %s s"
                .formatted(Port.number(card.horizonSeconds()), Port.number(card.stepSeconds())));
        if (!card.parameters().isEmpty()) {
            Table table = Table.of("PARAMETER", "DEFAULT", "+-", "UNIT", "RANGE", "MEANING", "SOURCE");
            for (ParameterSpec p : card.parameters()) {
                table.row(
                        p.name(),
                        Port.number(p.defaultValue()),
                        sigma.containsKey(p.name()) ? "%.0f %%".formatted(100 * sigma.get(p.name())) : "",
                        p.unit(),
                        Port.range(p.lower(), p.upper()),
                        p.meaning(),
                        p.source());
            }
            section(out, table);
        }
        for (TableSpec t : card.tables()) {
            Table table = Table.of("TABLE " + t.name(), "DEFAULT", "UNIT", "RANGE", "MEANING");
            for (TableSpec.Column c : t.columns()) {
                table.row(
                        "  " + c.name(),
                        c.isRequired()
                                ? "required"
                                : c.isText() || Double.isNaN(c.defaultValue()) ? "-" : Port.number(c.defaultValue()),
                        c.unit(),
                        c.isText() ? "" : Port.range(c.lower(), c.upper()),
                        c.meaning());
            }
            section(out, table);
            out.println("  %s: %s".formatted(t.isRequired() ? "required" : "optional", t.meaning()));
        }
        ports(out, "INPUT", card.inputs(), true);
        ports(out, "OUTPUT", card.outputs(), false);
        if (!card.starts().isEmpty()) {
            Table table = Table.of("START", "MEANING");
            card.starts().forEach((name, meaning) -> table.row(name, meaning));
            section(out, table);
        }
        List<ScenarioSpec> scenarios = models.scenarios(model);
        if (!scenarios.isEmpty()) {
            Table table = Table.of("SCENARIO", "WHAT HAPPENS");
            scenarios.forEach(s -> table.row(s.name(), s.meaning()));
            section(out, table);
        }
        if (!card.fixed().isEmpty()) {
            Table table = Table.of("FIXED WHILE IT RUNS", "BECAUSE");
            new TreeMap<>(card.fixed()).forEach((name, why) -> table.row(name, why));
            section(out, table);
        }
    }

    private static void section(PrintWriter out, Table table) {
        out.println();
        table.print(out);
    }

    private static void ports(PrintWriter out, String title, List<Port> ports, boolean isInput) {
        if (ports.isEmpty()) {
            return;
        }
        Table table = isInput
                ? Table.of(title, "DEFAULT", "UNIT", "RANGE", "MEANING")
                : Table.of(title, "UNIT", "RANGE", "MEANING");
        for (Port p : ports) {
            if (isInput) {
                table.row(p.name(), Port.number(p.defaultValue()), p.unit(), p.range(), p.meaning());
            } else {
                table.row(p.name(), p.unit(), p.range(), p.meaning());
            }
        }
        section(out, table);
    }

    private static Map<String, @Nullable Object> json(ModelCard card) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("model", card.name());
        answer.put("version", card.version());
        answer.put("kind", card.kind().text());
        answer.put("summary", card.summary());
        answer.put("validity", card.validity());
        answer.put("horizonSeconds", card.horizonSeconds());
        answer.put("stepSeconds", card.stepSeconds());
        answer.put("parameters", card.parameters());
        answer.put("aliases", card.aliases());
        answer.put("tables", card.tables());
        answer.put("inputs", card.inputs());
        answer.put("outputs", card.outputs());
        answer.put("starts", card.starts());
        return answer;
    }
}
