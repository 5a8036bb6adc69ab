package org.uatwin.informationmodel.plant;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.monitoring.PointDetection;
import org.uatwin.informationmodel.monitoring.PointWatch;
import org.uatwin.informationmodel.monitoring.Wear;
import org.uatwin.informationmodel.type.Limits;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.MemberName;

/** Reads {@code wear:} and {@code detect:} of a point or a binding. */
final class WatchReader {
    private static final String WEAR = "wear";
    private static final String DETECT = "detect";
    private static final List<String> KEYS = List.of(WEAR, DETECT);

    private WatchReader() {}

    /** Whether a declaration of points asks for any of it: their type is watched then, unless it says otherwise. */
    static boolean isAskedFor(Section type) {
        for (Yaml.Entry entry : type.entries("points")) {
            for (String key : KEYS) {
                if (entry.value() instanceof Yaml.Mapping point && point.get(key) instanceof Yaml.Mapping) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * What the keys of a section give, over those of {@code base}.
     *
     * @param isWatched whether the server watches such twins.
     * @param isFirst whether problems are to be reported; once for all twins of a range.
     */
    static PointWatch read(Section parent, Member.Point point, PointWatch base, boolean isWatched, boolean isFirst) {
        Optional<Wear> wear = base.wear();
        Optional<PointDetection> detection = base.detection();
        for (String key : KEYS) {
            Yaml node = parent.node(key);
            boolean isNone = node instanceof Yaml.Scalar scalar && scalar.text().equals("none");
            if (isNone && key.equals(WEAR)) {
                wear = Optional.empty();
            } else if (isNone) {
                detection = Optional.empty();
            } else if (node != null && isPossible(parent, key, point, isWatched, isFirst)) {
                Optional<Section> found = section(parent, key, node, isFirst);
                if (key.equals(WEAR)) {
                    Wear standard = base.wear().orElse(null);
                    wear = found.flatMap(s -> wear(s, point, standard, isFirst));
                } else {
                    PointDetection standard = base.detection().orElse(null);
                    detection = found.map(s -> detection(s, standard));
                }
            }
        }
        return new PointWatch(wear, detection);
    }

    private static Optional<Section> section(Section parent, String key, Yaml node, boolean isFirst) {
        Keys keys = Keys.POINT.get(key).section().orElseThrow();
        return isFirst || !(node instanceof Yaml.Mapping mapping)
                ? parent.section(key)
                : Optional.of(Section.unchecked(parent.context(), keys, mapping, parent.scope(), parent.subject()));
    }

    private static boolean isPossible(
            Section parent, String key, Member.Point point, boolean isWatched, boolean isFirst) {
        boolean isMeasured = point.dataType().isNumeric() && !point.isArray() && !point.isWritable();
        if (!isMeasured && isFirst) {
            parent.error(key, "%s is no measured number".formatted(point.name()))
                    .fix("watch a point that is a single number, and not writable.");
        } else if (!isWatched && isFirst) {
            parent.error(key, "the health of such twins is not watched")
                    .fix("remove maintenance: false from the type, or set maintenance: true.");
        }
        return isMeasured && isWatched;
    }

    private static Optional<Wear> wear(Section s, Member.Point point, @Nullable Wear base, boolean isFirst) {
        OptionalDouble limit = s.number("limit");
        if (limit.isEmpty() && !s.has("limit")) {
            limit = base == null ? ownLimit(point.limits()) : OptionalDouble.of(base.limit());
            if (limit.isEmpty() && isFirst) {
                s.error("limit", "%s has no limit at which its asset has failed".formatted(point.name()))
                        .detail("Without one that is the alarm limit of the point, if it has alarm limits on one side.")
                        .fix("add limit: value%s."
                                .formatted(point.unit()
                                        .map(unit -> " in " + unit.symbol())
                                        .orElse("")));
            }
        }
        String mode = s.text("failureMode", base == null ? point.name() : base.failureMode());
        if (!MemberName.isValid(mode)) {
            if (isFirst) {
                s.error("failureMode", "\"%s\" is no name of a failure mode".formatted(mode))
                        .fix("use ASCII letters and digits, a letter first, for example LinerWear.");
            }
            return Optional.empty();
        }
        OptionalDouble asNew = s.has("new") ? s.number("new") : base == null ? OptionalDouble.empty() : base.asNew();
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        if (asNew.isPresent() && !(Math.abs(asNew.getAsDouble() - limit.getAsDouble()) > 0)) {
            if (isFirst) {
                s.error(
                                "new",
                                "a new part would be at its limit %s already"
                                        .formatted(Section.plain(limit.getAsDouble())))
                        .fix("give what the point shows of a new part.");
            }
            return Optional.empty();
        }
        return Optional.of(new Wear(
                limit.getAsDouble(), mode, asNew, base == null || s.has("over") ? s.duration("over") : base.over()));
    }

    /** The alarm limit, else the warning limit, where there are limits on one side only. */
    private static OptionalDouble ownLimit(Limits limits) {
        OptionalDouble high = limits.highHigh().isPresent() ? limits.highHigh() : limits.high();
        OptionalDouble low = limits.lowLow().isPresent() ? limits.lowLow() : limits.low();
        return high.isPresent() && low.isPresent() ? OptionalDouble.empty() : high.isPresent() ? high : low;
    }

    private static PointDetection detection(Section s, @Nullable PointDetection base) {
        return new PointDetection(
                base == null || s.has("every") ? s.duration("every") : base.every(),
                base == null || s.has("memory") ? s.integer("memory") : base.memory(),
                base == null || s.has("limit") ? s.number("limit").orElse(8) : base.limit(),
                base == null || s.has("rest") ? s.duration("rest") : base.rest());
    }
}
