package org.uatwin.simulation.prognosis;

/**
 * What a method contributed to an answer.
 *
 * @param weight 0..1; all of one answer add up to 1.
 * @param medianHours what it said alone; infinite beyond its horizon.
 * @param coverage share of past outcomes inside its interval, 0..1; -1 = none yet.
 * @param outcomes past predictions that could be compared with what happened.
 */
public record MethodWeight(PrognosisMethod method, double weight, double medianHours, double coverage, int outcomes) {
    /** The same method of two points: both weights, the shorter life. */
    MethodWeight and(MethodWeight other) {
        return new MethodWeight(
                method, weight + other.weight, Math.min(medianHours, other.medianHours), coverage, outcomes);
    }
}
