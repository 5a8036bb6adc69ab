package org.uatwin.simulation.prognosis;

/**
 * Remaining useful life of a unit, in cycles.
 *
 * @param unit its number.
 * @param expected life; at most the cap the model was learned with.
 * @param lower and upper: bounds of the interval; the upper one may lie beyond the cap, which says only "not soon".
 */
public record RulForecast(int unit, double expected, double lower, double upper) {}
