package org.uatwin.informationmodel.plant;

import static org.uatwin.informationmodel.plant.Keys.choice;
import static org.uatwin.informationmodel.plant.Keys.key;
import static org.uatwin.informationmodel.plant.Keys.number;
import static org.uatwin.informationmodel.plant.Keys.section;

import java.util.List;
import org.uatwin.informationmodel.plant.Keys.Kind;

/** The keys by which a point says what is done with its values, and how it is computed from others. */
final class PointKeys {
    private PointKeys() {}

    private static Keys.Key any(String name, String fallback, String doc) {
        return number(name, Kind.NUMBER, -Double.MAX_VALUE, Double.MAX_VALUE, fallback, doc);
    }

    static Keys missing() {
        return new Keys(
                "missing",
                List.of(
                        key(
                                "values",
                                Kind.NUMBER_LIST,
                                "signals by which the device says that it has no value; NaN always"),
                        choice(
                                "then",
                                "bad",
                                "what comes in its place: nothing (Bad_SensorFailure), the last value, a declared one",
                                "bad",
                                "hold",
                                "replace"),
                        number("hold", Kind.DURATION, 0.01, 864_000, "10 s", "how long `hold` keeps the last value"),
                        any("replacement", "0", "value of `replace`, in the point's unit")));
    }

    static Keys scale() {
        return new Keys(
                "scale",
                List.of(
                        choice(
                                "curve",
                                "linear",
                                "straight line, or flow from differential pressure",
                                "linear",
                                "squareRoot"),
                        key("from", Kind.PAIR, "two signals, for example `[4, 20]`"),
                        key("to", Kind.PAIR, "the quantities they stand for"),
                        key("table", Kind.PAIRS, "instead of these: pairs of signal and quantity, signals rising")));
    }

    static Keys calibration() {
        return new Keys(
                "calibration",
                List.of(
                        key(
                                        "from",
                                        Kind.TEXT,
                                        "date (2026-03-01) or time (2026-03-01T08:00:00Z) from which it holds; UTC")
                                .required(),
                        any("gain", "1", "the value is multiplied by it; not 0"),
                        any("offset", "0", "then added, in the point's unit")));
    }

    static Keys spike() {
        return new Keys(
                "spike",
                List.of(
                        number(
                                        "limit",
                                        Kind.NUMBER,
                                        0,
                                        Double.MAX_VALUE,
                                        "",
                                        "distance from the median, in the point's unit")
                                .required(),
                        number("samples", Kind.INTEGER, 3, 31, "5", "believed values the median is of"),
                        number("confirm", Kind.INTEGER, 2, 100, "3", "spikes in a row that are a new level"),
                        choice("then", "flag", "the spike flagged, or the last believed value", "flag", "hold")));
    }

    static Keys rateLimit() {
        return new Keys(
                "rateLimit",
                List.of(
                        number("perSecond", Kind.NUMBER, 0, Double.MAX_VALUE, "", "fastest change, in the point's unit")
                                .required(),
                        choice("then", "flag", "flag the value, or let it follow at that rate", "flag", "limit")));
    }

    static Keys stuck() {
        return new Keys(
                "stuck",
                List.of(
                        number("after", Kind.DURATION, 0.1, 8_640_000, "", "time without movement")
                                .required(),
                        number("within", Kind.NUMBER, 0, Double.MAX_VALUE, "0", "movement that counts as none")));
    }

    static Keys clamp() {
        return new Keys(
                "clamp",
                List.of(
                        key("to", Kind.RANGE, "a value outside becomes the bound, flagged")
                                .required(),
                        number(
                                "tolerance",
                                Kind.NUMBER,
                                0,
                                Double.MAX_VALUE,
                                "0",
                                "excess up to which it stays Good")));
    }

