package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of one kind of section, declared once: the reader refuses others and takes ranges and defaults from here,
 * the JSON Schema and the reference page are made from here.
 */
public final class Keys {
    /** What a value is. Protocols declare theirs with {@link SettingKeys}. */
    public enum Kind {
        TEXT,
        /** A text that is a reference to a file or an environment variable. */
        SECRET,
        /** A file that can be read, relative to the plant file. */
        FILE,
        /** A text, or one per language. */
        LOCALIZED,
        INTEGER,
        NUMBER,
        BOOLEAN,
        /** A number and a unit of time; the bounds are in seconds. */
        DURATION,
        CHOICE,
        /** An amount and the code of its currency. */
        MONEY,
        /** The same for every hour. */
        MONEY_PER_HOUR,
        /** Two rising numbers. */
        RANGE,
        SECTION,
        /** Names with a section each. */
        SECTIONS,
        /** A list of sections. */
        SECTION_LIST,
        TEXT_LIST,
        /** Names with a number each. */
        NUMBERS,
        TABLES,
        /** One number, or a list of them. */
        NUMBER_LIST,
        /** Two numbers, in any order. */
        PAIR,
        /** A list of pairs of numbers. */
        PAIRS,
        /** A section, or {@code none}. */
        SECTION_OR_NONE,
        /** A section, or a text that names one. */
        NAME_OR_SECTION,
        /** A section, or a truth value. */
        SECTION_OR_BOOLEAN,
        /** Whole numbers with a text each. */
        ENUM_TEXTS,
        /** Letters such as CDAB or a section. */
        ORDER,
        /** A period or a section. */
        POLL_GROUPS,
        /** Names of points with an address text or a section each. */
        BINDINGS,
        /** A text, number or truth value, or a list of them. */
        VALUE,
        METHODS
    }

    /**
     * One key.
     *
     * @param low smallest number allowed (seconds for durations).
     * @param high largest number allowed.
     * @param choices allowed texts of a CHOICE.
     * @param section keys of the section or sections below; null for values.
     * @param fallback default as it would be written; empty if there is none.
     */
    public record Key(
            String name,
            Kind kind,
            double low,
            double high,
            List<String> choices,
            Optional<Keys> section,
            String fallback,
            boolean isRequired,
            String doc) {
        /** The same key with that default. */
        public Key orElse(String text) {
            return new Key(name, kind, low, high, choices, section, text, isRequired, doc);
        }

        /** The same key, without which the section is an error. */
        public Key required() {
            return new Key(name, kind, low, high, choices, section, fallback, true, doc);
        }
    }

    private final String name;
    private final Map<String, Key> byName = new LinkedHashMap<>();

    /** Keys of a kind of section, in the order they are documented; {@code name} is what messages call it. */
    public static Keys of(String name, Key... keys) {
        return new Keys(name, List.of(keys));
    }

    Keys(String name, List<Key> keys) {
        this.name = name;
        keys.forEach(key -> byName.put(key.name(), key));
    }

    public String name() {
        return name;
    }

    public Iterable<Key> all() {
        return byName.values();
    }

    List<String> names() {
        return new ArrayList<>(byName.keySet());
    }

    boolean has(String key) {
        return byName.containsKey(key);
    }

    Key get(String key) {
        Key found = byName.get(key);
        if (found == null) {
            throw new IllegalArgumentException("section " + name + " has no key " + key);
        }
        return found;
    }

    static Key key(String name, Kind kind, String doc) {
        return new Key(name, kind, 0, 0, List.of(), Optional.empty(), "", false, doc);
    }

    static Key number(String name, Kind kind, double low, double high, String fallback, String doc) {
        return new Key(name, kind, low, high, List.of(), Optional.empty(), fallback, false, doc);
    }

    static Key choice(String name, String fallback, String doc, String... choices) {
        return new Key(name, Kind.CHOICE, 0, 0, List.of(choices), Optional.empty(), fallback, false, doc);
    }

    static Key section(String name, Kind kind, Keys keys, String doc) {
        return new Key(name, kind, 0, 0, List.of(), Optional.of(keys), "", false, doc);
    }

