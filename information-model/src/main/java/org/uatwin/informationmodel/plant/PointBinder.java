package org.uatwin.informationmodel.plant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Conditioning;
import org.uatwin.informationmodel.conditioning.Derivation;
import org.uatwin.informationmodel.conditioning.Follow;
import org.uatwin.informationmodel.conditioning.Reduction;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.conditioning.Vote;
import org.uatwin.informationmodel.monitoring.PointWatch;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Binds the points of one twin: what the twin says of each, then what its type says of those it leaves out, then the
 * points that others fill (a reduced channel, a vote).
 */
final class PointBinder {
    private final BindingReader bindings;
    private final PointDefaults defaults;
    private final DerivationReader derivations = new DerivationReader();
    private final VibrationBinder vibration;

    /** The points of one twin. */
    static final class Bound {
        /** One per point, null where it is not bound. */
        final @Nullable Binding[] bindings;

        final Treatments treatments;

        private Bound(@Nullable Binding[] bindings, Treatments treatments) {
            this.bindings = bindings;
            this.treatments = treatments;
        }
    }

    PointBinder(BindingReader bindings, PointDefaults defaults) {
        this.bindings = bindings;
        this.defaults = defaults;
        vibration = new VibrationBinder(defaults);
    }

    Bound bind(Section s, TwinType type, BindingReader.Surroundings around, boolean isFirst) {
        @Nullable Binding[] bound = new @Nullable Binding[type.declaredPoints().size()];
        Map<Integer, Treatment> treatments = new HashMap<>();
        for (Yaml.Entry entry : s.entries("points")) {
            String name = entry.key().text();
            int ordinal = type.pointOrdinal(name);
            if (ordinal >= bound.length) {
                s.findings()
                        .error(
                                entry.key(),
                                s.subject(),
                                "%s is computed by the server and cannot be bound".formatted(name))
                        .fix("to show a value of your own under this name, declare the point in a type that extends %s."
                                .formatted(type.name()));
                continue;
            }
            if (ordinal < 0) {
                List<String> known =
                        type.declaredPoints().stream().map(Member.Point::name).toList();
                s.findings()
                        .error(entry.key(), s.subject(), "%s has no point \"%s\"".formatted(type.name(), name))
                        .fix(Nearest.advice(name, known));
                continue;
            }
            bind(s, type, ordinal, entry.value(), around, isFirst, bound, treatments);
        }
        Map<String, PointDefaults.PointDefault> ofType = defaults.ofType(type);
        ofType.forEach((name, standard) -> {
            int ordinal = type.pointOrdinal(name);
            if (bound[ordinal] == null && standard.derivation().isPresent()) {
                bound[ordinal] = new Binding.Derived(standard.derivation().get());
            }
        });
        fillOthers(s, type, bound, treatments);
        vibration.bind(s, type, bound, treatments);
        Map<Integer, PointWatch> watches = watches(s, type, ofType, bound, isFirst);
        boolean hasAny = !treatments.isEmpty() || !watches.isEmpty();
        return new Bound(bound, hasAny ? new Treatments(treatments, watches) : Treatments.NONE);
    }

    /** What is watched of points that have a source. */
    private static Map<Integer, PointWatch> watches(
            Section s,
            TwinType type,
            Map<String, PointDefaults.PointDefault> ofType,
            @Nullable Binding[] bound,
            boolean isFirst) {
        Map<Integer, PointWatch> watches = new HashMap<>();
        ofType.forEach((name, standard) -> watches.put(type.pointOrdinal(name), standard.watch()));
        for (Yaml.Entry entry : s.entries("points")) {
            String name = entry.key().text();
            int ordinal = type.pointOrdinal(name);
            if (ordinal >= 0 && ordinal < bound.length && entry.value() instanceof Yaml.Mapping mapping) {
                Section b = Section.unchecked(s.context(), Keys.BINDING, mapping, s.scope(), s.subject() + "/" + name);
                PointWatch base = watches.getOrDefault(ordinal, PointWatch.NONE);
                Member.Point point = type.points().get(ordinal);
                watches.put(ordinal, WatchReader.read(b, point, base, type.isWatched(), isFirst));
            }
        }
        watches.entrySet()
                .removeIf(watch -> watch.getValue().isEmpty()
                        || bound[watch.getKey()] == null
                        || bound[watch.getKey()] instanceof Binding.Constant);
        return watches;
    }