    static Keys condition() {
        return new Keys(
                "condition",
                List.of(
                        choice("late", "pass", "samples older than the last one", "pass", "drop"),
                        choice("duplicates", "pass", "samples that came already", "pass", "drop"),
                        section("missing", Kind.SECTION, missing(), "what a missing value becomes"),
                        number(
                                "rollover",
                                Kind.NUMBER,
                                2,
                                0x1p53,
                                "",
                                "the counter begins again at 0 there, for example 65536"),
                        section("scale", Kind.SECTION, scale(), "from the signal to the quantity"),
                        key("unit", Kind.TEXT, "unit the device sends in; converted to the point's"),
                        section("calibration", Kind.SECTION_LIST, calibration(), "corrections by date"),
                        section("spike", Kind.SECTION, spike(), "values far from their neighbours"),
                        section("rateLimit", Kind.SECTION, rateLimit(), "values that change too fast"),
                        section("stuck", Kind.SECTION, stuck(), "values that do not move"),
                        section("clamp", Kind.SECTION, clamp(), "bounds"),
                        number("debounce", Kind.DURATION, 0.001, 3600, "", "how long a new value has to stay"),
                        number(
                                "align",
                                Kind.DURATION,
                                0.001,
                                86_400,
                                "",
                                "source times are whole multiples, one sample each"),
                        number("deadband", Kind.NUMBER, 0, Double.MAX_VALUE, "", "smaller changes are not passed on"),
                        number("deadbandPercent", Kind.NUMBER, 0, 100, "", "the same in percent of euRange")));
    }

    static Keys reduceTo() {
        return new Keys(
                "reduceTo",
                List.of(
                        key("min", Kind.TEXT, "point for the lowest value"),
                        key("max", Kind.TEXT, "point for the highest value"),
                        key("mean", Kind.TEXT, "point for the mean"),
                        key("rms", Kind.TEXT, "point for the root of the mean square"),
                        key("std", Kind.TEXT, "point for the same about the mean"),
                        key("crest", Kind.TEXT, "point for the largest distance from the mean, in std"),
                        key("kurtosis", Kind.TEXT, "point for the kurtosis; 3 for noise"),
                        key("count", Kind.TEXT, "point for the number of samples"),
                        key("bands", Kind.TEXT_LIST, "points for the bands' energies, one per band")));
    }

    static Keys reduce() {
        return new Keys(
                "reduce",
                List.of(
                        number("every", Kind.DURATION, 0.1, 86_400, "1 min", "length of an interval"),
                        number("sampleRate", Kind.NUMBER, 0.01, 1e7, "", "samples a second")
                                .required(),
                        key("bands", Kind.PAIRS, "frequency bands in Hz, `[[10, 100], [100, 500]]`"),
                        section("to", Kind.SECTION, reduceTo(), "points of the twin that get the numbers"),
                        key("waveform", Kind.TEXT, "array point that gets the last samples of an interval"),
                        choice("samples", "last", "what the channel's own point shows", "last", "all")));
    }

    static Keys vote() {
        return new Keys(
                "vote",
                List.of(
                        key("of", Kind.TEXT_LIST, "the sensors: points of this twin, or `twin/Point`")
                                .required(),
                        choice("method", "median", "median is 2oo3 of three", "median", "mean", "lowest", "highest"),
                        number(
                                "tolerance",
                                Kind.NUMBER,
                                0,
                                Double.MAX_VALUE,
                                "",
                                "distance a sensor may have from the vote"),
                        number(
                                "delay",
                                Kind.DURATION,
                                0,
                                3600,
                                "0 s",
                                "how long it has to be off to count as deviating"),
                        number("required", Kind.INTEGER, 1, 31, "", "agreeing sensors needed; default more than half"),
                        key("discrepancy", Kind.TEXT, "Boolean or integer point of the twin that shows who deviates")));
    }

