package org.uatwin.server.control;

import java.util.List;

/**
 * Values for setpoints, and how far they are to be trusted.
 *
 * @param runId of the run they come from; empty if they come from formulas.
 * @param values one per setpoint, in the points' units.
 * @param madeAt {@link org.uatwin.informationmodel.value.UaTime} ticks of the live state they rest on.
 * @param fit how well the model follows the asset, 0..1; -1 if that is not known.
 * @param isExtrapolated whether they lie outside the model's validated range.
 * @param modelVersion of the model they come from; empty if there is none.
 */
public record Recommendation(
        String runId,
        List<SetpointBatch.Wanted> values,
        long madeAt,
        double fit,
        boolean isExtrapolated,
        String modelVersion) {
    public Recommendation {
        values = List.copyOf(values);
    }
}