    static final Keys SERVER = new Keys(
            "server",
            List.of(
                    key("host", Kind.TEXT, "name or address in the endpoint URL and the certificate")
                            .orElse("localhost"),
                    number("port", Kind.INTEGER, 0, 65_535, "4840", "TCP port; 0 takes a free one"),
                    key("path", Kind.TEXT, "path of the endpoint URL, begins with a slash")
                            .orElse("/uatwin"),
                    key("securityNone", Kind.BOOLEAN, "whether an endpoint without security is offered")
                            .orElse("false"),
                    choice(
                            "anonymous",
                            "",
                            "role of a session without a user; left out: anonymous sessions are refused",
                            "Observer",
                            "Operator",
                            "Engineer",
                            "ConfigureAdmin",
                            "SecurityAdmin"),
                    key("applicationUri", Kind.TEXT, "replaces the URI made in the data directory"),
                    key("locales", Kind.TEXT_LIST, "languages of the texts in this file, the default first")
                            .orElse("[en]"),
                    choice(
                            "history",
                            "disk",
                            "where past values are kept: files in the data directory, a ring in memory, nowhere",
                            "disk",
                            "memory",
                            "none"),
                    number(
                            "historyRetention",
                            Kind.DURATION,
                            86_400,
                            3_153_600_000.0,
                            "365 d",
                            "how long they are kept on disk; they leave by whole UTC days"),
                    number(
                            "historyGigabytes",
                            Kind.NUMBER,
                            0.001,
                            1_000_000,
                            "20",
                            "the most they take on disk (10^9 bytes); beyond, the oldest days leave first"),
                    number(
                            "historyInMemory",
                            Kind.DURATION,
                            0,
                            86_400,
                            "1 h",
                            "how long they are kept in memory; without `history` it means `history: memory`, 0 s none"),
                    number(
                            "maxConnections",
                            Kind.INTEGER,
                            10,
                            10_000,
                            "250",
                            "open connections, also from this machine; one more closes the oldest without a session"),
                    number(
                            "synchronisation",
                            Kind.DURATION,
                            0,
                            60,
                            "1 s",
                            "step in which twins with a model follow their assets, 100 ms or more; 0 s: they do not"),
                    number(
                            "runsKept",
                            Kind.INTEGER,
                            0,
                            10_000,
                            "100",
                            "finished runs that are remembered, over a restart too; the oldest go first"),
                    number(
                            "runsKeptFor",
                            Kind.DURATION,
                            0,
                            31_536_000,
                            "24 h",
                            "how long a finished run is remembered"),
                    number(
                            "runsMegabytes",
                            Kind.INTEGER,
                            0,
                            100_000,
                            "64",
                            "what the results of finished runs may take; the oldest go first")));

    static final Keys BACK_OFF = new Keys(
            "backOff",
            List.of(
                    number("first", Kind.DURATION, 0.01, 3600, "500 ms", "wait before the first reconnect"),
                    number("largest", Kind.DURATION, 0.01, 3600, "10 s", "the wait doubles up to this")));

    static final Keys LIMITS = new Keys(
            "limits",
            List.of(
                    number("registersPerRead", Kind.INTEGER, 1, 125, "125", "registers in one read"),
                    number("bitsPerRead", Kind.INTEGER, 1, 2000, "2000", "coils or discrete inputs in one read"),
                    number("registersPerWrite", Kind.INTEGER, 1, 123, "123", "registers in one write"),
                    number("coilsPerWrite", Kind.INTEGER, 1, 1968, "1968", "coils in one write"),
                    number("gap", Kind.INTEGER, 0, 125, "8", "unwanted registers read to join two blocks"),
                    number("bitGap", Kind.INTEGER, 0, 2000, "64", "the same for coils and discrete inputs"),
                    key("forbidden", Kind.TEXT_LIST, "what no request may touch, for example `holding 100-110`")));

    static final Keys ORDER = new Keys(
            "order",
            List.of(
                    choice("words", "as is", "order of the registers of one value", "as is", "reversed"),
                    choice("bytes", "as is", "order of the two bytes of a register", "as is", "swapped")));

    static final Keys DEVICE = new Keys(
            "device",
            List.of(
                    number("unit", Kind.INTEGER, 0, 255, "", "unit id; 1..247 on a serial line")
                            .required(),
                    section("limits", Kind.SECTION, LIMITS, "what the device takes in one request"),
                    number(
                            "demoteAfter",
                            Kind.INTEGER,
                            1,
                            1000,
                            "3",
                            "failed polls in a row after which the device is only probed"),
                    section("order", Kind.ORDER, ORDER, "byte order of its values, default the connection's")));

    static final Keys POLL_GROUP = new Keys(
            "pollGroup",
            List.of(
                    number("period", Kind.DURATION, 0.01, 86_400, "", "how often the points are read")
                            .required(),
                    number(
                            "hold",
                            Kind.DURATION,
                            0.01,
                            864_000,
                            "",
                            "how long the last value stays usable without an answer; default 3 periods")));

