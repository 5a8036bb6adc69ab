package org.uatwin.informationmodel.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.type.EngineeringUnit;

/**
 * The table of units. A name is looked up as symbol or spelling first, exactly; then as UNECE code; then as code
 * without regard to case. Symbols keep their case, which tells milli from mega. So {@code °C}, {@code degC}, {@code Cel} and {@code CEL} are
 * the same, while {@code mW} and {@code MW} stay apart.
 */
public final class Units {
    private static final String RESOURCE = "/org/uatwin/units/units.csv";
    private static final Units TABLE = new Units();

    private final List<Unit> all = new ArrayList<>();
    private final Map<String, Unit> byName = new LinkedHashMap<>();
    private final Map<String, Unit> byCode = new LinkedHashMap<>();
    private final Map<String, Unit> byFoldedCode = new LinkedHashMap<>();

    private Units() {
        try (InputStream in = Units.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + RESOURCE);
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    private void add(String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 7) {
            throw new IllegalStateException("%s: 7 cells expected: %s".formatted(RESOURCE, line));
        }
        List<String> spellings =
                cells[6].isBlank() ? List.of() : List.of(cells[6].trim().split(" +"));
        Unit unit = new Unit(
                new EngineeringUnit(cells[1], cells[0], cells[2]),
                cells[3],
                Double.parseDouble(cells[4]),
                Double.parseDouble(cells[5]),
                spellings);
        all.add(unit);
        if (byCode.put(unit.code(), unit) != null) {
            throw new IllegalStateException("%s: code %s twice".formatted(RESOURCE, unit.code()));
        }
        addName(unit.symbol(), unit);
        spellings.forEach(spelling -> addName(spelling, unit));
        byFoldedCode.put(unit.code().toLowerCase(Locale.ROOT), unit);
    }

    private void addName(String name, Unit unit) {
        byName.putIfAbsent(name, unit);
    }

    /** Every unit, in the order of the table (by dimension). */
    public static List<Unit> all() {
        return List.copyOf(TABLE.all);
    }

    /** The unit with that symbol, spelling or UNECE code. */
    public static Optional<Unit> find(String name) {
        String wanted = normal(name);
        Unit unit = TABLE.byName.get(wanted);
        if (unit == null) {
            unit = TABLE.byCode.get(wanted);
        }
        if (unit == null) {
            unit = TABLE.byFoldedCode.get(wanted.toLowerCase(Locale.ROOT));
        }
        return Optional.ofNullable(unit);
    }

    /** Every name a unit can be written with, for suggestions. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(TABLE.byName.keySet());
        names.addAll(TABLE.byCode.keySet());
        return names;
    }

    /** Greek mu and micro sign are one letter here, and so are the two degree Celsius forms. */
    private static String normal(String name) {
        return name.strip().replace('\u03BC', '\u00B5').replace('\u2126', '\u03A9');
    }
}
