package org.uatwin.informationmodel.plant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.plant.TwinReader.ReadTwin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.ValueType;

/** Finds the points that formulas name, in the twin they belong to and in others. */
final class PointLookup {
    private final Map<String, Twin> byId = new HashMap<>();

    /** A point that was found. */
    record Found(Twin twin, Member.Point point, int ordinal) {}

    PointLookup(List<ReadTwin> twins, List<Twin> systemTwins) {
        systemTwins.forEach(twin -> byId.put(twin.id(), twin));
        twins.forEach(read -> byId.put(read.twin().id(), read.twin()));
    }

    @Nullable
    Found find(Twin own, PointRef reference) {
        Twin twin = twin(own, reference);
        int ordinal = twin == null ? -1 : twin.type().pointOrdinal(reference.point());
        return twin == null || ordinal < 0
                ? null
                : new Found(twin, twin.type().points().get(ordinal), ordinal);
    }

    private @Nullable Twin twin(Twin own, PointRef reference) {
        return reference.isOwn() ? own : byId.get(reference.twin());
    }

    /**
     * Whether a formula can calculate with a point.
     *
     * @param error makes the finding that says why not.
     */
    boolean isUsable(Twin own, PointRef reference, Function<String, Findings.Draft> error) {
        Found found = find(own, reference);
        if (found == null) {
            report(own, reference, error);
            return false;
        }
        Member.Point point = found.point();
        boolean isUsable = !point.isArray() && (point.dataType().isNumeric() || point.dataType() == ValueType.BOOLEAN);
        if (!isUsable) {
            error.apply("%s is %s and cannot be calculated with"
                            .formatted(
                                    reference,
                                    point.isArray()
                                            ? "an array"
                                            : point.dataType().uaName()))
                    .fix("use a single number or truth value.");
        }
        return isUsable;
    }

    private void report(Twin own, PointRef reference, Function<String, Findings.Draft> error) {
        Twin twin = twin(own, reference);
        if (twin == null) {
            error.apply("there is no twin \"%s\"".formatted(reference.twin()))
                    .fix(Nearest.of(reference.twin(), byId.keySet())
                            .map(near -> "did you mean '%s/%s'?".formatted(near, reference.point()))
                            .orElse("declare that twin, or name another."));
            return;
        }
        List<String> known =
                twin.type().points().stream().map(Member.Point::name).toList();
        String label = reference.isOwn() ? twin.type().name() : twin.id();
        error.apply("%s has no point \"%s\"".formatted(label, reference.point()))
                .fix(Nearest.advice(reference.point(), known));
    }

    static Optional<Unit> unit(Member.Point point) {
        return point.unit().flatMap(unit -> Units.find(unit.code()));
    }
}