    static final Keys CONNECTION = new Keys(
            "connection",
            List.of(
                    choice(
                            "protocol",
                            "modbus-tcp",
                            "how frames travel",
                            "modbus-tcp",
                            "modbus-rtu-over-tcp",
                            "modbus-rtu"),
                    key("host", Kind.TEXT, "name or address (TCP protocols; required there)"),
                    number("port", Kind.INTEGER, 1, 65_535, "502", "TCP port"),
                    key("serialPort", Kind.TEXT, "name of the serial port (modbus-rtu; required there)"),
                    choice(
                            "baudRate",
                            "19200",
                            "bits a second (modbus-rtu)",
                            "1200",
                            "2400",
                            "4800",
                            "9600",
                            "19200",
                            "38400",
                            "57600",
                            "115200",
                            "230400"),
                    choice("dataBits", "8", "bits a character (modbus-rtu); RTU needs 8", "7", "8"),
                    choice("parity", "even", "parity (modbus-rtu)", "none", "even", "odd"),
                    choice("stopBits", "1", "stop bits (modbus-rtu)", "1", "2"),
                    number("timeout", Kind.DURATION, 0.01, 60, "1 s", "wait for one answer"),
                    number("tries", Kind.INTEGER, 1, 10, "2", "requests sent before a poll counts as failed"),
                    section("backOff", Kind.SECTION, BACK_OFF, "waits between reconnects"),
                    number("demotionPeriod", Kind.DURATION, 0.1, 3600, "10 s", "how often a demoted device is probed"),
                    choice("writeMode", "all", "what happens to writes that wait", "all", "latest-only"),
                    choice("addressing", "zero-based", "how addresses are written", "zero-based", "manual"),
                    section("order", Kind.ORDER, ORDER, "byte order of values of several registers"),
                    section(
                            "pollGroups",
                            Kind.POLL_GROUPS,
                            POLL_GROUP,
                            "periods by name; `normal` (1 s) is there if none is declared"),
                    section("devices", Kind.SECTIONS, DEVICE, "devices behind the wire by name")
                            .required()));

    static final Keys POINT_LIMITS = new Keys(
            "pointLimits",
            List.of(
                    number("highHigh", Kind.NUMBER, -Double.MAX_VALUE, Double.MAX_VALUE, "", "limit HighHigh"),
                    number("high", Kind.NUMBER, -Double.MAX_VALUE, Double.MAX_VALUE, "", "limit High"),
                    number("low", Kind.NUMBER, -Double.MAX_VALUE, Double.MAX_VALUE, "", "limit Low"),
                    number("lowLow", Kind.NUMBER, -Double.MAX_VALUE, Double.MAX_VALUE, "", "limit LowLow")));

    static final Keys CONDITION = PointKeys.condition();

    static final Keys REDUCE = PointKeys.reduce();

    static final Keys VOTE = PointKeys.vote();

    static final Keys INFERENCE = PointKeys.inference();

    static final Keys WEAR = PointKeys.wear();

    static final Keys DETECT = PointKeys.detect();

    static final Keys POINT = PointKeys.point();

    static final Keys RATING = new Keys(
            "rating",
            List.of(
                    key("name", Kind.LOCALIZED, "shown name; default the rating's name"),
                    key("description", Kind.LOCALIZED, "what it says"),
                    key("unit", Kind.TEXT, "unit as symbol or UNECE code").required(),
                    number(
                            "value",
                            Kind.NUMBER,
                            -Double.MAX_VALUE,
                            Double.MAX_VALUE,
                            "",
                            "the type's value; left out: every twin must give one"),
                    key("range", Kind.RANGE, "allowed values")));

    static final Keys TASK = MaintenanceKeys.task();

    static final Keys MAINTENANCE = MaintenanceKeys.asset(TASK);

    static final Keys PLANT_MAINTENANCE = MaintenanceKeys.plant(TASK);

    static final Keys TYPE = new Keys(
            "type",
            List.of(
                    key("version", Kind.TEXT, "major.minor.patch; removing or changing a member raises the major")
                            .required(),
                    choice(
                            "level",
                            "",
                            "default the extended type's, else asset",
                            "component",
                            "asset",
                            "system",
                            "process"),
                    key("extends", Kind.TEXT, "type whose members it takes over"),
                    key("name", Kind.LOCALIZED, "shown name; default the type's name"),
                    key("description", Kind.LOCALIZED, "what it is"),
                    key("model", Kind.TEXT, "simulation model behind its methods; default the extended type's"),
                    section(
                            "maintenance",
                            Kind.SECTION_OR_BOOLEAN,
                            MAINTENANCE,
                            "whether the server watches the health of its twins, and what their maintenance takes and"
                                    + " costs (then it does); default the extended type's, else whether it has a"
                                    + " model, or a point has `wear`, `detect` or `vibration`"),
                    section(
                            "points",
                            Kind.SECTIONS,
                            POINT,
                            "points by name; those of the extended type may be refined"),
                    key("methods", Kind.METHODS, "methods it offers"),
                    section("ratings", Kind.SECTIONS, RATING, "rated values by name")));

