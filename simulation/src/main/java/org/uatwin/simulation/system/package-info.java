/**
 * The contract of systems that need more than a vector of parameters: networks, fields of machines, queues, buildings with their
 * weather. It is what {@code uatwin simulate} runs.
 *
 * <p>A {@link org.uatwin.simulation.system.SystemModel} describes itself ({@link org.uatwin.simulation.system.ModelCard}: parameters,
 * tables, inputs, outputs) and makes from a {@link org.uatwin.simulation.system.Setup} one {@link
 * org.uatwin.simulation.system.Simulation}, which is moved from instant to instant with its inputs held between. {@link
 * org.uatwin.simulation.system.Continuous} integrates differential equations with events by the solver the setup names, {@link
 * org.uatwin.simulation.system.Algebraic} evaluates formulas; event-driven models keep their own list of events. A twin's own model
 * ({@code contract.TwinModel}) takes part through {@link org.uatwin.simulation.system.TwinModelSystem}.
 *
 * <p>A simulation belongs to one thread. Randomness comes from the setup's stream only. Equations belong to {@code asset},
 * {@code network} and the other packages of models; files belong to {@code casefile}.
 */
@NullMarked
package org.uatwin.simulation.system;

import org.jspecify.annotations.NullMarked;
