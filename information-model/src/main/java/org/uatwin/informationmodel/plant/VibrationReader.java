package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.MemberName;
import org.uatwin.informationmodel.type.PointKind;
import org.uatwin.informationmodel.type.VibrationPoints;
import org.uatwin.informationmodel.unit.SpeedUnits;
import org.uatwin.informationmodel.unit.Unit;
import org.uatwin.informationmodel.unit.Units;

/** Reads {@code vibration:} of a waveform: what a type says, and what a twin says otherwise. */
final class VibrationReader {
    private static final String KEY = "vibration";
    private static final Pattern QUANTITY = Pattern.compile("([+-]?[0-9.]+(?:[eE][+-]?\\d+)?)\\s*(.*)");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_.-]+/[A-Za-z][A-Za-z0-9]*");
    private static final int HITS = 3;
    private static final int OF = 5;
    private static final int BASELINE = 20;

    private final ModelCatalog catalog;

    VibrationReader(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    static boolean isGiven(Yaml node) {
        return node instanceof Yaml.Mapping mapping && mapping.get(KEY) != null;
    }

    /**
     * The block of a point.
     *
     * @param base what holds for keys that are left out; empty: the defaults.
     */
    Optional<VibrationRule> read(Section parent, Member.Point point, Optional<VibrationRule> base) {
        if (!isGiven(parent.mapping())) {
            return base;
        }
        Optional<Unit> unit = PointLookup.unit(point);
        if (point.kind() != PointKind.WAVEFORM
                || unit.isEmpty()
                || !unit.get().dimension().equals("acceleration")) {
            boolean isGram = unit.isPresent() && unit.get().code().equals("GRM");
            parent.error(KEY, "%s is no waveform of acceleration".formatted(point.name()))
                    .detail(
                            isGram
                                    ? "The unit g is the gram."
                                    : "The analysis integrates acceleration; it needs to know what 1 of its unit is.")
                    .fix("declare kind: waveform, array: 12000 and unit: m/s2, or unit: gn for multiples of gravity.");
            return Optional.empty();
        }
        if (parent.mapping().get(KEY) instanceof Yaml.Scalar scalar && scalar.isEmptyValue()) {
            return Optional.of(base.orElseGet(() -> defaults(point, unit.get())));
        }
        return parent.section(KEY)
                .map(s -> read(s, base.orElseGet(() -> defaults(point, unit.get())), base.isPresent()));
    }

    private static VibrationRule defaults(Member.Point point, Unit unit) {
        return new VibrationRule(
                point.name(),
                Optional.empty(),
                Optional.empty(),
                0,
                unit.factor(),
                Optional.empty(),
                HITS,
                OF,
                BASELINE);
    }

    private VibrationRule read(Section s, VibrationRule base, boolean hasPoints) {
        String prefix = s.text("prefix", base.prefix());
        if (!prefix.equals(base.prefix()) && (hasPoints || !MemberName.isValid(prefix))) {
            s.error("prefix", "\"%s\" cannot be the prefix".formatted(prefix))
                    .fix(
                            hasPoints
                                    ? "remove it; the points are those of the type."
                                    : "use ASCII letters and digits, a letter first, for example DriveEnd.");
            prefix = base.prefix();
        }
        double rate = s.number("sampleRate").orElse(base.sampleRateHz());
        if (s.has("sampleRate") && !(rate >= 10 && rate <= 1e7)) {
            s.error("sampleRate", "sampleRate must be 10..10000000: %s".formatted(Section.plain(rate)))
                    .fix("write samples a second, as the device takes them.");
            rate = base.sampleRateHz();
        }
        int hits = base.confirmHits();
        int of = base.confirm();
        Optional<Numbers.Pair> confirm = Numbers.pair(s, "confirm");
        if (confirm.isPresent() && isConfirm(s, confirm.get())) {
            hits = (int) confirm.get().first();
            of = (int) confirm.get().second();
        }
        String machine = s.choice("machine");
        return new VibrationRule(
                prefix,
                bearing(s).or(base::bearing),
                speed(s, base),
                rate,
                base.metrePerS2(),
                machine.isEmpty() ? base.machine() : Optional.of(machine),
                hits,
                of,
                s.has("baseline") ? s.integer("baseline") : base.baseline());
    }

    private static boolean isConfirm(Section s, Numbers.Pair pair) {
        boolean isWhole = pair.first() == Math.rint(pair.first()) && pair.second() == Math.rint(pair.second());
        boolean isFit = isWhole && pair.first() >= 1 && pair.second() >= pair.first() && pair.second() <= 100;
        if (!isFit) {
            s.error(
                            "confirm",
                            "[%s, %s] is no number of snapshots out of others"
                                    .formatted(Section.plain(pair.first()), Section.plain(pair.second())))
                    .fix("write for example confirm: [3, 5]; at most 100.");
        }
        return isFit;
    }

    private Optional<VibrationRule.Bearing> bearing(Section s) {
        if (!s.has("bearing")) {
            return Optional.empty();
        }
        if (s.node("bearing") instanceof Yaml.Mapping) {
            return s.section("bearing").flatMap(VibrationReader::dimensions);
        }
        Optional<String> name = s.text("bearing");
        if (name.isEmpty() || catalog.bearings().isEmpty()) {
            return name.map(n -> new VibrationRule.Bearing(n, 0, 0, 0, 0));
        }
        Optional<VibrationRule.Bearing> found = catalog.bearing(name.get());
        if (found.isEmpty()) {
            s.error("bearing", "no bearing \"%s\" in the catalogue".formatted(name.get()))
                    .detail("Near it: %s.".formatted(String.join(", ", near(name.get()))))
                    .fix(
                            "take one of these, or give its dimensions:"
                                    + " bearing: {balls: 9, ballDiameter: 7.94 mm, pitchDiameter: 39.04 mm, contactAngle: 0 deg}.");
        }
        return found;
    }

    private List<String> near(String typed) {
        List<String> names = new ArrayList<>(catalog.bearings());
        names.sort(java.util.Comparator.comparingInt(name -> Nearest.distance(typed, name)));
        return names.subList(0, Math.min(3, names.size()));
    }

    private static Optional<VibrationRule.Bearing> dimensions(Section s) {
        Optional<Integer> balls = s.optionalInteger("balls");
        OptionalDouble ball = quantity(s, "ballDiameter", "mm", "length");
        OptionalDouble pitch = quantity(s, "pitchDiameter", "mm", "length");
        OptionalDouble angle = s.has("contactAngle") ? quantity(s, "contactAngle", "°", "angle") : OptionalDouble.of(0);
        if (balls.isEmpty() || ball.isEmpty() || pitch.isEmpty() || angle.isEmpty()) {
            return Optional.empty();
        }
        if (!(ball.getAsDouble() > 0) || !(pitch.getAsDouble() > ball.getAsDouble())) {
            s.error(
                            "pitchDiameter",
                            "balls of %s mm on a circle of %s mm"
                                    .formatted(Section.plain(ball.getAsDouble()), Section.plain(pitch.getAsDouble())))
                    .fix(
                            "the pitch diameter is that of the circle through the centres of the balls, larger than a ball.");
            return Optional.empty();
        }
        if (!(angle.getAsDouble() >= 0 && angle.getAsDouble() < 90)) {
            s.error("contactAngle", "contactAngle must be 0 to below 90 degrees: %s".formatted(angle.getAsDouble()))
                    .fix("0 for deep groove ball bearings, 15 to 40 for angular contact ones.");
            return Optional.empty();
        }
        return Optional.of(new VibrationRule.Bearing(
                "", balls.get(), ball.getAsDouble(), pitch.getAsDouble(), angle.getAsDouble()));
    }

    /** A number with a unit of a dimension, in the given unit; a number alone is in that unit. */
    private static OptionalDouble quantity(Section s, String key, String inUnit, String dimension) {
        Optional<String> text = s.text(key);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        Matcher parts = QUANTITY.matcher(text.get().strip());
        Unit target = Units.find(inUnit).orElseThrow();
        if (parts.matches()) {
            String symbol = parts.group(2).strip();
            Optional<Unit> unit = symbol.isEmpty() ? Optional.of(target) : Units.find(symbol);
            if (unit.isPresent() && unit.get().dimension().equals(dimension)) {
                try {
                    return OptionalDouble.of(unit.get().convert(Double.parseDouble(parts.group(1)), target));
                } catch (NumberFormatException e) {
                    // reported below: no number
                }
            }
        }
        s.error(key, "\"%s\" is no %s".formatted(text.get(), dimension))
                .fix("write a number and its unit, for example %s: 7.94 %s.".formatted(key, inUnit));
        return OptionalDouble.empty();
    }

    private static Optional<VibrationRule.Speed> speed(Section s, VibrationRule base) {
        double ratio = s.number("speedRatio")
                .orElse(base.speed().map(VibrationRule.Speed::ratio).orElse(1.0));
        if (!(ratio >= 1e-6 && ratio <= 1e6)) {
            s.error("speedRatio", "speedRatio must be above 0: %s".formatted(Section.plain(ratio)))
                    .fix(
                            "write turns of the bearing's shaft a turn of the speed, for example 0.25 behind a gear of 4:1.");
            ratio = 1;
        }
        double factor = ratio;
        Optional<String> text = s.text("speed");
        if (text.isEmpty()) {
            return base.speed().map(speed -> new VibrationRule.Speed(speed.point(), speed.rpm(), factor));
        }
        String name = text.get().strip();
        Matcher constant = QUANTITY.matcher(name);
        boolean isPoint = !constant.matches()
                || (REFERENCE.matcher(name).matches()
                        && Units.find(constant.group(2)).isEmpty());
        if (isPoint) {
            return Optional.of(new VibrationRule.Speed(Optional.of(PointRef.of(name)), 0, factor));
        }
        Optional<Unit> unit = Units.find(constant.group(2).strip());
        Optional<Double> rpm = unit.flatMap(SpeedUnits::rpm)
                .flatMap(of -> number(constant.group(1)).map(value -> value * of));
        if (rpm.isEmpty() || !(rpm.get() > 0)) {
            s.error("speed", "\"%s\" is no speed".formatted(name))
                    .fix("write a point's name, or a number above 0 and its unit: 1482 r/min, 24.7 Hz.");
            return base.speed();
        }
        return Optional.of(new VibrationRule.Speed(Optional.empty(), rpm.get(), factor));
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Points that a waveform's block brings into its type, where the extended type has not brought them already.
     *
     * @param isTaken whether a member of the type has that name.
     */
    static List<Member.Point> points(
            Section s, Member.Point waveform, VibrationRule rule, java.util.function.Predicate<String> isTaken) {
        List<Member.Point> points = VibrationPoints.of(waveform, rule.prefix());
        for (Member.Point point : points) {
            if (isTaken.test(point.name())) {
                s.error(KEY, "%s is already the name of another member".formatted(point.name()))
                        .fix("give the results another name: vibration: {prefix: DriveEnd}, or rename that member.");
                return List.of();
            }
        }
        return points;
    }
}
