package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Derivation;
import org.uatwin.informationmodel.conditioning.Follow;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.expression.FormulaUnits;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.plant.TwinReader.ReadTwin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.unit.SpeedUnits;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.value.ValueType;

/** What computed points read: whether it exists, whether its unit fits, and whether it depends on itself. */
final class DerivedChecks {
    /** Longest chain of computed points. */
    static final int MAX_CHAIN = 500;

    private final Section.Context context;
    private final List<ReadTwin> twins;
    private final PointDefaults defaults;
    private final PointLookup lookup;
    private final Map<String, ReadTwin> readById = new HashMap<>();
    private final Map<String, Set<Derivation>> checkedOfType = new HashMap<>();

    DerivedChecks(Section.Context context, List<ReadTwin> twins, List<Twin> systemTwins, PointDefaults defaults) {
        this.context = context;
        this.twins = twins;
        this.defaults = defaults;
        lookup = new PointLookup(twins, systemTwins);
        twins.forEach(read -> readById.put(read.twin().id(), read));
    }

    /** One point that reads others, where it stands. */
    private record Reader(ReadTwin read, Member.Point point, int ordinal) {
        String name() {
            return read.twin().id() + "/" + point.name();
        }
    }

    void run() {
        boolean hasDerived = false;
        for (ReadTwin read : twins) {
            Twin twin = read.twin();
            for (int i = 0; i < twin.pointCount() && (twin.isComputed() || twin.isTreated()); i++) {
                Reader reader = new Reader(read, twin.type().points().get(i), i);
                if (twin.binding(i) instanceof Binding.Derived derived) {
                    hasDerived = true;
                    check(reader, derived.derivation());
                }
                twin.treatment(i).follow().ifPresent(follow -> check(reader, follow));
                twin.treatment(i)
                        .vibration()
                        .flatMap(VibrationRule::speed)
                        .flatMap(VibrationRule.Speed::point)
                        .ifPresent(speed -> speed(reader, speed));
            }
        }
        if (hasDerived) {
            new Circles().run();
        }
    }

    private void check(Reader reader, Derivation derivation) {
        boolean isLocal = derivation.inputs().stream().allMatch(PointRef::isOwn);
        TwinType type = reader.read().twin().type();
        if (isLocal
                && !checkedOfType
                        .computeIfAbsent(type.name(), t -> new HashSet<>())
                        .add(derivation)) {
            return; // the same in a twin of the same type has the same findings
        }
        boolean areAllThere = true;
        for (PointRef input : derivation.inputs()) {
            areAllThere &= exists(reader, input, "");
        }
        if (!areAllThere) {
            return;
        }
        if (derivation instanceof Derivation.Computed computed) {
            formula(reader, computed.formula(), "");
        } else if (derivation instanceof Derivation.Voted voted) {
            for (PointRef input : voted.vote().inputs()) {
                sensor(reader, input);
            }
        }
    }

    private void check(Reader reader, Follow follow) {
        boolean areAllThere = true;
        for (PointRef input : follow.source().references()) {
            areAllThere &= exists(reader, input, "follow: ");
            PointLookup.Found found = resolve(reader, input);
            if (found != null
                    && found.twin().id().equals(reader.read().twin().id())
                    && found.ordinal() == reader.ordinal()) {
                error(
                                reader,
                                "follow: %s would follow itself"
                                        .formatted(reader.point().name()))
                        .fix("name the point whose value it is to take.");
            }
        }
        if (areAllThere) {
            formula(reader, follow.source(), "follow: ");
        }
    }

    private void speed(Reader reader, PointRef speed) {
        PointLookup.Found found = resolve(reader, speed);
        if (!exists(reader, speed, "vibration: ") || found == null) {
            return;
        }
        if (PointLookup.unit(found.point()).flatMap(SpeedUnits::rpm).isEmpty()) {
            error(
                            reader,
                            "vibration: %s is in %s, which is no speed of rotation"
                                    .formatted(speed, symbol(found.point())))
                    .fix("name a point in r/min, Hz or rad/s.");
        }
    }

    private PointLookup.@Nullable Found resolve(Reader reader, PointRef reference) {
        return lookup.find(reader.read().twin(), reference);
    }

    private boolean exists(Reader reader, PointRef reference, String where) {
        return lookup.isUsable(reader.read().twin(), reference, cause -> error(reader, where + cause));
    }

