package org.uatwin.simulation.prognosis;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the layout of C-MAPSS (Saxena et al. 2008): a row a cycle, 26 numbers separated by white space: unit, cycle, three
 * operating settings, 21 sensors.
 */
public final class RunToFailureFile {
    private static final int SETTINGS = 3;
    private static final int WIDTH = 26;

    private RunToFailureFile() {}

    /**
     * @param name of the file, for messages.
     * @throws IOException if the text cannot be read.
     * @throws IllegalArgumentException naming file and line, if a row does not fit the layout.
     */
    public static List<UnitHistory> read(String name, BufferedReader text) throws IOException {
        Map<Integer, List<double[]>> units = new LinkedHashMap<>();
        int number = 0;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (!line.isBlank()) {
                double[] row = row(name, number, line.strip().split("\\s+"));
                List<double[]> rows = units.computeIfAbsent((int) row[0], unit -> new ArrayList<>());
                if (!rows.isEmpty() && row[1] <= rows.get(rows.size() - 1)[1]) {
                    throw new IllegalArgumentException(
                            "%s:%d: unit %d goes back from cycle %.0f to %.0f.\n  Fix: sort the rows by unit and cycle."
                                    .formatted(name, number, (int) row[0], rows.get(rows.size() - 1)[1], row[1]));
                }
                rows.add(row);
            }
        }
        if (units.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s holds no row.\n  Fix: give a file of units that run to failure.".formatted(name));
        }
        List<UnitHistory> fleet = new ArrayList<>();
        units.forEach((unit, rows) -> fleet.add(history(unit, rows)));
        return fleet;
    }

    private static double[] row(String name, int line, String[] cells) {
        if (cells.length != WIDTH) {
            throw new IllegalArgumentException(
                    "%s:%d: %d numbers.\n  Fix: give %d: unit, cycle, 3 settings, 21 sensors, separated by spaces."
                            .formatted(name, line, cells.length, WIDTH));
        }
        double[] row = new double[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            try {
                row[i] = Double.parseDouble(cells[i]);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "%s:%d: column %d: '%s' is no number".formatted(name, line, i + 1, cells[i]), e);
            }
            if (!Double.isFinite(row[i])) {
                throw new IllegalArgumentException(
                        "%s:%d: column %d: '%s' is not finite".formatted(name, line, i + 1, cells[i]));
            }
        }
        return row;
    }

    private static UnitHistory history(int unit, List<double[]> rows) {
        double[][] settings = new double[rows.size()][SETTINGS];
        double[][] sensors = new double[rows.size()][WIDTH - 2 - SETTINGS];
        for (int i = 0; i < settings.length; i++) {
            System.arraycopy(rows.get(i), 2, settings[i], 0, SETTINGS);
            System.arraycopy(rows.get(i), 2 + SETTINGS, sensors[i], 0, sensors[i].length);
        }
        return new UnitHistory(unit, settings, sensors);
    }
}