    private void bind(
            Section s,
            TwinType type,
            int ordinal,
            Yaml node,
            BindingReader.Surroundings around,
            boolean isFirst,
            @Nullable Binding[] bound,
            Map<Integer, Treatment> treatments) {
        Member.Point point = type.points().get(ordinal);
        Treatment standard = defaults.of(type, point.name()).treatment();
        if (!(node instanceof Yaml.Mapping mapping)) {
            bound[ordinal] = bindings.read(
                    point,
                    node,
                    s.scope(),
                    s.subject(),
                    around,
                    isFirst,
                    standard.conditioning().changesNumbers());
            add(treatments, ordinal, standard);
            return;
        }
        String subject = s.subject() + "/" + point.name();
        Section b = Section.unchecked(s.context(), Keys.BINDING, mapping, s.scope(), subject);
        Conditioning conditioning = ConditioningReader.read(b, point, standard.conditioning(), isFirst);
        if (isFirst) {
            ConditioningChecks.check(b, point, conditioning);
        }
        Optional<Reduction> reduction = ReductionReader.read(b, point).or(standard::reduction);
        Optional<Follow> follow = derivations.follow(b, point);
        Optional<VibrationRule> analysis = vibration.read(b, type, point);
        if (VibrationReader.isGiven(mapping) && mapping.entries().size() == 1) { // a reduced channel fills it
            add(treatments, ordinal, new Treatment(conditioning, Optional.empty(), Optional.empty(), analysis));
            return;
        }
        boolean isDerived = DerivationReader.isDerived(b);
        if (isDerived || b.has("value")) {
            refuseTreatment(b, isDerived);
        }
        if (isDerived) {
            if (isFirst) {
                Section.of(s.context(), Keys.BINDING, mapping, s.scope(), subject);
            }
            if (b.has("address") || b.has("value")) {
                b.error(
                                DerivationReader.keyOf(b),
                                "both %s and a computation are given".formatted(b.has("address") ? "address" : "value"))
                        .fix("give one of address, value, expression, vote and inference.");
            }
            bound[ordinal] =
                    derivations.derivation(b, point).map(Binding.Derived::new).orElse(null);
            return;
        }
        bound[ordinal] =
                bindings.read(point, node, s.scope(), s.subject(), around, isFirst, conditioning.changesNumbers());
        if (!b.has("value")) {
            add(treatments, ordinal, new Treatment(conditioning, reduction, follow, analysis));
        }
    }

    private static void refuseTreatment(Section b, boolean isDerived) {
        for (String key : List.of("condition", "reduce", "vibration", "follow")) {
            if (b.has(key)) {
                b.error(key, "%s is for values that come from a device".formatted(key))
                        .fix("remove it; %s."
                                .formatted(isDerived ? "put it into the expression" : "a constant does not change"));
            }
        }
    }

    private static void add(Map<Integer, Treatment> treatments, int ordinal, Treatment treatment) {
        if (!treatment.isEmpty()) {
            treatments.put(ordinal, treatment);
        }
    }

    /** Binds the points that a reduced channel or a vote fills. */
    private void fillOthers(Section s, TwinType type, @Nullable Binding[] bound, Map<Integer, Treatment> treatments) {
        treatments.forEach((ordinal, treatment) -> treatment
                .reduction()
                .ifPresent(reduction -> reduced(s, type, type.points().get(ordinal), reduction, bound)));
        for (int i = 0; i < bound.length; i++) {
            if (bound[i] instanceof Binding.Derived derived && derived.derivation() instanceof Derivation.Voted voted) {
                discrepancy(s, type, type.points().get(i), voted.vote(), bound);
            }
        }
    }

