package org.uatwin.informationmodel.conditioning;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.type.Range;

/**
 * A channel of many samples a second reduced to a few numbers an interval.
 *
 * @param every length of an interval; intervals begin at whole multiples of it, UTC.
 * @param sampleRateHz samples a second, as the device takes them.
 * @param bands frequency bands in Hz, in order.
 * @param outputs points that get the numbers of an interval, by what they get.
 * @param bandOutputs points that get the bands' energies, one per band.
 * @param waveform array point that gets the last samples of an interval.
 * @param keepsSamples whether the channel's own point shows every sample; else the last one of an interval.
 */
public record Reduction(
        Duration every,
        double sampleRateHz,
        List<Range> bands,
        Map<Feature, String> outputs,
        List<String> bandOutputs,
        Optional<String> waveform,
        boolean keepsSamples) {
    /** What an interval is reduced to. */
    public enum Feature {
        MIN("min", false),
        MAX("max", false),
        MEAN("mean", false),
        /** Root of the mean square. */
        RMS("rms", false),
        /** Root mean square about the mean. */
        STD("std", false),
        /** Largest distance from the mean, divided by {@link #STD}. */
        CREST("crest", true),
        /** Fourth moment about the mean, divided by the square of the second; 3 for Gaussian noise. */
        KURTOSIS("kurtosis", true),
        /** Samples in the interval. */
        COUNT("count", true);

        private final String key;
        private final boolean isNumber;

        Feature(String key, boolean isNumber) {
            this.key = key;
            this.isNumber = isNumber;
        }

        /** Name in the plant file. */
        public String key() {
            return key;
        }

        /** Whether it is a plain number; else it has the channel's unit. */
        public boolean isNumber() {
            return isNumber;
        }
    }

    public Reduction {
        bands = List.copyOf(bands);
        outputs = Map.copyOf(outputs);
        bandOutputs = List.copyOf(bandOutputs);
        if (bands.size() != bandOutputs.size()) {
            throw new IllegalArgumentException(
                    "%d bands, but %d points for them".formatted(bands.size(), bandOutputs.size()));
        }
        if (!(sampleRateHz > 0) || every.isZero() || every.isNegative()) {
            throw new IllegalArgumentException(
                    "sampleRate and every must be above 0: %s, %s".formatted(sampleRateHz, every));
        }
        for (Range band : bands) {
            if (band.low() < 0 || band.high() > sampleRateHz / 2) {
                throw new IllegalArgumentException("band %s leaves 0..%s Hz".formatted(band, sampleRateHz / 2));
            }
        }
    }
}
