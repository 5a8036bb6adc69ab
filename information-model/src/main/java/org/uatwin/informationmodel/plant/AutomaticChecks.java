package org.uatwin.informationmodel.plant;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.control.AutomaticRule;
import org.uatwin.informationmodel.control.AutomaticSetpoint;
import org.uatwin.informationmodel.control.SetpointRule;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.value.ValueType;

/** Whether an automatic mode could work, and whether it shares a setpoint with anybody. */
final class AutomaticChecks {
    static final String SET_MODE = "SetControlMode";
    private static final String OPTIMIZE = "Optimize";

    private final ControlChecks checks;
    private final Map<String, String> owners = new HashMap<>(); // of setpoints: the twin whose mode sends them

    AutomaticChecks(ControlChecks checks) {
        this.checks = checks;
    }

    void check(Section s, Twin twin, AutomaticRule rule) {
        Section a = s.section("automatic").orElse(s);
        needsMethod(a, twin, SET_MODE, "nobody could set the mode");
        if (rule.objective().isPresent()) {
            needsMethod(a, twin, OPTIMIZE, "there is nothing that could recommend");
        }
        if (rule.setpoints().isEmpty()) {
            a.error("setpoints", "the automatic mode may send nothing")
                    .fix(
                            "name the setpoints it may send, for example setpoints: {SpeedSetpoint: {limits: [1500, 2700]}}.");
        }
        for (AutomaticSetpoint setpoint : rule.setpoints()) {
            setpoint(section(a, setpoint.point()), twin, rule, setpoint);
        }
        rule.enable().ifPresent(enable -> checks.condition(a, "enable", twin, enable, null));
        rule.inputs().forEach(input -> checks.lookup()
                .isUsable(twin, input, cause -> a.error("inputs", "inputs: " + cause)));
        rule.heartbeat().ifPresent(point -> heartbeat(a, twin, rule, point));
    }

    private static void needsMethod(Section a, Twin twin, String method, String why) {
        boolean hasIt = twin.type().methods().stream().anyMatch(m -> m.name().equals(method));
        if (!hasIt) {
            a.error("period", "%s has no method %s, so %s".formatted(twin.type().name(), method, why))
                    .fix("add %s to the methods of the type, or move automatic to a twin that has it."
                            .formatted(method));
        }
    }

    /** The section of one setpoint of the mode; the section around it if it is none. */
    private static Section section(Section a, PointRef point) {
        return a.entries("setpoints").stream()
                .filter(entry -> PointRef.of(entry.key().text()).equals(point) && entry.value() instanceof Yaml.Mapping)
                .findFirst()
                .map(entry -> Section.unchecked(
                        a.context(),
                        Keys.AUTOMATIC.get("setpoints").section().orElseThrow(),
                        (Yaml.Mapping) entry.value(),
                        a.scope(),
                        a.subject() + "/automatic/" + point))
                .orElse(a);
    }

    private void setpoint(Section s, Twin twin, AutomaticRule rule, AutomaticSetpoint setpoint) {
        PointLookup.Found found = writable(s, "limits", twin, setpoint.point());
        if (found == null) {
            return;
        }
        Member.Point point = found.point();
        SetpointRule own = found.twin().control().of(point.name());
        Optional<Range> outer = own.limits().or(point::instrumentRange).or(point::euRange);
        setpoint.limits().ifPresent(limits -> within(s, "limits", outer, limits.low(), limits.high()));
        Optional<Range> range = setpoint.limits().or(() -> outer);
        setpoint.fallback().ifPresent(value -> within(s, "fallback", range, value, value));
        if (rule.objective().isPresent() == setpoint.formula().isPresent()) {
            s.error(
                            "formula",
                            rule.objective().isPresent()
                                    ? "both an objective and a formula recommend %s".formatted(setpoint.point())
                                    : "nothing recommends a value for %s".formatted(setpoint.point()))
                    .fix(
                            rule.objective().isPresent()
                                    ? "remove one of them."
                                    : "write objective: of Optimize for all, or a formula for each.");
        }
        setpoint.formula().ifPresent(formula -> checks.recommendation(s, twin, formula, point));
        String name = found.twin().id() + "/" + point.name();
        if (found.twin().treatment(found.ordinal()).follow().isPresent()) {
            s.error("limits", "%s follows another point already".formatted(name))
                    .fix("let one of the two send it: remove follow, or this setpoint.");
        }
        String other = owners.putIfAbsent(name, twin.id());
        if (other != null) {
            s.error("limits", "%s is sent by the automatic mode of %s already".formatted(name, other))
                    .fix("a setpoint belongs to one automatic mode.");
        }
    }

    private PointLookup.@Nullable Found writable(Section s, String key, Twin twin, PointRef point) {
        if (!checks.lookup().isUsable(twin, point, cause -> s.error(key, cause))) {
            return null;
        }
        PointLookup.Found found = checks.lookup().find(twin, point);
        if (found == null || !found.point().isWritable()) {
            s.error(key, "%s is no setpoint".formatted(point)).fix("name a writable point.");
            return null;
        }
        Binding binding = found.twin().binding(found.ordinal());
        if (binding == null || binding.connection().isEmpty()) {
            s.error(key, "%s is bound to no device".formatted(point)).fix("bind it below points of its twin.");
            return null;
        }
        if (!checks.isPartOf(found.twin(), twin)) {
            s.error(key, "%s is no part of %s".formatted(found.twin().id(), twin.id()))
                    .fix("name setpoints of the twin itself or of its parts (parent: %s).".formatted(twin.id()));
            return null;
        }
        return found;
    }

    private static void within(Section s, String key, Optional<Range> outer, double low, double high) {
        if (outer.isPresent() && !(outer.get().contains(low) && outer.get().contains(high))) {
            String range = "%s..%s"
                    .formatted(
                            Section.plain(outer.get().low()),
                            Section.plain(outer.get().high()));
            s.error(
                            key,
                            "%s leaves %s, what the setpoint may be sent"
                                    .formatted(
                                            low == high
                                                    ? Section.plain(low)
                                                    : "[%s, %s]".formatted(Section.plain(low), Section.plain(high)),
                                            range))
                    .fix("stay within %s.".formatted(range));
        }
    }

    private void heartbeat(Section a, Twin twin, AutomaticRule rule, PointRef point) {
        PointLookup.Found found = writable(a, "heartbeat", twin, point);
        if (found == null) {
            return;
        }
        boolean isSetpoint =
                rule.setpoints().stream().anyMatch(setpoint -> setpoint.point().equals(point));
        boolean fits = found.point().dataType() == ValueType.BOOLEAN
                || found.point().dataType().isInteger();
        if (isSetpoint || !fits || found.twin().control().guards(found.point().name())) {
            a.error("heartbeat", "%s cannot carry a heartbeat".formatted(point))
                    .fix(
                            "name a Boolean or whole number of its own; interlocks that are not meant for it say for: [...].");
        }
    }
}
