package org.uatwin.simulation.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of a table whose cells were checked against its {@link TableSpec}. Immutable. */
public final class DataTable {
    private final TableSpec spec;
    private final Map<String, double[]> numbers;
    private final Map<String, List<String>> texts;
    private final int rows;

    private DataTable(TableSpec spec, Map<String, double[]> numbers, Map<String, List<String>> texts, int rows) {
        this.spec = spec;
        this.numbers = numbers;
        this.texts = texts;
        this.rows = rows;
    }

    /** A table of these cells by column; columns that are not given have their default. */
    public static DataTable of(
            TableSpec spec, int rows, Map<String, double[]> numbers, Map<String, List<String>> texts) {
        Map<String, double[]> n = new HashMap<>();
        Map<String, List<String>> t = new HashMap<>();
        for (TableSpec.Column column : spec.columns()) {
            if (column.isText()) {
                List<String> given = texts.get(column.name());
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < rows; i++) {
                    cells.add(given == null ? "" : given.get(i));
                }
                t.put(column.name(), List.copyOf(cells));
            } else {
                double[] cells = new double[rows];
                double[] given = numbers.get(column.name());
                for (int i = 0; i < rows; i++) {
                    cells[i] = given == null || Double.isNaN(given[i]) ? column.defaultValue() : given[i];
                }
                n.put(column.name(), cells);
            }
        }
        return new DataTable(spec, n, t, rows);
    }

    public String name() {
        return spec.name();
    }

    public int rows() {
        return rows;
    }

    /** A copy of a column of numbers. */
    public double[] column(String column) {
        return cells(column).clone();
    }

    /** The same rows with other numbers in a column. */
    public DataTable with(String column, double[] cells) {
        if (cells(column).length != cells.length) {
            throw new IllegalArgumentException("%d cells for %d rows".formatted(cells.length, rows));
        }
        Map<String, double[]> changed = new HashMap<>(numbers);
        changed.put(column, cells.clone());
        return new DataTable(spec, changed, texts, rows);
    }

    /** The same rows with other texts in a column. */
    public DataTable withTexts(String column, List<String> cells) {
        if (!texts.containsKey(column) || cells.size() != rows) {
            throw new IllegalArgumentException("no column %s of %d texts".formatted(column, cells.size()));
        }
        Map<String, List<String>> changed = new HashMap<>(texts);
        changed.put(column, List.copyOf(cells));
        return new DataTable(spec, numbers, changed, rows);
    }

    /** The number in a cell; NaN if it is empty and has no default. */
    public double number(int row, String column) {
        return cells(column)[row];
    }

    private double[] cells(String column) {
        double[] cells = numbers.get(column);
        if (cells == null) {
            throw new IllegalArgumentException(spec.name() + " has no column of numbers " + column);
        }
        return cells;
    }

    /** The text in a cell; may be empty. */
    public String text(int row, String column) {
        List<String> cells = texts.get(column);
        if (cells == null) {
            throw new IllegalArgumentException(spec.name() + " has no column of texts " + column);
        }
        return cells.get(row);
    }

    /** Row by the text of a key column, each key once. */
    public Map<String, Integer> index(String column) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < rows; i++) {
            if (index.put(text(i, column), i) != null) {
                throw problem(i, column, "%s \"%s\" occurs twice".formatted(column, text(i, column)), "rename one.");
            }
        }
        return index;
    }

    /** Row that a text cell refers to. */
    public int reference(int row, String column, Map<String, Integer> index) {
        Integer found = index.get(text(row, column));
        if (found == null) {
            throw problem(
                    row,
                    column,
                    "%s \"%s\" is not known".formatted(column, text(row, column)),
                    "use a name of the table it refers to.");
        }
        return found;
    }

    /** A problem with one cell. */
    public SetupException problem(int row, String column, String cause, String fix) {
        return SetupException.ofTable(spec.name(), row, column, cause, fix);
    }
}
