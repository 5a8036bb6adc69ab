package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.EngineeringUnit;
import org.uatwin.informationmodel.type.EnumText;
import org.uatwin.informationmodel.type.Limits;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.MemberName;
import org.uatwin.informationmodel.type.PointKind;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.ValueType;

/** Reads one point of a twin type; what is left out comes from the point it refines, or from the kind. */
final class PointReader {
    private final Section.Context context;

    PointReader(Section.Context context) {
        this.context = context;
    }

    Optional<Member.Point> read(String name, String type, Yaml node, Member.@Nullable Point base) {
        Optional<Section> found = Section.of(context, Keys.POINT, node, Template.Scope.NONE, type + "/" + name);
        if (found.isEmpty() || !MemberName.isValid(name)) {
            return Optional.empty();
        }
        Section s = found.get();
        int before = s.findings().errorCount();
        Optional<EngineeringUnit> unit = s.has("unit") ? unit(s) : inherit(base, Member.Point::unit);
        Optional<Range> euRange = s.range("euRange").or(() -> inherit(base, Member.Point::euRange));
        List<EnumText> states = s.has("states") ? states(s) : base == null ? List.of() : base.enumTexts();
        PointKind kind = kind(s, base, unit, euRange, states);
        ValueType dataType = dataType(s, base, kind);
        checkKind(s, base, kind, dataType, unit, euRange, states);
        Optional<Range> validity = s.range("validity").or(() -> inherit(base, Member.Point::validity));
        Limits limits = limits(s, base, euRange, validity);
        int array = s.optionalInteger("array").orElse(base == null ? 0 : base.arrayLength());
        if (base != null && array != base.arrayLength()) {
            s.error("array", "%s has %d elements in the extended type".formatted(name, base.arrayLength()))
                    .fix("remove array; a refined point keeps its shape.");
        }
        String group = s.has("group") ? s.text("group", "Operational") : base == null ? "Operational" : base.group();
        if (!MemberName.isValid(group)) {
            s.error("group", "\"%s\" is no group name".formatted(group))
                    .fix("use ASCII letters and digits, for example Operational, Configuration or Diagnostics.");
        }
        if (s.findings().errorCount() > before) {
            return Optional.empty();
        }
        Text displayName = localized(s, "name", base == null ? Text.of(name) : base.displayName());
        boolean isTwoState = kind == PointKind.TWO_STATE;
        return Optional.of(new Member.Point(
                name,
                displayName,
                localized(s, "description", base == null ? Text.EMPTY : base.description()),
                kind,
                dataType,
                array,
                unit,
                euRange,
                s.range("instrumentRange").or(() -> inherit(base, Member.Point::instrumentRange)),
                validity,
                limits,
                s.has("writable") ? s.bool("writable") : base != null && base.isWritable(),
                isTwoState ? localized(s, "trueText", base == null ? Text.of("True") : base.trueState()) : Text.EMPTY,
                isTwoState
                        ? localized(s, "falseText", base == null ? Text.of("False") : base.falseState())
                        : Text.EMPTY,
                states,
                group,
                s.has("historized") ? s.bool("historized") : base == null || base.isHistorized()));
    }

    private static Text localized(Section s, String key, Text fallback) {
        Text text = s.localized(key);
        return text.isEmpty() ? fallback : text;
    }

    private interface Getter<T> {
        Optional<T> of(Member.Point point);
    }

    private static <T> Optional<T> inherit(Member.@Nullable Point base, Getter<T> getter) {
        return base == null ? Optional.empty() : getter.of(base);
    }

    /** The unit of the key {@code unit}; a finding if there is none of that name. */
    static Optional<EngineeringUnit> unit(Section s) {
        Optional<String> text = s.text("unit");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Unit> unit = Units.find(text.get());
        if (unit.isEmpty()) {
            s.error("unit", "unknown unit \"%s\"".formatted(text.get()))
                    .detail("Units are symbols (m³/h, m3/h) or UNECE codes (MQH).")
                    .fix(Nearest.advice(text.get(), Units.names()));
        }
        return unit.map(Unit::engineeringUnit);
    }

    private PointKind kind(
            Section s,
            Member.@Nullable Point base,
            Optional<EngineeringUnit> unit,
            Optional<Range> euRange,
            List<EnumText> states) {
        @Nullable
        PointKind kind =
                switch (s.choice("kind")) {
                    case "analog" -> PointKind.ANALOG;
                    case "counter" -> PointKind.COUNTER;
                    case "two-state" -> PointKind.TWO_STATE;
                    case "multi-state" -> PointKind.MULTI_STATE;
                    case "waveform" -> PointKind.WAVEFORM;
                    case "plain" -> PointKind.PLAIN;
                    default -> null;
                };
        if (kind != null) {
            return kind;
        }
        if (base != null) {
            return base.kind();
        }
        if (!states.isEmpty()) {
            return PointKind.MULTI_STATE;
        }
        if (s.has("trueText") || s.text("type", "").equals("Boolean")) {
            return PointKind.TWO_STATE;
        }
        if (unit.isPresent() || s.has("unit")) {
            return euRange.isPresent() || s.has("euRange") ? PointKind.ANALOG : PointKind.COUNTER;
        }
        return PointKind.PLAIN;
    }

    private static ValueType dataType(Section s, Member.@Nullable Point base, PointKind kind) {
        String name = s.choice("type");
        if (!name.isEmpty()) {
            return ValueType.named(name).orElseThrow();
        }
        if (base != null) {
            return base.dataType();
        }
        return switch (kind) {
            case ANALOG, WAVEFORM -> ValueType.DOUBLE;
            case COUNTER -> ValueType.UINT64;
            case TWO_STATE -> ValueType.BOOLEAN;
            case MULTI_STATE -> ValueType.INT32;
            case PLAIN -> ValueType.STRING;
        };
    }

