package org.uatwin.server.cli.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.uatwin.simulation.contract.NearestName;
import org.uatwin.simulation.learning.FeatureTable;

/**
 * A table of a CSV file with a line of names, separated by commas or semicolons, without quotes.
 *
 * @param file for messages.
 * @param names in the order of the file.
 * @param lines cells, row by row.
 */
record CsvTable(String file, List<String> names, List<String[]> lines) {
    /**
     * @throws IllegalArgumentException if there are no names, or a line has another number of cells.
     */
    static CsvTable read(String file, BufferedReader text) throws IOException {
        String head = text.readLine();
        if (head == null || head.isBlank()) {
            throw new IllegalArgumentException("%s:1: no line of names".formatted(file));
        }
        String separator = head.indexOf(';') >= 0 ? ";" : ",";
        List<String> names = new ArrayList<>();
        for (String name : head.split(separator, -1)) {
            names.add(name.strip());
        }
        List<String[]> lines = new ArrayList<>();
        int number = 1;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] cells = line.split(separator, -1);
            if (cells.length != names.size()) {
                throw new IllegalArgumentException("%s:%d: %d cells, the line of names has %d"
                        .formatted(file, number, cells.length, names.size()));
            }
            lines.add(cells);
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("%s holds no row".formatted(file));
        }
        return new CsvTable(file, names, lines);
    }

    /**
     * @throws IllegalArgumentException naming the nearest column, if there is none of that name.
     */
    int column(String name) {
        int at = names.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException(
                    "%s has no column \"%s\"%s".formatted(file, name, NearestName.hint(name, names)));
        }
        return at;
    }

    List<String> texts(String name) {
        int at = column(name);
        return lines.stream().map(cells -> cells[at].strip()).toList();
    }

    /**
     * Numbers of a column; an empty cell or {@code nan} is NaN.
     *
     * @throws IllegalArgumentException naming the line, if a cell is no number.
     */
    double[] numbers(String name) {
        int at = column(name);
        double[] numbers = new double[lines.size()];
        for (int i = 0; i < numbers.length; i++) {
            String cell = lines.get(i)[at].strip();
            try {
                numbers[i] = cell.isEmpty() || cell.toLowerCase(Locale.ROOT).equals("nan")
                        ? Double.NaN
                        : Double.parseDouble(cell);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "%s: row %d: %s: '%s' is no number".formatted(file, i + 1, name, cell), e);
            }
        }
        return numbers;
    }

    /** The columns of numbers whose names fit. */
    FeatureTable features(Predicate<String> which) {
        List<String> some = names.stream().filter(which).toList();
        return new FeatureTable(some, some.stream().map(this::numbers).toArray(double[][]::new));
    }

    /** Moments of a column, in ISO 8601 with a blank or T; null if a cell is none. */
    @Nullable
    List<LocalDateTime> times(String name) {
        column(name);
        try {
            return moments(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The same for a column that must hold them.
     *
     * @throws IllegalArgumentException naming the row, if a cell is no moment.
     */
    List<LocalDateTime> moments(String name) {
        List<LocalDateTime> times = new ArrayList<>(lines.size());
        for (String text : texts(name)) {
            try {
                times.add(LocalDateTime.parse(text.replace(' ', 'T').replaceAll("Z$", "")));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "%s: row %d: %s: '%s' is no moment.\n  Fix: write it as 2026-06-01 08:15:00."
                                .formatted(file, times.size() + 1, name, text),
                        e);
            }
        }
        return times;
    }
}
