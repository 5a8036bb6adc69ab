package org.uatwin.simulation.twin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.TableSpec;

/** Tables made from rows of cells. */
final class Tables {
    private Tables() {}

    /** A table of these rows by column; numbers are {@link Double}, texts String; what is missing has its default. */
    static DataTable of(TableSpec spec, List<Map<String, Object>> rows) {
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
}
