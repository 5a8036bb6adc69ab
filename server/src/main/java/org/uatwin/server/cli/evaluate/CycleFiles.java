package org.uatwin.server.cli.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.simulation.condition.CycleRecords;

/**
 * A folder of cycle records: {@code <channel>.csv} with a cycle number and its samples a row, and labels.csv with the condition
 * of each component.
 */
final class CycleFiles {
    private static final String LABELS = "labels";

    private CycleFiles() {}

    /**
     * The channels of a folder.
     *
     * @param only those that are read; null for all.
     * @throws CliException if a channel is missing, or does not fit the others.
     */
    static CycleRecords records(Path folder, @Nullable List<String> only) {
        SortedMap<String, Path> files = new TreeMap<>();
        for (Path file : DataFiles.csvBelow(folder)) {
            String name = nameOf(file);
            if (file.getNameCount() == 1 && !name.equals(LABELS) && (only == null || only.contains(name))) {
                files.put(name, folder.resolve(file));
            }
        }
        if (only != null && files.size() < only.size()) {
            List<String> missing =
                    only.stream().filter(name -> !files.containsKey(name)).toList();
            throw wrong(
                    "%s has no %s.csv, a channel it was learned with.\n  Fix: add the file, or leave the channel out of --train."
                            .formatted(folder, missing.get(0)));
        }
        if (files.isEmpty()) {
            throw wrong(
                    "%s holds no channel.\n  Fix: a file for each, <channel>.csv: cycle,t0,t1,...".formatted(folder));
        }
        SortedMap<Integer, Integer> seen = new TreeMap<>(); // cycles, and in how many channels
        Map<String, SortedMap<Integer, double[]>> channels = new LinkedHashMap<>();
        files.forEach((name, file) -> {
            SortedMap<Integer, double[]> cycles = DataFiles.read(file, text -> channel(file, text));
            channels.put(name, cycles);
            cycles.keySet().forEach(cycle -> seen.merge(cycle, 1, Integer::sum));
        });
        seen.forEach((cycle, count) -> {
            if (count < channels.size()) {
                String without = channels.keySet().stream()
                        .filter(name ->
                                !channels.getOrDefault(name, new TreeMap<>()).containsKey(cycle))
                        .findFirst()
                        .orElse("");
                throw wrong(
                        "%s: cycle %d is missing, other channels have it.\n  Fix: add it, or take it out of the others."
                                .formatted(files.get(without), cycle));
            }
        });
        return new CycleRecords(
                List.copyOf(seen.keySet()),
                channels.entrySet().stream()
                        .map(e -> new CycleRecords.Channel(
                                e.getKey(), e.getValue().values().toArray(double[][]::new)))
                        .toList());
    }

    private static SortedMap<Integer, double[]> channel(Path file, BufferedReader text) throws IOException {
        String head = text.readLine();
        if (head == null || !head.split(",", 2)[0].strip().equals("cycle")) {
            throw new IllegalArgumentException(
                    "%s:1: the first column is not \"cycle\".\n  Fix: cycle,t0,t1,... with a cycle a row."
                            .formatted(file));
        }
        int width = head.split(",", -1).length - 1;
        if (width < CycleRecords.FEWEST_SAMPLES) {
            throw new IllegalArgumentException("%s:1: %d samples a cycle, %d are the least.\n  Fix: a finer recording."
                    .formatted(file, width, CycleRecords.FEWEST_SAMPLES));
        }
        SortedMap<Integer, double[]> cycles = new TreeMap<>();
        int number = 1;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] cells = line.split(",", -1);
            if (cells.length != width + 1) {
                throw new IllegalArgumentException(
                        "%s:%d: %d cells, the line of names has %d.\n  Fix: every cycle has the same number of samples."
                                .formatted(file, number, cells.length, width + 1));
            }
            double[] samples = new double[width];
            for (int i = 0; i < width; i++) {
                samples[i] = sample(file, number, cells[i + 1]);
            }
            if (cycles.put(cycle(file, number, cells[0]), samples) != null) {
                throw new IllegalArgumentException(
                        "%s:%d: cycle %s once more.\n  Fix: a row a cycle.".formatted(file, number, cells[0].strip()));
            }
        }
        if (cycles.isEmpty()) {
            throw new IllegalArgumentException("%s holds no cycle.\n  Fix: a row a cycle.".formatted(file));
        }
        return cycles;
    }

    private static int cycle(Path file, int line, String cell) {
        try {
            return Integer.parseInt(cell.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s:%d: cycle '%s' is no whole number.\n  Fix: number the cycles in order of time."
                            .formatted(file, line, cell.strip()),
                    e);
        }
    }

    private static double sample(Path file, int line, String cell) {
        double value = Double.NaN;
        try {
            value = Double.parseDouble(cell.strip());
        } catch (NumberFormatException e) {
            // said below, as for a number that is not finite
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "%s:%d: '%s' is no finite number.\n  Fix: fill the gap, or leave the cycle out of all channels."
                            .formatted(file, line, cell.strip()));
        }
        return value;
    }

    /** Whether the conditions are known. */
    static boolean hasLabels(Path folder) {
        return labelFile(folder) != null;
    }

    /**
     * The conditions of the cycles, by component.
     *
     * @throws CliException if there are none, or one is missing.
     */
    static Map<String, List<String>> labels(Path folder, List<Integer> cycles) {
        Path file = labelFile(folder);
        if (file == null) {
            throw wrong(
                    "%s has no labels.csv.\n  Fix: cycle,<component>,... with the condition of each component in each cycle."
                            .formatted(folder));
        }
        return DataFiles.read(file, text -> labels(file, CsvTable.read(file.toString(), text), cycles));
    }

    private static Map<String, List<String>> labels(Path file, CsvTable table, List<Integer> cycles) {
        Map<Integer, Integer> rows = new LinkedHashMap<>();
        List<String> keys = table.texts("cycle");
        for (int i = 0; i < keys.size(); i++) {
            rows.put(cycle(file, i + 2, keys.get(i)), i);
        }
        Map<String, List<String>> labels = new LinkedHashMap<>();
        for (String component : table.names()) {
            if (component.equals("cycle")) {
                continue;
            }
            List<String> all = table.texts(component);
            List<String> some = new ArrayList<>(cycles.size());
            for (int cycle : cycles) {
                Integer row = rows.get(cycle);
                String label = row == null ? "" : all.get(row);
                if (label.isEmpty()) {
                    throw new IllegalArgumentException(
                            "%s: cycle %d has no %s, its channels were recorded.\n  Fix: add it, or take the cycle out of the channels."
                                    .formatted(file, cycle, component));
                }
                some.add(label);
            }
            labels.put(component, some);
        }
        if (labels.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s:1: no component beside cycle.\n  Fix: a column a component.".formatted(file));
        }
        return labels;
    }

    private static @Nullable Path labelFile(Path folder) {
        for (String name : List.of(LABELS + ".csv", LABELS + ".csv.gz")) {
            if (Files.exists(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        return null;
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName()).replaceAll("\\.csv(\\.gz)?$", "");
    }

    private static CliException wrong(String message) {
        return new CliException(Exit.USAGE, message);
    }
}
