package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.conditioning.Conditioning;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.PointKind;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.ValueType;

/** Whether a chain of steps makes sense for a point. */
final class ConditioningChecks {
    private ConditioningChecks() {}

    static void check(Section parent, Member.Point point, Conditioning c) {
        if (c.isEmpty() || !(parent.node("condition") instanceof Yaml.Mapping mapping)) {
            return;
        }
        Section s = Section.unchecked(parent.context(), Keys.CONDITION, mapping, parent.scope(), parent.subject());
        List<String> numeric = numericSteps(c);
        if (!numeric.isEmpty() && (!point.dataType().isNumeric() || point.kind() == PointKind.MULTI_STATE)) {
            s.error(
                            numeric.get(0),
                            "%s cannot be done with %s, which is %s"
                                    .formatted(String.join(", ", numeric), point.name(), label(point)))
                    .fix("remove it, or make the point a measured number.");
            return;
        }
        boolean isText = point.dataType() == ValueType.STRING || point.dataType() == ValueType.DATE_TIME;
        List<String> values = valueSteps(c, isText);
        if (!values.isEmpty() && (isText || parent.has("reduce"))) {
            s.error(
                            values.get(0),
                            "%s cannot be done with %s, which is %s"
                                    .formatted(
                                            String.join(", ", values),
                                            point.name(),
                                            isText ? point.dataType().uaName() : "reduced"))
                    .fix("remove it.");
        }
        if (point.isArray()) {
            List<String> single = singleSteps(c);
            if (!single.isEmpty()) {
                s.error(
                                single.get(0),
                                "%s cannot be done with %s, which is an array"
                                        .formatted(String.join(", ", single), point.name()))
                        .fix("an array can be scaled, converted, calibrated and reduced; remove the rest.");
            }
        }
        unit(s, point, c);
        if (c.rollover().isPresent() && point.dataType() == ValueType.FLOAT) {
            s.error("rollover", "rollover: a Float is exact to 16777216 only, and the total grows")
                    .fix("make the point a UInt64 or a Double.");
        }
        if (point.isWritable()) {
            writable(s, point, c);
        }
    }

    private static String label(Member.Point point) {
        return point.kind() == PointKind.MULTI_STATE
                ? "a state"
                : point.dataType().uaName();
    }

    /** Steps that calculate. */
    private static List<String> numericSteps(Conditioning c) {
        List<String> steps = new ArrayList<>();
        add(steps, "rollover", c.rollover().isPresent());
        add(steps, "scale", c.scaling().isPresent());
        add(steps, "unit", c.sourceUnit().isPresent());
        add(steps, "calibration", !c.calibrations().isEmpty());
        add(steps, "spike", c.spike().isPresent());
        add(steps, "rateLimit", c.rateLimit().isPresent());
        add(steps, "clamp", c.clamp().isPresent());
        add(steps, "deadband", c.deadband().isPresent());
        add(steps, "stuck", c.stuck().isPresent());
        return steps;
    }

    private static List<String> singleSteps(Conditioning c) {
        List<String> steps = filters(c);
        add(steps, "missing", c.missing().isPresent());
        add(steps, "rollover", c.rollover().isPresent());
        add(steps, "clamp", c.clamp().isPresent());
        return steps;
    }

    /** Steps that keep back what came, or doubt it. */
    private static List<String> filters(Conditioning c) {
        List<String> steps = new ArrayList<>();
        add(steps, "spike", c.spike().isPresent());
        add(steps, "rateLimit", c.rateLimit().isPresent());
        add(steps, "stuck", c.stuck().isPresent());
        add(steps, "debounce", c.debounce().isPresent());
        add(steps, "align", c.alignment().isPresent());
        add(steps, "deadband", c.deadband().isPresent());
        return steps;
    }

    /** Steps for single values that come at their own pace. */
    private static List<String> valueSteps(Conditioning c, boolean isText) {
        List<String> steps = new ArrayList<>();
        add(steps, "missing", isText && c.missing().isPresent());
        add(steps, "debounce", c.debounce().isPresent());
        add(steps, "align", c.alignment().isPresent());
        add(steps, "deadband", c.deadband().isPresent());
        return steps;
    }

    private static void add(List<String> steps, String name, boolean isThere) {
        if (isThere) {
            steps.add(name);
        }
    }

    private static void unit(Section s, Member.Point point, Conditioning c) {
        if (c.sourceUnit().isEmpty()) {
            return;
        }
        Unit from = c.sourceUnit().get();
        Optional<Unit> to = point.unit().flatMap(unit -> Units.find(unit.code()));
        if (to.isEmpty()) {
            s.error("unit", "the device sends %s, but %s has no unit".formatted(from.symbol(), point.name()))
                    .fix("give the point a unit, or remove unit from its condition.");
        } else if (!from.dimension().equals(to.get().dimension())) {
            s.error(
                            "unit",
                            "%s cannot be converted to %s, the unit of %s"
                                    .formatted(from.symbol(), to.get().symbol(), point.name()))
                    .detail("%s is a %s, %s a %s."
                            .formatted(
                                    from.symbol(),
                                    from.dimension(),
                                    to.get().symbol(),
                                    to.get().dimension()))
                    .fix("check both units.");
        }
    }

    /** A setpoint must show what was written, and what is written must be found back. */
    private static void writable(Section s, Member.Point point, Conditioning c) {
        List<String> filters = filters(c);
        if (!filters.isEmpty()) {
            s.error(
                            filters.get(0),
                            "%s is a setpoint; %s would hide what was written"
                                    .formatted(point.name(), String.join(", ", filters)))
                    .fix("a setpoint takes scale, unit, calibration, missing and clamp only.");
        }
        if (c.rollover().isPresent()) {
            s.error("rollover", "%s is a setpoint; a counter that rolls over cannot be written".formatted(point.name()))
                    .fix("remove rollover, or writable.");
        }
        c.scaling().filter(scaling -> !scaling.isInvertible()).ifPresent(scaling -> s.error(
                        "scale", "%s is a setpoint, but its scale has no inverse".formatted(point.name()))
                .detail("A written quantity would stand for several signals, or none.")
                .fix("let the quantities of the table only rise or only fall, or bind a point that is not writable."));
    }
}
