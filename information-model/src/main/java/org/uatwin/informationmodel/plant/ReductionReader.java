package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.uatwin.informationmodel.conditioning.Reduction;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;

/** Reads {@code reduce:} of a fast channel. */
final class ReductionReader {
    private static final double MOST_SAMPLES = 1e9;

    private ReductionReader() {}

    static Optional<Reduction> read(Section parent, Member.Point point) {
        if (!parent.has("reduce")) {
            return Optional.empty();
        }
        if (!point.dataType().isNumeric() || point.isWritable()) {
            parent.error(
                            "reduce",
                            "%s is %s, no measured channel"
                                    .formatted(
                                            point.name(),
                                            point.isWritable()
                                                    ? "a setpoint"
                                                    : point.dataType().uaName()))
                    .fix("reduce a point that is a number, or an array of them, and not writable.");
            return Optional.empty();
        }
        return parent.section("reduce").flatMap(s -> read(s));
    }

    private static Optional<Reduction> read(Section s) {
        OptionalDouble rate = Numbers.atLeastZero(s, "sampleRate", false);
        if (rate.isEmpty()) {
            return Optional.empty();
        }
        double seconds = s.duration("every").toNanos() / 1e9;
        if (seconds * rate.getAsDouble() < 4 || seconds * rate.getAsDouble() > MOST_SAMPLES) {
            s.error("every", "an interval has %.3g samples".formatted(seconds * rate.getAsDouble()))
                    .fix("4 to %.0e samples; check every and sampleRate.".formatted(MOST_SAMPLES));
            return Optional.empty();
        }
        List<Range> bands = bands(s, rate.getAsDouble() / 2);
        Map<Reduction.Feature, String> outputs = new EnumMap<>(Reduction.Feature.class);
        List<String> bandOutputs = new ArrayList<>();
        s.section("to").ifPresent(to -> {
            for (Reduction.Feature feature : Reduction.Feature.values()) {
                to.text(feature.key()).ifPresent(name -> outputs.put(feature, name));
            }
            bandOutputs.addAll(to.texts("bands"));
        });
        if (bandOutputs.size() != bands.size()) {
            s.error("bands", "%d bands, but %d points for them".formatted(bands.size(), bandOutputs.size()))
                    .fix("name one point per band: to: {bands: [Band1Energy, Band2Energy]}.");
            return Optional.empty();
        }
        Optional<String> waveform = s.text("waveform");
        if (outputs.isEmpty() && bandOutputs.isEmpty() && waveform.isEmpty()) {
            s.error("to", "nothing is kept of the channel")
                    .fix("add to: {rms: VibrationRms, kurtosis: VibrationKurtosis}.");
            return Optional.empty();
        }
        return Optional.of(new Reduction(
                s.duration("every"),
                rate.getAsDouble(),
                bands,
                outputs,
                bandOutputs,
                waveform,
                s.choice("samples").equals("all")));
    }

    private static List<Range> bands(Section s, double nyquist) {
        List<Range> bands = new ArrayList<>();
        for (Numbers.Pair pair : Numbers.pairs(s, "bands")) {
            if (!(pair.first() >= 0 && pair.first() < pair.second() && pair.second() <= nyquist)) {
                s.error(
                                "bands",
                                "a band must rise within 0..%s Hz, half the sample rate: [%s, %s]"
                                        .formatted(
                                                Section.plain(nyquist),
                                                Section.plain(pair.first()),
                                                Section.plain(pair.second())))
                        .fix("check the band and sampleRate.");
            } else {
                bands.add(new Range(pair.first(), pair.second()));
            }
        }
        return bands;
    }
}
