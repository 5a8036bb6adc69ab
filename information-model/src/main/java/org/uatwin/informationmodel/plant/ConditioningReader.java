package org.uatwin.informationmodel.plant;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.conditioning.Conditioning;
import org.uatwin.informationmodel.conditioning.Scaling;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;
import org.uatwin.informationmodel.value.UaTime;

/** Reads {@code condition:} of a point or a binding. What makes no sense for the point is found by {@link ConditioningChecks}. */
final class ConditioningReader {
    private final Section s;
    private final Member.Point point;

    private ConditioningReader(Section s, Member.Point point) {
        this.s = s;
        this.point = point;
    }

    /**
     * The steps the key {@code condition} of a section gives, over those of {@code base}.
     *
     * @param isFirst whether unknown keys are to be reported; once for all twins of a range.
     */
    static Conditioning read(Section parent, Member.Point point, Conditioning base, boolean isFirst) {
        Yaml node = parent.node("condition");
        if (node == null) {
            return base;
        }
        if (node instanceof Yaml.Scalar scalar && scalar.text().equals("none")) {
            return Conditioning.NONE;
        }
        Optional<Section> found = isFirst || !(node instanceof Yaml.Mapping mapping)
                ? parent.section("condition")
                : Optional.of(
                        Section.unchecked(parent.context(), Keys.CONDITION, mapping, parent.scope(), parent.subject()));
        return found.map(s -> new ConditioningReader(s, point).all(base).over(base))
                .orElse(base);
    }

    private Conditioning all(Conditioning base) {
        return new Conditioning(
                s.has("late") ? s.choice("late").equals("drop") : base.isWithoutLate(),
                s.has("duplicates") ? s.choice("duplicates").equals("drop") : base.isWithoutDuplicates(),
                s.section("missing").map(ConditioningReader::missing),
                Numbers.atLeastZero(s, "rollover", false),
                s.section("scale").flatMap(ConditioningReader::scale),
                sourceUnit(),
                calibrations(),
                s.section("spike").flatMap(ConditioningReader::spike),
                s.section("rateLimit").flatMap(ConditioningReader::rateLimit),
                s.section("stuck").flatMap(ConditioningReader::stuck),
                s.section("clamp").flatMap(ConditioningReader::clamp),
                s.optionalDuration("debounce"),
                s.optionalDuration("align"),
                deadband());
    }

    private static Conditioning.Missing missing(Section m) {
        return new Conditioning.Missing(
                Numbers.list(m, "values"),
                switch (m.choice("then")) {
                    case "hold" -> Conditioning.Missing.Rule.HOLD;
                    case "replace" -> Conditioning.Missing.Rule.REPLACE;
                    default -> Conditioning.Missing.Rule.BAD;
                },
                m.duration("hold"),
                m.number("replacement").orElse(0));
    }

    private static Optional<Scaling> scale(Section c) {
        if (c.has("table")) {
            if (c.has("from") || c.has("to")) {
                c.error("table", "both table and from, to are given").fix("give one of them.");
            }
            return table(c);
        }
        Optional<Numbers.Pair> from = Numbers.pair(c, "from");
        Optional<Numbers.Pair> to = Numbers.pair(c, "to");
        if (!c.has("from") || !c.has("to")) {
            c.error(c.has("from") ? "from" : "to", "a scale needs from and to, or a table")
                    .fix("write for example scale: {from: [4, 20], to: [0, 100]}.");
        }
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        boolean isRoot = c.choice("curve").equals("squareRoot");
        double low = from.get().first();
        double high = from.get().second();
        if (isRoot ? !(low < high) : low == high) {
            c.error(
                            "from",
                            "from must %s: [%s, %s]"
                                    .formatted(
                                            isRoot ? "rise" : "be two different signals",
                                            Section.plain(low),
                                            Section.plain(high)))
                    .fix("write the signals at both ends, for example [4, 20].");
            return Optional.empty();
        }
        Scaling.Pair a = new Scaling.Pair(low, to.get().first());
        Scaling.Pair b = new Scaling.Pair(high, to.get().second());
        return Optional.of(isRoot ? new Scaling.SquareRoot(a, b) : new Scaling.Linear(a, b));
    }

    private static Optional<Scaling> table(Section c) {
        List<Scaling.Pair> pairs = new ArrayList<>();
        for (Numbers.Pair pair : Numbers.pairs(c, "table")) {
            if (!pairs.isEmpty() && !(pair.first() > pairs.get(pairs.size() - 1).signal())) {
                c.error(
                                "table",
                                "the signals of a table must rise: %s after %s"
                                        .formatted(
                                                Section.plain(pair.first()),
                                                Section.plain(pairs.get(pairs.size() - 1)
                                                        .signal())))
                        .fix("sort the pairs by their first number, each once.");
                return Optional.empty();
            }
            pairs.add(new Scaling.Pair(pair.first(), pair.second()));
        }
        if (pairs.size() < 2) {
            c.error("table", "a table needs two pairs or more").fix("write for example [[0, 0], [10, 50]].");
            return Optional.empty();
        }
        return Optional.of(new Scaling.Table(pairs));
    }

