package org.uatwin.informationmodel.plant;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A table of a simulation model as a plant file gives it: cells of a CSV file, not yet judged.
 *
 * @param file as the plant file names it.
 * @param columns names of the head line.
 * @param rows cells by row; a short row lacks its last cells.
 */
public record ModelTable(String file, List<String> columns, List<Row> rows) {
    /**
     * One line of the file.
     *
     * @param line its number, from 1.
     */
    public record Row(int line, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * What is wrong with a table.
     *
     * @param line of the file.
     */
    public record Problem(int line, String cause, String fix) {}

    public ModelTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** The text of a cell, empty if the line is short. */
    public String cell(int row, int column) {
        List<String> cells = rows.get(row).cells();
        return column < cells.size() ? cells.get(column) : "";
    }

    /** The number in a cell; empty if it is none. */
    public OptionalDouble number(int row, int column) {
        return Csv.parse(cell(row, column));
    }
}