    static Keys inference() {
        return new Keys(
                "inference",
                List.of(
                        key("model", Kind.FILE, "file of the model, for example an `.onnx`; relative to the plant file")
                                .required(),
                        key("of", Kind.TEXT_LIST, "its inputs in order: points of this twin, or `twin/Point`")
                                .required(),
                        number("every", Kind.DURATION, 0.1, 86_400, "1 s", "how often it is asked"),
                        number(
                                "window",
                                Kind.INTEGER,
                                1,
                                10_000,
                                "1",
                                "rows of a question, one each `every`, the newest last"),
                        key("output", Kind.TEXT, "name of its output; the first one if absent"),
                        number("element", Kind.INTEGER, 0, 1_000_000, "0", "which number of the output, from 0")));
    }

    static Keys wear() {
        return new Keys(
                "wear",
                List.of(
                        any(
                                "limit",
                                "",
                                "value at which the asset has failed, in the point's unit; default its alarm limit, where it"
                                        + " has limits on one side"),
                        key("failureMode", Kind.TEXT, "what has then happened; default the point's name"),
                        any("new", "", "what the point shows of a new part; default what it shows first"),
                        number(
                                "over",
                                Kind.DURATION,
                                60,
                                315_576_000,
                                "365 d",
                                "how far back the past counts, but not beyond the last maintenance")));
    }

    static Keys detect() {
        return new Keys(
                "detect",
                List.of(
                        number(
                                "every",
                                Kind.DURATION,
                                1,
                                86_400,
                                "1 min",
                                "how often it is looked at: the mean of the time since"),
                        number(
                                "memory",
                                Kind.INTEGER,
                                100,
                                20_000,
                                "3000",
                                "values of the past that count; 120 bytes each"),
                        number(
                                "limit",
                                Kind.NUMBER,
                                1,
                                100,
                                "8",
                                "strangeness that is an alarm; 5.4 finds more, and has more false alarms"),
                        number(
                                "rest",
                                Kind.DURATION,
                                0,
                                2_592_000,
                                "2 h",
                                "after an alarm: no other one, unless it is twice as strange")));
    }

    static Keys follow() {
        return new Keys(
                "follow",
                List.of(
                        key("expression", Kind.TEXT, "what is written: a point, or an expression")
                                .required(),
                        number("every", Kind.DURATION, 0.01, 86_400, "1 s", "shortest time between two writes"),
                        number("deadband", Kind.NUMBER, 0, Double.MAX_VALUE, "0", "smaller changes are not written")));
    }

    /** Of one point of a twin type. Made after the sections it names. */
    static Keys point() {
        return new Keys(
                "point",
                List.of(
                        key("name", Kind.LOCALIZED, "shown name; default the point's name"),
                        key("description", Kind.LOCALIZED, "what it measures, and where"),
                        choice(
                                "kind",
                                "",
                                "default: states -> multi-state; Boolean -> two-state; unit and euRange -> analog; unit"
                                        + " alone -> counter; else plain",
                                "analog",
                                "counter",
                                "two-state",
                                "multi-state",
                                "waveform",
                                "plain"),
                        choice(
                                "type",
                                "",
                                "data type; default Double, for counters UInt64, two-state Boolean, multi-state Int32,"
                                        + " plain String",
                                "Boolean",
                                "SByte",
                                "Byte",
                                "Int16",
                                "UInt16",
                                "Int32",
                                "UInt32",
                                "Int64",
                                "UInt64",
                                "Float",
                                "Double",
                                "String",
                                "DateTime"),
                        number("array", Kind.INTEGER, 1, 65_536, "", "number of elements; left out: one value"),
                        key("unit", Kind.TEXT, "unit as symbol (`m3/h`) or UNECE code (`MQH`)"),
                        key("euRange", Kind.RANGE, "usual range in that unit; values outside are legal"),
                        key("instrumentRange", Kind.RANGE, "what the sensor can show"),
                        key("validity", Kind.RANGE, "a value outside is a failed sensor"),
                        section("limits", Kind.SECTION, Keys.POINT_LIMITS, "warning and alarm limits, rising"),
                        key("writable", Kind.BOOLEAN, "a setpoint: clients may write it")
                                .orElse("false"),
                        section(
                                "condition",
                                Kind.SECTION_OR_NONE,
                                Keys.CONDITION,
                                "what is done with its values; a binding may override single steps"),
                        section(
                                "reduce",
                                Kind.SECTION,
                                Keys.REDUCE,
                                "a fast channel is reduced to a few numbers an interval"),
                        section(
                                "vibration",
                                Kind.SECTION,
                                VibrationKeys.VIBRATION,
                                "a waveform of acceleration is analysed; the results are points of the type"),
                        section("wear", Kind.SECTION_OR_NONE, Keys.WEAR, "it goes one way until the asset fails"),
                        section("detect", Kind.SECTION_OR_NONE, Keys.DETECT, "it is compared with its own past"),
                        key("expression", Kind.TEXT, "computed from other points, unless a twin binds it"),
                        section(
                                "vote",
                                Kind.SECTION,
                                Keys.VOTE,
                                "one value from redundant sensors, unless a twin binds it"),
                        section(
                                "inference",
                                Kind.SECTION,
                                Keys.INFERENCE,
                                "computed by a model of your own, unless a twin binds it"),
                        key("trueText", Kind.LOCALIZED, "text of TRUE (two-state)"),
                        key("falseText", Kind.LOCALIZED, "text of FALSE (two-state)"),
                        key("states", Kind.ENUM_TEXTS, "texts by value (multi-state)"),
                        key("group", Kind.TEXT, "functional group it is shown in")
                                .orElse("Operational"),
                        key("historized", Kind.BOOLEAN, "whether the historian keeps it")
                                .orElse("true")));
    }