    private static void checkKind(
            Section s,
            Member.@Nullable Point base,
            PointKind kind,
            ValueType dataType,
            Optional<EngineeringUnit> unit,
            Optional<Range> euRange,
            List<EnumText> states) {
        if (base != null && (base.kind() != kind || base.dataType() != dataType)) {
            s.error(
                            s.has("kind") ? "kind" : "type",
                            "%s is %s %s in the extended type, not %s %s"
                                    .formatted(
                                            base.name(),
                                            base.kind(),
                                            base.dataType().uaName(),
                                            kind,
                                            dataType.uaName()))
                    .fix("give the point another name; a refined point keeps kind and type.");
            return;
        }
        boolean isUnitMissing = unit.isEmpty() && !s.has("unit");
        if (kind == PointKind.ANALOG && (isUnitMissing || (euRange.isEmpty() && !s.has("euRange")))) {
            s.error("kind", "an analog point needs a unit and a euRange")
                    .fix("add %s.".formatted(isUnitMissing ? "unit, for example unit: bar" : "euRange: [low, high]"));
        }
        if (kind == PointKind.ANALOG && !dataType.isNumeric()) {
            s.error("type", "an analog point is a number, not %s".formatted(dataType.uaName()))
                    .fix("use Double, Float or an integer type.");
        }
        if (kind == PointKind.WAVEFORM && (isUnitMissing || (euRange.isEmpty() && !s.has("euRange")))) {
            s.error("kind", "a waveform needs a unit and a euRange").fix("add unit: m/s2 and euRange: [-50, 50].");
        }
        if (kind == PointKind.WAVEFORM && !(dataType.isFloating() && (s.has("array") || base != null))) {
            s.error("kind", "a waveform is an array of Double or Float").fix("add array: 1024.");
        }
        if (kind == PointKind.COUNTER && (isUnitMissing || !dataType.isNumeric())) {
            s.error("kind", "a counter needs a unit and a number type").fix("add unit: h, unit: pc or the like.");
        }
        if (kind == PointKind.TWO_STATE && dataType != ValueType.BOOLEAN) {
            s.error("type", "a two-state point is a Boolean, not %s".formatted(dataType.uaName()))
                    .fix("use type: Boolean, or states: for an integer.");
        }
        if (kind == PointKind.MULTI_STATE && (states.isEmpty() || !dataType.isInteger())) {
            s.error("kind", "a multi-state point is an integer with states")
                    .fix("add states: {0: Stopped, 1: Running}.");
        }
        if ((kind == PointKind.TWO_STATE || kind == PointKind.MULTI_STATE) && s.has("array")) {
            s.error("array", "a %s point is a single value".formatted(kind)).fix("use kind: plain for an array.");
        }
    }

    private static List<EnumText> states(Section s) {
        List<EnumText> states = new ArrayList<>();
        for (Yaml.Entry entry : s.entries("states")) {
            String value = entry.key().text();
            if (value.matches("-?\\d{1,9}")) {
                states.add(new EnumText(Long.parseLong(value), s.localized(entry.value(), "states")));
            } else {
                s.findings()
                        .error(entry.key(), s.subject(), "\"%s\" is no whole number".formatted(value))
                        .fix("write states as number: text, for example 0: Stopped.");
            }
        }
        return states;
    }

    private static Limits limits(
            Section s, Member.@Nullable Point base, Optional<Range> euRange, Optional<Range> validity) {
        Optional<Section> found = s.section("limits");
        if (found.isEmpty()) {
            return base == null ? Limits.NONE : base.limits();
        }
        Section l = found.get();
        Limits inherited = base == null ? Limits.NONE : base.limits();
        String[] names = {"lowLow", "low", "high", "highHigh"};
        OptionalDouble[] values = {
            or(l.number("lowLow"), inherited.lowLow()),
            or(l.number("low"), inherited.low()),
            or(l.number("high"), inherited.high()),
            or(l.number("highHigh"), inherited.highHigh())
        };
        int last = -1;
        for (int i = 0; i < values.length; i++) {
            if (values[i].isEmpty()) {
                continue;
            }
            double value = values[i].getAsDouble();
            if (last >= 0) {
                double below = values[last].getAsDouble();
                boolean isAcross = last <= 1 && i >= 2;
                boolean isCrossed = isAcross ? value <= below : value < below;
                if (isCrossed) {
                    l.error(
                                    l.has(names[i]) ? names[i] : names[last],
                                    "%s %s is not above %s %s"
                                            .formatted(
                                                    names[i], Section.plain(value), names[last], Section.plain(below)))
                            .fix("limits rise from lowLow over low and high to highHigh.");
                    return Limits.NONE;
                }
            }
            last = i;
            checkReachable(l, names[i], value, euRange, validity);
        }
        return new Limits(values[3], values[2], values[1], values[0]);
    }

    private static void checkReachable(
            Section l, String name, double value, Optional<Range> euRange, Optional<Range> validity) {
        Range range = validity.or(() -> euRange).orElse(null);
        if (range != null && l.has(name) && !range.contains(value)) {
            l.warning(
                            name,
                            "%s %s lies outside %s %s..%s"
                                    .formatted(
                                            name,
                                            Section.plain(value),
                                            validity.isPresent() ? "the validity range" : "euRange",
                                            Section.plain(range.low()),
                                            Section.plain(range.high())))
                    .detail("It would rarely or never be reached.")
                    .fix("check the limit and the range.");
        }
    }

    private static OptionalDouble or(OptionalDouble own, OptionalDouble inherited) {
        return own.isPresent() ? own : inherited;
    }
}
