package org.uatwin.simulation.objective;

import org.uatwin.simulation.system.Port;

/**
 * Something a user may set about an objective: a limit, a weight, a tariff.
 *
 * @param name PascalCase, unique within the objective.
 * @param kind form of its value.
 * @param unit symbol of numbers; empty for pure numbers and texts.
 * @param defaultValue of numbers and profiles; NaN = follows from the twin.
 * @param defaultText of texts.
 * @param lower smallest number.
 * @param upper largest number.
 * @param meaning one phrase; says what the default is where it follows from the twin.
 */
public record SettingSpec(
        String name,
        Kind kind,
        String unit,
        double defaultValue,
        String defaultText,
        double lower,
        double upper,
        String meaning) {
    /** Forms of values. */
    public enum Kind {
        /** One number. */
        NUMBER,
        /** A number, or steps over the time of day: a list of [time of day, number]. */
        PROFILE,
        /** A text, or a list of them. */
        TEXT
    }

    /** The default for people; empty when it follows from the twin. */
    public String defaultValueText() {
        if (kind == Kind.TEXT) {
            return defaultText;
        }
        return Double.isNaN(defaultValue) ? "" : Port.number(defaultValue);
    }

    /** A number. */
    public static SettingSpec number(
            String name, String unit, double defaultValue, double lower, double upper, String meaning) {
        return new SettingSpec(name, Kind.NUMBER, unit, defaultValue, "", lower, upper, meaning);
    }

    /** Steps over the day. */
    public static SettingSpec profile(
            String name, String unit, double defaultValue, double lower, double upper, String meaning) {
        return new SettingSpec(name, Kind.PROFILE, unit, defaultValue, "", lower, upper, meaning);
    }

    /** A text; several are a list. */
    public static SettingSpec text(String name, String defaultText, String meaning) {
        return new SettingSpec(name, Kind.TEXT, "", Double.NaN, defaultText, 0, 0, meaning);
    }
}
