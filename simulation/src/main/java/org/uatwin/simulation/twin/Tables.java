package org.uatwin.simulation.twin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.plant.ModelTable;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.TableSpec;

/** Tables made from rows of cells. */
public final class Tables {
    private Tables() {}

    /** A table of these rows by column; numbers are {@link Double}, texts String; what is missing has its default. */
    public static DataTable of(TableSpec spec, List<Map<String, Object>> rows) {
        Map<String, double[]> numbers = new LinkedHashMap<>();
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (TableSpec.Column column : spec.columns()) {
            if (column.isText()) {
                List<String> cells = new ArrayList<>();
                rows.forEach(row -> cells.add(String.valueOf(row.getOrDefault(column.name(), ""))));
                texts.put(column.name(), cells);
            } else {
                double[] cells = new double[rows.size()];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = rows.get(i).get(column.name()) instanceof Double d ? d : Double.NaN;
                }
                numbers.put(column.name(), cells);
            }
        }
        return DataTable.of(spec, rows.size(), numbers, texts);
    }

    /** Cells of a file that fit a table, and what does not. */
    public record Reading(List<Map<String, Object>> rows, List<ModelTable.Problem> problems) {
        public Reading {
            rows = List.copyOf(rows);
            problems = List.copyOf(problems);
        }
    }

    /** A table of a plant file, as a model reads it; further columns are ignored. */
    public static Reading read(TableSpec spec, ModelTable given) {
        List<Map<String, Object>> rows = new ArrayList<>();
        given.rows().forEach(row -> rows.add(new LinkedHashMap<>()));
        List<ModelTable.Problem> problems = new ArrayList<>();
        for (TableSpec.Column column : spec.columns()) {
            int at = given.columns().indexOf(column.name());
            if (at < 0 && column.isRequired()) {
                problems.add(new ModelTable.Problem(
                        1,
                        "there is no column \"%s\"%s"
                                .formatted(column.name(), NearestName.hint(column.name(), given.columns())),
                        "name the column so."));
            }
            for (int i = 0; at >= 0 && i < rows.size(); i++) {
                cell(column, given, i, at, rows.get(i), problems);
            }
        }
        return new Reading(rows, problems);
    }

    private static void cell(
            TableSpec.Column column,
            ModelTable given,
            int row,
            int at,
            Map<String, Object> into,
            List<ModelTable.Problem> problems) {
        String text = given.cell(row, at);
        if (text.isEmpty() && !column.isRequired()) {
            return;
        }
        OptionalDouble number = given.number(row, at);
        if (column.isText() && !text.isEmpty()) {
            into.put(column.name(), text);
        } else if (!column.isText()
                && number.isPresent()
                && number.getAsDouble() >= column.lower()
                && number.getAsDouble() <= column.upper()) {
            into.put(column.name(), number.getAsDouble());
        } else {
            String wanted = column.isText() ? "a text" : "a number in " + Port.range(column.lower(), column.upper());
            problems.add(new ModelTable.Problem(
                    given.rows().get(row).line(),
                    "%s is \"%s\"".formatted(column.name(), text),
                    "write %s.".formatted(wanted)));
        }
    }
}
