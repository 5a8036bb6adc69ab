package org.uatwin.server.derived;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.uatwin.informationmodel.conditioning.Derivation;
import org.uatwin.informationmodel.conditioning.Follow;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.expression.FormulaUnits;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.ValueType;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;

/** Makes the graph of a live plant. */
final class GraphBuilder {
    private final LivePlant live;
    private final FollowNode.Writer writer;
    private final InferenceModels models;
    private final TreeMap<Integer, ValueType> rows = new TreeMap<>();
    private final Map<Formula, Map<TwinType, Formula>> converted = new HashMap<>();

    /** A computed point of a twin. */
    private record Computed(TwinInstance instance, int ordinal, Derivation derivation) {
        int row() {
            return instance.firstRow() + ordinal;
        }

        Member.Point point() {
            return instance.type().points().get(ordinal);
        }

        String name() {
            return instance.id() + "/" + point().name();
        }
    }

    private record Following(TwinInstance instance, int ordinal, Follow follow) {}

    GraphBuilder(LivePlant live, FollowNode.Writer writer, InferenceModels models) {
        this.live = live;
        this.writer = writer;
        this.models = models;
    }

    DerivedGraph build() {
        List<Computed> computed = new ArrayList<>();
        List<Following> following = new ArrayList<>();
        for (TwinInstance instance : live.instances()) {
            Twin twin = instance.twin();
            for (int i = 0; twin != null && (twin.isComputed() || twin.isTreated()) && i < twin.pointCount(); i++) {
                if (twin.binding(i) instanceof Binding.Derived derived) {
                    Computed point = new Computed(instance, i, derived.derivation());
                    computed.add(point);
                    rows.put(point.row(), point.point().dataType());
                    derived.derivation().inputs().forEach(input -> use(instance, input));
                }
                int ordinal = i;
                twin.treatment(i).follow().ifPresent(follow -> {
                    following.add(new Following(instance, ordinal, follow));
                    follow.source().references().forEach(input -> use(instance, input));
                });
            }
        }
        Slots slots = new Slots(
                rows.keySet().stream().mapToInt(Integer::intValue).toArray(),
                rows.values().toArray(new ValueType[0]));
        return new DerivedGraph(slots, nodes(slots, computed, following));
    }

    private void use(TwinInstance own, PointRef input) {
        rows.put(row(own, input), point(own, input).dataType());
    }

    private TwinInstance instance(TwinInstance own, PointRef input) {
        TwinInstance found = input.isOwn() ? own : live.instance(input.twin());
        if (found == null) {
            throw new IllegalStateException("%s reads the unknown twin %s".formatted(own, input.twin()));
        }
        return found;
    }

    private int row(TwinInstance own, PointRef input) {
        return instance(own, input).row(input.point());
    }

    private Member.Point point(TwinInstance own, PointRef input) {
        TwinType type = instance(own, input).type();
        return type.points().get(type.pointOrdinal(input.point()));
    }

    private List<Node> nodes(Slots slots, List<Computed> computed, List<Following> following) {
        List<Node> nodes = new ArrayList<>();
        Map<Integer, VoteNode> votes = new HashMap<>();
        for (Computed c : computed) {
            Inputs inputs = inputs(slots, c.instance(), c.derivation().inputs());
            Result result =
                    new Result(slots, slots.of(c.row()), c.point().validity().orElse(null));
            ValueType type = c.point().dataType();
            if (c.derivation() instanceof Derivation.Computed formula) {
                nodes.add(new FormulaNode(
                        c.name(), converted(c.instance(), formula.formula(), unit(c.point())), inputs, result));
            } else if (c.derivation() instanceof Derivation.Voted voted) {
                VoteNode vote = new VoteNode(c.name(), voted.vote(), inputs, result, type);
                votes.put(c.row(), vote);
                nodes.add(vote);
            } else if (c.derivation() instanceof Derivation.Inferred inferred) {
                nodes.add(new InferenceNode(c.name(), inferred.inference(), inputs, result, models));
            }
        }
        for (Computed c : computed) {
            if (c.derivation() instanceof Derivation.Discrepancy discrepancy) {
                VoteNode vote = votes.get(c.instance().row(discrepancy.of()));
                if (vote == null) {
                    throw new IllegalStateException("%s shows the discrepancy of no vote".formatted(c.name()));
                }
                Inputs inputs = inputs(slots, c.instance(), discrepancy.inputs());
                Result result = new Result(slots, slots.of(c.row()), null);
                nodes.add(new DiscrepancyNode(
                        c.name(), vote, inputs, result, c.point().dataType()));
            }
        }
        following.forEach(f -> nodes.add(follow(slots, f)));
        return nodes;
    }

    private Node follow(Slots slots, Following f) {
        Member.Point point = f.instance().type().points().get(f.ordinal());
        Formula source = converted(f.instance(), f.follow().source(), unit(point));
        return new FollowNode(
                f.instance().id() + "/" + point.name(),
                f.instance().firstRow() + f.ordinal(),
                point.dataType(),
                point.instrumentRange().or(point::euRange).orElse(null),
                new Follow(source, f.follow().every(), f.follow().deadband()),
                inputs(slots, f.instance(), source.references()),
                writer);
    }

    private Inputs inputs(Slots slots, TwinInstance own, List<PointRef> references) {
        return new Inputs(
                slots,
                references.stream()
                        .mapToInt(reference -> slots.of(row(own, reference)))
                        .toArray());
    }

    /** The formula with the conversions of {@code to(...)}; one object for twins of a type where it reads its own points. */
    private Formula converted(TwinInstance own, Formula formula, Optional<Unit> result) {
        boolean isLocal = formula.references().stream().allMatch(PointRef::isOwn);
        Formula known = isLocal ? converted.getOrDefault(formula, Map.of()).get(own.type()) : null;
        if (known != null) {
            return known;
        }
        Formula made = FormulaUnits.check(formula, reference -> unit(point(own, reference)), result)
                .formula();
        if (isLocal) {
            converted.computeIfAbsent(formula, f -> new HashMap<>()).put(own.type(), made);
        }
        return made;
    }

    private static Optional<Unit> unit(Member.Point point) {
        return point.unit().flatMap(unit -> Units.find(unit.code()));
    }
}