    static final Keys IDENTIFICATION = new Keys(
            "identification",
            List.of(
                    key("manufacturer", Kind.LOCALIZED, "maker").orElse("unknown"),
                    key("serialNumber", Kind.TEXT, "default the twin id"),
                    key("productInstanceUri", Kind.TEXT, "globally unique; default made of site id and twin id"),
                    key("model", Kind.LOCALIZED, "model name of the maker"),
                    key("productCode", Kind.TEXT, "order number"),
                    key("hardwareRevision", Kind.TEXT, "revision of the hardware"),
                    key("softwareRevision", Kind.TEXT, "revision of the software"),
                    key("assetId", Kind.TEXT, "number in the owner's books"),
                    key("location", Kind.TEXT, "where it stands"),
                    number("yearOfConstruction", Kind.INTEGER, 1800, 2200, "", "year")));

    static final Keys BASE = new Keys(
            "base",
            List.of(
                    number("coil", Kind.INTEGER, 0, 65_535, "0", "added to offsets of coils"),
                    number("discrete", Kind.INTEGER, 0, 65_535, "0", "added to offsets of discrete inputs"),
                    number("input", Kind.INTEGER, 0, 65_535, "0", "added to offsets of input registers"),
                    number("holding", Kind.INTEGER, 0, 65_535, "0", "added to offsets of holding registers")));

    static final Keys BINDING = PointKeys.binding();

    static final Keys SETPOINT = ControlKeys.setpoint();

    static final Keys INTERLOCK = ControlKeys.interlock();

    static final Keys APPLY = ControlKeys.apply();

    static final Keys AUTOMATIC = ControlKeys.automatic();

    static final Keys TWIN = new Keys(
            "twin",
            List.of(
                    key("id", Kind.TEXT, "id of one twin: letters, digits, `_ . -`"),
                    key("ids", Kind.TEXT, "a range of ids: `pump-{001..500}`"),
                    key("table", Kind.TEXT, "a CSV file with a column `id`, relative to this file"),
                    key("type", Kind.TEXT, "twin type").required(),
                    key("name", Kind.LOCALIZED, "shown name; default the id"),
                    key("description", Kind.LOCALIZED, "what it is for"),
                    key("area", Kind.TEXT, "ISA-95 area"),
                    key("line", Kind.TEXT, "ISA-95 line; needs an area"),
                    key("parent", Kind.TEXT, "id of the twin it is part of"),
                    key("aliases", Kind.TEXT_LIST, "former ids that stay resolvable"),
                    key("device", Kind.TEXT, "`connection/device` its points are read from"),
                    key("poll", Kind.TEXT, "poll group; default the connection's first"),
                    section("identification", Kind.SECTION, IDENTIFICATION, "name plate"),
                    key("ratings", Kind.NUMBERS, "rated values that differ from the type's"),
                    key("model", Kind.NUMBERS, "parameters of the simulation model that differ from its defaults"),
                    key(
                            "modelTables",
                            Kind.TABLES,
                            "tables of the simulation model by name: CSV files, relative to this file"),
                    key("follow", Kind.BOOLEAN, "whether its model is brought in line with what is measured")
                            .orElse("true"),
                    section(
                            "maintenance",
                            Kind.SECTION,
                            MAINTENANCE,
                            "what its maintenance takes and costs, where that differs from its type's"),
                    section("base", Kind.SECTION, BASE, "offsets of addresses count from here"),
                    section("points", Kind.BINDINGS, BINDING, "addresses by point name"),
                    section("setpoints", Kind.SECTIONS, SETPOINT, "what may be sent, by name of the setpoint"),
                    section("interlocks", Kind.SECTION_LIST, INTERLOCK, "conditions without which nothing is sent"),
                    section("apply", Kind.SECTION, APPLY, "who may apply recommendations, and how"),
                    section("automatic", Kind.SECTION, AUTOMATIC, "the twin may send setpoints by itself")));

    static final Keys ROOT = new Keys(
            "plant file",
            List.of(
                    number("uatwin", Kind.INTEGER, 1, 1, "", "major version of the file's form; the first key")
                            .required(),
                    key("siteId", Kind.TEXT, "identity of the site, never changed: letters, digits, `_ . -`")
                            .required(),
                    key("name", Kind.LOCALIZED, "shown name; default the site id"),
                    section("server", Kind.SECTION, SERVER, "the OPC UA server"),
                    section(
                            "maintenance",
                            Kind.SECTION,
                            PLANT_MAINTENANCE,
                            "crews, calendars and costs that plans of maintenance are made of"),
                    section("connections", Kind.SECTIONS, CONNECTION, "wires to devices by name"),
                    section("types", Kind.SECTIONS, TYPE, "own twin types by name"),
                    section("twins", Kind.SECTION_LIST, TWIN, "the twins")));
}
