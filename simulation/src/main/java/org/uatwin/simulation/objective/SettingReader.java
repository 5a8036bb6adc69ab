package org.uatwin.simulation.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uatwin.simulation.system.Port;

/**
 * Turns what somebody wrote into the value of a setting. Written values are rows of cells: one cell is a number or text, several rows of
 * one cell are a list of texts, rows of two cells are steps of a day.
 */
public final class SettingReader {
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})");
    private static final Pattern HOURS = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(h|min)");
    private static final double MINUTES = 60;
    private static final double HOURS_OF_A_DAY = 24;

    private SettingReader() {}

    /** Settings with one more value, or what is wrong with it. */
    public sealed interface Reading {
        /** It fits. */
        record Fits(Settings settings) implements Reading {}

        /** It does not: what is wrong, and what to do. */
        record Wrong(String cause, String fix) implements Reading {}
    }

    /** Reads one value. */
    public static Reading read(Settings before, SettingSpec spec, List<List<String>> rows) {
        return switch (spec.kind()) {
            case NUMBER -> number(before, spec, rows);
            case PROFILE ->
                rows.size() == 1 && rows.get(0).size() == 1 ? number(before, spec, rows) : profile(before, spec, rows);
            case TEXT -> texts(before, spec, rows);
        };
    }

    private static Reading number(Settings before, SettingSpec spec, List<List<String>> rows) {
        if (rows.size() != 1 || rows.get(0).size() != 1) {
            return new Reading.Wrong("%s is a list".formatted(spec.name()), "write one number.");
        }
        String text = rows.get(0).get(0);
        OptionalDouble value = number(text);
        return value.isPresent() && isInside(spec, value.getAsDouble())
                ? new Reading.Fits(before.with(spec.name(), value.getAsDouble()))
                : outside(spec, text);
    }

    private static Reading outside(SettingSpec spec, String text) {
        String range = (Port.range(spec.lower(), spec.upper()) + " " + spec.unit()).strip();
        return new Reading.Wrong(
                "%s: \"%s\" is no number in %s".formatted(spec.name(), text, range), "write a number in it.");
    }

    private static Reading profile(Settings before, SettingSpec spec, List<List<String>> rows) {
        List<DayProfile.Step> steps = new ArrayList<>();
        for (List<String> row : rows) {
            OptionalDouble hour = row.size() == 2 ? hourOfDay(row.get(0)) : OptionalDouble.empty();
            if (hour.isEmpty() || (!steps.isEmpty() && hour.getAsDouble() <= last(steps))) {
                return new Reading.Wrong(
                        "%s: %s is no step of the day".formatted(spec.name(), row),
                        "write [time of day, number] with rising times, for example [6:30, 0.3].");
            }
            OptionalDouble value = number(row.get(1));
            if (value.isEmpty() || !isInside(spec, value.getAsDouble())) {
                return outside(spec, row.get(1));
            }
            steps.add(new DayProfile.Step(hour.getAsDouble(), value.getAsDouble()));
        }
        return steps.isEmpty()
                ? new Reading.Wrong(spec.name() + " is empty", "write a number, or a list of [time of day, number].")
                : new Reading.Fits(before.with(spec.name(), new DayProfile(steps)));
    }

    private static double last(List<DayProfile.Step> steps) {
        return steps.get(steps.size() - 1).fromHour();
    }

    private static Reading texts(Settings before, SettingSpec spec, List<List<String>> rows) {
        if (rows.stream().anyMatch(row -> row.size() != 1)) {
            return new Reading.Wrong("%s is no text".formatted(spec.name()), "write a text, or a list of texts.");
        }
        return new Reading.Fits(
                before.with(spec.name(), rows.stream().map(row -> row.get(0)).toList()));
    }

    private static boolean isInside(SettingSpec spec, double value) {
        return value >= spec.lower() && value <= spec.upper();
    }

    private static OptionalDouble number(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty(); // the caller says what was expected
        }
    }

    /** A time of day in hours, 0..24: {@code 6:30}, {@code 6.5 h}, {@code 390 min} or {@code 0}; a bare number would be a guess. */
    public static OptionalDouble hourOfDay(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        Matcher clock = CLOCK.matcher(text);
        Matcher hours = HOURS.matcher(text);
        double value;
        if (text.equals("0")) {
            value = 0;
        } else if (clock.matches() && Integer.parseInt(clock.group(2)) < MINUTES) {
            value = Integer.parseInt(clock.group(1)) + Integer.parseInt(clock.group(2)) / MINUTES;
        } else if (hours.matches()) {
            value = Double.parseDouble(hours.group(1)) / (hours.group(2).equals("h") ? 1 : MINUTES);
        } else {
            return OptionalDouble.empty();
        }
        return value < HOURS_OF_A_DAY ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
