package org.uatwin.simulation.prognosis;

/**
 * What is known of one damage state: where it is, and how fast it grows against what the model says.
 *
 * @param name of the state.
 * @param level where it is, in its unit.
 * @param levelSigma standard deviation.
 * @param factor on the rate the model computes with its configured wear parameters.
 * @param factorSigma standard deviation.
 * @param correlation of level and factor, -1..1.
 * @param isSeen whether readings show it; else it follows its equation alone.
 */
public record WearState(
        String name,
        double level,
        double levelSigma,
        double factor,
        double factorSigma,
        double correlation,
        boolean isSeen) {
    public WearState {
        if (!(levelSigma >= 0) || !(factor > 0) || !(factorSigma >= 0) || !(Math.abs(correlation) <= 1)) {
            throw new IllegalArgumentException("%s: %s ± %s, factor %s ± %s, correlation %s"
                    .formatted(name, level, levelSigma, factor, factorSigma, correlation));
        }
    }
}
