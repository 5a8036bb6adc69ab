package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Declares the keys of a protocol: {@code Keys.of("mqtt connection", SettingKeys.text("url", "...").required(), ...)}.
 * A default is written as in the file; the empty text means there is none.
 */
public final class SettingKeys {
    /** Keys of a point that only registers need; every other one is everyone's. */
    private static final Set<String> OF_MODBUS = Set.of("type", "order", "scale", "offset");

    private SettingKeys() {}

    private static Keys.Key plain(String name, Keys.Kind kind, String fallback, String doc) {
        return new Keys.Key(name, kind, 0, 0, List.of(), Optional.empty(), fallback, false, doc);
    }

    public static Keys.Key text(String name, String fallback, String doc) {
        return plain(name, Keys.Kind.TEXT, fallback, doc);
    }

    public static Keys.Key bool(String name, boolean fallback, String doc) {
        return plain(name, Keys.Kind.BOOLEAN, Boolean.toString(fallback), doc);
    }

    /** A whole number from {@code low} to {@code high}. */
    public static Keys.Key integer(String name, int low, int high, String fallback, String doc) {
        return new Keys.Key(name, Keys.Kind.INTEGER, low, high, List.of(), Optional.empty(), fallback, false, doc);
    }

    public static Keys.Key number(String name, String fallback, String doc) {
        return plain(name, Keys.Kind.NUMBER, fallback, doc);
    }

    /** A time from {@code low} to {@code high} seconds. */
    public static Keys.Key duration(String name, double low, double high, String fallback, String doc) {
        return new Keys.Key(name, Keys.Kind.DURATION, low, high, List.of(), Optional.empty(), fallback, false, doc);
    }

    public static Keys.Key choice(String name, String fallback, String doc, String... choices) {
        return new Keys.Key(name, Keys.Kind.CHOICE, 0, 0, List.of(choices), Optional.empty(), fallback, false, doc);
    }

    /** A text or a list of texts. */
    public static Keys.Key texts(String name, String doc) {
        return plain(name, Keys.Kind.TEXT_LIST, "", doc);
    }

    /** Taken from {@code ${file:...}} or {@code ${env:...}}; anything else is refused. */
    public static Keys.Key secret(String name, String doc) {
        return plain(name, Keys.Kind.SECRET, "", doc);
    }

    /** A file that can be read, relative to the plant file. */
    public static Keys.Key file(String name, String doc) {
        return plain(name, Keys.Kind.FILE, "", doc);
    }

    public static Keys.Key section(String name, Keys keys, String doc) {
        return new Keys.Key(name, Keys.Kind.SECTION, 0, 0, List.of(), Optional.of(keys), "", false, doc);
    }

    /** Names with a section each. */
    public static Keys.Key sections(String name, Keys keys, String doc) {
        return new Keys.Key(name, Keys.Kind.SECTIONS, 0, 0, List.of(), Optional.of(keys), "", false, doc);
    }

    /** All keys of a connection of that protocol. */
    static Keys connection(ProtocolSyntax syntax) {
        List<Keys.Key> keys = new ArrayList<>();
        keys.add(choice("protocol", "", "which adapter reads it", syntax.names().toArray(String[]::new))
                .required());
        syntax.connectionKeys().all().forEach(keys::add);
        if (syntax.isPolled()) {
            keys.add(Keys.CONNECTION.get("pollGroups"));
        }
        syntax.deviceKeys().ifPresent(device -> keys.add(sections("devices", device, "devices behind it by name")));
        return Keys.of(syntax.connectionKeys().name(), keys.toArray(Keys.Key[]::new));
    }

    /** All keys of a point's section with that protocol. */
    static Keys point(ProtocolSyntax syntax) {
        List<Keys.Key> keys = new ArrayList<>();
        for (Keys.Key key : Keys.BINDING.all()) {
            boolean isOfModbus = OF_MODBUS.contains(key.name());
            if (!isOfModbus && (syntax.isPolled() || !key.name().equals("poll"))) {
                keys.add(key);
            }
        }
        syntax.pointKeys().all().forEach(keys::add);
        for (String common : List.of("condition", "reduce", "vibration", "expression", "vote", "inference", "follow")) {
            keys.add(Keys.BINDING.get(common));
        }
        return Keys.of(syntax.pointKeys().name(), keys.toArray(Keys.Key[]::new));
    }
}
