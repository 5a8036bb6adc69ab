package org.uatwin.simulation.objective;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of an objective's settings: those given, else the defaults. Immutable. */
public final class Settings {
    private final ObjectiveSpec spec;
    private final Map<String, DayProfile> numbers;
    private final Map<String, List<String>> texts;

    private Settings(ObjectiveSpec spec, Map<String, DayProfile> numbers, Map<String, List<String>> texts) {
        this.spec = spec;
        this.numbers = Map.copyOf(numbers);
        this.texts = Map.copyOf(texts);
    }

    /** Nothing is given. */
    public static Settings defaults(ObjectiveSpec spec) {
        return new Settings(spec, Map.of(), Map.of());
    }

    /** These with one number given; checked against its range by who reads it. */
    public Settings with(String name, double value) {
        return with(name, DayProfile.constant(value));
    }

    /** These with one profile given. */
    public Settings with(String name, DayProfile profile) {
        require(name, false);
        Map<String, DayProfile> more = new LinkedHashMap<>(numbers);
        more.put(name, profile);
        return new Settings(spec, more, texts);
    }

    /** These with one text given, or a list of them. */
    public Settings with(String name, List<String> values) {
        require(name, true);
        Map<String, List<String>> more = new LinkedHashMap<>(texts);
        more.put(name, List.copyOf(values));
        return new Settings(spec, numbers, more);
    }

    private SettingSpec require(String name, boolean isText) {
        SettingSpec setting = spec.setting(name)
                .orElseThrow(() -> new IllegalArgumentException(spec.name() + " has no setting " + name));
        if ((setting.kind() == SettingSpec.Kind.TEXT) != isText) {
            throw new IllegalArgumentException(name + " is a " + setting.kind());
        }
        return setting;
    }

    /** Whether the user has said something about it. */
    public boolean isGiven(String name) {
        return numbers.containsKey(name) || texts.containsKey(name);
    }

    /** A number; NaN when it is left to the twin. */
    public double number(String name) {
        SettingSpec setting = require(name, false);
        DayProfile given = numbers.get(name);
        return given == null ? setting.defaultValue() : given.at(0);
    }

    /** A number, else what follows from the twin. */
    public double number(String name, double otherwise) {
        double value = number(name);
        return Double.isNaN(value) ? otherwise : value;
    }

    /** A profile over the day. */
    public DayProfile profile(String name) {
        SettingSpec setting = require(name, false);
        DayProfile given = numbers.get(name);
        return given == null ? DayProfile.constant(setting.defaultValue()) : given;
    }

    /** A text. */
    public String text(String name) {
        List<String> all = texts(name);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** All texts of a setting. */
    public List<String> texts(String name) {
        SettingSpec setting = require(name, true);
        List<String> given = texts.get(name);
        if (given != null) {
            return given;
        }
        return setting.defaultText().isEmpty() ? List.of() : List.of(setting.defaultText());
    }
}
