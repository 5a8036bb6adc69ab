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

/** Reads {@code expression:}, {@code vote:} and {@code follow:}. Whether the points they name exist is checked later. */
final class DerivationReader {
    private final Map<String, Formula> formulas = new HashMap<>(); // one object for all twins of a range

    DerivationReader() {}

    /** Without a memory of formulas: for the declaration of a type, which is read once. */
    static Optional<Derivation> read(Section s, Member.Point point) {
        return new DerivationReader().derivation(s, point);
    }

    Optional<Derivation> derivation(Section s, Member.Point point) {
        if (s.has("expression") && s.has("vote")) {
            s.error("vote", "both expression and vote are given").fix("give one of them.");
            return Optional.empty();
        }
        if (!s.has("expression") && !s.has("vote")) {
            return Optional.empty();
        }
        String key = s.has("vote") ? "vote" : "expression";
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
        return key.equals("vote")
                ? s.section("vote").flatMap(v -> vote(v, point)).map(Derivation.Voted::new)
                : formula(s, "expression").map(Derivation.Computed::new);
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
        List<PointRef> inputs = new ArrayList<>();
        for (String name : v.texts("of")) {
            int slash = name.lastIndexOf('/');
            PointRef input = new PointRef(slash < 0 ? "" : name.substring(0, slash), name.substring(slash + 1));
            if (!MemberName.isValid(input.point()) || slash == 0) {
                v.error("of", "\"%s\" names no point".formatted(name)).fix("write Point or twin/Point.");
                return Optional.empty();
            }
            if (inputs.contains(input)) {
                v.error("of", "%s is named twice".formatted(name)).fix("name every sensor once.");
                return Optional.empty();
            }
            inputs.add(input);
        }
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
}
