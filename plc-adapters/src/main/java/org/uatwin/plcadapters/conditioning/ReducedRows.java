package org.uatwin.plcadapters.conditioning;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.uatwin.informationmodel.conditioning.Reduction;
import org.uatwin.informationmodel.value.ValueType;

/**
 * Rows that a reduced channel fills; all of the channel's shard.
 *
 * @param features rows by what they get.
 * @param types data types of these rows.
 * @param bands rows of the bands' energies, in order.
 * @param waveform row of the waveform; -1 if there is none.
 * @param waveformLength samples of the waveform; 0 if there is none.
 */
public record ReducedRows(
        Map<Reduction.Feature, Integer> features,
        Map<Reduction.Feature, ValueType> types,
        List<Integer> bands,
        int waveform,
        int waveformLength) {
    public ReducedRows {
        features = Map.copyOf(features);
        types = Map.copyOf(types);
        bands = List.copyOf(bands);
        if (!types.keySet().containsAll(features.keySet()) || waveformLength < 0) {
            throw new IllegalArgumentException("every feature needs a type, lengths are 0 or more");
        }
    }

    int of(Reduction.Feature feature) {
        return features.getOrDefault(feature, -1);
    }

    ValueType typeOf(Reduction.Feature feature) {
        return types.getOrDefault(feature, ValueType.DOUBLE);
    }

    int band(int index) {
        return bands.get(index);
    }

    void forEach(IntConsumer action) {
        features.values().forEach(action::accept);
        bands.forEach(action::accept);
        if (waveform >= 0) {
            action.accept(waveform);
        }
    }
}
