package org.uatwin.informationmodel.plant;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Conditioning;
import org.uatwin.informationmodel.conditioning.Derivation;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.monitoring.PointWatch;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.TwinType;

/** What twin types say about the values of their points; twins take it where they say nothing themselves. */
final class PointDefaults {
    static final PointDefault NOTHING = new PointDefault(Treatment.NONE, Optional.empty(), null, PointWatch.NONE);

    private final Map<String, Map<String, PointDefault>> byType = new HashMap<>();
    private final VibrationReader vibration;

    PointDefaults(ModelCatalog models) {
        vibration = new VibrationReader(models);
    }

    /** Reads what waveforms are looked at for. */
    VibrationReader vibration() {
        return vibration;
    }

    /**
     * Of one point.
     *
     * @param at where the derivation stands; null if there is none.
     * @param watch what is watched of it.
     */
    record PointDefault(Treatment treatment, Optional<Derivation> derivation, @Nullable Yaml at, PointWatch watch) {}

    /** Takes over what the extended type says. */
    void inherit(String type, TwinType base) {
        byType.put(type, new HashMap<>(ofType(base)));
    }

    /**
     * Reads what a declaration of a point says.
     *
     * @param isWatched whether the health of such twins is watched.
     */
    void read(Section.Context context, String type, Member.Point point, Yaml node, boolean isWatched) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            return;
        }
        Section s = Section.unchecked(context, Keys.POINT, mapping, Template.Scope.NONE, type + "/" + point.name());
        PointDefault inherited = byType.getOrDefault(type, Map.of()).getOrDefault(point.name(), NOTHING);
        Conditioning conditioning =
                ConditioningReader.read(s, point, inherited.treatment().conditioning(), true);
        ConditioningChecks.check(s, point, conditioning);
        var reduction = ReductionReader.read(s, point).or(inherited.treatment()::reduction);
        Optional<Derivation> derivation = DerivationReader.read(s, point);
        boolean isOwn = derivation.isPresent();
        Yaml at = isOwn ? s.at(DerivationReader.keyOf(s)) : inherited.at();
        var analysis = vibration.read(s, point, inherited.treatment().vibration());
        PointDefault merged = new PointDefault(
                new Treatment(conditioning, reduction, Optional.empty(), analysis),
                derivation.or(inherited::derivation),
                at,
                WatchReader.read(s, point, inherited.watch(), isWatched, true));
        boolean hasAny = !merged.treatment().isEmpty()
                || merged.derivation().isPresent()
                || !merged.watch().equals(inherited.watch())
                || !merged.watch().isEmpty();
        if (hasAny) {
            byType.computeIfAbsent(type, t -> new HashMap<>()).put(point.name(), merged);
        }
    }

    /** What a type that is being read says of a point so far. */
    PointDefault ofReading(String type, String point) {
        return byType.getOrDefault(type, Map.of()).getOrDefault(point, NOTHING);
    }

    PointDefault of(TwinType type, String point) {
        return ofType(type).getOrDefault(point, NOTHING);
    }

    /** By point name; those points only that have any. */
    Map<String, PointDefault> ofType(TwinType type) {
        return byType.getOrDefault(type.name(), Map.of());
    }
}