    /** Of one point of a twin. */
    static Keys binding() {
        return new Keys(
                "binding",
                List.of(
                        key("address", Kind.TEXT, "address, see below; or one of `value`, `expression`, `vote`"),
                        key("value", Kind.VALUE, "a constant instead of an address"),
                        key("device", Kind.TEXT, "`connection/device`; default the twin's"),
                        key("poll", Kind.TEXT, "poll group; default the twin's"),
                        key("type", Kind.TEXT, "register type, as in the address"),
                        section("order", Kind.ORDER, Keys.ORDER, "byte order; default the device's"),
                        number(
                                "scale",
                                Kind.NUMBER,
                                -Double.MAX_VALUE,
                                Double.MAX_VALUE,
                                "1",
                                "the raw value is multiplied by it; not 0"),
                        number("offset", Kind.NUMBER, -Double.MAX_VALUE, Double.MAX_VALUE, "0", "added after scaling"),
                        section(
                                "condition",
                                Kind.SECTION_OR_NONE,
                                Keys.CONDITION,
                                "steps that differ from the type's; `none`: no step at all"),
                        section(
                                "reduce",
                                Kind.SECTION,
                                Keys.REDUCE,
                                "a fast channel is reduced to a few numbers an interval"),
                        section(
                                "vibration",
                                Kind.SECTION,
                                VibrationKeys.VIBRATION,
                                "what differs from the type's analysis of this waveform"),
                        section(
                                "wear",
                                Kind.SECTION_OR_NONE,
                                Keys.WEAR,
                                "keys of `wear` that differ from the type's; `none`: no wear"),
                        section(
                                "detect",
                                Kind.SECTION_OR_NONE,
                                Keys.DETECT,
                                "keys of `detect` that differ from the type's; `none`: not compared"),
                        key("expression", Kind.TEXT, "computed from other points instead of an address"),
                        section(
                                "vote",
                                Kind.SECTION,
                                Keys.VOTE,
                                "one value from redundant sensors instead of an address"),
                        section(
                                "inference",
                                Kind.SECTION,
                                Keys.INFERENCE,
                                "computed by a model of your own instead of an address"),
                        section(
                                "follow",
                                Kind.SECTION,
                                PointKeys.follow(),
                                "the setpoint is written whenever what it follows changes")));
    }
}
