/**
 * Integration on raw arrays.
 *
 * <p>{@link org.uatwin.simulation.solver.OdeSolver} is the contract: explicit at a fixed step, {@link
 * org.uatwin.simulation.solver.AdaptiveSolver} (Commons Math), {@link org.uatwin.simulation.solver.RosenbrockSolver} for stiff
 * equations with its own {@link org.uatwin.simulation.solver.Lu}. {@link org.uatwin.simulation.solver.FixedStepSolver} advances a state in place by Euler, Heun or the classical Runge-Kutta
 * method and allocates nothing after construction; {@link org.uatwin.simulation.solver.Trajectory} drives it along a scenario,
 * follows mode changes, locates events inside a step and polls for cancellation. {@link
 * org.uatwin.simulation.solver.NoiseStream} is the only source of random numbers: seeded, splittable, the same bits on every
 * machine.
 *
 * <p>Each object belongs to one thread at a time. Equations belong to {@code asset}, the choice of horizon, step and replicates to
 * {@code scenario}.
 */
@NullMarked
package org.uatwin.simulation.solver;

import org.jspecify.annotations.NullMarked;
