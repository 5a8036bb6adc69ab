/**
 * Which of the things that are not known matters for an answer: global sensitivity of key figures to factors, each within a range.
 *
 * <p>{@link org.uatwin.simulation.sensitivity.Morris} screens many factors with few runs, {@link
 * org.uatwin.simulation.sensitivity.Sobol} divides the variance among fewer with many runs. Both make their points of the unit cube
 * first, from the seed alone; then an {@link org.uatwin.simulation.sensitivity.SensitivityAnalysis} has each point evaluated, by one
 * thread or several, and computes from the values in the order of the points: the same bits however many threads there were.
 *
 * <p>Nothing here knows models; {@code simulation.scenario} evaluates a point by a run.
 */
@NullMarked
package org.uatwin.simulation.sensitivity;

import org.jspecify.annotations.NullMarked;
