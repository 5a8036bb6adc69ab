/**
 * Questions to a model: what-ifs answered at once, simulations run in the background.
 *
 * <p>{@link org.uatwin.simulation.scenario.WhatIfEngine} is a pure function of binding, live state, request and seed: it starts
 * the model from the readings, runs it with and without the change, and repeats both with sampled parameters and readings for
 * the interval. {@link org.uatwin.simulation.scenario.RunManager} owns the background runs: quotas, states, progress,
 * cancellation, series, bounded history; a run works on its own copies and never touches live values.
 *
 * <p>Threads: a what-if runs on the caller's; a run on the manager's executor, whose threads have the lowest priority. Mapping to
 * StatusCodes and locales belongs to the server.
 */
@NullMarked
package org.uatwin.simulation.scenario;

import org.jspecify.annotations.NullMarked;
