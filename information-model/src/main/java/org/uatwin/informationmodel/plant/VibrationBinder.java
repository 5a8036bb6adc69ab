package org.uatwin.informationmodel.plant;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.conditioning.VibrationRule;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.type.VibrationPoints;
import org.uatwin.informationmodel.type.VibrationPoints.Result;

/** Completes the analysis of a twin's waveforms once it is known where these come from, and binds its results. */
final class VibrationBinder {
    private final PointDefaults defaults;

    VibrationBinder(PointDefaults defaults) {
        this.defaults = defaults;
    }

    /** What a twin says of a waveform, on top of its type; empty, with a finding, if the type has no points for results. */
    Optional<VibrationRule> read(Section binding, TwinType type, Member.Point point) {
        Optional<VibrationRule> standard =
                defaults.of(type, point.name()).treatment().vibration();
        if (standard.isEmpty() && binding.has("vibration")) {
            binding.error("vibration", "%s declares no vibration for %s".formatted(type.name(), point.name()))
                    .detail("The results are points, and points are declared in types.")
                    .fix(
                            "add vibration: {} to the point in the type, or in one that extends it; the rest may stay here.");
            return Optional.empty();
        }
        return defaults.vibration().read(binding, point, standard);
    }

    /** Binds the results of every waveform of the type that has a source. */
    void bind(Section s, TwinType type, @Nullable Binding[] bound, Map<Integer, Treatment> treatments) {
        defaults.ofType(type).forEach((name, standard) -> {
            int ordinal = type.pointOrdinal(name);
            if (standard.treatment().vibration().isPresent() && bound[ordinal] != null) {
                Treatment own = treatments.getOrDefault(ordinal, Treatment.NONE);
                VibrationRule rule =
                        own.vibration().or(standard.treatment()::vibration).orElseThrow();
                complete(s, type.points().get(ordinal), rule, bound[ordinal]).ifPresent(complete -> {
                    treatments.put(ordinal, own.with(complete));
                    results(s, type, name, complete, bound);
                });
            }
        });
    }

    private static Optional<VibrationRule> complete(
            Section s, Member.Point waveform, VibrationRule rule, @Nullable Binding source) {
        double rate = rule.sampleRateHz() > 0
                ? rule.sampleRateHz()
                : source instanceof Binding.Reduced reduced ? reduced.sampleRateHz() : 0;
        if (rate == 0) {
            PointBinder.wrong(
                            s,
                            waveform,
                            "how fast the samples of %s were taken is not known".formatted(waveform.name()))
                    .fix("add vibration: {sampleRate: 12000}, in samples a second.");
            return Optional.empty();
        }
        if (rule.bearing().isPresent() && rule.speed().isEmpty()) {
            PointBinder.wrong(s, waveform, "the faults of a bearing are found by its orders, and these need its speed")
                    .fix("add speed: to vibration, a point or for example 1482 r/min.");
            return Optional.empty();
        }
        return Optional.of(rule.sampledAt(rate));
    }

    private static void results(
            Section s, TwinType type, String waveform, VibrationRule rule, @Nullable Binding[] bound) {
        double half = rule.sampleRateHz() / 2;
        for (Result result : Result.values()) {
            int ordinal = type.pointOrdinal(result.name(rule.prefix()));
            if (bound[ordinal] != null) {
                PointBinder.wrong(
                                s,
                                type.points().get(ordinal),
                                "%s is computed from the vibration of %s"
                                        .formatted(result.name(rule.prefix()), waveform))
                        .fix("remove its address.");
                continue;
            }
            double end =
                    switch (result) {
                        case SPECTRUM -> half;
                        case ENVELOPE -> Math.min(half, VibrationPoints.ENVELOPE_HZ);
                        default -> 0;
                    };
            bound[ordinal] = new Binding.Analysed(waveform, result.words(), end);
        }
    }
}