    private void sensor(Reader reader, PointRef input) {
        PointLookup.Found found = resolve(reader, input);
        if (found == null) {
            return;
        }
        boolean isBoolean = reader.point().dataType() == ValueType.BOOLEAN;
        if (isBoolean != (found.point().dataType() == ValueType.BOOLEAN)) {
            error(
                            reader,
                            "%s is %s, the voted point %s"
                                    .formatted(
                                            input,
                                            found.point().dataType().uaName(),
                                            reader.point().dataType().uaName()))
                    .fix("vote over sensors of one kind.");
        } else if (!found.point().unit().equals(reader.point().unit())) {
            error(
                            reader,
                            "%s is in %s, the voted point in %s"
                                    .formatted(input, symbol(found.point()), symbol(reader.point())))
                    .fix("give them one unit; a sensor's own unit is converted by condition: {unit: ...}.");
        }
    }

    private static String symbol(Member.Point point) {
        return point.unit().map(unit -> unit.symbol()).orElse("no unit");
    }

    private void formula(Reader reader, Formula formula, String where) {
        boolean isBoolean = reader.point().dataType() == ValueType.BOOLEAN;
        if (isBoolean != isBoolean(reader, formula)) {
            error(
                            reader,
                            where
                                    + (isBoolean
                                            ? "the expression answers a number, the point is Boolean"
                                            : "the expression answers true or false, the point is "
                                                    + reader.point().dataType().uaName()))
                    .fix(isBoolean ? "compare it, for example x > 0." : "write c ? 1 : 0, or make the point Boolean.");
            return;
        }
        FormulaUnits.Result units =
                FormulaUnits.check(formula, reference -> unit(reader, reference), PointLookup.unit(reader.point()));
        for (FormulaUnits.Problem problem : units.problems()) {
            error(reader, where + "units: " + problem.cause()).fix(problem.fix());
        }
    }

    /** A lone point is what that point is. */
    private boolean isBoolean(Reader reader, Formula formula) {
        PointLookup.Found only =
                formula.isLonePoint() ? resolve(reader, formula.references().get(0)) : null;
        return only == null ? formula.isBoolean() : only.point().dataType() == ValueType.BOOLEAN;
    }

    private Optional<Unit> unit(Reader reader, PointRef reference) {
        PointLookup.Found found = resolve(reader, reference);
        return found == null ? Optional.empty() : PointLookup.unit(found.point());
    }

    private Findings.Draft error(Reader reader, String cause) {
        return context.findings().error(spot(reader), reader.name(), cause);
    }

    /** The twin's own line for the point, else the declaration in the type, else the twin. */
    private Findings.Spot spot(Reader reader) {
        Yaml points = reader.read().entry().get("points");
        Yaml node = points instanceof Yaml.Mapping mapping
                ? mapping.get(reader.point().name())
                : null;
        if (node != null) {
            return context.spot(node, reader.read().scope());
        }
        Yaml standard =
                defaults.of(reader.read().twin().type(), reader.point().name()).at();
        return standard == null ? Findings.Spot.of(reader.read().entry()) : Findings.Spot.of(standard);
    }

    /** Finds points that depend on themselves: depth first, each point once. */
    private final class Circles {
        private final Map<String, int[]> states = new HashMap<>(); // by twin: 0 new, 1 on the path, 2 done
        private final List<Reader> path = new ArrayList<>();

        void run() {
            for (ReadTwin read : twins) {
                for (int i = 0; read.twin().isComputed() && i < read.twin().pointCount(); i++) {
                    if (read.twin().binding(i) instanceof Binding.Derived) {
                        visit(read, i);
                    }
                }
            }
        }

        private void visit(ReadTwin read, int ordinal) {
            int[] state = states.computeIfAbsent(
                    read.twin().id(), id -> new int[read.twin().pointCount()]);
            if (state[ordinal] == 2 || !(read.twin().binding(ordinal) instanceof Binding.Derived derived)) {
                return;
            }
            Reader reader = new Reader(read, read.twin().type().points().get(ordinal), ordinal);
            if (state[ordinal] == 1 || path.size() >= MAX_CHAIN) {
                report(reader);
                return;
            }
            state[ordinal] = 1;
            path.add(reader);
            for (PointRef input : derived.derivation().inputs()) {
                PointLookup.Found found = resolve(reader, input);
                ReadTwin next = found == null ? null : readById.get(found.twin().id());
                if (found != null && next != null) {
                    visit(next, found.ordinal());
                }
            }
            path.remove(path.size() - 1);
            state[ordinal] = 2;
        }

        private void report(Reader reader) {
            List<String> names = new ArrayList<>(path.stream().map(Reader::name).toList());
            int from = names.indexOf(reader.name());
            if (from < 0) {
                error(reader, "computed from a chain of more than %d points".formatted(MAX_CHAIN))
                        .fix("compute it from fewer steps.");
                return;
            }
            List<String> circle = new ArrayList<>(names.subList(from, names.size()));
            circle.add(reader.name());
            error(reader, "it depends on itself: %s".formatted(String.join(" <- ", circle)))
                    .fix("break the circle; the value before is prev(x) of a measured point only.");
        }
    }
}