    private Optional<Unit> sourceUnit() {
        Optional<String> text = s.text("unit");
        Optional<Unit> unit = text.flatMap(Units::find);
        if (text.isPresent() && unit.isEmpty()) {
            s.error("unit", "unknown unit \"%s\"".formatted(text.get()))
                    .detail("Units are symbols (m³/h, m3/h) or UNECE codes (MQH).")
                    .fix(Nearest.advice(text.get(), Units.names()));
        }
        return unit;
    }

    private List<Conditioning.Calibration> calibrations() {
        Yaml node = s.node("calibration");
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof Yaml.Sequence list)) {
            s.error("calibration", "calibration must be a list, this is " + node.kind())
                    .fix("write - {from: 2026-03-01, offset: 0.2}.");
            return List.of();
        }
        List<Conditioning.Calibration> found = new ArrayList<>();
        for (Yaml item : list.items()) {
            Section.of(
                            s.context(),
                            Keys.CONDITION.get("calibration").section().orElseThrow(),
                            item,
                            s.scope(),
                            s.subject())
                    .flatMap(ConditioningReader::calibration)
                    .ifPresent(found::add);
        }
        found.sort(Comparator.comparingLong(Conditioning.Calibration::fromTicks));
        for (int i = 1; i < found.size(); i++) {
            if (found.get(i - 1).fromTicks() == found.get(i).fromTicks()) {
                s.error("calibration", "two calibrations from the same time").fix("keep one of them.");
                return List.of();
            }
        }
        return found;
    }

    private static Optional<Conditioning.Calibration> calibration(Section c) {
        Optional<String> text = c.text("from");
        Optional<Instant> from = text.flatMap(ConditioningReader::instant);
        double gain = c.number("gain").orElse(1);
        if (text.isPresent() && from.isEmpty()) {
            c.error("from", "from must be a date or a time: \"%s\"".formatted(text.get()))
                    .fix("write 2026-03-01, or 2026-03-01T08:00:00Z.");
            return Optional.empty();
        }
        if (gain == 0) {
            c.error("gain", "a gain of 0 makes every value the same").fix("write the factor, for example 1.02.");
            return Optional.empty();
        }
        return from.map(instant -> new Conditioning.Calibration(
                UaTime.ofInstant(instant), gain, c.number("offset").orElse(0)));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    text.indexOf('T') < 0
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Conditioning.Spike> spike(Section p) {
        OptionalDouble limit = Numbers.atLeastZero(p, "limit", false);
        return limit.isEmpty()
                ? Optional.empty()
                : Optional.of(new Conditioning.Spike(
                        limit.getAsDouble(),
                        p.integer("samples"),
                        p.integer("confirm"),
                        p.choice("then").equals("hold") ? Conditioning.Doubt.HOLD : Conditioning.Doubt.FLAG));
    }

    private static Optional<Conditioning.RateLimit> rateLimit(Section r) {
        OptionalDouble rate = Numbers.atLeastZero(r, "perSecond", false);
        return rate.isEmpty()
                ? Optional.empty()
                : Optional.of(new Conditioning.RateLimit(
                        rate.getAsDouble(), r.choice("then").equals("limit")));
    }

    private static Optional<Conditioning.Stuck> stuck(Section t) {
        return t.optionalDuration("after")
                .map(after -> new Conditioning.Stuck(
                        after, Numbers.atLeastZero(t, "within", true).orElse(0)));
    }

    private static Optional<Conditioning.Clamp> clamp(Section c) {
        return c.range("to")
                .map(range -> new Conditioning.Clamp(
                        range.low(),
                        range.high(),
                        Numbers.atLeastZero(c, "tolerance", true).orElse(0)));
    }

    private OptionalDouble deadband() {
        OptionalDouble absolute = Numbers.atLeastZero(s, "deadband", true);
        OptionalDouble percent = Numbers.atLeastZero(s, "deadbandPercent", true);
        if (percent.isEmpty()) {
            return absolute;
        }
        if (absolute.isPresent()) {
            s.error("deadbandPercent", "both deadband and deadbandPercent are given")
                    .fix("keep one of them.");
        }
        Optional<Range> range = point.euRange();
        if (range.isEmpty()) {
            s.error("deadbandPercent", "%s has no euRange to take a percentage of".formatted(point.name()))
                    .fix("write deadband in the point's unit, or give the point a euRange.");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(range.get().span() * percent.getAsDouble() / 100);
    }
}
