package org.uatwin.plcadapters.conditioning;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.conditioning.Reduction;
import org.uatwin.informationmodel.conditioning.Treatment;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Range;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.value.ValueType;

/**
 * A bound point with something to be done to its values.
 *
 * @param rows rows a reduced channel fills; null for other points.
 */
public record TreatedPoint(int row, Member.Point point, Treatment treatment, @Nullable ReducedRows rows) {
    public TreatedPoint {
        if (treatment.reduction().isPresent() != (rows != null)) {
            throw new IllegalArgumentException("rows belong to a reduced channel: " + point.name());
        }
    }

    /**
     * The point of a twin.
     *
     * @param firstRow row of the twin's point 0.
     */
    public static TreatedPoint of(Twin twin, int firstRow, int ordinal) {
        Treatment treatment = twin.treatment(ordinal);
        TwinType type = twin.type();
        ReducedRows filled = treatment
                .reduction()
                .map(reduction -> {
                    Map<Reduction.Feature, Integer> features = new EnumMap<>(Reduction.Feature.class);
                    Map<Reduction.Feature, ValueType> types = new EnumMap<>(Reduction.Feature.class);
                    reduction.outputs().forEach((feature, name) -> {
                        int output = type.pointOrdinal(name);
                        features.put(feature, firstRow + output);
                        types.put(feature, type.points().get(output).dataType());
                    });
                    List<Integer> bands = reduction.bandOutputs().stream()
                            .map(name -> firstRow + type.pointOrdinal(name))
                            .toList();
                    int wave = reduction.waveform().map(type::pointOrdinal).orElse(-1);
                    return new ReducedRows(
                            features,
                            types,
                            bands,
                            wave < 0 ? -1 : firstRow + wave,
                            wave < 0 ? 0 : type.points().get(wave).arrayLength());
                })
                .orElse(null);
        return new TreatedPoint(firstRow + ordinal, type.points().get(ordinal), treatment, filled);
    }

    /** The type the link is to deliver values in. */
    public static ValueType deliveredType(Member.Point point, Treatment treatment) {
        return Rule.isNumeric(point, treatment) ? ValueType.DOUBLE : point.dataType();
    }

    /** The validity range the link is to judge; the chain judges that of calculated values. */
    public static Optional<Range> deliveredValidity(Member.Point point, Treatment treatment) {
        return Rule.isNumeric(point, treatment) ? Optional.empty() : point.validity();
    }
}
