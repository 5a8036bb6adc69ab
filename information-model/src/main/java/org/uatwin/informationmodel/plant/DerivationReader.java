package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.conditioning.Derivation;
import org.uatwin.informationmodel.conditioning.Follow;
import org.uatwin.informationmodel.conditioning.Vote;
import org.uatwin.informationmodel.expression.Formula;
import org.uatwin.informationmodel.expression.FormulaException;
import org.uatwin.informationmodel.expression.PointRef;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.MemberName;
import org.uatwin.informationmodel.value.ValueType;

/** Reads {@code expression:}, {@code vote:}, {@code inference:} and {@code follow:}. Whether the points they name exist is checked later. */
final class DerivationReader {
    private static final List<String> KEYS = List.of("expression", "vote", "inference");

    private final Map<String, Formula> formulas = new HashMap<>(); // one object for all twins of a range

    DerivationReader() {}

    /** Without a memory of formulas: for the declaration of a type, which is read once. */
    static Optional<Derivation> read(Section s, Member.Point point) {
        return new DerivationReader().derivation(s, point);
    }

    Optional<Derivation> derivation(Section s, Member.Point point) {
        List<String> given = KEYS.stream().filter(s::has).toList();
        if (given.size() > 1) {
            s.error(given.get(1), "both %s and %s are given".formatted(given.get(0), given.get(1)))
                    .fix("give one of them.");
            return Optional.empty();
        }
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String key = given.get(0);
        if (point.isWritable() || point.isArray() || !(point.dataType().isNumeric() || isBoolean(point))) {
            s.error(
                            key,
                            "%s is %s and cannot be computed"
                                    .formatted(
                                            point.name(),
                                            point.isWritable()
                                                    ? "a setpoint"
                                                    : point.isArray()
                                                            ? "an array"
                                                            : point.dataType().uaName()))
                    .fix("compute a point that is one number or truth value and not writable.");
            return Optional.empty();
        }
        return switch (key) {
            case "vote" -> s.section("vote").flatMap(v -> vote(v, point)).map(Derivation.Voted::new);
            case "inference" ->
                s.section("inference").flatMap(InferenceReader::read).map(Derivation.Inferred::new);
            default -> formula(s, "expression").map(Derivation.Computed::new);
        };
    }

    static boolean isDerived(Section s) {
        return KEYS.stream().anyMatch(s::has);
    }

    /** The key that says how a point is computed; {@code expression} if there is none. */
    static String keyOf(Section s) {
        return KEYS.stream().filter(s::has).findFirst().orElse("expression");
    }

    private static boolean isBoolean(Member.Point point) {
        return point.dataType() == ValueType.BOOLEAN;
    }

    Optional<Follow> follow(Section parent, Member.Point point) {
        if (!parent.has("follow")) {
            return Optional.empty();
        }
        if (!point.isWritable() || point.isArray() || !(point.dataType().isNumeric() || isBoolean(point))) {
            parent.error("follow", "%s is no setpoint of one number or truth value".formatted(point.name()))
                    .fix("only a writable point can follow; to show another point's value use expression.");
            return Optional.empty();
        }
        return parent.section("follow").flatMap(f -> formula(f, "expression")
                .map(formula -> new Follow(
                        formula,
                        f.duration("every"),
                        Numbers.atLeastZero(f, "deadband", true).orElse(0))));
    }

    /** The formula of a key; empty, with a finding if it is there, if it cannot be read. */
    Optional<Formula> formula(Section s, String key) {
        Optional<String> text = s.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Formula known = formulas.get(text.get());
        if (known != null) {
            return Optional.of(known);
        }
        try {
            Formula formula = Formula.parse(text.get());
            formulas.put(text.get(), formula);
            return Optional.of(formula);
        } catch (FormulaException e) {
            int shift = e.position() == 0 ? 0 : e.position() - 1;
            s.findings()
                    .error(shifted(s, key, shift), s.subject(), "%s: %s".formatted(key, e.getMessage()))
                    .fix(e.fix());
            return Optional.empty();
        }
    }

    /** The place within a text that stands on one line of the file as it is; else where the text begins. */
    private static Findings.Spot shifted(Section s, String key, int characters) {
        Findings.Spot spot = s.spot(key);
        Yaml node = s.at(key);
        if (!(node instanceof Yaml.Scalar scalar)
                || scalar.hasPlaceholder()
                || scalar.text().indexOf('\n') >= 0) {
            return spot;
        }
        int lead = scalar.text().length() - scalar.text().stripLeading().length();
        return new Findings.Spot(
                spot.file(), spot.line(), spot.column() + (scalar.isPlain() ? 0 : 1) + lead + characters);
    }

    private static Optional<Vote> vote(Section v, Member.Point point) {
        Optional<List<PointRef>> named = points(v, "name every sensor once.");
        if (named.isEmpty()) {
            return Optional.empty();
        }
        List<PointRef> inputs = named.get();
        if (inputs.size() < 2 || inputs.size() > 31) {
            v.error("of", "%d sensors".formatted(inputs.size())).fix("name 2 to 31 redundant sensors.");
            return Optional.empty();
        }
        int required = v.optionalInteger("required").orElse(inputs.size() / 2 + 1);
        if (required > inputs.size()) {
            v.error("required", "%d of %d sensors".formatted(required, inputs.size()))
                    .fix("write 1..%d.".formatted(inputs.size()));
            return Optional.empty();
        }
        if (isBoolean(point) && v.has("tolerance")) {
            v.error("tolerance", "truth values have no distance").fix("remove tolerance.");
        }
        OptionalDouble tolerance = Numbers.atLeastZero(v, "tolerance", true);
        return Optional.of(new Vote(
                inputs,
                Vote.Method.valueOf(v.choice("method").toUpperCase(java.util.Locale.ROOT)),
                tolerance,
                v.duration("delay"),
                required,
                v.text("discrepancy")));
    }

    /** The points of the key {@code of}, each once; empty, with a finding, if one is no point. */
    static Optional<List<PointRef>> points(Section s, String once) {
        List<PointRef> points = new ArrayList<>();
        for (String name : s.texts("of")) {
            int slash = name.lastIndexOf('/');
            PointRef point = new PointRef(slash < 0 ? "" : name.substring(0, slash), name.substring(slash + 1));
            if (!MemberName.isValid(point.point()) || slash == 0) {
                s.error("of", "\"%s\" names no point".formatted(name)).fix("write Point or twin/Point.");
                return Optional.empty();
            }
            if (points.contains(point)) {
                s.error("of", "%s is named twice".formatted(name)).fix(once);
                return Optional.empty();
            }
            points.add(point);
        }
        return Optional.of(points);
    }
}
