package org.uatwin.server.cli.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.simulation.vibration.BearingRecord;
import org.uatwin.simulation.vibration.Waveform;

/**
 * A list of waveform files, which lie beside it: columns {@code file}, {@code rpm}, {@code sample_rate_hz} and, where it is known, {@code fault};
 * others are not looked at. A waveform file has a line of names and a sample a line.
 *
 * @param index for messages.
 * @param entries in the order of the list.
 */
record WaveformIndex(Path index, List<Entry> entries) {
    private static final double STANDARD_GRAVITY = 9.80665;

    /**
     * @param fault null if the list has no such column, or nothing stands there.
     */
    record Entry(String file, @Nullable String fault, double rpm, double rateHz) {}

    /**
     * One entry with its samples.
     *
     * @param metresPerSecond2 of one unit of the samples; NaN if the column's name does not say what unit it has.
     */
    record Loaded(Entry entry, BearingRecord record, double metresPerSecond2) {}

    /**
     * @throws CliException naming place, cause and fix, if the list cannot be read.
     */
    static WaveformIndex read(Path index) {
        CsvTable table = DataFiles.read(index, text -> CsvTable.read(index.toString(), text));
        return DataFiles.checked(() -> {
            List<String> files = table.texts("file");
            double[] rpm = table.numbers("rpm");
            double[] rate = table.numbers("sample_rate_hz");
            List<String> faults = table.names().contains("fault") ? table.texts("fault") : List.of();
            List<Entry> entries = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < files.size(); i++) {
                if (!seen.add(files.get(i))) {
                    throw new IllegalArgumentException(
                            "%s: %s stands there twice.\n  Fix: one line a file.".formatted(index, files.get(i)));
                }
                if (!(rpm[i] > 0) || !(rate[i] > 0)) {
                    throw new IllegalArgumentException(
                            "%s: row %d: %s: rpm %s and sample_rate_hz %s must be above 0.\n  Fix: both are needed for orders."
                                    .formatted(index, i + 1, files.get(i), rpm[i], rate[i]));
                }
                String fault = faults.isEmpty() || faults.get(i).isEmpty() ? null : faults.get(i);
                entries.add(new Entry(files.get(i), fault, rpm[i], rate[i]));
            }
            return new WaveformIndex(index, List.copyOf(entries));
        });
    }

    /** Where a waveform of the list lies. */
    Path path(Entry entry) {
        return index.resolveSibling(entry.file());
    }

    /**
     * One waveform.
     *
     * @param column of its file; null for the first.
     * @throws CliException naming place, cause and fix, if it cannot be read.
     */
    Loaded load(Entry entry, @Nullable String column) {
        Path file = path(entry);
        CsvTable table = DataFiles.read(file, text -> CsvTable.read(file.toString(), text));
        String name = column == null ? table.names().get(0) : column;
        return DataFiles.checked(() -> {
            double[] samples = table.numbers(name);
            try {
                Waveform waveform = Waveform.of(samples, entry.rateHz());
                return new Loaded(entry, new BearingRecord(entry.file(), waveform, entry.rpm()), unit(name));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("%s: %s: %s".formatted(file, name, e.getMessage()), e);
            }
        });
    }

    private static double unit(String column) {
        String name = column.toLowerCase(Locale.ROOT);
        if (name.endsWith("_g")) {
            return STANDARD_GRAVITY;
        }
        return name.endsWith("_m_s2") || name.endsWith("_m/s2") ? 1 : Double.NaN;
    }

    /** What stands in the list of known faults, for every entry. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (Entry entry : entries) {
            String fault = entry.fault();
            if (fault == null) {
                throw new CliException(
                        Exit.USAGE,
                        "%s: %s has no fault to learn from.\n  Fix: a column fault with IR, OR, B, normal or names of your own."
                                .formatted(index, entry.file()));
            }
            faults.add(fault);
        }
        return faults;
    }
}
