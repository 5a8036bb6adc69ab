package org.uatwin.informationmodel.plant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.control.ApplyRule;
import org.uatwin.informationmodel.control.AutomaticRule;
import org.uatwin.informationmodel.control.AutomaticSetpoint;
import org.uatwin.informationmodel.control.ControlRules;
import org.uatwin.informationmodel.control.Interlock;
import org.uatwin.informationmodel.control.SetpointRule;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.MemberName;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Reads {@code setpoints:}, {@code interlocks:}, {@code apply:} and {@code automatic:} of a twin. What they say of other points is
 * checked by {@link ControlChecks}, when all twins are known.
 */
final class ControlReader {
    private final DerivationReader formulas = new DerivationReader();

    ControlReader() {}

    ControlRules read(Section s, TwinType type, boolean isFirst) {
        if (!s.has("setpoints") && !s.has("interlocks") && !s.has("apply") && !s.has("automatic")) {
            return ControlRules.NONE;
        }
        return new ControlRules(
                setpoints(s, type, isFirst),
                interlocks(s, type, isFirst),
                below(s, "apply", isFirst).map(ControlReader::apply).orElse(ApplyRule.STANDARD),
                below(s, "automatic", isFirst).flatMap(a -> automatic(a, isFirst)));
    }

    /** The section of a key; keys of the further instances of a range are not checked again. */
    private static Optional<Section> below(Section s, String key, boolean isFirst) {
        Yaml node = s.node(key);
        return node == null ? Optional.empty() : section(s, keys(key), node, s.subject(), isFirst);
    }

    private static Keys keys(String key) {
        return Keys.TWIN.get(key).section().orElseThrow();
    }

    private static Optional<Section> section(Section s, Keys keys, Yaml node, String subject, boolean isFirst) {
        return isFirst || !(node instanceof Yaml.Mapping mapping)
                ? Section.of(s.context(), keys, node, s.scope(), subject)
                : Optional.of(Section.unchecked(s.context(), keys, mapping, s.scope(), subject));
    }

    private static Map<String, SetpointRule> setpoints(Section s, TwinType type, boolean isFirst) {
        Map<String, SetpointRule> rules = new LinkedHashMap<>();
        for (Yaml.Entry entry : s.entries("setpoints")) {
            String name = entry.key().text();
            Optional<Member.Point> point = setpoint(s, type, name, Findings.Spot.of(entry.key()));
            Optional<Section> found = section(s, keys("setpoints"), entry.value(), s.subject() + "/" + name, isFirst);
            if (point.isPresent() && found.isPresent()) {
                rules.put(name, rule(found.get(), point.get()));
            }
        }
        return rules;
    }

    /** A writable point of the type; empty with a finding if there is none of that name. */
    private static Optional<Member.Point> setpoint(Section s, TwinType type, String name, Findings.Spot spot) {
        int ordinal = type.pointOrdinal(name);
        if (ordinal >= 0 && type.points().get(ordinal).isWritable()) {
            return Optional.of(type.points().get(ordinal));
        }
        List<String> known = type.points().stream()
                .filter(Member.Point::isWritable)
                .map(Member.Point::name)
                .toList();
        s.findings()
                .error(
                        spot,
                        s.subject(),
                        ordinal < 0
                                ? "%s has no point \"%s\"".formatted(type.name(), name)
                                : "%s is no setpoint of %s: clients cannot write it".formatted(name, type.name()))
                .fix(Nearest.advice(name, known));
        return Optional.empty();
    }

    private static SetpointRule rule(Section r, Member.Point point) {
        Optional<Range> limits = limits(r, point.instrumentRange().or(point::euRange), "the range of its type");
        boolean isNumber = point.dataType().isNumeric() && !point.isArray();
        for (String key : List.of("rate", "step", "safe", "limits")) {
            boolean isFine = isNumber || (point.dataType() == ValueType.BOOLEAN && key.equals("safe"));
            if (r.has(key)
                    && !isFine
                    && !(key.equals("limits") && point.dataType().isNumeric())) {
                r.error(
                                key,
                                "%s is not for %s"
                                        .formatted(
                                                key,
                                                point.isArray()
                                                        ? "an array"
                                                        : point.dataType().uaName()))
                        .fix("remove it; it needs a setpoint of one number.");
                return SetpointRule.NONE;
            }
        }
        OptionalDouble rate = Numbers.atLeastZero(r, "rate", false);
        if (r.has("step") && !r.has("rate")) {
            r.error("step", "a step without a rate")
                    .fix("add rate: units a second; the step is what may change at once.");
        }
        OptionalDouble step = rate.isEmpty() ? OptionalDouble.empty() : step(r, point, rate.getAsDouble());
        List<Double> safe = Numbers.list(r, "safe");
        Range range = limits.or(point::instrumentRange).or(point::euRange).orElse(null);
        for (double value : safe) {
            if (range != null && !range.contains(value)) {
                r.error(
                                "safe",
                                "safe: %s lies outside %s..%s"
                                        .formatted(
                                                Section.plain(value),
                                                Section.plain(range.low()),
                                                Section.plain(range.high())))
                        .fix("a safe value must be one that may be sent; widen limits or choose another.");
            }
        }
        return new SetpointRule(limits, rate, step, r.choice("tooFast").equals("ramp"), r.integer("order"), safe);
    }

