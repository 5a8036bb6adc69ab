/**
 * Objectives of twins: what {@code Optimize} can be asked, and the way from that question to an answer.
 *
 * <p>An {@link org.uatwin.simulation.objective.Objective} is declared once for the models it serves: name, quantity, settings, decision
 * variables, limits. {@link org.uatwin.simulation.objective.Objectives} finds those of a model; {@link
 * org.uatwin.simulation.objective.Optimisation} checks a request, reads settings from a text, starts the twin's model from live readings
 * and makes the task that {@code scenario.RunManager} runs. Work is bounded by an {@link org.uatwin.simulation.objective.Effort}, which
 * is asked before every evaluation and remembers why the search ended.
 *
 * <p>Objectives are stateless and may be used from any thread; one question belongs to one thread. They play the twin's own model by
 * {@code scenario.Course} on copies of its start, so live values never change. Methods of search are in {@code simulation.search}.
 */
@NullMarked
package org.uatwin.simulation.objective;

import org.jspecify.annotations.NullMarked;
