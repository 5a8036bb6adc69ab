package org.uatwin.informationmodel.plant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.control.ControlRules;
import org.uatwin.informationmodel.control.Interlock;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.expression.FormulaUnits;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.plant.TwinReader.ReadTwin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.value.ValueType;

/** What rules of setpoints say of other points: whether these are there, and whether a value could be judged by them. */
final class ControlChecks {
    private final Section.Context context;
    private final List<ReadTwin> twins;
    private final PointLookup lookup;
    private final Map<String, Twin> byId = new HashMap<>();

    ControlChecks(Section.Context context, List<ReadTwin> twins, List<Twin> systemTwins) {
        this.context = context;
        this.twins = twins;
        lookup = new PointLookup(twins, systemTwins);
        twins.forEach(read -> byId.put(read.twin().id(), read.twin()));
    }

    void run() {
        AutomaticChecks automatic = new AutomaticChecks(this);
        for (ReadTwin read : twins) {
            ControlRules rules = read.twin().control();
            if (rules.equals(ControlRules.NONE)) {
                continue;
            }
            Section s = Section.unchecked(
                    context, Keys.TWIN, read.entry(), read.scope(), read.twin().id());
            unbound(s, read.twin());
            interlocks(s, read.twin());
            rules.automatic().ifPresent(rule -> automatic.check(s, read.twin(), rule));
        }
    }

    private static void unbound(Section s, Twin twin) {
        for (String name : twin.control().setpoints().keySet()) {
            Binding binding = twin.binding(twin.type().pointOrdinal(name));
            if (binding == null || binding.connection().isEmpty()) {
                s.warning("setpoints", "%s is bound to no device, so nothing is ever sent to it".formatted(name))
                        .fix("bind it below points, or remove its rule.");
            }
        }
    }

    private void interlocks(Section s, Twin twin) {
        List<Yaml> items = s.node("interlocks") instanceof Yaml.Sequence list ? list.items() : List.of();
        for (Yaml item : items) {
            if (!(item instanceof Yaml.Mapping mapping)) {
                continue;
            }
            Section i = Section.unchecked(context, Keys.INTERLOCK, mapping, s.scope(), twin.id());
            String text = i.text("allow").map(String::strip).orElse("");
            List<String> guarded = i.texts("for");
            twin.control().interlocks().stream()
                    .filter(known -> known.allow().text().equals(text)
                            && known.setpoints().equals(guarded))
                    .findFirst()
                    .ifPresent(interlock -> interlock(i, twin, interlock));
        }
    }

    private void interlock(Section i, Twin twin, Interlock interlock) {
        List<Member.Point> guarded = twin.type().points().stream()
                .filter(point -> point.isWritable() && interlock.guards(point.name()))
                .toList();
        if (guarded.isEmpty()) {
            i.error(
                            "allow",
                            "%s has no setpoint an interlock could guard"
                                    .formatted(twin.type().name()))
                    .fix("move it to the twin whose setpoint it guards; other twins' points are read as 'twin/Point'.");
            return;
        }
        if (!interlock.looksAtAsked()) {
            condition(i, "allow", twin, interlock.allow(), null);
            return;
        }
        for (Member.Point setpoint : guarded) {
            if (setpoint.isArray() || !(setpoint.dataType().isNumeric() || setpoint.dataType() == ValueType.BOOLEAN)) {
                i.error("allow", "asked is no number for %s".formatted(setpoint.name()))
                        .fix("name the setpoints it is meant for, for example for: [SpeedSetpoint].");
            } else if (!condition(i, "allow", twin, interlock.allow(), setpoint)) {
                return; // the same for the next one
            }
        }
    }

    /**
     * Checks a condition.
     *
     * @param setpoint gives the unit of {@code asked}; null: that name means nothing here.
     * @return false if there was a finding.
     */
    boolean condition(Section s, String key, Twin twin, Formula formula, Member.@Nullable Point setpoint) {
        Function<String, Findings.Draft> error = cause -> s.error(key, "%s: %s".formatted(key, cause));
        if (!areUsable(twin, formula, setpoint, error)) {
            return false;
        }
        PointLookup.Found only =
                formula.isLonePoint() ? lookup.find(twin, formula.references().get(0)) : null;
        boolean isBoolean = only == null ? formula.isBoolean() : only.point().dataType() == ValueType.BOOLEAN;
        if (!isBoolean) {
            error.apply("the expression answers a number").fix("compare it, for example Level < 95.");
            return false;
        }
        return isOfNow(formula, error) && haveUnits(twin, formula, setpoint, Optional.empty(), error);
    }

    /** Checks a formula that recommends a value for {@code setpoint}; it may look back in time. */
    void recommendation(Section s, Twin twin, Formula formula, Member.Point setpoint) {
        Function<String, Findings.Draft> error = cause -> s.error("formula", "formula: " + cause);
        if (areUsable(twin, formula, null, error) && isOfNow(formula, error)) {
            haveUnits(twin, formula, null, PointLookup.unit(setpoint), error);
        }
    }

    private boolean areUsable(
            Twin twin, Formula formula, Member.@Nullable Point setpoint, Function<String, Findings.Draft> error) {
        boolean areAll = true;
        for (PointRef reference : formula.references()) {
            if (!isAsked(reference, setpoint)) {
                areAll &= lookup.isUsable(twin, reference, error);
            }
        }
        return areAll;
    }

    private static boolean isAsked(PointRef reference, Member.@Nullable Point setpoint) {
        return setpoint != null && reference.isOwn() && reference.point().equals(Interlock.ASKED);
    }

    private static boolean isOfNow(Formula formula, Function<String, Findings.Draft> error) {
        if (formula.begin().hasMemory()) {
            error.apply("it looks back in time, but is evaluated only when a value is to be sent")
                    .fix("compute that part in a point of its own (expression), and name the point.");
            return false;
        }
        return true;
    }

    private boolean haveUnits(
            Twin twin,
            Formula formula,
            Member.@Nullable Point setpoint,
            Optional<Unit> result,
            Function<String, Findings.Draft> error) {
        FormulaUnits.Result units = FormulaUnits.check(
                formula,
                reference -> {
                    if (setpoint != null && isAsked(reference, setpoint)) {
                        return PointLookup.unit(setpoint);
                    }
                    PointLookup.Found found = lookup.find(twin, reference);
                    return found == null ? Optional.empty() : PointLookup.unit(found.point());
                },
                result);
        units.problems()
                .forEach(problem -> error.apply("units: " + problem.cause()).fix(problem.fix()));
        return units.problems().isEmpty();
    }

    PointLookup lookup() {
        return lookup;
    }

    /** Whether {@code part} is the twin itself or one of its parts. */
    boolean isPartOf(Twin part, Twin whole) {
        Twin at = part;
        for (int depth = 0; at != null && depth < 100; depth++) {
            if (at.id().equals(whole.id())) {
                return true;
            }
            at = at.parentId().map(byId::get).orElse(null);
        }
        return false;
    }
}
