package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns, two blanks between them, no lines drawn. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** Columns by name, for a table with a head line. */
    public static Table of(String... head) {
        return new Table().row((Object[]) head);
    }

    public Table row(Object... cells) {
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(printable(String.valueOf(cell)).replace('\n', ' '));
        }
        rows.add(row);
        return this;
    }

    public int size() {
        return rows.size();
    }

    /** Prints every row with the indent given; the last cell of a row is not padded. */
    public void print(PrintWriter out, String indent) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < row.size(); c++) {
                widths[c] = Math.max(widths[c], width(row.get(c)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int c = 0; c < row.size(); c++) {
                line.append(row.get(c));
                if (c + 1 < row.size()) {
                    line.append(" ".repeat(widths[c] - width(row.get(c)) + 2));
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }

    public void print(PrintWriter out) {
        print(out, "");
    }

    /** A text from elsewhere with control characters shown as dots, so that it cannot steer the terminal. */
    public static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(c != '\n' && Character.isISOControl(c) ? '.' : c));
        return clean.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
