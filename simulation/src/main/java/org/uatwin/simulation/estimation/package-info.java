/**
 * Twins that follow their assets: estimators over the model contract, and the judgement of how well they follow.
 *
 * <p>{@link org.uatwin.simulation.estimation.TwinEstimator} is the door for a live twin: samples go in by point and source time,
 * {@code advance} moves it along, {@link org.uatwin.simulation.estimation.Synchronisation} says what came of it. Inside:
 * {@code StepWindow} orders what arrives by source time and runs late samples again; {@code AugmentedModel} puts states, estimated
 * parameters and an offset for each sensor into one vector; {@link
 * org.uatwin.simulation.estimation.ExtendedKalmanFilter} estimates it; {@code OutputRecord} learns each sensor's noise and keeps
 * the score; {@link org.uatwin.simulation.estimation.Identifiability} decides which parameters the data can tell;
 * {@code ReferenceObserver} and {@code Isolation} tell a sensor that drifts from a machine that wears.
 *
 * <p>{@link org.uatwin.simulation.estimation.UnscentedKalmanFilter}, {@link
 * org.uatwin.simulation.estimation.RecursiveLeastSquares} and {@link org.uatwin.simulation.estimation.BatchFit} serve where the
 * first is not the right tool: kinked models, models linear in their parameters, and recorded data.
 *
 * <p>Everything is pure: no clock, no thread, no randomness; time comes in as {@link
 * org.uatwin.informationmodel.value.UaTime} ticks. A step works on plain arrays and allocates nothing once an estimator runs. One
 * thread owns an estimator at a time; reports are immutable. Threads and queues are in {@code server.synchronisation}. Equations
 * and sources: docs/reference/synchronisation.md.
 */
@NullMarked
package org.uatwin.simulation.estimation;

import org.jspecify.annotations.NullMarked;
