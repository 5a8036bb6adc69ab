package org.uatwin.simulation.vibration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Common bearings by designation. Inner dimensions are no standard: makers differ by a ball or some tenths of a millimetre, so orders are
 * within some per cent; a maker's own numbers are better.
 */
public final class BearingCatalogue {
    private static final String FILE = "bearings.csv";
    private static final Pattern BASE = Pattern.compile("(?:[A-Z]+ )?((?:UER)?\\d{3,5}B?)(?:[-/ ]?.*)?");
    private static final List<CatalogueBearing> ALL = read();

    private BearingCatalogue() {}

    /** In the order of the file. */
    public static List<CatalogueBearing> all() {
        return ALL;
    }

    /**
     * @param designation such as {@code 6205}, {@code 6205-2RS}, {@code SKF 6308-2Z/C3}: exactly as in the catalogue, else without maker and
     *     suffixes.
     */
    public static Optional<CatalogueBearing> find(String designation) {
        String wanted = designation.strip().toUpperCase(Locale.ROOT);
        Optional<CatalogueBearing> exact = named(wanted);
        Matcher base = BASE.matcher(wanted);
        return exact.isPresent() || !base.matches() ? exact : named(base.group(1));
    }

    private static Optional<CatalogueBearing> named(String designation) {
        return ALL.stream().filter(one -> one.designation().equals(designation)).findFirst();
    }

    private static List<CatalogueBearing> read() {
        try (InputStream bytes = BearingCatalogue.class.getResourceAsStream(FILE)) {
            if (bytes == null) {
                throw new IllegalStateException(FILE + " is missing in the build");
            }
            List<CatalogueBearing> all = new ArrayList<>();
            BufferedReader text = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                if (!line.startsWith("#")) {
                    all.add(bearing(line.split(",", -1)));
                }
            }
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CatalogueBearing bearing(String[] cells) {
        return new CatalogueBearing(
                cells[0],
                Double.parseDouble(cells[1]),
                Double.parseDouble(cells[2]),
                new BearingGeometry(
                        Integer.parseInt(cells[3]),
                        Double.parseDouble(cells[4]),
                        Double.parseDouble(cells[5]),
                        Double.parseDouble(cells[6])),
                Double.parseDouble(cells[7]),
                Double.parseDouble(cells[8]));
    }
}
