package org.uatwin.simulation.scenario;

/**
 * What every answer ends with. All numbers are finite.
 *
 * @param lower lower end of the interval of the predicted value.
 * @param upper upper end.
 * @param confidenceLevel 0..1; 0 with lower = upper = value means there is no interval.
 * @param unit symbol of value, lower and upper.
 * @param dataAgeSeconds age of the oldest reading used.
 * @param fitScore 0..1, how well the started model explains the readings; -1 = not tracked.
 * @param extrapolated whether the answer leaves the range for which the model is validated.
 * @param modelVersion name and version of the model.
 * @param reason assumptions and the state of the data, in words.
 */
public record AnswerBlock(
        double lower,
        double upper,
        double confidenceLevel,
        String unit,
        double dataAgeSeconds,
        double fitScore,
        boolean extrapolated,
        String modelVersion,
        String reason) {
    public AnswerBlock {
        if (!Double.isFinite(lower) || !Double.isFinite(upper) || lower > upper) {
            throw new IllegalArgumentException("interval must be finite and ordered: " + lower + ".." + upper);
        }
        if (!(confidenceLevel >= 0 && confidenceLevel < 1)
                || !Double.isFinite(dataAgeSeconds)
                || !(fitScore == -1 || (fitScore >= 0 && fitScore <= 1))) {
            throw new IllegalArgumentException("bad confidence level, data age or fit score");
        }
    }
}
