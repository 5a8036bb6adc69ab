package org.uatwin.simulation.scenario;

/**
 * The business answer of a what-if. All numbers are finite.
 *
 * @param success false when the data do not carry an answer; the numbers are then 0 and the message says why.
 * @param message one sentence for the operator.
 * @param baseline the output at the horizon if nothing is changed.
 * @param predicted the output at the horizon with the change.
 * @param delta predicted minus baseline.
 * @param block interval of {@code predicted} and how far it can be trusted.
 */
public record WhatIfAnswer(
        boolean success, String message, double baseline, double predicted, double delta, AnswerBlock block) {
    public WhatIfAnswer {
        if (!Double.isFinite(baseline) || !Double.isFinite(predicted) || !Double.isFinite(delta)) {
            throw new IllegalArgumentException("numbers must be finite");
        }
    }
}