    private void reduced(
            Section s, TwinType type, Member.Point channel, Reduction reduction, @Nullable Binding[] bound) {
        double rate = reduction.sampleRateHz();
        Binding source = bound[type.pointOrdinal(channel.name())];
        if (source == null || source.connection().isEmpty()) {
            return; // the channel has its finding already
        }
        String connection = source.connection().get();
        reduction.outputs().forEach((feature, name) -> {
            Optional<Member.Point> point = output(s, type, channel, name, feature.key(), bound);
            if (point.isEmpty()) {
                return;
            }
            boolean isWrongUnit = !feature.isNumber()
                    && channel.unit().isPresent()
                    && point.get().unit().isPresent()
                    && !channel.unit().equals(point.get().unit());
            boolean isWrongShape = point.get().isArray()
                    || (!point.get().dataType().isFloating() && feature != Reduction.Feature.COUNT);
            if (isWrongShape || !point.get().dataType().isNumeric()) {
                wrong(s, channel, "%s cannot take %s; it is %s".formatted(name, feature.key(), shape(point.get())))
                        .fix("make it a single Double or Float.");
            } else if (isWrongUnit) {
                wrong(
                                s,
                                channel,
                                "%s is in %s, the channel in %s"
                                        .formatted(
                                                name,
                                                point.get().unit().orElseThrow().symbol(),
                                                channel.unit().orElseThrow().symbol()))
                        .fix("give both the same unit.");
            }
            bound[type.pointOrdinal(name)] = new Binding.Reduced(channel.name(), connection, feature.key(), rate);
        });
        for (int i = 0; i < reduction.bandOutputs().size(); i++) {
            String what = "energy %s..%s Hz"
                    .formatted(
                            Section.plain(reduction.bands().get(i).low()),
                            Section.plain(reduction.bands().get(i).high()));
            String name = reduction.bandOutputs().get(i);
            Optional<Member.Point> point = output(s, type, channel, name, what, bound);
            if (point.isPresent()
                    && (point.get().isArray() || !point.get().dataType().isFloating())) {
                wrong(s, channel, "%s cannot take %s; it is %s".formatted(name, what, shape(point.get())))
                        .fix("make it a single Double or Float.");
            }
            point.ifPresent(
                    p -> bound[type.pointOrdinal(name)] = new Binding.Reduced(channel.name(), connection, what, rate));
        }
        reduction.waveform().ifPresent(name -> {
            Optional<Member.Point> point = output(s, type, channel, name, "waveform", bound);
            if (point.isPresent()
                    && !(point.get().isArray() && point.get().dataType().isFloating())) {
                wrong(s, channel, "%s cannot take the waveform; it is %s".formatted(name, shape(point.get())))
                        .fix("make it an array: {type: Double, array: 1024}.");
            }
            point.ifPresent(p ->
                    bound[type.pointOrdinal(name)] = new Binding.Reduced(channel.name(), connection, "waveform", rate));
        });
    }

    private static String shape(Member.Point point) {
        return (point.isArray() ? "an array of " : "a single ")
                + point.dataType().uaName();
    }

    private void discrepancy(Section s, TwinType type, Member.Point voted, Vote vote, @Nullable Binding[] bound) {
        if (vote.discrepancy().isEmpty()) {
            return;
        }
        String name = vote.discrepancy().get();
        Optional<Member.Point> point = output(s, type, voted, name, "the discrepancy", bound);
        if (point.isEmpty()) {
            return;
        }
        ValueType dataType = point.get().dataType();
        if (point.get().isArray() || !(dataType == ValueType.BOOLEAN || dataType.isInteger())) {
            wrong(s, voted, "%s cannot show who deviates; it is %s".formatted(name, shape(point.get())))
                    .fix("make it a Boolean, or an integer with a bit for each sensor.");
        }
        bound[type.pointOrdinal(name)] = new Binding.Derived(new Derivation.Discrepancy(voted.name()));
    }

    /** The point another one fills; empty with a finding if there is none, or if it has a source already. */
    private Optional<Member.Point> output(
            Section s, TwinType type, Member.Point from, String name, String what, @Nullable Binding[] bound) {
        int ordinal = type.pointOrdinal(name);
        if (ordinal < 0 || ordinal >= bound.length) {
            wrong(s, from, "%s has no point \"%s\" for %s".formatted(type.name(), name, what))
                    .fix(Nearest.advice(
                            name,
                            type.declaredPoints().stream()
                                    .map(Member.Point::name)
                                    .toList()));
            return Optional.empty();
        }
        Binding taken = bound[ordinal];
        if (taken != null) {
            wrong(s, from, "%s cannot take %s; it has a source already: %s".formatted(name, what, taken.label()))
                    .fix("remove its address or expression, or name another point.");
            return Optional.empty();
        }
        if (type.points().get(ordinal).isWritable()) {
            wrong(s, from, "%s is a setpoint and cannot take %s".formatted(name, what))
                    .fix("name a point that is not writable.");
            return Optional.empty();
        }
        return Optional.of(type.points().get(ordinal));
    }

    static Findings.Draft wrong(Section s, Member.Point from, String cause) {
        Yaml points = s.at("points");
        Yaml node = points instanceof Yaml.Mapping mapping ? mapping.get(from.name()) : null;
        return s.findings()
                .error(
                        s.context().spot(node == null ? points : node, s.scope()),
                        s.subject() + "/" + from.name(),
                        cause);
    }
}
