/**
 * When an asset will fail (ISO 13381-1), with an interval in every answer, or why nobody can say yet.
 *
 * <p>{@link org.uatwin.simulation.prognosis.TwinPrognosis} is the door for a live twin: estimates go in about once a minute, a {@link
 * org.uatwin.simulation.prognosis.PrognosisAnswer} comes out. Inside: {@code LoadRecorder} remembers how the asset is run, {@code WearTracker}
 * learns how fast damage grows, {@code DamageCourse} moves damage on in slow time to the limits of {@code DamageLimits}, with processes
 * at rest by {@code SettledStates}. {@link org.uatwin.simulation.prognosis.TrendPrognosis}, {@link
 * org.uatwin.simulation.prognosis.SimilarityPrognosis} and {@link org.uatwin.simulation.prognosis.RegressionPrognosis} answer from histories; {@link
 * org.uatwin.simulation.prognosis.CombinedPrognosis} joins what all say, and {@link org.uatwin.simulation.prognosis.CoverageTracker} holds
 * them to it. All of them speak in {@link org.uatwin.simulation.prognosis.LifeDistribution}s. {@link
 * org.uatwin.simulation.prognosis.RulModel} learns from runs to failure.
 *
 * <p>No clock, no ambient randomness. What keeps a state belongs to one thread at a time; everything else is immutable after learning. Equations
 * and sources: docs/reference/prognosis.md. What is to be done about it belongs to {@code maintenance}.
 */
@NullMarked
package org.uatwin.simulation.prognosis;

import org.jspecify.annotations.NullMarked;