    private static OptionalDouble step(Section r, Member.Point point, double rate) {
        OptionalDouble given = Numbers.atLeastZero(r, "step", false);
        double smallest = point.dataType().isInteger() ? 1 : 0;
        double step = given.orElse(Math.max(rate, smallest));
        if (step < smallest) {
            r.error("step", "%s is a whole number and cannot change by %s".formatted(point.name(), Section.plain(step)))
                    .fix("write a step of 1 or more.");
        }
        return OptionalDouble.of(step);
    }

    private static Optional<Range> limits(Section s, Optional<Range> outer, String what) {
        Optional<Range> limits = s.range("limits");
        if (limits.isPresent()
                && outer.isPresent()
                && !(outer.get().contains(limits.get().low())
                        && outer.get().contains(limits.get().high()))) {
            s.error(
                            "limits",
                            "limits [%s, %s] leave %s, %s..%s"
                                    .formatted(
                                            Section.plain(limits.get().low()),
                                            Section.plain(limits.get().high()),
                                            what,
                                            Section.plain(outer.get().low()),
                                            Section.plain(outer.get().high())))
                    .fix("limits can only be narrower.");
        }
        return limits;
    }

    private List<Interlock> interlocks(Section s, TwinType type, boolean isFirst) {
        List<Interlock> interlocks = new ArrayList<>();
        Yaml node = s.node("interlocks");
        if (node == null) {
            return interlocks;
        }
        if (!(node instanceof Yaml.Sequence list)) {
            s.error("interlocks", "interlocks must be a list, this is " + node.kind())
                    .fix("begin every interlock with a dash: - {allow: \"...\", text: \"...\"}.");
            return interlocks;
        }
        for (Yaml item : list.items()) {
            section(s, keys("interlocks"), item, s.subject(), isFirst)
                    .flatMap(i -> interlock(i, type))
                    .ifPresent(interlocks::add);
        }
        return interlocks;
    }

    private Optional<Interlock> interlock(Section i, TwinType type) {
        boolean isFine = true;
        for (String name : i.texts("for")) {
            isFine &= setpoint(i, type, name, i.spot("for")).isPresent();
        }
        Optional<Formula> allow = formulas.formula(i, "allow");
        Text text = i.localized("text");
        return !isFine || text.isEmpty()
                ? Optional.empty()
                : allow.map(formula -> new Interlock(formula, text, i.texts("for")));
    }

    private static ApplyRule apply(Section a) {
        return new ApplyRule(
                a.choice("role").equals("Operator"),
                a.duration("maxAge"),
                a.choice("onFailure").equals("rollBack"));
    }

    private Optional<AutomaticRule> automatic(Section a, boolean isFirst) {
        List<AutomaticSetpoint> setpoints = new ArrayList<>();
        for (Yaml.Entry entry : a.entries("setpoints")) {
            String name = entry.key().text();
            Optional<PointRef> point = point(a, "setpoints", name, Findings.Spot.of(entry.key()));
            Keys keys = Keys.AUTOMATIC.get("setpoints").section().orElseThrow();
            Optional<Section> found = section(a, keys, entry.value(), a.subject() + "/automatic/" + name, isFirst);
            if (point.isPresent() && found.isPresent()) {
                Section f = found.get();
                setpoints.add(new AutomaticSetpoint(
                        point.get(), f.range("limits"), f.number("fallback"), formulas.formula(f, "formula")));
            }
        }
        List<PointRef> inputs = new ArrayList<>();
        a.texts("inputs")
                .forEach(name -> point(a, "inputs", name, a.spot("inputs")).ifPresent(inputs::add));
        Duration period = a.optionalDuration("period").orElse(Duration.ofSeconds(1));
        Duration freshness = a.optionalDuration("freshness").orElse(period.multipliedBy(3));
        if (freshness.compareTo(period) < 0) {
            a.error("freshness", "recommendations would be too old before the next one is made")
                    .fix("write a time of at least the period; left out it is three periods.");
            freshness = period;
        }
        double minFit = a.number("minFit").orElse(0);
        if (!(minFit >= 0 && minFit <= 1)) {
            a.error("minFit", "minFit must be 0..1: %s".formatted(Section.plain(minFit)))
                    .fix("write how well the model has to follow, 0..1; 0: it is not looked at.");
            minFit = 0;
        }
        return Optional.of(new AutomaticRule(
                a.text("objective"),
                a.duration("horizon"),
                a.integer("iterations"),
                period,
                setpoints,
                formulas.formula(a, "enable"),
                inputs,
                a.duration("tolerance"),
                freshness,
                a.integer("retries"),
                minFit,
                a.choice("extrapolation").equals("allow"),
                a.text("heartbeat").flatMap(name -> point(a, "heartbeat", name, a.spot("heartbeat"))),
                a.duration("heartbeatPeriod"),
                a.choice("role").equals("Operator"),
                a.choice("afterRestart").equals("same")));
    }

    private static Optional<PointRef> point(Section s, String key, String name, Findings.Spot spot) {
        PointRef point = PointRef.of(name);
        if (!MemberName.isValid(point.point()) || (name.indexOf('/') >= 0 && point.isOwn())) {
            s.findings()
                    .error(spot, s.subject(), "%s: \"%s\" names no point".formatted(key, name))
                    .fix("write Point, or twin/Point.");
            return Optional.empty();
        }
        return Optional.of(point);
    }
}
